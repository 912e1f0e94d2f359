"""What the command line does when its surroundings are not as they should be."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SAYSO = str(Path(sys.executable).with_name("sayso"))
SENTENCE = "The mayor of Orrin, Petra Lund, said on Friday that the bridge would be “rebuilt”."


def shell(command: str, given: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    surroundings = os.environ | {"SAYSO": SAYSO, "COLUMNS": "100"} | env
    arguments = ["bash", "-o", "pipefail", "-c", command]
    return subprocess.run(arguments, input=given, capture_output=True, text=True, errors="replace", env=surroundings)


def test_half_a_surrogate_pair_is_shown_and_written() -> None:
    line = r'{"id": "a\ud800", "outlet": "\udc00", "text": "Petra Lund \ud800 said that it rained."}'
    for option in ("--json", "--view=list", "--view=table", "--view=text"):
        done = shell(f"$SAYSO read {option} -", line)
        assert (done.returncode, done.stderr) == (0, "")
        assert "it rained" in done.stdout


@pytest.mark.parametrize("view", ["list", "table", "text"])
def test_a_terminal_without_the_letters(view: str) -> None:
    done = shell(f"$SAYSO read --view {view} -", SENTENCE, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert r"\u201crebuilt\u201d" in done.stdout


def test_json_is_utf8_whatever_the_terminal_speaks() -> None:
    done = shell("$SAYSO read --json -", SENTENCE, PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)["attributions"][0]["content"]["text"].endswith("“rebuilt”")


@pytest.mark.parametrize("colour", ["NO_COLOR", "FORCE_COLOR"])
@pytest.mark.parametrize("view", ["list", "table", "text"])
def test_a_report_does_not_steer_the_terminal(view: str, colour: str) -> None:
    text = "Petra Lund\x1b]0;owned\x07 said that it \x9b31mrained \u202efor a week."
    done = shell(f"$SAYSO read --view {view} --outlet '\x1b[2J' -", json.dumps({"text": text}), **{colour: "1"})
    assert done.returncode == 0
    for sequence in ("\x1b]0", "\x1b[2J", "\x07", "\x9b", "\u202e"):
        assert sequence not in done.stdout


@pytest.mark.parametrize("command", ["read", "read --json", "audit", "audit --json", "read --json --jobs 2"])
def test_a_reader_that_stops_early_is_no_failure(command: str, tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text((json.dumps({"text": SENTENCE}) + "\n") * 300)
    done = shell(f"$SAYSO {command} {tmp_path}/many.jsonl | head -1")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("command", ["--help", "read -", "read --json -", "audit --json -"])
def test_results_that_cannot_be_written(command: str) -> None:
    done = shell(f"$SAYSO {command} > /dev/full", SENTENCE)
    assert done.returncode == 3
    assert "results are missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_closed_streams() -> None:
    assert shell("$SAYSO read --json - >&-", SENTENCE).returncode == 3
    assert shell("$SAYSO read --json nowhere.txt 2>&-").returncode == 1
    done = shell("$SAYSO read - <&-")
    assert (done.returncode, done.stderr) == (
        1, "skipped standard input: is closed: pipe a report into it, or name a file\n",
    )  # fmt: skip


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_is_answered_in_one_word(jobs: str, tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text((json.dumps({"text": SENTENCE}) + "\n") * 20_000)
    command = [SAYSO, "read", "--json", "--jobs", jobs, str(tmp_path / "many.jsonl")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        assert running.stdout
        assert running.stdout.readline()
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert (running.returncode, said.strip()) == (130, "interrupted")


def test_each_line_is_answered_before_the_next_one_comes() -> None:
    with subprocess.Popen([SAYSO, "read", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin
        assert running.stdout
        for name in "ab":
            running.stdin.write((json.dumps({"id": name, "text": SENTENCE}) + "\n").encode())
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["report"]["id"] == name
        running.stdin.close()
    assert running.returncode == 0
