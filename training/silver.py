"""Silver labels for nested attributions: what a network trained on outermost ones finds in contents read alone.

A corpus that marks only outermost attributions says nothing about those inside their contents. Each content, cut out
and read as a text of its own, makes its nested attributions outermost; what the network then finds with confidence
becomes a training label in the whole text, and what it finds with less stays unsure (self-training, Yarowsky, 1995).
Only cues of saying count: what somebody is said to want or to believe is not looked for inside another's statement.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from sayso.lexicon import default_lexicon
from sayso.reader.decode import Found
from sayso.reader.encode import Network
from sayso.reader.manner import strongest_cue
from sayso.reader.segment import Segmenter
from sayso.terms.spans import Span, Spans
from training.data import Document, Gold, Pair
from training.export import export
from training.network import Network as Trained

SURE = 0.7
SHORTEST = 25
GENEROUS = 1.0
Cut = tuple[int, int, int]


def with_silver(documents: Sequence[Document], trained: Trained, segmenter: Segmenter, folder: Path) -> list[Document]:
    """The documents with silver nested attributions, unsure only where the network hesitates.

    The network is exported into ``folder`` first, with a bias towards finding: int8 reads several times faster.
    """
    export(trained, folder, GENEROUS)
    network = Network(folder)
    return [_labelled(document, network, segmenter) for document in documents]


def _labelled(document: Document, network: Network, segmenter: Segmenter) -> Document:
    text, cuts = _contents(document)
    gold, unsure = list(document.attributions), list[Pair]()
    for found in network.attributions(segmenter.windows(text)):
        moved = _moved(found, cuts)
        if moved is None or not moved.content or not _is_speech(text, found):
            continue
        unsure += [(span.start, span.end) for span in moved.cue]
        if found.confidence >= SURE:
            gold.append(Gold(moved.source, moved.cue, moved.content, nested=True))
    return replace(document, attributions=tuple(gold), unsure=tuple(unsure))


def _contents(document: Document) -> tuple[str, list[Cut]]:
    """The longer contents, a paragraph each, and where each was cut: place in the new text, in the old, length."""
    parts, cuts, size = list[str](), list[Cut](), 0
    for gold in document.attributions:
        for start, end in gold.content:
            part = document.text[start:end]
            skip = 5 if part.startswith("that ") else 0
            if end - start - skip >= SHORTEST and "\n" not in part:
                cuts.append((size, start + skip, end - start - skip))
                parts.append(part[skip:])
                size += len(part) - skip + 1
    return "\n".join(parts), cuts


def _moved(found: Found, cuts: Sequence[Cut]) -> Found | None:
    """The attribution at its place in the whole text, or None if it reaches over the edge of a content."""
    at = found.cue[0].start
    new, old, length = next(cut for cut in reversed(cuts) if cut[0] <= at)
    whole = Span(new, new + length)
    spans = (*found.source, *found.cue, *found.content)
    if not all(whole.contains(span) for span in spans):
        return None
    by = old - new
    return replace(found, source=_shift(found.source, by), cue=_shift(found.cue, by), content=_shift(found.content, by))


def _shift(spans: Spans, by: int) -> Spans:
    return tuple(Span(start + by, end + by) for start, end in spans)


def _is_speech(text: str, found: Found) -> bool:
    """Whether the cue is one of saying rather than of wanting or believing."""
    cue = strongest_cue(_cut(text, found.cue).lower(), default_lexicon())
    return cue is not None and cue.act != "believe"


def _cut(text: str, spans: Spans) -> str:
    return text[spans[0].start : spans[-1].end]


def save_documents(documents: Sequence[Document], path: Path) -> None:
    """Keep labelled documents for a run that is resumed."""
    path.write_text(json.dumps([asdict(document) for document in documents]))


def load_documents(path: Path) -> list[Document]:
    """The documents that ``save_documents`` kept."""
    records = json.loads(path.read_text())
    return [
        Document(r["text"], tuple(Gold(**gold) for gold in r["attributions"]), tuple(map(tuple, r["unsure"])))
        for r in records
    ]
