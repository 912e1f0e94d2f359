"""Streams that are looked at before they are read."""

import io
from typing import BinaryIO, TextIO, cast

from sayso.errors import InputError
from sayso.ingest.decoding import SAMPLE

ENOUGH = 1024


class Again(io.RawIOBase):
    """A stream with what was already taken from it put back in front."""

    def __init__(self, head: bytes, rest: io.BufferedReader) -> None:
        super().__init__()
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes, at most as many as ``buffer`` holds."""
        chunk = self._head[: len(buffer)] or self._rest.read1(len(buffer))
        self._head = self._head[len(chunk) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)


def standard_input(given: TextIO | None) -> io.BufferedReader:
    """The bytes of standard input; InputError if it is closed."""
    if given is None:
        raise InputError("is closed: pipe a report into it, or name a file")
    return cast("io.BufferedReader", given.buffer)


def looked_at(stream: io.BufferedReader) -> tuple[io.BufferedReader, bytes]:
    """The stream and its first bytes, which it will give again: enough to tell what it is, of JSON lines the first."""
    head = b""
    while not _tells(head.lstrip(b"\x00 \t\r\n")) and len(head) < SAMPLE and (chunk := stream.read1(SAMPLE)):
        head += chunk
    return io.BufferedReader(Again(head, stream), SAMPLE), head


def _tells(head: bytes) -> bool:
    """Whether no more bytes are needed; whoever writes JSON lines into a pipe may wait for an answer to the first."""
    return b"\n" in head if head.startswith(b"{") else len(head) >= ENOUGH


def peekable(stream: BinaryIO) -> io.BufferedReader:
    """The stream, such that one can look at its first bytes without taking them."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream), SAMPLE)
