from sayso.reader.decode import Found, FoundCue
from sayso.reader.encode import WEIGHTS
from sayso.reader.second import apart, explaining, unexplained
from sayso.reader.segment import Segmenter
from sayso.terms import Span

TEXT = "“The sea took the pier and then it took the church.” ― Oskar, 51"
(WINDOW,) = Segmenter(WEIGHTS / "tokenizer.json").windows(TEXT)
QUOTE = Found((), (Span(53, 54),), (Span(0, 52),), nested=False, confidence=0.3)


def test_a_quotation_that_nothing_explains_is_noticed() -> None:
    assert unexplained(WINDOW, []).any()
    assert not unexplained(WINDOW, [QUOTE]).any()


def test_only_what_explains_it_is_taken() -> None:
    elsewhere = Found((), (Span(53, 54),), (Span(55, 64),), nested=False, confidence=0.3)
    assert explaining(WINDOW, [], [QUOTE, elsewhere]) == [QUOTE]
    assert explaining(WINDOW, [QUOTE], [QUOTE]) == []


def test_cues_that_touch_known_ones_are_left_out() -> None:
    one, two = FoundCue(3, 4, nested=False, confidence=1.0), FoundCue(4, 5, nested=False, confidence=1.0)
    assert apart([two], [one]) == []
