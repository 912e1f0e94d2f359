from sayso.reader.decode import Found
from sayso.reader.nest import nest
from sayso.terms import Span

TEXT = "Kolm said that Roth told him that it rained, the Post reported, citing two officials"


def found(source: str, cue: str, content: str, *, nested: bool = False) -> Found:
    spans = [(Span(TEXT.index(part), TEXT.index(part) + len(part)),) for part in (source, cue, content)]
    return Found(spans[0], spans[1], spans[2], nested=nested, confidence=0.9)


def test_a_cue_inside_a_content_lies_within_it() -> None:
    outer = found("Kolm", "said", "that Roth told him that it rained")
    inner = found("Roth", "told", "that it rained")
    first, second = nest(TEXT, [inner, outer])
    assert (first.id, first.within, second.within) == ("a1", None, "a1")


def test_a_nested_cue_outside_takes_the_attribution_with_the_same_content() -> None:
    whole = "Kolm said that Roth told him that it rained"
    outer, inner = found("the Post", "reported", whole), found("two officials", "citing", whole, nested=True)
    first, second = nest(TEXT, [inner, outer])
    assert first.cue is not None
    assert (first.cue.text, second.within) == ("reported", first.id)


def test_two_that_hold_each_other_are_not_both_nested() -> None:
    one, two = found("Kolm", "said", TEXT), found("Roth", "told", TEXT)
    assert sum(a.within is None for a in nest(TEXT, [one, two])) >= 1
