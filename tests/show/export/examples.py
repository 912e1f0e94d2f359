"""Readings that the tests of the exports share: one that is told, and any that may be."""

from typing import Any

from hypothesis import strategies as st

from sayso.terms import Attribution, Figure, Phrase, Reading, Report, Span, Speaker, When

TEXT = (
    "TARN HOLLOW, May 4 – The levee at Orrin failed on Sunday.\r\n\r\n"
    "“At least 229 people are missing,” Mayor Ada Quill told Radio Orrin, which the Orrin Post cited.\n"
    "Two officials said Mr. Brask had been warned. They gave no date. 😀 So they say."
)


def span_of(text: str, words: str) -> Span:
    """Where the words stand first."""
    return Span(text.index(words), text.index(words) + len(words))


def phrase(text: str, words: str) -> Phrase:
    """The phrase of those words."""
    return Phrase.of(text, (span_of(text, words),))


def attribution(text: str, id: str, source: str | None, cue: str | None, content: str, **more: Any) -> Attribution:
    """An attribution by its words."""
    roles = [None if word is None else phrase(text, word) for word in (source, cue)]
    within = more.pop("within", None)
    return Attribution(id, within, roles[0], roles[1], phrase(text, content), **more)


def example(**about: str) -> Reading:
    """A reading of ``TEXT``: Quill through Radio Orrin, two officials, one figure that is hers and one of nobody."""
    quill = Speaker("Ada Quill", "named", "person", "Orrin", "Mayor")
    officials = Speaker(None, "unnamed", "person", count=2, called="two officials")
    post = Speaker("Orrin Post", "named", "outlet")
    outer = attribution(TEXT, "a1", "the Orrin Post", "cited", "At least 229 people are missing", speaker=post)
    inner = attribution(
        TEXT, "a2", "Mayor Ada Quill", "told", "“At least 229 people are missing,”", within="a1", speaker=quill,
        relays=("Orrin Post", "Radio Orrin"), form="direct", act="warn", stance="distanced", medium="radio",
        said_on="2031-05-04", said=When("2031-05-04", "2031-05-04", "day"), confidence=0.875,
    )  # fmt: skip
    third = attribution(TEXT, "a3", "Two officials", "said", "Mr. Brask had been warned", speaker=officials)
    figures = (
        Figure("f1", span_of(TEXT, "At least 229"), "At least 229", 229.0, 229.0, None, "at_least", "missing",
               "people", "a2", "2031-05-04", "Orrin"),
        Figure("f2", span_of(TEXT, "Two"), "Two", 2.0, 2.0, 2.0, "exact", "other"),
    )  # fmt: skip
    known: dict[str, Any] = {
        "id": "r1",
        "outlet": "Tarn Gazette",
        "published": "2031-05-05",
        "url": "https://gazette.example/1",
    }
    return Reading(Report(TEXT, **(known | about)), (outer, inner, third), figures)


ODD = "ab .,\n\r\t\x00\x0b\u2028\x85\"'“=+-@[]\\¶{}<>&#%😀\ud800\ufffe\uffff"
LETTERS = st.text(st.sampled_from(ODD) | st.characters(), max_size=40)
WORDS = st.none() | LETTERS


@st.composite
def phrases(draw: st.DrawFn, text: str) -> Phrase:
    """A phrase of the text: spans in order that do not overlap, at times empty ones."""
    count = draw(st.integers(1, 3))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2 * count, max_size=2 * count)))
    return Phrase.of(text, tuple(Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=True)))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading whose attributions and figures are in order and whose ids are their own."""
    text = draw(LETTERS)
    known: list[Any] = [draw(LETTERS), *[draw(WORDS) for _ in range(7)], tuple(draw(st.lists(LETTERS, max_size=2)))]
    report = Report(text, *known)
    found: list[Attribution] = []
    for number in range(draw(st.integers(0, 4))):
        within = draw(st.sampled_from([None, *(a.id for a in found)]))
        found.append(Attribution(
            f"a{number}", within, draw(st.none() | phrases(text)), draw(st.none() | phrases(text)), draw(phrases(text)),
            draw(st.floats(0, 1)), speaker=draw(SPEAKERS), relays=tuple(draw(st.lists(LETTERS, max_size=2))),
            medium=draw(WORDS), said=draw(st.none() | st.just(When("2031-05-01", "2031-05-04", "week"))),
        ))  # fmt: skip
    owners = st.sampled_from([None, "a9", *(a.id for a in found)])
    figures = tuple(
        Figure(
            f"f{number}", draw(phrases(text)).spans[0], draw(LETTERS), draw(NUMBERS), draw(NUMBERS), None, "exact",
            "killed", draw(WORDS), draw(owners), place=draw(WORDS), unit=draw(WORDS),
        )
        for number in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    return Reading(report, tuple(found), figures)


NUMBERS = st.none() | st.floats()
SPEAKERS = st.builds(
    Speaker, WORDS, st.sampled_from(["named", "unnamed", "unsourced"]), affiliation=WORDS, role=WORDS, basis=WORDS,
    names=st.lists(LETTERS, max_size=2).map(tuple), count=st.none() | st.integers(), called=WORDS,
)  # fmt: skip
