"""`sayso add` killed at random moments loses nothing; `python -m bench.kills` does it two hundred times."""

from pathlib import Path

from bench.kills import torment


def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    assert torment(tmp_path, kills=4, reports=30, seed=7) == []
