"""Outlets, bodies, governments and offices by name in a source."""

import re

from sayso.lexicon.lexicon import Head
from sayso.lexicon.wordsets import wordset
from sayso.reader.bodies import INDEFINITE, PLATFORMS, affiliation, government, office
from sayso.reader.heads import PREPOSITION, REPORTS
from sayso.reader.names import NO_PART, Names
from sayso.reader.runs import OUTLET_WORDS, Run
from sayso.terms.reading import Speaker
from sayso.terms.spans import Span

LINKED = re.compile(r"\b(?:linked|close|loyal|affiliated|allied|sympathetic) (?:to|with) (?:the )?$")
PLAIN, NO_BODIES = wordset("plain"), wordset("no_bodies")


def body(clean: str, main: str, found: list[Run], head: Head | None, names: Names) -> Speaker | None:
    """A named outlet, body, government or office."""
    human = head is not None and head.kind in ("person", "group")
    if head is not None and head.kind == "document":
        found = [run for run in found if _authors(clean, main, run)]
    document = head is not None and head.kind == "document"
    for kind, record, span in [] if human else names.known(clean):
        stands_off = LINKED.search(clean[: span.start])
        if stands_off or (document and not _authors(clean, main, Run((), span, possessive=False))):
            continue
        if record.name in PLATFORMS and head is not None and head.kind == "document":
            continue
        if kind == "body" and head and head.kind == "outlet" and PREPOSITION.search(clean[: span.start]):
            return None
        if kind == "outlet" and not (head and head.kind == "organization"):
            return Speaker(_longer_title(record.name, span, found, names), "named", "outlet")
        if kind == "body":
            whose = record.country or _owning_country(clean[: span.start], names) or record.affiliation or None
            return Speaker(record.name, "named", "organization", whose)
    by = re.search(r"\bby (?:the )?([A-Z][\w-]+)$", main) if document else None
    if by and not names.full(by[1]):
        return Speaker(by[1], "named", "outlet")
    if not human and (new := _unknown_outlet(clean, found, head, names)):
        return new
    return (
        government(clean, main, found, head, names)
        or _apposed_body(clean, main, found, names)
        or office(clean, main, head, names)
    )


def _apposed_body(clean: str, main: str, found: list[Run], names: Names) -> Speaker | None:
    """The body that "its rival, the Free Valley Army," names."""
    if len(found) != 1 or found[0].span.start < len(main) or not re.fullmatch(r"[^A-Z]*", main[1:]):
        return None
    alone = re.fullmatch(rf"{re.escape(main)}, the {re.escape(found[0].text)},?", clean)
    body = alone and names.is_body_word(found[0].words[-1]) and len(found[0].words) > 1
    return Speaker(found[0].text, "named", "organization", affiliation(found[0].text, names)) if body else None


def _longer_title(name: str, span: Span, found: list[Run], names: Names) -> str:
    """The whole title of which a known outlet's name is only the end ("Kolby Daily Telegraph")."""
    run = next((run for run in found if run.span.start < span.start < run.span.end), None)
    if run is None or not OUTLET_WORDS.intersection(name.split()) or run.words[-1] != name.split()[-1]:
        return name
    before = run.words[: -len(name.split())]
    apart = not before or any(names.is_title(word) or word in names.lexicon.country_of for word in before)
    return name if apart else run.text


def _owning_country(before: str, names: Names) -> str | None:
    """The country that stands right before a body's name ("Ghana's Supreme Court")."""
    last = re.search(r"([A-Z][\w.]+)(?:[’']s)? $", before)
    country = names.lexicon.country_of.get(last[1]) if last else None
    return country.name if country else None


def _authors(clean: str, main: str, run: Run) -> bool:
    """Whether a run by a document's noun names its author: before the noun, or after "by" or "from"."""
    before = clean[: run.span.start].rstrip()
    return (
        run.span.end <= len(main) and before.endswith((" by", " from", " of", " in", " by the", " from the", " in the"))
    ) or (not PREPOSITION.search(before) and run.span.end < len(main))


def _unknown_outlet(clean: str, found: list[Run], head: Head | None, names: Names) -> Speaker | None:
    outlet_head = head is not None and head.kind == "outlet"
    adjective = INDEFINITE.match(clean)
    for run in reversed(found):
        single = len(run.words) == 1
        plain = (
            run.text.lower() in PLAIN
            or run.text.lower() in names.lexicon.head_of
            or run.text in NO_BODIES
            or NO_PART.search(run.words[0])
        )
        body = names.is_body_word(run.words[-1]) and not OUTLET_WORDS.intersection(run.words) and head == REPORTS
        if body or run.text in names.lexicon.country_of or (single and (not outlet_head or plain or adjective)):
            continue
        if not run.possessive and (OUTLET_WORDS.intersection(run.words[-2:]) or (outlet_head and len(run.words) < 5)):
            words = run.words if OUTLET_WORDS.intersection(run.words) or len(run.words) < 3 else run.words[-2:]
            return Speaker(" ".join(words), "named", "outlet")
    return None
