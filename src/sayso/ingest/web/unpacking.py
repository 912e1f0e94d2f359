"""The body of an answer as it comes in → bytes, unpacked as it comes, never more than allowed."""

import zlib
from collections.abc import Iterable, Iterator

from sayso.errors import FetchError
from sayso.ingest.gzips import GZIP, MAGIC

PIECE = 65_536
ZLIB, RAW = 15, -15
ZLIB_METHOD = 8
AS_IT_IS = frozenset({"", "identity", "none"})
GZIPPED = frozenset({"gzip", "x-gzip"})


def unpacked(chunks: Iterable[bytes], packing: str, largest: int) -> bytes:
    """The whole body; FetchError if it is more than ``largest`` bytes after unpacking, damaged, or oddly packed."""
    body = bytearray()
    for piece in _pieces(chunks, packing.strip().lower()):
        body += piece
        if len(body) > largest:
            raise too_large(largest)
    return bytes(body)


def too_large(largest: int) -> FetchError:
    """The error of a body of more than ``largest`` bytes."""
    size = f"{largest / 2**20:g} MiB" if largest >= 2**20 else f"{largest} bytes"
    return FetchError(f"is larger than {size}: save it and split it into reports")


def _pieces(chunks: Iterable[bytes], packing: str) -> Iterator[bytes]:
    if packing in AS_IT_IS:
        return iter(chunks)
    if packing in GZIPPED or packing == "deflate":
        return _inflated(chunks, gzipped=packing in GZIPPED)
    raise FetchError(f"is packed as {packing[:20]}, which was not asked for: save the page and add the file")


def _inflated(chunks: Iterable[bytes], *, gzipped: bool) -> Iterator[bytes]:
    """The bytes inside, at most 64 KiB at a time; what follows the packed data is passed over."""
    engine = None
    for chunk in chunks:
        held = chunk
        while held:
            if engine and engine.eof:
                if not gzipped or not held.startswith(MAGIC[:1]):
                    return
                engine = None
            engine = engine or zlib.decompressobj(GZIP if gzipped else _bits(held))
            yield _piece(engine, held)
            held = engine.unused_data if engine.eof else engine.unconsumed_tail
    while engine and not engine.eof and (rest := _piece(engine, b"")):
        yield rest
    if engine and not engine.eof:
        raise FetchError("broke off before its end: try again later", passing=True)


def _bits(head: bytes) -> int:
    """What "deflate" means here: data with the header of zlib, or without."""
    return ZLIB if head[0] & 0x0F == ZLIB_METHOD else RAW


def _piece(engine: "zlib._Decompress", held: bytes) -> bytes:
    try:
        return engine.decompress(held, PIECE)
    except zlib.error as error:
        raise FetchError("is not packed as it says: save the page and add the file") from error
