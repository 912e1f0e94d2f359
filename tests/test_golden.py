"""Golden cases by phenomenon: spans and nesting of passages that the network was never trained on."""

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from sayso.reader.figures import find_figures
from sayso.reader.identify import identify
from sayso.reader.reader import Reader
from sayso.terms import Attribution, Phrase, Report
from tests.marked import attributions_of
from training.markup import Marked, Passage, read_passages

HERE = Path(__file__).with_name("golden")
TRAINING = Path(__file__).parents[1] / "training/passages"
CASES = [(path.stem, passage) for path in sorted(HERE.glob("*.txt")) for passage in read_passages(path)]


def parameters(kind: str, *stems: str) -> list[ParameterSet]:
    """The cases of some files as parameters; a known failure of this kind is marked in the header."""
    return [
        pytest.param(
            passage,
            id=f"{stem}-{passage.phenomenon.split()[0]}-{number}",
            marks=[pytest.mark.xfail(reason="known failure", strict=True)]
            if f"xfail-{kind}" in passage.phenomenon
            else [],
        )
        for number, (stem, passage) in enumerate(CASES)
        if stem in stems
    ]


def words(text: str, spans: list[tuple[int, int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if text[i].isalnum()}


def alike(passage: Passage, marked: list[tuple[int, int]], phrase: Phrase | None) -> bool:
    """Whether two roles share nine tenths of their letters."""
    wanted = words(passage.text, marked)
    found = words(passage.text, [(s.start, s.end) for s in phrase.spans] if phrase else [])
    return wanted == found or 2 * len(wanted & found) >= 0.9 * (len(wanted) + len(found))


def partner(passage: Passage, marked: Marked, found: list[Attribution]) -> Attribution | None:
    roles = [(marked.source, "source"), (marked.content, "content")]
    return next((a for a in found if all(alike(passage, m, getattr(a, r)) for m, r in roles)), None)


@pytest.mark.parametrize("passage", parameters("spans", "nested", "plain", "unsourced"))
def test_spans_and_nesting(reader: Reader, passage: Passage) -> None:
    found = list(reader.read(Report(passage.text)).attributions)
    partners = {number: partner(passage, marked, found) for number, marked in passage.attributions.items()}
    missed = [n for n, p in partners.items() if p is None and not passage.attributions[n].optional]
    assert not missed, [(a.source and a.source.text, a.cue and a.cue.text, a.content.text) for a in found]
    for number, marked in passage.attributions.items():
        inner, outer = partners[number], partners.get(marked.within or -1)
        if inner and outer:
            assert inner.within == outer.id
    if not passage.attributions:
        assert not found


def test_no_golden_case_is_trained_on() -> None:
    trained = {passage.text for path in TRAINING.glob("*.txt") for passage in read_passages(path)}
    assert not trained & {passage.text for _, passage in CASES}


def expected(passage: Passage) -> list[tuple[str, str, str]]:
    """(attribution, field, value) from the header's options such as ``1.kind=person``."""
    options = [(*key.split("."), value.replace("_", " ")) for key, value in passage.options.items() if "." in key]
    return [(number, field, value) for number, field, value in options]


def actual(attribution: Attribution, field: str) -> str:
    if field == "relays":
        return ",".join(attribution.relays) or "-"
    if field == "speaker":
        return attribution.speaker.name or "-"
    holder = attribution.speaker if field in ("naming", "kind", "affiliation", "role") else attribution
    return str(getattr(holder, field)).replace("_", " ")


def bare(name: str) -> str:
    return name.removeprefix("the ").removeprefix("The ")


@pytest.mark.parametrize("passage", parameters("who", "nested", "plain", "unsourced", "who", "who_news"))
def test_who_and_through_whom(passage: Passage) -> None:
    found = {a.id: a for a in identify(Report(passage.text), attributions_of(passage))}
    wrong = [
        (number, field, value, actual(found[number], field))
        for number, field, value in expected(passage)
        if bare(actual(found[number], field)) != bare(value)
    ]
    assert not wrong


def numbers(*values: float | None) -> str:
    return ",".join("-" if value is None else f"{value:g}" if value < 1e5 else str(int(value)) for value in values)


@pytest.mark.parametrize("passage", parameters("figures", "figures"))
def test_figures(passage: Passage) -> None:
    report, attributions = Report(passage.text), attributions_of(passage)
    wanted = [value.replace("_", " ") for key, value in passage.options.items() if key.startswith("f")]
    found = [
        f"{f.text}/{numbers(f.value, f.low, f.high)}/{f.qualifier}/{f.measure}/{f.by or '-'}".replace("_", " ")
        for f in find_figures(report, attributions)
    ]
    assert found == wanted
