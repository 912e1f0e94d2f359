"""Hypothesis strategies for terms: any reading that could be made."""

from typing import Any, get_args

from hypothesis import strategies as st

from sayso.terms import (
    Act,
    Attribution,
    Figure,
    Form,
    Kind,
    Measure,
    Naming,
    Phrase,
    Qualifier,
    Reading,
    Report,
    Span,
    Speaker,
    Stance,
    When,
)

ANY_TEXT = st.text(st.characters(), max_size=20)
WHENS = st.sampled_from([When("2031-05-01", "2031-05-07", "week"), When("2031-05-04", "2031-05-04", "day")])
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)


def one_of(literal: Any) -> st.SearchStrategy[Any]:
    """One of a Literal's values."""
    return st.sampled_from(get_args(literal))


def texts() -> st.SearchStrategy[str]:
    """Texts with words, line breaks, and letters beyond the first plane."""
    return st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=200)


@st.composite
def spans(draw: st.DrawFn, length: int) -> tuple[Span, ...]:
    """One or two spans of a text, in order, apart."""
    count = draw(st.integers(1, 2)) * 2
    ends = draw(st.lists(st.integers(0, length), min_size=count, max_size=count, unique=True).map(sorted))
    return tuple(Span(a, b) for a, b in zip(ends[::2], ends[1::2], strict=True))


@st.composite
def speakers(draw: st.DrawFn) -> Speaker:
    """Any speaker."""
    words = st.none() | texts()
    return Speaker(
        draw(words), draw(one_of(Naming)), draw(one_of(Kind)), draw(words), draw(words),
        tuple(draw(st.lists(texts(), max_size=2))), draw(words), draw(st.none() | st.integers(1, 99)),
        tuple(draw(st.lists(texts(), max_size=2))), draw(texts()), draw(words),
    )  # fmt: skip


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading: attributions that may lie within earlier ones, figures that may belong to any."""
    text = draw(texts().filter(lambda text: len(text) >= 4))
    ids: list[str] = []
    attributions = []
    for number in range(draw(st.integers(0, 4))):
        role = spans(len(text)).map(lambda found: Phrase.of(text, found))
        attributions.append(
            Attribution(
                f"a{number + 1}",
                draw(st.sampled_from([None, *ids])),
                draw(st.none() | role),
                draw(st.none() | role),
                draw(role),
                draw(st.floats(0, 1)),
                draw(one_of(Form)),
                draw(one_of(Act)),
                draw(one_of(Stance)),
                draw(speakers()),
                tuple(draw(st.lists(texts(), max_size=2))),
                draw(st.none() | texts()),
                draw(st.sampled_from([None, "2031-05-04"])),
                draw(st.none() | WHENS),
            )
        )
        ids.append(f"a{number + 1}")
    found = [draw(figures(text, ids, number)) for number in range(draw(st.integers(0, 3)))]
    return Reading(Report(text, outlet=draw(st.none() | texts())), tuple(attributions), tuple(found))


@st.composite
def figures(draw: st.DrawFn, text: str, owners: list[str], number: int) -> Figure:
    """Any figure of a text."""
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    words = st.none() | texts()
    return Figure(
        f"f{number + 1}", Span(start, end), text[start:end], draw(NUMBERS), draw(NUMBERS), draw(NUMBERS),
        draw(one_of(Qualifier)), draw(one_of(Measure)), draw(words), draw(st.sampled_from([None, *owners])),
        draw(st.sampled_from([None, "2031-05-03"])), draw(words), draw(words), None, None,
    )  # fmt: skip
