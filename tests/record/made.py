"""Readings and judgements for tests: a small report with everything in it, and chance ones."""

from dataclasses import replace
from typing import Any, get_args

from hypothesis import strategies as st

from sayso.record.attach import place_of
from sayso.record.judging import Judged, judge
from sayso.record.rules import ADDED, FIELDS, OWN
from sayso.terms import (
    Attribution,
    Figure,
    Judgement,
    Measure,
    Naming,
    Phrase,
    Qualifier,
    Reading,
    Report,
    Span,
    Spans,
    Speaker,
)

TEXT = (
    "The Harlow Tribune reported from what it described as diplomatic sources that at least 40 people were killed "
    "near Orrin on Friday. Mayor Ada Kolm said that Governor Ivo Reth told her that 300 families had fled. "
    "“We saw 12 trucks,” a resident added. Some 7 bridges are down."
)


def spans(words: str, start: int = 0) -> Spans:
    """Where the words are in the text."""
    at = TEXT.index(words, start)
    return (Span(at, at + len(words)),)


def said(key: str, source: str, cue: str, content: str, within: str | None = None, **more: Any) -> Attribution:
    """An attribution of the text by its words."""
    first, second, third = (Phrase.of(TEXT, spans(words)) for words in (source, cue, content))
    return Attribution(key, within, first, second, third, confidence=0.7, **more)


def counted(key: str, words: str, value: float, by: str | None, **more: Any) -> Figure:
    """A figure of the text by its words."""
    fields: dict[str, Any] = {"low": value, "high": None, "qualifier": "at_least", "measure": "killed"} | more
    return Figure(key, spans(words)[0], words, value, by=by, **fields)


TOLL = "that at least 40 people were killed near Orrin"
FLED = "that 300 families had fled"
KOLM = Speaker("Ada Kolm", "named", "person", role="mayor")
READING = Reading(
    Report(TEXT, "r1"),
    (
        said("a1", "The Harlow Tribune", "reported", TOLL, speaker=Speaker("Harlow Tribune", "named", "outlet")),
        said("a2", "diplomatic sources", "from what it described as", TOLL, "a1", said_on="2031-05-02",
             speaker=Speaker(None, "unnamed", "person", role="source", basis="diplomatic", called="sources")),
        said("a3", "Mayor Ada Kolm", "said", f"that Governor Ivo Reth told her {FLED}", speaker=KOLM),
        said("a4", "Governor Ivo Reth", "told", FLED, "a3", speaker=Speaker("Ivo Reth", "named", "person")),
        said("a5", "a resident", "added", "“We saw 12 trucks,”", speaker=Speaker(None, "unnamed", "person")),
    ),
    (
        counted("f1", "at least 40", 40, "a2", as_of="2031-05-02"),
        counted("f2", "300", 300, "a4", high=300, qualifier="exact", measure="displaced"),
        counted("f3", "12", 12, "a5", high=12, qualifier="exact", measure="vehicles"),
    ),
)  # fmt: skip


def item(key: str, reading: Reading = READING) -> Attribution | Figure:
    """The attribution or figure of that id."""
    items: list[Attribution | Figure] = [*reading.attributions, *reading.figures]
    return next(i for i in items if i.id == key)


def word(verdict: Any, key: str | None = None, field: str | None = None, value: Any = None, **more: Any) -> Judgement:
    """A judgement of that attribution or figure of ``READING``; without one, of something to be added."""
    made = {"who": "Ann", "made_at": "2031-05-04T09:00:00+00:00", "report": "r1"} | more
    if key is not None:
        place = place_of(item(key))
        made = {"target": "figure" if key.startswith("f") else "attribution", "spans": place.spans} | made
        made.setdefault("cue", place.cue)
    return Judgement(verdict, field=field, value=value, **made)


def at(hour: int, minute: int = 0) -> str:
    """A time of the day of the judgements."""
    return f"2031-05-04T{hour:02}:{minute:02}:00+00:00"


def pairs(some: Spans) -> list[list[int]]:
    """Spans as they stand in a value."""
    return [list(span) for span in some]


def attribution(judged: Judged, key: str) -> Attribution:
    """The attribution of that id in the outcome."""
    found = judged.reading.attribution(key)
    assert found is not None
    return found


def figure(judged: Judged, key: str) -> Figure:
    """The figure of that id in the outcome."""
    return next(f for f in judged.reading.figures if f.id == key)


def speaker(*said: Judgement, key: str = "a3") -> Speaker:
    """The speaker that these judgements make."""
    return attribution(judge(READING, said), key).speaker


def problems(judged: Judged) -> list[str]:
    """What is to be looked at again."""
    return [one.problem for one in judged.review]


def without(*keys: str) -> Reading:
    """The reading as if the machine had missed some."""
    kept = [a for a in READING.attributions if a.id not in keys]
    left = tuple(replace(a, within=None if a.within in keys else a.within) for a in kept)
    own = [replace(f, by=None if f.by in keys else f.by) for f in READING.figures if f.id not in keys]
    return replace(READING, attributions=left, figures=tuple(own))


def missing(key: str, **more: Any) -> Judgement:
    """A judgement that adds an attribution of the reading."""
    found = item(key)
    assert isinstance(found, Attribution)
    roles = {role: getattr(found, role) for role in ("source", "cue", "content")}
    value = {role: pairs(phrase.spans) for role, phrase in roles.items()} | more.pop("fields", {})
    return word("correct", value=value, target="attribution", **more)


def reread(key: str, **changes: Any) -> Reading:
    """The reading of a reader that finds one of the statements otherwise."""
    found = tuple(replace(a, **changes) if a.id == key else a for a in READING.attributions)
    return replace(READING, attributions=found)


LENGTH = 24
PAIR = st.tuples(st.integers(0, LENGTH - 4), st.integers(1, 4)).map(lambda p: Span(p[0], p[0] + p[1]))
SPANS = st.lists(PAIR, min_size=1, max_size=2).map(
    lambda some: tuple(sorted(some)) if len(some) == 1 or not some[0].overlaps(some[1]) else (some[0],)
)
NAMES = st.text("AdaIvo Kolm", min_size=1, max_size=6).filter(str.strip)
NUMBERS = st.none() | st.integers(0, 400) | st.floats(0, 1e6)
MOSTLY = st.sampled_from([True, True, True, False])
TIMES = st.integers(0, 5).map(at)
OWNERS = st.fixed_dictionaries({"content": SPANS.map(pairs), "cue": SPANS.map(pairs)})
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "speaker": st.none() | NAMES | st.lists(NAMES, min_size=2, max_size=3), "relays": st.lists(NAMES, max_size=2),
    "affiliation": st.none() | NAMES, "role": st.none() | NAMES, "medium": st.none() | NAMES,
    "counted": st.none() | NAMES, "said_on": st.none() | st.dates().map(str),
    "source": st.none() | SPANS.map(pairs), "cue": st.none() | SPANS.map(pairs), "content": SPANS.map(pairs),
    "by": st.none() | SPANS.map(pairs) | OWNERS,
    "span": PAIR.map(list), "value": NUMBERS, "low": NUMBERS, "high": NUMBERS,
    "naming": st.sampled_from(get_args(Naming)), "qualifier": st.sampled_from(get_args(Qualifier)),
    "measure": st.sampled_from(get_args(Measure)), "kind": st.just("group"), "act": st.just("deny"),
    "stance": st.just("endorsed"), "form": st.just("mixed"),
}  # fmt: skip


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading that holds together."""
    text = draw(st.text("ab .", min_size=LENGTH, max_size=LENGTH))
    attributions: list[Attribution] = []
    for number in range(draw(st.integers(0, 5))):
        within = draw(st.none() | st.sampled_from([a.id for a in attributions])) if attributions else None
        source, cue, content = (Phrase.of(text, draw(SPANS)) for _ in range(3))
        source_or_none = draw(st.sampled_from([None, source]))
        attributions.append(Attribution(f"a{number}", within, source_or_none, cue, content))
    figures: list[Figure] = []
    for number in range(draw(st.integers(0, 3))):
        span, owners, wholes = draw(PAIR), [a.id for a in attributions], [f.id for f in figures]
        by, part_of = draw(st.sampled_from([None, *owners])), draw(st.sampled_from([None, *wholes]))
        words = text[span.start : span.end]
        figures.append(Figure(f"f{number}", span, words, 3, 3, 3, "exact", "held", by=by, part_of=part_of))
    return Reading(Report(text, "r1"), tuple(attributions), tuple(figures))


@st.composite
def judgements(draw: st.DrawFn, reading: Reading | None = None) -> Judgement:
    """Any judgement that can be kept, mostly of what is in the reading."""
    target = draw(st.sampled_from(["attribution", "figure"]))
    verdict = draw(st.sampled_from(["accept", "reject", "correct", "correct"]))
    one: dict[str, Any] = {"verdict": verdict, "target": target, "field": None, "value": None}
    adding = verdict == "correct" and draw(st.integers(0, 3)) == 0
    if adding:
        names = [*draw(st.lists(st.sampled_from(list(ADDED[target])), max_size=5)), OWN[target]]
        one["value"] = {name: draw(VALUES[name]) for name in dict.fromkeys(names)}
    else:
        one |= _place(draw, target, reading)
        if verdict == "correct":
            one["field"] = draw(st.sampled_from(list(FIELDS[target])))
            one["value"] = draw(VALUES[one["field"]])
    withdrawn = draw(st.sampled_from([(None, None)] * 4 + [("2031-06-01T00:00:00+00:00", "Cal")]))
    return Judgement(
        **one, who=draw(st.sampled_from(["Ann", "Ben", "Cal"])), made_at=draw(TIMES), report="r1",
        withdrawn_at=withdrawn[0], withdrawn_by=withdrawn[1],
    )  # fmt: skip


def _place(draw: st.DrawFn, target: str, reading: Reading | None) -> dict[str, Spans]:
    here: list[Attribution | Figure] = []
    if reading is not None:
        here += reading.figures if target == "figure" else reading.attributions
    if draw(MOSTLY) and here:
        place = place_of(draw(st.sampled_from(here)))
        return {"spans": place.spans, "cue": place.cue if draw(MOSTLY) else ()}
    return {"spans": (draw(PAIR),), "cue": draw(st.just(()) | SPANS) if target == "attribution" else ()}


@st.composite
def broken(draw: st.DrawFn) -> Judgement:
    """A judgement with something in it that no judgement can have."""
    value: st.SearchStrategy[Any] = st.sampled_from([None, True, float("inf"), "x", [[9, 900]], {}, [object()]])
    changes: dict[str, st.SearchStrategy[Any]] = {
        "spans": st.just(((3, 1),)) | st.just((Span(0, 999),)), "made_at": st.sampled_from(["", "2031", "9 o'clock"]),
        "who": st.just("") | st.none(), "value": value, "field": st.just("colour"),
        "verdict": st.just("same") | st.just([]), "cue": st.just("said"), "note": st.none() | st.just("\ud800"),
        "withdrawn_by": st.just("Ann"),
    }  # fmt: skip
    name = draw(st.sampled_from(list(changes)))
    return replace(draw(judgements()), **{name: draw(changes[name])})
