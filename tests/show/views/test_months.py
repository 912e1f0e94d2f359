"""Statements by month as a picture."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sayso.show.views.months import months


def test_one_month_is_no_picture() -> None:
    assert months({"2031-05": {"neutral": 4}}) is None
    assert months({"2031-05": {"neutral": 4}, "": {"neutral": 9}, "2031": {"neutral": 1}}) is None


def test_bars_are_as_high_as_their_months_and_stand_on_one_another() -> None:
    found = months({"2031-05": {"neutral": 6, "distanced": 2}, "2031-07": {"neutral": 4}})
    assert found
    plain, distanced, later = found.parts
    assert (plain.stance, distanced.stance, later.month) == ("neutral", "distanced", "2031-07")
    assert distanced.y + distanced.height == plain.y
    assert abs(later.height * 2 - plain.height - distanced.height) < 0.5
    assert found.most == 8
    assert [tick.text for tick in found.labels] == ["2031-05", "2031-06", "2031-07"]


def test_many_years_are_shown_by_year() -> None:
    found = months({"1999-01": {"neutral": 1}, "1999-02": {"neutral": 2}, "2031-05": {"neutral": 4}})
    assert found
    assert [(part.month, part.statements) for part in found.parts] == [("1999", 3), ("2031", 4)]


stances = st.dictionaries(st.sampled_from(["neutral", "endorsed", "distanced"]), st.integers(1, 10**6), min_size=1)


@given(st.dictionaries(st.dates().map(lambda day: str(day)[:7]), stances, max_size=30))
def test_any_months_fit(counts: dict[str, dict[str, int]]) -> None:
    found = months(counts)
    if found is None:
        return
    assert sum(part.statements for part in found.parts) == sum(sum(one.values()) for one in counts.values())
    assert all(found.top - 1 <= part.y <= found.base for part in found.parts)
    assert all(other.at - one.at > 60 for one, other in pairwise(found.labels))
