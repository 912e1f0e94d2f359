import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.cli import COMMANDS

SAYSO = str(Path(sys.executable).with_name("sayso"))
SENTENCE = "The mayor of Orrin, Petra Lund, said on Friday that the bridge would be rebuilt."


def sayso(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    env = os.environ | {"NO_COLOR": "1", "COLUMNS": "100"}
    return subprocess.run([SAYSO, *arguments], input=given, capture_output=True, text=True, env=env)


def test_json_of_standard_input() -> None:
    done = sayso("read", "--json", "--outlet", "Orrin Post", "--published", "2031-05-04", "-", given=SENTENCE)
    (line,) = done.stdout.splitlines()
    record = json.loads(line)
    assert done.returncode == 0
    assert done.stderr == ""
    assert (record["report"]["outlet"], record["report"]["published"]) == ("Orrin Post", "2031-05-04")
    (found,) = record["attributions"]
    (span,) = found["content"]["spans"]
    assert SENTENCE[slice(*span)] == found["content"]["text"] == "that the bridge would be rebuilt"


def test_json_lines_on_standard_input() -> None:
    lines = "".join(json.dumps({"id": i, "text": SENTENCE}) + "\n" for i in range(3))
    done = sayso("read", "--json", "-", given=lines)
    assert [json.loads(line)["report"]["id"] for line in done.stdout.splitlines()] == ["0", "1", "2"]


def test_a_skipped_input_gives_status_1_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    done = sayso("read", str(tmp_path / "nowhere.txt"), str(tmp_path / "a.txt"))
    assert done.returncode == 1
    assert "nowhere.txt: does not exist" in done.stderr
    assert "Petra Lund" in done.stdout


@pytest.mark.parametrize(
    "arguments", [["read"], ["read", "--jobs", "0", "-"], ["read", "--published", "May 4", "-"], ["nonsense"]]
)
def test_wrong_usage_gives_status_2(arguments: list[str]) -> None:
    done = sayso(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr


def test_processes_do_not_change_the_answers(tmp_path: Path) -> None:
    lines = [json.dumps({"id": i, "text": f"Report {i}. {SENTENCE}"}) for i in range(12)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    one, two = (sayso("read", "--json", "--jobs", jobs, str(tmp_path / "many.jsonl")) for jobs in ("1", "2"))
    assert one.stdout == two.stdout
    assert len(one.stdout.splitlines()) == 12


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_shows_an_example(command: list[str]) -> None:
    done = sayso(*command, "--help")
    assert done.returncode == 0
    assert "Example" in done.stdout
    assert "sayso" in done.stdout


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, sayso.cli; sayso.cli.cli.main(['--help'], standalone_mode=False); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    for heavy in ("numpy", "onnxruntime", "tokenizers", "rich", "yaml"):
        assert f"'{heavy}'" not in done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"], ["--version"]])
def test_help_is_quick(arguments: list[str]) -> None:
    def cost() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        sayso(*arguments)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(cost() for _ in range(3)) < 0.15


def test_the_demo_reads_the_sample_story() -> None:
    done = sayso("demo")
    assert done.returncode == 0
    assert "Meridian News Agency" in done.stdout
    assert done.stdout.count("statements,") >= 12


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text((json.dumps({"text": SENTENCE}) + "\n") * 300)
    command = f"{SAYSO} read --json {tmp_path}/many.jsonl | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_one_title_for_all_that_have_none() -> None:
    done = sayso("read", "--json", "--title", "Bridge", "-", given=SENTENCE)
    assert json.loads(done.stdout)["report"]["title"] == "Bridge"
    assert "Bridge" in sayso("audit", "--title", "Bridge", "-", given=SENTENCE).stdout


@pytest.mark.parametrize("view", ["list", "table", "text"])
def test_views_of_the_demo(view: str) -> None:
    done = sayso("demo", "--view", view)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Meridian News Agency" in done.stdout


def test_audit_sums_up_the_sourcing() -> None:
    done = sayso("audit", "-", given=SENTENCE)
    assert done.returncode == 0
    assert "1 rests on 1 named source" in done.stdout
    record = json.loads(sayso("audit", "--json", "-", given=SENTENCE).stdout)
    assert (record["schema"], record["counts"]["named"]) == (1, 1)


def test_word_lists_of_ones_own_are_used_and_checked(tmp_path: Path) -> None:
    text = "Petra Lund told the Blue Parrot that the bridge would be rebuilt."
    path = tmp_path / "my.yml"
    path.write_text('outlets: [{name: "Blue Parrot"}]\n')
    record = json.loads(sayso("read", "--json", "--lexicon", str(path), "-", given=text).stdout)
    assert record["attributions"][0]["relays"] == [{"name": "Blue Parrot"}]
    path.write_text("outlets: [{nonsense: 1}]\n")
    done = sayso("read", "--lexicon", str(path), "-", given=text)
    assert done.returncode == 2
    assert "unknown field nonsense" in done.stderr


def test_bad_inputs_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 10)
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.jsonl").write_text(f'{{"text": {json.dumps(SENTENCE)}}}\n{{broken\n')
    (tmp_path / "d.txt").write_bytes(SENTENCE.encode("utf-16"))
    (tmp_path / "e.txt").write_bytes(b"x" * (17 * 2**20))
    done = sayso("read", "--json", str(tmp_path))
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    for name in ("a.txt", "b.txt", "c.jsonl, line 2", "e.txt"):
        assert f"{name}: " in done.stderr
