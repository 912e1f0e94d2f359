"""The sample story: an invented ceasefire and prisoner exchange, told by invented outlets. See README.md beside it."""

from collections.abc import Iterator
from importlib import resources

from sayso.terms import Report


def sample_reports() -> Iterator[Report]:
    """The sample reports by date."""
    import json

    lines = resources.files(__name__).joinpath("ceasefire.jsonl").read_text(encoding="utf-8")
    for line in lines.splitlines():
        yield Report(**json.loads(line))
