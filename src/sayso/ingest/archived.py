"""What a web archive kept of a server's answer → the page, unpacked."""

import io
import re
import zlib
from collections.abc import Callable

from sayso.errors import InputError
from sayso.ingest.gzips import MAGIC
from sayso.ingest.records import LARGEST

EITHER, RAW = 47, -15
CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


def page_bytes(data: bytes, transfer: str | None, content: str | None) -> bytes:
    """The body without its Transfer-Encoding and Content-Encoding; InputError if it is too large or oddly packed.

    Archives often keep headers of packings that they have already undone: data that are not packed so stay as they are.
    """
    if "chunked" in (transfer or "").lower():
        data = _unchunked(data)
    for packing in reversed((content or "").lower().split(",")):
        if (name := packing.strip()) not in ("", "identity", "none", "utf-8"):
            data = _unpacked(data, name)
    if len(data) > LARGEST:
        raise InputError(f"is larger than {LARGEST // 2**20} MiB: save it as text by itself")
    return data


def _unchunked(data: bytes) -> bytes:
    """The chunks joined; a body that is not chunked as it is, one that is cut as far as it goes."""
    parts: list[bytes] = []
    place = 0
    while (head := CHUNK_SIZE.match(data, place)) is not None and (size := int(head[1], 16)) > 0:
        parts.append(data[head.end() : head.end() + size])
        place = head.end() + size
        place += 2 if data[place : place + 2] == b"\r\n" else 1
    return b"".join(parts) if parts else data


def _unpacked(data: bytes, name: str) -> bytes:
    if name not in PACKINGS:
        raise InputError(f"is packed as {name[:20]}, which is not read: fetch it again without packing")
    try:
        return PACKINGS[name](data)
    except (zlib.error, OSError, EOFError):
        return data


def _gzip(data: bytes) -> bytes:
    return zlib.decompressobj(EITHER).decompress(data, LARGEST + 1) if data.startswith(MAGIC) else data


def _deflate(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(EITHER).decompress(data, LARGEST + 1)
    except zlib.error:
        return zlib.decompressobj(RAW).decompress(data, LARGEST + 1)


def _brotli(data: bytes) -> bytes:
    from fastwarc.stream_io import BrotliReader

    return BrotliReader(io.BytesIO(data)).read(LARGEST + 1)


def _zstd(data: bytes) -> bytes:
    from fastwarc.stream_io import ZstdReader

    return ZstdReader(io.BytesIO(data)).read(LARGEST + 1)


PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd,
}  # fmt: skip
