"""Judging claims, speakers and sayings on the command line, on the sample story."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from sayso.cli import main
from sayso.cli.judge import command as judge
from sayso.samples import sample_reports

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the sample story, weighed."""
    folder = tmp_path_factory.mktemp("judging")
    lines = [{"id": r.id, "outlet": r.outlet, "published": r.published, "title": r.title, "text": r.text}
             for r in sample_reports()]  # fmt: skip
    (folder / "story.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    for arguments in (["add", str(folder / "story.jsonl")], ["story"]):
        with pytest.raises(SystemExit):
            main([*arguments, "--ledger", str(folder / "ledger.db")])
    return folder / "ledger.db"


@pytest.fixture
def run(whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("SAYSO_WHO", "Teo")
    shutil.copy(whole, tmp_path / "ledger.db")

    def once(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out = capsys.readouterr()
        return int(ended.value.code or 0), out.out, out.err

    return once


def claims(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("claims", "--json")[1])["claims"]
    return found


def claim_with(run: Run, saying: str) -> dict[str, Any]:
    return next(claim for claim in claims(run) if any(one["id"] == saying for one in claim["sayings"]))


def saying(run: Run, id: str) -> dict[str, Any]:
    return next(one for one in claim_with(run, id)["sayings"] if one["id"] == id)


def test_claims_that_are_the_same_and_then_not(run: Run) -> None:
    one, other = claims(run)[:2]
    status, _, err = run("judge", "claims", "same", one["id"], other["id"], "--note", "both on the shelling")
    assert (status, err[:8]) == (0, "kept as ")
    joined = claim_with(run, one["middle"])
    assert len(joined["sayings"]) == len(one["sayings"]) + len(other["sayings"])
    assert any("judged by Teo: same claim" in line for line in run("trace", joined["id"])[1].splitlines())
    line = run("judgements")[1]
    assert "Teo: the same claim: “" in line
    assert "— both on the shelling" in line
    assert run("judge", "claims", "not-same", one["middle"][:8], other["middle"][:8], "--who", "Ann")[0] == 0
    assert claim_with(run, one["middle"])["id"] != claim_with(run, other["middle"])["id"]
    assert "disputed: Teo says same, Ann says not the same: the last word counts" in run("judgements", "--review")[1]


def test_a_withdrawn_judgement_no_longer_counts(run: Run) -> None:
    one, other = claims(run)[:2]
    own = run("judge", "claims", "same", one["id"], other["id"])[2].split()[-1]
    assert run("judgements", "--withdraw", own)[0] == 0
    assert claims(run)[:2] == [one, other]


def test_a_saying_is_named_by_its_place_too(run: Run) -> None:
    one, other = (claim["sayings"][0] for claim in claims(run)[:2])
    places = [f"{said['report']}:{said['spans'][0][0]}-{said['spans'][0][1]}" for said in (one, other)]
    assert run("judge", "claims", "same", *places)[0] == 0
    assert claim_with(run, one["id"]) == claim_with(run, other["id"])


def test_echoes(run: Run) -> None:
    echo = next(said for claim in claims(run) for said in claim["sayings"] if said["echo_of"])
    assert run("judge", "saying", echo["id"][:10], "no-echo")[0] == 0
    assert saying(run, echo["id"])["echo_of"] is None
    assert "is no echo" in run("judgements")[1]
    one, other = (claim["middle"] for claim in claims(run)[:2])
    assert run("judge", "saying", one, "echo", other)[0] == 0
    assert saying(run, one)["echo_of"] in {other, saying(run, other)["echo_of"]}
    assert " repeats “" in run("judgements")[1]


def test_speakers(run: Run) -> None:
    named = [said for claim in claims(run) for said in claim["sayings"] if said["origin"] and said["origin"]["name"]]
    first = named[0]["origin"]["name"]
    other = next(said for said in named if said["origin"]["name"] != first)
    assert run("judge", "speakers", "same", first, other["origin"]["name"])[0] == 0
    assert saying(run, other["id"])["origin"]["name"] == first
    unnamed = next(s for c in claims(run) for s in c["sayings"] if s["origin"] and s["origin"]["naming"] == "unnamed")
    assert run("judge", "speakers", "same", first, unnamed["id"][:8])[0] == 0
    assert saying(run, unnamed["id"])["origin"]["name"] == first
    assert f"the same speaker: {first} and" in run("judgements")[1]


def test_judgements_of_claims_can_be_taken_elsewhere(run: Run, whole: Path, tmp_path: Path) -> None:
    one, other = claims(run)[:2]
    run("judge", "claims", "same", one["id"], other["id"])
    run("judge", "saying", one["middle"], "no-echo")
    (tmp_path / "judged.jsonl").write_text(run("judgements", "--json")[1])
    shutil.copy(whole, tmp_path / "other.db")
    arguments = ("judgements", "--ledger", str(tmp_path / "other.db"))
    assert "2 judgements taken, 0 skipped" in run(*arguments, "--import", str(tmp_path / "judged.jsonl"))[2]
    assert run(*arguments, "--json")[1] == (tmp_path / "judged.jsonl").read_text()


def test_what_is_lost_is_reviewed(run: Run, tmp_path: Path) -> None:
    record = {
        "verdict": "same", "target": "claim", "who": "Ann", "made_at": "2031-06-01T09:00:00+00:00",
        "value": [{"report": "gone", "spans": [[0, 9]]}, {"report": "gone", "spans": [[9, 19]]}],
    }  # fmt: skip
    (tmp_path / "judged.jsonl").write_text(json.dumps(record) + "\n")
    assert run("judgements", "--import", str(tmp_path / "judged.jsonl"))[0] == 0
    assert "lost: Ann names report gone, which is not in this ledger" in run("judgements", "--review")[1]
    assert "same claim: gone:0-9 and gone:9-19" in run("judgements")[1]


def test_what_should_be_judged_comes_with_the_commands(run: Run) -> None:
    records = [json.loads(line) for line in run("judgements", "--unsure", "--json")[1].splitlines()]
    shown = run("judgements", "--unsure")[1]
    assert records
    for record in records:
        if record["unsure"] == "claims":
            one, other = (claim["id"] for claim in record["claims"])
            assert f"sayso judge claims same {one} {other}" in shown
        else:
            one, other = (said["id"][:8] for said in record["sayings"])
            assert f"sayso judge speakers same {one} {other}" in shown
    first = next(line for line in shown.splitlines() if "sayso judge" in line).split("    (or")[0]
    assert run(*first.split()[1:])[0] == 0
    assert first not in run("judgements", "--unsure")[1]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["claims", "same", "ffffffff0", "ffffffff1"], "there is no saying ffffffff0: `sayso trace CLAIM`"),
        (["claims", "same", "v01:5-2", "v01:7-9"], "there is no v01:5-2"),
        (["claims", "same", "v01:5-99999", "v01:7-9"], "there is no v01:5-99999"),
        (["claims", "same", "nobody:5-9", "v01:7-9"], "there is no report nobody"),
        (["claims", "same", "v01:7-9", "v01:7-9"], "two different claims"),
        (["claims", "maybe", "v01:7-9", "v01:7-19"], "Invalid value"),
        (["saying", "v01:7-9", "echo"], "echo needs the saying"),
        (["saying", "v01:7-9", "no-echo", "v01:7-19"], "no-echo takes none"),
        (["saying", "v01:7-9", "echo", "v01:7-9"], "repeats itself"),
        (["speakers", "same", "Ada Moll", "Ada Moll"], "two different speakers"),
        (["statement", "v01", "a99", "accept"], "report v01 has no a99"),
    ],
)
def test_a_vain_judgement_is_wrong_usage(run: Run, arguments: list[str], why: str) -> None:
    status, _, err = run("judge", *arguments)
    assert status == 2
    assert why in err


def test_the_word_statement_may_be_left_out(run: Run) -> None:
    assert run("judge", "v01", "a1", "accept")[0] == 0
    assert run("judge", "--note", "so it is", "v02", "a1", "accept")[0] == 0
    assert run("judge", "statement", "v03", "a1", "accept")[0] == 0
    assert run("judgements")[1].count("accept attribution of ") == 3


def test_every_kind_of_judgement_has_examples() -> None:
    assert isinstance(judge, click.Group)
    assert "Examples:" in str(judge.epilog)
    for name in ("claims", "speakers", "saying"):
        assert f"sayso judge {name} " in str(judge.commands[name].epilog)
