"""Figures over time: who gave which number when, and how the numbers go together."""

import random
from dataclasses import replace

import pytest

from sayso.terms import Attribution, Figure, Phrase, Reading, Report, Span, Speaker
from sayso.terms.reading import Act, Kind, Measure, Period, Qualifier
from sayso.terms.weighing import CountSeries, Origin
from sayso.weigh.figures import figures


def told(
    id: str,
    text: str,
    number: str,
    *,
    who: str | None = "Orrin ministry",
    day: str | None = "2031-06-01",
    measure: Measure = "killed",
    counted: str | None = "people",
    place: str | None = "Tarn",
    qualifier: Qualifier = "exact",
    act: Act = "state",
    period: Period | None = None,
    kind: Kind = "organization",
) -> Reading:
    """A reading with one number, said by ``who``."""
    at = text.index(number)
    value = float(number.replace(",", ""))
    low = None if qualifier in {"about", "nearly", "at_most"} else value
    high = value if qualifier in {"exact", "nearly", "at_most"} else None
    whole = Phrase.of(text, (Span(0, len(text)),))
    speaker = Speaker(name=who, naming="named", kind=kind)
    said = (Attribution("a1", None, None, None, whole, act=act, speaker=speaker),) if who else ()
    by = "a1" if who else None
    figure = Figure("f1", Span(at, at + len(number)), number, value, low, high, qualifier, measure, counted, by,
                    place=place, period=period)  # fmt: skip
    return Reading(Report(text, id, outlet=f"Outlet {id}", published=day), said, (figure,))


def kinds(series: tuple[CountSeries, ...]) -> list[str]:
    return sorted(r.kind for s in series for r in s.relations)


FRONT = told("r2", "The Ridge Front said 54 died in Tarn.", "54", who="Ridge Front")


def test_the_same_source_later_revises() -> None:
    first = told("r1", "The ministry said 31 died in Tarn.", "31")
    later = told("r3", "The ministry said 38 died in Tarn.", "38", day="2031-06-03")
    (series,) = figures([later, first])
    (found,) = series.relations
    assert (found.kind, found.one, found.other) == ("revision", "r1:f1", "r3:f1")
    assert found.why == "Orrin ministry gave 31, and on 2031-06-03 38"
    assert [(e.low, e.best, e.high, e.on) for e in series.estimates] == [(38, 38, 38, "2031-06-03")]


def test_two_sources_at_one_time_contradict() -> None:
    (series,) = figures([told("r1", "The ministry said 31 died in Tarn.", "31"), FRONT])
    (found,) = series.relations
    assert found.kind == "contradiction"
    assert [p.text for p in found.passages] == [
        "The ministry said 31 died in Tarn.",
        "The Ridge Front said 54 died in Tarn.",
    ]


BLAST = "The ministry said 31 died in the blast at the market."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Ridge Front said the explosion killed 54.", ["contradiction"]),
        ("The Ridge Front said the flood killed 54.", []),
        ("The Ridge Front said its men shot 54.", []),
        ("The Ridge Front said the explosion killed 90.", []),
    ],
)
def test_tolls_without_a_place_contradict_only_where_both_name_the_event(text: str, found: list[str]) -> None:
    number = next(word for word in text.rstrip(".").split() if word.isdigit())
    front = told("r2", text, number, who="Ridge Front", place=None)
    assert kinds(figures([told("r1", BLAST, "31", place=None), front])) == found


def test_numbers_far_apart_contradict_only_where_both_passages_name_the_place() -> None:
    many = told("r2", "The Ridge Front said 90 died.", "90", who="Ridge Front")
    assert kinds(figures([told("r1", "The ministry said 31 died in Tarn.", "31"), many])) == []
    named = told("r2", "The Ridge Front said 90 died in Tarn.", "90", who="Ridge Front")
    assert kinds(figures([told("r1", "The ministry said 31 died in Tarn.", "31"), named])) == ["contradiction"]


def test_a_number_given_up_before_the_other_was_told_does_not_contradict() -> None:
    first = told("r1", "The ministry said 31 died in Tarn.", "31")
    second = told("r3", "The ministry said 54 died in Tarn.", "54", day="2031-06-02")
    late = told("r4", "The Ridge Front said 54 died in Tarn.", "54", who="Ridge Front", day="2031-06-02")
    assert kinds(figures([first, second, late])) == ["agreement", "revision"]


@pytest.mark.parametrize("qualifier", ["at_least", "more_than"])
def test_an_open_number_leaves_room_for_a_larger_one(qualifier: Qualifier) -> None:
    first = told("r1", "The ministry said 31 died in Tarn.", "31", qualifier=qualifier)
    assert "contradiction" not in kinds(figures([first, FRONT]))


def test_a_report_that_drops_at_least_does_not_make_the_number_exact() -> None:
    first = told("r1", "The ministry said 31 died in Tarn.", "31", qualifier="at_least")
    copy = told("r3", "The ministry said 31 died in Tarn.", "31")
    assert "contradiction" not in kinds(figures([first, copy, FRONT]))


def test_rough_numbers_leave_a_fifth() -> None:
    near = told("r1", "The ministry said about 50 died in Tarn.", "50", qualifier="about")
    far = told("r1", "The ministry said about 20 died in Tarn.", "20", qualifier="about")
    assert kinds(figures([near, FRONT])) == ["agreement"]
    assert kinds(figures([far, FRONT])) == ["contradiction"]


def test_a_day_and_a_sum_differ_in_scope() -> None:
    day = told("r1", "The ministry said 31 died in Tarn on Monday.", "31", period="daily")
    total = told("r2", "The Front said 54 died in Tarn so far.", "54", who="Ridge Front", period="cumulative")
    assert kinds(figures([day, total])) == ["scope"]


def test_killed_and_killed_or_wounded_differ_in_scope() -> None:
    both = told("r3", "The Front counted 90 casualties in Tarn.", "90", who="Ridge Front", measure="killed_or_wounded")
    assert kinds(figures([told("r1", "The ministry said 31 died in Tarn.", "31"), both])) == ["scope"]


def test_the_dead_of_two_towns_are_two_series() -> None:
    other = told("r3", "The Front said 40 died in Nebb.", "40", who="Ridge Front", place="Nebb")
    series = figures([told("r1", "The ministry said 31 died in Tarn.", "31"), other])
    assert {s.place for s in series} == {"Tarn", "Nebb"}
    assert kinds(series) == ["scope"]


def test_a_part_is_no_contradiction() -> None:
    whole = told("r1", "The ministry said 31 people died in Tarn, 12 of them women.", "31")
    part = replace(
        whole.figures[0], id="f2", text="12", value=12.0, low=12.0, high=12.0, part_of="f1", span=Span(41, 43)
    )
    found = figures([replace(whole, figures=(*whole.figures, part))])
    assert kinds(found) == ["scope"]
    assert len([c for s in found for c in s.counts]) == 2


def test_who_is_left_and_all_who_were_taken_differ_in_scope() -> None:
    taken = told("r1", "The army said 276 girls were taken.", "276", who="army", measure="held", counted="girls")
    left = told(
        "r2", "The school said 219 girls remain captive.", "219", who="school", measure="held", counted="schoolgirls"
    )
    (series,) = figures([taken, left])
    assert series.counted == "girl"
    assert kinds((series,)) == ["scope"]


@pytest.mark.parametrize("act", ["call_for", "offer", "vow", "ask", "deny", "reject"])
def test_what_is_wished_for_or_rejected_is_no_count(act: Act) -> None:
    assert figures([told("r1", "The ministry asked for 31 dead in Tarn.", "31", act=act)]) == ()


def test_the_origin_may_be_given() -> None:
    first = told("r1", "Ada Moll said 31 died in Tarn.", "31", who="Ada Moll", kind="person")
    later = told("r3", "Ada Moll said 38 died in Tarn.", "38", kind="person", day="2031-06-03")
    (series,) = figures([first, later], lambda *_: Origin("Ada Moll", "named", party="Government of Orrin"))
    assert kinds((series,)) == ["revision"]
    assert [e.source for e in series.estimates] == ["Government of Orrin"]


def test_a_minister_speaks_for_the_ministry() -> None:
    first = told("r1", "The ministry said 31 died in Tarn.", "31", who="interior ministry")
    later = told("r3", "The minister said 38 died in Tarn.", "38", who="Ada Moll", day="2031-06-03", kind="person")
    (said,) = later.attributions
    later = replace(later, attributions=(replace(said, speaker=replace(said.speaker, role="Interior Minister")),))
    assert kinds(figures([first, later])) == ["revision"]


def test_no_readings_no_series() -> None:
    assert figures([]) == ()


def test_undated_numbers_are_not_put_in_time() -> None:
    first = told("r1", "The ministry said 31 died in Tarn.", "31", day=None)
    later = told("r3", "The ministry said 38 died in Tarn.", "38", day=None)
    assert kinds(figures([first, later])) == []


def test_sample_the_dead_of_brenna(sample: tuple[Reading, ...]) -> None:
    series = figures(sample)[0]
    assert (series.measure, series.place) == ("killed", "Brenna")
    last = {e.source: (e.best, e.on) for e in series.estimates}
    assert last["interior ministry"] == (46, "2031-05-08")
    assert last["Highland Front"] == (54, "2031-05-03")
    number = {c.id: (c.source, c.best) for c in series.counts}
    revised = [(number[r.one], number[r.other][1]) for r in series.relations if r.kind == "revision"]
    assert (("interior ministry", 31), 38) in revised
    assert (("interior ministry", 38), 46) in revised
    assert {number[r.other][0] for r in series.relations if r.kind == "revision"} <= {
        "interior ministry",
        "United Nations",
    }
    assert 2000 not in {c.best for c in series.counts}


def test_sample_in_any_order(sample: tuple[Reading, ...]) -> None:
    shuffled = list(sample)
    random.Random(7).shuffle(shuffled)
    assert figures(shuffled) == figures(sample)
