"""Bytes → text, for the encodings that news files come in.

Order marks decide first, then the pattern of zero bytes that UTF-16 leaves, then UTF-8, where a few broken bytes do
not matter, then the Windows code pages for Western and Arabic script. Text is never repaired: what a wrong earlier
conversion left stays as it is.
"""

import codecs
import io
from collections.abc import Iterator
from itertools import pairwise

from sayso.errors import InputError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SIGNATURES = {
    b"%PDF": "a PDF file", b"PK\x03\x04": "a ZIP or office file", b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture", b"\x1f\x8b": "a gzip file", b"\x7fELF": "a program", b"SQLite format 3": "a SQLite file",
}  # fmt: skip
CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1b\x08\x1a")
SAMPLE = 65_536
MOST_CONTROL = 0.002
LONGEST = 128 * 1024 * 1024


def decode(data: bytes) -> str:
    """The text of ``data``; InputError if it is no text."""
    for signature, what in SIGNATURES.items():
        if data.startswith(signature):
            raise InputError(f"is {what}, not text: convert it to text first")
    if (encoding := _marked(data) or _wide(data)) is not None:
        return _strict(data, encoding)
    _refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged(data) or data.decode(_code_page(data), errors="replace")


def decoded_lines(stream: io.BufferedReader) -> Iterator[str | InputError]:
    """The lines of a stream, each decoded by itself; one that is no text, or is endless, is an error in its place."""
    if (encoding := wide_encoding(stream.peek(SAMPLE))) is not None:
        yield from io.TextIOWrapper(stream, encoding, "replace", newline="\n")
        return
    while line := stream.readline(LONGEST):
        if len(line) == LONGEST and not line.endswith(b"\n"):
            _drain(stream)
            yield InputError(f"is longer than {LONGEST // 2**20} MiB: split it into reports")
            continue
        try:
            yield decode(line)
        except InputError as error:
            yield error


def wide_encoding(head: bytes) -> str | None:
    """The encoding with more than one byte a letter that a stream opening with ``head`` is in, or None."""
    marked = _marked(head)
    return _wide(head[: len(head) & ~1]) if marked is None else None if marked == "utf-8-sig" else marked


def _drain(stream: io.BufferedReader) -> None:
    while (rest := stream.readline(SAMPLE)) and not rest.endswith(b"\n"):
        pass


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)


def _damaged(data: bytes) -> str | None:
    """UTF-8 in which more letters beyond ASCII are whole than broken, the broken ones replaced."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(not letter.isascii() for letter in text) - broken
    return text if whole > broken else None


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"is not valid {encoding.upper()} at byte {error.start}: save it as UTF-8") from error


def _wide(data: bytes) -> str | None:
    """UTF-16 without an order mark, told by where its zero bytes stand."""
    sample = data[:SAMPLE]
    even, odd, half = sample[0::2].count(0), sample[1::2].count(0), len(sample) // 2
    if half < 2 or len(data) % 2:
        return None
    if odd > 0.3 * half and even < 0.02 * half + 1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 * half and odd < 0.02 * half + 1 else None


def _refuse_binary(data: bytes) -> None:
    sample = data[:SAMPLE]
    control = sum(sample.count(byte) for byte in CONTROL)
    if control > MOST_CONTROL * len(sample) and control > 1:
        raise InputError("is binary, not text: convert it to text first")


def _code_page(data: bytes) -> str:
    """Windows-1256 if the high bytes come in runs as Arabic words do, else Windows-1252."""
    high = [byte >= 0xC0 for byte in data[:SAMPLE]]
    runs = sum(a and b for a, b in pairwise(high))
    return "windows-1256" if sum(high) > 20 and runs > 0.5 * sum(high) else "windows-1252"
