"""``sayso batch`` as people and scripts meet it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from importlib import resources
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli import cli
from tests.batch.made import files
from tests.batch.weighing.made import weighed_files

SAMPLE = str(resources.files("sayso.samples").joinpath("ceasefire.jsonl"))
GOOD = json.dumps({"id": "a", "text": "Police in Lenn said two men were held."})


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli, ["batch", *words], catch_exceptions=True)
    return done.exit_code, done.stdout, done.stderr


def start(*words: str) -> "subprocess.Popen[str]":
    command = [str(Path(sys.executable).with_name("sayso")), "batch", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def finished(folder: Path) -> int:
    return len(list((folder / "shards").glob("*.json")))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample story, read at one go."""
    folder = tmp_path_factory.mktemp("whole")
    status, out, err = run("--jobs", "2", "--shard", "2", SAMPLE, str(folder))
    assert (status, out) == (0, "")
    assert "14 reports with " in err
    assert "7 shards read in " in err
    return folder


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The sample story six times, so that reading it takes a while, and that read at one go."""
    place = tmp_path_factory.mktemp("long")
    told = [json.loads(line) for line in Path(SAMPLE).read_text().splitlines()]
    lines = [json.dumps(one | {"id": f"{one['id']}-{number}"}) for number in range(6) for one in told]
    (place / "long.jsonl").write_text("\n".join(lines))
    status, _, _ = run("--jobs", "2", "--shard", "2", str(place / "long.jsonl"), str(place / "read"))
    assert status == 0
    return str(place / "long.jsonl"), place / "read"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path, long: tuple[str, Path], how: signal.Signals) -> None:
    story, whole = long
    words = ("--jobs", "1", "--shard", "2", story, str(tmp_path / "out"))
    with start(*words) as process:
        while process.poll() is None and not finished(tmp_path / "out"):
            time.sleep(0.01)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.send_signal(how)
        process.communicate()
    assert process.returncode == (130 if how == signal.SIGINT else -signal.SIGKILL)
    assert children
    assert end(children)
    before = finished(tmp_path / "out")
    assert 0 < before < 42
    status, _, err = run(*words)
    assert status == 0
    assert f"{42 - before} shards read" in err
    assert f"{before} there already" in err
    assert files(tmp_path / "out") == files(whole)
    assert not list((tmp_path / "out").rglob(".*.part"))


def test_weighing_that_is_killed_goes_on_where_it_was_without_the_inputs(tmp_path: Path, whole: Path) -> None:
    once, out = shutil.copytree(whole, tmp_path / "once"), shutil.copytree(whole, tmp_path / "out")
    with start("--jobs", "1", "--weigh", str(out)) as process:
        while process.poll() is None and not parts(out):
            time.sleep(0.01)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert end(children)
    before = parts(out)
    status, _, err = run("--jobs", "1", "--weigh", str(out))
    assert status == 0
    assert f" s, {before} there already" in err
    status, _, err = run("--jobs", "2", "--weigh", SAMPLE, str(once))
    assert (status, "7 there already" in err, "1 stories, " in err) == (0, True, True)
    assert weighed_files(out) == weighed_files(once)
    status, _, err = run("--weigh", str(once))
    assert (status, "0 parts done" in err, "0 parts not weighed" in err) == (0, True, True)


def parts(folder: Path) -> int:
    return len(list((folder / "weighing").glob("*/*.json")))


def end(processes: list[str]) -> bool:
    """Whether they end within a few seconds."""
    for _ in range(500):
        if not any(map(is_there, processes)):
            return True
        time.sleep(0.01)
    return False


def is_there(process: str) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def test_skipped_documents_are_named_and_the_status_says_so_each_time(tmp_path: Path) -> None:
    (tmp_path / "some.jsonl").write_text(f"{GOOD}\nnot a record\n")
    words = ("--jobs", "1", str(tmp_path / "some.jsonl"), str(tmp_path / "out"))
    for shown in (True, False):
        status, out, err = run(*words)
        assert (status, out) == (1, "")
        assert (f"skipped {tmp_path / 'some.jsonl'}, line 2: is no JSON" in err) == shown
        assert "1 reports with 1 attributions and 1 figures, 1 documents skipped" in err
        assert "  skipped 1: is no JSON" in err


def test_many_skipped_documents_are_named_up_to_a_number(tmp_path: Path) -> None:
    (tmp_path / "some.jsonl").write_text("x\n" * 150)
    status, _, err = run("--jobs", "1", "--shard", "40", str(tmp_path / "some.jsonl"), str(tmp_path / "out"))
    assert status == 1
    assert err.count("\nskipped ") + err.startswith("skipped ") == 100
    assert err.count("named in the table of that name only") == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-", "OUT"], "- cannot be read again"),
        (["https://orrin.example/a", "OUT"], "cannot be read again when a stopped run goes on: save it"),
        ([SAMPLE, SAMPLE], "is a file: name a folder to write to"),
        ([SAMPLE], "Missing argument"),
        (["--weigh", "--anew", "OUT"], "only --weigh goes without, on a batch that is read"),
        (["--weigh", "OUT"], "holds no batch that is finished: give `sayso batch` with its inputs first"),
        (["--address", "127.0.0.1:1", SAMPLE, "OUT"], "--address is for --engine ray"),
        (["--memory", "12M", SAMPLE, "OUT"], "12M is too little to read with: give at least 512M"),
        (["--memory", "much", SAMPLE, "OUT"], "'much' is no size such as 800M or 2G"),
        (["--engine", "spark", SAMPLE, "OUT"], "'spark' is not one of"),
        (["--published", "May", SAMPLE, "OUT"], "is no ISO date"),
    ],
)
def test_wrong_usage_is_told_with_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    from sayso.cli import main

    with pytest.raises(SystemExit) as ended:
        main(["batch", *(str(tmp_path / "out") if word == "OUT" else word for word in words)])
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert message in " ".join(err.split())
    assert not (tmp_path / "out").exists()


def test_defaults_and_word_lists_are_used_and_belong_to_the_batch(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    (tmp_path / "some.jsonl").write_text(f"{GOOD}\n")
    words = [str(tmp_path / "some.jsonl"), str(tmp_path / "out")]
    assert run("--jobs", "1", "--outlet", "Vell Wire", "--published", "2031-05-04", *words)[0] == 0
    (row,) = pq.read_table(tmp_path / "out/reports").to_pylist()
    assert (row["outlet"], row["published"]) == ("Vell Wire", "2031-05-04")
    done = CliRunner().invoke(cli, ["batch", *words])
    assert "another outlet (Vell Wire, not None)" in str(done.exception)


def test_help_is_light() -> None:
    code = (
        "import sys; from sayso.cli import cli; "
        "cli.main(['batch', '--help'], standalone_mode=False); "
        "heavy = {'pyarrow', 'ray', 'onnxruntime', 'sqlalchemy', 'numpy', 'lxml', 'sayso.batch.run'}; "
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ)
    assert done.returncode == 0, done.stderr
    assert "sayso batch reports.jsonl out/" in done.stdout
