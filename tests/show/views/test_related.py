"""How counts go together, in words."""

from sayso.show.views.related import related
from tests.show.views.test_intervals import count, series
from tests.show.views.test_intervals import related as relation


def test_what_is_contested_comes_first_and_other_series_are_looked_up() -> None:
    one, other, elsewhere = (count(n, name, n, n, "2031-05-03") for n, name in ((1, "army"), (2, "front"), (3, "UN")))
    mine = series(one, other, relations=(relation("scope", one, elsewhere), relation("contradiction", one, other)))
    first, second = related(mine, [series(elsewhere)])
    assert (first.kind, first.one.source, first.other.number) == ("contradiction", "army", "2")
    assert (second.kind, second.other.source, second.other.passage) == ("scope", "UN", elsewhere.passage)


def test_a_count_that_is_nowhere_keeps_its_passage() -> None:
    one, gone = count(1, "army", 1, 1, None), count(2, "front", 2, 2, None)
    (found,) = related(series(one, relations=(relation("scope", one, gone),)), [])
    assert (found.other.source, found.other.passage) == ("", gone.passage)
