"""Many small pieces of bytes in one file, of which any can be read by itself."""

from collections import OrderedDict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
MOST_OPEN = 64
WORD = 8


def piled(pieces: Sequence[bytes]) -> bytes:
    """The pieces as one: how many they are, where each begins and the last ends, and the pieces."""
    ends = np.cumsum([(len(pieces) + 2) * WORD, *map(len, pieces)], dtype="<i8")
    return np.array([len(pieces)], "<i8").tobytes() + ends.tobytes() + b"".join(pieces)


def unpiled(data: bytes) -> list[bytes]:
    """The pieces back."""
    count = int(np.frombuffer(data, "<i8", 1)[0])
    places = np.frombuffer(data, "<i8", count + 1, WORD).tolist()
    return [data[start:end] for start, end in pairwise(places)]


class Piles:
    """The piles of a folder by number, a few of which are open. Use it in a ``with``."""

    def __init__(self, folder: Path) -> None:
        """``folder`` holds the piles, each named by its number."""
        self._folder = folder
        self._open: OrderedDict[int, tuple[BinaryIO, Ints]] = OrderedDict()

    def get(self, number: int, place: int) -> bytes:
        """One piece of one pile."""
        file, places = self._opened(number)
        start, end = int(places[place]), int(places[place + 1])
        file.seek(start)
        return file.read(end - start)

    def count(self, number: int) -> int:
        """How many pieces that pile has."""
        return len(self._opened(number)[1]) - 1

    def _opened(self, number: int) -> tuple[BinaryIO, Ints]:
        if number in self._open:
            self._open.move_to_end(number)
            return self._open[number]
        if len(self._open) >= MOST_OPEN:
            self._open.popitem(last=False)[1][0].close()
        file = (self._folder / named(number)).open("rb")
        count = int(np.frombuffer(file.read(WORD), "<i8")[0])
        places = np.frombuffer(file.read((count + 1) * WORD), "<i8")
        self._open[number] = file, places
        return file, places

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._open:
            self._open.popitem()[1][0].close()


def named(number: int) -> str:
    """The name of the file of that number."""
    return f"{number:08}.bin"
