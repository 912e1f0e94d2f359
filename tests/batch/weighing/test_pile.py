"""Pieces come out of a pile as they went in, each by itself."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.batch.weighing.pile import MOST_OPEN, Piles, named, piled, unpiled

PIECES = st.lists(st.binary(max_size=30), max_size=6)


@given(PIECES, PIECES)
def test_pieces_come_back(tmp_path_factory: pytest.TempPathFactory, one: list[bytes], other: list[bytes]) -> None:
    folder = tmp_path_factory.mktemp("piles")
    for number, pieces in enumerate((one, other)):
        (folder / named(number)).write_bytes(piled(pieces))
        assert unpiled(piled(pieces)) == pieces
    with Piles(folder) as piles:
        for number, pieces in enumerate((one, other)):
            assert piles.count(number) == len(pieces)
            assert [piles.get(number, place) for place in range(len(pieces))] == pieces


def test_no_more_than_a_few_are_open_and_none_afterwards(tmp_path: Path) -> None:
    for number in range(MOST_OPEN + 9):
        (tmp_path / named(number)).write_bytes(piled([str(number).encode()]))
    before = open_files()
    with Piles(tmp_path) as piles:
        for number in [*range(MOST_OPEN + 9), 0]:
            assert piles.get(number, 0) == str(number).encode()
            assert open_files() <= before + MOST_OPEN
    assert open_files() == before


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
