"""What grouping and weighing depend on: when that changes, what was kept is made anew."""

import hashlib
from collections.abc import Callable
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from sayso.record.packing import shape
from sayso.weigh.digests import Gist
from sayso.weigh.pieces import Piece
from sayso.weigh.stories import Step
from sayso.weigh.weigh import Weighed

GROUPING = {"digests.py", "pieces.py", "shelf.py", "stories.py", "wordsets.yml"}
SHOWN = 16


@cache
def grouping_version() -> str:
    """A hash of the code and the word lists by which reports are grouped, and of how that is kept."""
    return _hash("".join(map(shape, (Gist, Step, Piece))), lambda file: file.name in GROUPING)


@cache
def weigher_version() -> str:
    """A hash of the code, the word lists and the vectors by which stories are weighed, and of how that is kept."""
    return _hash(shape(Weighed), lambda file: file.name.endswith((".py", ".yml", ".npz")))


def _hash(start: str, counts: Callable[[Traversable], bool]) -> str:
    digest = hashlib.sha256(start.encode())
    packages = [resources.files(f"sayso.{name}") for name in ("weigh", "lexicon", "meaning")]
    for folder in (*packages, packages[-1].joinpath("weights")):
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.is_file() and counts(file):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:SHOWN]
