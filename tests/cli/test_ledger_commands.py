"""The commands of the ledger, from adding to exporting, on reports that are really read."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.cli import main

LINES = [
    (
        "a",
        "Orrin Post",
        "2031-05-02",
        "The mayor of Orrin, Petra Lund, said on Friday that the bridge would be rebuilt.",
    ),
    (
        "b",
        "Vell Wire",
        "2031-05-03",
        "Two officials said that at least 40 people were killed when the dam broke near Vell.",
    ),
    ("c", "Vell Wire", "2031-05-09", "Petra Lund denied that the city had been warned of the flood."),
]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("SAYSO_WHO", "Teo")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    def once(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    keys = ("id", "outlet", "published", "text")
    lines = [json.dumps(dict(zip(keys, line, strict=True))) + "\n" for line in LINES]
    (tmp_path / "reports.jsonl").write_text("".join(lines))
    assert once("add", "reports.jsonl")[0] == 0
    return once


def rows(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_adding_again_adds_nothing(run: Run) -> None:
    status, out, err = run("add", "reports.jsonl")
    assert (status, out) == (0, "")
    assert "0 added (0 near-copies of others), 3 already there, 0 skipped" in err


def test_what_is_skipped_is_named_and_counted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" ")
    french = (
        "Le maire a déclaré vendredi que le pont serait reconstruit avant la fin de l’année, selon la presse locale."
    )
    (tmp_path / "pont.txt").write_text(french * 2)
    status, _, err = run("add", "empty.txt", "pont.txt", "nowhere.txt")
    assert status == 1
    assert "skipped empty.txt: is empty" in err
    assert "skipped pont: is in French (fr): only English is read yet" in err
    assert "0 already there, 3 skipped" in err
    assert "reports: 4" in run("ledger", "info")[1], "a report in another language is kept"


def test_search(run: Run) -> None:
    (hit,) = rows(run("search", "--json", "--speaker", "lund", "bridge")[1])
    assert (hit["name"], hit["outlet"]) == ("a", "Orrin Post")
    assert {row["name"] for row in rows(run("search", "--json", "--speaker", "lund")[1])} == {"a", "c"}
    (unnamed,) = rows(run("search", "--json", "--naming", "unnamed", "--measure", "killed", "--after", "2031-05-01")[1])
    assert unnamed["name"] == "b"
    assert [row["name"] for row in rows(run("search", "--json", "--before", "2031-05", "bridge")[1])] == ["a"]
    assert rows(run("search", "--json", "--after", "2031-06", "bridge")[1]) == []
    (whole,) = rows(run("search", "--json", "--reports", "officials")[1])
    assert "[officials]" in str(whole["snippet"])
    (nearest, *_) = rows(run("search", "--json", "--like", "people died as the dam burst")[1])
    assert nearest["name"] == "b"
    status, out, err = run("search", "zeppelin")
    assert (status, out, err) == (0, "", "nothing found\n")
    assert "Petra Lund" in run("search", "bridge")[1]


@pytest.mark.parametrize("arguments", [["search", "--like"], ["search", "-bridge"], ["search", "--act", "sing"]])
def test_a_vain_search_is_wrong_usage(run: Run, arguments: list[str]) -> None:
    assert run(*arguments)[0] == 2


def test_judging_and_withdrawing(run: Run) -> None:
    report = str(rows(run("search", "--json", "bridge")[1])[0]["report"])
    status, _, err = run("judge", report, "a1", "correct", "speaker", "Petra M. Lund", "--note", "full name")
    assert (status, err[:8]) == (0, "kept as ")
    assert rows(run("search", "--json", "bridge")[1])[0]["speaker"] == "Petra M. Lund"
    (kept,) = rows(run("judgements", "--json")[1])
    assert (kept["who"], kept["note"], kept["report"]) == ("Teo", "full name", report)
    assert "Petra M. Lund" in run("judgements")[1]
    passage = run("export", "--format", "training", "-")[1]
    assert "[s1 The mayor of Orrin, Petra Lund], [k1 said]" in passage
    own = err.split()[-1]
    assert run("judgements", "--withdraw", own)[0] == 0
    assert rows(run("search", "--json", "bridge")[1])[0]["speaker"] == "Petra Lund"
    assert "withdrawn by Teo" in run("judgements")[1]
    assert run("export", "--format", "training", "-")[1] == ""


def test_judgements_can_be_taken_elsewhere(run: Run, tmp_path: Path) -> None:
    report = str(rows(run("search", "--json", "bridge")[1])[0]["report"])
    run("judge", report, "a1", "reject")
    (tmp_path / "judged.jsonl").write_text(run("judgements", "--json")[1] + "{broken\n")
    assert run("add", "--ledger", "other.db", "reports.jsonl")[0] == 0
    status, _, err = run("judgements", "--ledger", "other.db", "--import", "judged.jsonl")
    assert status == 1
    assert "line 2" in err
    assert "1 judgements taken, 1 skipped" in err
    assert rows(run("search", "--ledger", "other.db", "--json", "bridge")[1]) == []


@pytest.mark.parametrize(
    "arguments",
    [["nowhere", "a1", "accept"], ["a", "a99", "accept"], ["a", "a1", "correct"], ["a", "a1", "accept", "speaker", "x"],
     ["a", "a1", "correct", "stance", "angry"]],
)  # fmt: skip
def test_a_vain_judgement_is_wrong_usage(run: Run, arguments: list[str]) -> None:
    status, _, err = run("judge", *arguments)
    assert status == 2
    assert "Error" in err


def test_exports(run: Run, tmp_path: Path) -> None:
    assert run("export", "said.csv")[0] == 0
    assert "Petra Lund" in (tmp_path / "said.csv").read_text()
    assert run("export", "said.csv")[0] == 2, "what is there stays"
    assert run("export", "--overwrite", "--outlet", "vell wire", "said.csv")[0] == 0
    assert "bridge" not in (tmp_path / "said.csv").read_text()
    assert run("export", "--before", "2031-05-02", "--what", "reports", "old.jsonl")[0] == 0
    assert [row["id"] for row in rows((tmp_path / "old.jsonl").read_text())] == ["a"]
    for name in ("all.xlsx", "all.parquet"):
        assert run("export", name)[0] == 0
        assert (tmp_path / name).stat().st_size
    assert run("export", "--format", "brat", "brat")[0] == 0
    assert len(list((tmp_path / "brat").glob("*.ann"))) == 3
    assert len(rows(run("export", "--format", "webannotation", "-")[1])) == 3


def test_check_backup_and_the_file_itself(run: Run, tmp_path: Path) -> None:
    assert run("ledger", "check")[0] == 0
    assert run("ledger", "backup", "copy.db")[0] == 0
    assert "read: 3" in run("ledger", "info", "--ledger", "copy.db")[1]
    damaged = sqlite3.connect(tmp_path / "copy.db")
    damaged.execute("UPDATE reports SET text = 'other' WHERE name = 'a'")
    damaged.commit()
    damaged.close()
    status, out, _ = run("ledger", "check", "--ledger", "copy.db")
    assert status == 3
    assert "does not fit its hash" in out


def test_reread_by_other_word_lists(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.yml").write_text('outlets:\n  - {name: "Dam Watch", aliases: []}\n')
    assert "0 reports read anew" in run("reread")[2]
    assert "3 reports read anew; 0 judgements to review" in run("reread", "--lexicon", "own.yml")[2]
    assert len(rows(run("search", "--json")[1])) >= 3


def test_a_missing_or_alien_ledger_is_named(run: Run, tmp_path: Path) -> None:
    status, _, err = run("search", "--ledger", "none.db", "bridge")
    assert status == 3
    assert "there is no ledger at none.db" in err
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "notes.db").write_text("notes " * 999)
    status, _, err = run("add", "--ledger", "notes.db", "reports.jsonl")
    assert status == 3
    assert "is no ledger" in err
