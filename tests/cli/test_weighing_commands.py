"""The commands that weigh, on the sample story."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sayso.cli import main, weighed
from sayso.errors import LedgerError
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
def said() -> list[str]:
    """What each command said on standard error."""
    return []


@pytest.fixture
def run(ledger: Path, capsys: pytest.CaptureFixture[str], said: list[str]) -> Run:
    def once(*arguments: str, status: int = 0) -> str:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--ledger", str(ledger)])
        assert int(ended.value.code or 0) == status
        out, err = capsys.readouterr()
        said.append(err)
        return str(out)

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
        pieces = [texts[saying["report"]][a:b] for a, b in saying["spans"]]
        assert " … ".join(pieces) == saying["text"]
    ids = {saying["id"] for saying in sayings}
    assert len(ids) == len(sayings)
    assert {saying["echo_of"] for saying in sayings} - {None} <= ids
    for claim in claims:
        assert 0 <= claim["independent"]["low"] <= claim["independent"]["high"]
        assert claim["reports"] == len({saying["report"] for saying in claim["sayings"] if saying["sure"]})


def test_wire_copies_fold(run: Run) -> None:
    claims = json.loads(run("claims", "--json"))["claims"]
    whys = [saying["why"] for claim in claims for saying in claim["sayings"] if saying["echo_of"]]
    assert any("the same words as in Meridian News Agency" in why for why in whys)


def test_trace(run: Run) -> None:
    claim = json.loads(run("claims", "--json"))["claims"][0]
    assert json.loads(run("trace", claim["id"], "--json"))["id"] == claim["id"]
    assert claim["text"] in run("trace", claim["id"])
    run("trace", "nosuchclaim", status=2)


def test_trace_looks_in_every_story_or_in_one(run: Run) -> None:
    claim = json.loads(run("claims", "--json"))["claims"][0]
    assert json.loads(run("trace", claim["id"][:8], "--json", "--story", claim["story"][:8])) == claim | {"schema": 1}
    run("trace", claim["id"], "--story", "nosuchstory", status=2)


def test_a_ledger_that_cannot_be_written_is_weighed_all_the_same(
    run: Run, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = ("story",), ("claims",), ("figures", "--json"), ("disputes",)
    kept = [run(*command) for command in commands]
    claim = json.loads(run("claims", "--json"))["claims"][0]["id"]
    traced = run("trace", claim)

    def refuse(*_: object, **_more: object) -> None:
        raise LedgerError("ledger l.db cannot grow")

    monkeypatch.setattr("sayso.weighing.refresh", refuse)
    assert run("trace", claim) == traced
    assert said[-1] == "", "what was kept still holds"
    monkeypatch.setattr("sayso.weighing.is_stale", lambda _: True)
    assert [run(*command) for command in commands] == kept
    assert "cannot grow; until then stories are weighed anew each time" in said[-1]
    assert run("trace", claim) == traced


def test_one_bar_follows_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    @contextmanager
    def bar(what: str, whole: int) -> Iterator[Any]:
        seen.append(f"{what} {whole}")
        yield SimpleNamespace(at=lambda done: seen.append(str(done)))
        seen.append("closed")

    monkeypatch.setattr(weighed, "progress", bar)
    with closing(weighed._Bars()) as bars:
        for step in (("grouping", 0, 2), ("grouping", 1, 2), ("weighing", 0, 1)):
            bars(*step)
    assert seen == ["grouping 2", "0", "1", "closed", "weighing 1", "0", "closed"]


def test_where_there_is_nothing_the_story_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.txt").write_text("Petra Lund said that the gate was open.")
    where = ["--ledger", str(tmp_path / "one.db")]
    wanted = {
        ("story",): ("1 report, no date: ", ""),
        ("figures",): ("", "no figures in story "),
        ("figures", "--measure", "killed"): ("", "no such figures in story "),
        ("disputes", "--json"): ("", "no disputes in story "),
    }
    for command in (("add", str(tmp_path / "one.txt")), *wanted):
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([*command, *where])
        out, err = capsys.readouterr()
        assert not ended.value.code
        if command in wanted:
            shown, told = wanted[command]
            assert shown in out
            assert err.startswith(told)
            assert bool(err) == bool(told)


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
