"""The commands that weigh, on the sample story."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.cli import main
from sayso.samples import sample_reports

Run = Callable[..., str]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weighed")
    lines = [{"id": r.id, "outlet": r.outlet, "published": r.published, "title": r.title, "text": r.text}
             for r in sample_reports()]  # fmt: skip
    (folder / "story.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    with pytest.raises(SystemExit):
        main(["add", "--ledger", str(folder / "ledger.db"), str(folder / "story.jsonl")])
    return folder / "ledger.db"


@pytest.fixture
def run(ledger: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def once(*arguments: str, status: int = 0) -> str:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--ledger", str(ledger)])
        assert int(ended.value.code or 0) == status
        return capsys.readouterr().out

    return once


def test_one_story(run: Run) -> None:
    (story,) = [json.loads(line) for line in run("story", "--json").splitlines()]
    assert len(story["reports"]) == 14
    assert "14 reports, 2031-05-03 to 2031-05-08" in run("story")


def test_searching_within_a_story(run: Run) -> None:
    story = json.loads(run("story", "--json").splitlines()[0])["id"]
    assert len(run("search", "truce", "--json", "--limit", "1000", "--story", story[:8]).splitlines()) > 5
    assert run("search", "truce", "--json", "--reports", "--story", story[:8])
    run("search", "truce", "--story", "nosuchstory", status=2)


def test_claims_lead_to_characters(run: Run) -> None:
    texts = {report.id: report.text for report in sample_reports()}
    claims = json.loads(run("claims", "--json"))["claims"]
    sayings = [saying for claim in claims for saying in claim["sayings"]]
    assert sayings
    for saying in sayings:
        assert [texts[saying["report"]][a:b] for a, b in saying["spans"]] == [saying["text"]]
    ids = {saying["id"] for saying in sayings}
    assert len(ids) == len(sayings)
    assert {saying["echo_of"] for saying in sayings} - {None} <= ids
    for claim in claims:
        assert 0 <= claim["independent"]["low"] <= claim["independent"]["high"]
        assert claim["reports"] == len({saying["report"] for saying in claim["sayings"]})


def test_wire_copies_fold(run: Run) -> None:
    claims = json.loads(run("claims", "--json"))["claims"]
    whys = [saying["why"] for claim in claims for saying in claim["sayings"] if saying["echo_of"]]
    assert any("the same words as in Meridian News Agency" in why for why in whys)


def test_trace(run: Run) -> None:
    claim = json.loads(run("claims", "--json"))["claims"][0]
    assert json.loads(run("trace", claim["id"], "--json"))["id"] == claim["id"]
    assert claim["text"] in run("trace", claim["id"])
    run("trace", "nosuchclaim", status=2)


def test_figures_over_time(run: Run) -> None:
    series = [json.loads(line) for line in run("figures", "--measure", "killed", "--json").splitlines()]
    brenna = next(one for one in series if one["place"] == "Brenna")
    numbers = {(estimate["source"], estimate["best"]) for estimate in brenna["estimates"]}
    assert {("interior ministry", 46.0), ("Highland Front", 54.0)} <= numbers
    kinds = {relation["kind"] for relation in brenna["relations"]}
    assert {"revision", "contradiction"} <= kinds
    assert "revision: interior ministry gave 31 or more" in run("figures")


def test_disputes_and_sources(run: Run) -> None:
    disputes = [json.loads(line) for line in run("disputes", "--json").splitlines()]
    assert {"denial", "figures"} == {dispute["kind"] for dispute in disputes}
    assert "Highland Front (named)" in run("sources")
    rows = [json.loads(line) for line in run("sources", "--json", "--limit", "1000").splitlines()]
    assert sum(row["statements"] for row in rows) > 50


def test_a_story_that_is_not_there(run: Run) -> None:
    run("claims", "--story", "nosuchstory", status=2)
