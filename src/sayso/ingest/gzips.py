"""Gzip, unpacked as it is read; what unpacks to a flood is refused."""

import io
import zlib
from typing import BinaryIO

from sayso.errors import InputError

MAGIC = b"\x1f\x8b"
GZIP = 31
CHUNK = 65_536
FREE = 64 * 1024 * 1024
MOST_RATIO = 200


class CutOffError(InputError):
    """A file that ends before it should; what came before the cut may be used."""


class Unzipped(io.RawIOBase):
    """What a gzip stream holds, all of its members one after another.

    Reading raises CutOffError where the stream ends too early, InputError where it is damaged or where more than
    64 MiB have come out that are more than 200 times what went in.
    """

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__()
        self._packed, self._held = packed, b""
        self._member = zlib.decompressobj(GZIP)
        self._taken = self._given = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes, at most as many as ``buffer`` holds; none at the end."""
        chunk = b""
        while not chunk and self._more():
            chunk = self._inflated(len(buffer))
        self._given += len(chunk)
        self._refuse_floods()
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def _more(self) -> bool:
        """Whether there is more to unpack: this member, or another one after it and its padding."""
        if not self._member.eof:
            return True
        rest = self._member.unused_data.lstrip(b"\0")
        while not rest and (more := self._take()):
            rest = more.lstrip(b"\0")
        if not rest.startswith(MAGIC[:1]):
            return False
        self._member, self._held = zlib.decompressobj(GZIP), rest
        return True

    def _take(self) -> bytes:
        data = self._packed.read(CHUNK)
        self._taken += len(data)
        return data

    def _inflated(self, most: int) -> bytes:
        data = self._held or self._take()
        try:
            chunk = self._member.decompress(data, most)
        except zlib.error as error:
            raise InputError("is a damaged gzip file: fetch or copy it again") from error
        self._held = self._member.unconsumed_tail
        if not data and not chunk and not self._member.eof:
            raise CutOffError("is cut off: what came whole was read, fetch or copy it again for the rest")
        return chunk

    def _refuse_floods(self) -> None:
        if self._given > max(FREE, MOST_RATIO * self._taken):
            raise InputError(f"unpacks to over {MOST_RATIO} times its size: unpack it yourself if you trust it")


def unzipped(packed: BinaryIO) -> io.BufferedReader:
    """The unpacked stream."""
    return io.BufferedReader(Unzipped(packed), CHUNK)
