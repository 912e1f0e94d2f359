"""Standard input, looked at before it is read: does it hold JSON lines or a text?"""

import codecs
import io
import re
from typing import TextIO, cast

from sayso.errors import InputError
from sayso.ingest.decoding import SAMPLE, wide_encoding
from sayso.ingest.records import BLANK

RECORD = re.compile(r'\{\s*(?:["}]|$)|\[\s*(?:\{|$)')
ENOUGH = 16


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


def standard_input(given: TextIO | None) -> tuple[io.BufferedReader, bytes]:
    """The bytes of standard input, and its first ones, which the stream will give again."""
    if given is None:
        raise InputError("is closed: pipe a report into it, or name a file")
    source = cast("io.BufferedReader", given.buffer)
    head = b""
    while len(head.strip(b"\x00 \t\r\n")) < ENOUGH and len(head) < SAMPLE and (chunk := source.read1(SAMPLE)):
        head += chunk
    return io.BufferedReader(Again(head, source), SAMPLE), head


def looks_like_records(head: bytes) -> bool:
    """Whether the first line that is not blank opens as a JSON object does."""
    decoder = codecs.getincrementaldecoder(wide_encoding(head) or "utf-8")("replace")
    text = decoder.decode(head)
    return bool(RECORD.match(text.lstrip(BLANK)))
