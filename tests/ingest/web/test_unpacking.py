import gzip
import time
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest

from sayso.errors import FetchError
from sayso.ingest.web.fetcher import Limits
from sayso.ingest.web.unpacking import unpacked
from tests.ingest.server import TEXT, Web, chunked, page

SMALL = Limits(largest=100_000)

RAW_DEFLATE = zlib.compressobj(wbits=-15)
PACKED = {
    "gzip": gzip.compress(TEXT.encode()),
    "x-gzip": gzip.compress(TEXT[:9].encode()) + gzip.compress(TEXT[9:].encode()),
    "Deflate": zlib.compress(TEXT.encode()),
    "deflate": RAW_DEFLATE.compress(TEXT.encode()) + RAW_DEFLATE.flush(),
    "identity": TEXT.encode(),
}


@pytest.mark.parametrize("packing", PACKED)
def test_what_comes_packed_is_unpacked(web: Web, packing: str) -> None:
    web.pages["/"] = page(PACKED[packing], Content_Encoding=packing)
    web.pages["/slowly"] = chunked([bytes([byte]) for byte in PACKED[packing]], Content_Encoding=packing)
    assert web.get("http://post.example/").body == TEXT.encode()
    assert web.get("http://post.example/slowly").body == TEXT.encode()


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_a_bomb_is_refused_while_it_is_unpacked(web: Web, packing: str) -> None:
    engine = zlib.compressobj(wbits=31 if packing == "gzip" else 15)
    bomb = b"".join(engine.compress(bytes(1 << 20)) for _ in range(50)) + engine.flush()
    web.pages["/"] = page(bomb, Content_Encoding=packing)
    begun = time.process_time()
    assert "is larger than 1 MiB: save it and split it" in web.refused("http://post.example/", Limits(largest=2**20))
    assert len(bomb) < 2**20
    assert time.process_time() - begun < 1


def test_bombs_within_bombs_and_unknown_packings_are_refused(web: Web) -> None:
    for number, packing in enumerate(["gzip, gzip", "br", "zstd", "gzip,deflate"]):
        web.pages[f"/{number}"] = page(gzip.compress(gzip.compress(b"x")), Content_Encoding=packing)
        assert f"is packed as {packing}, which was not asked for" in web.refused(f"http://post.example/{number}")


def test_damaged_and_cut_packings_are_refused(web: Web) -> None:
    web.pages["/plain"] = page(TEXT, Content_Encoding="gzip")
    web.pages["/cut"] = page(PACKED["gzip"][:-9], Content_Encoding="gzip")
    web.pages["/more"] = page(PACKED["gzip"] + b"\r\n", Content_Encoding="gzip")
    assert "is not packed as it says" in web.refused("http://post.example/plain")
    assert "broke off before its end" in web.refused("http://post.example/cut")
    assert web.get("http://post.example/more").body == TEXT.encode()


def test_a_body_that_says_it_is_too_large_is_not_read(web: Web) -> None:
    web.pages["/"] = lambda handler: handler.send(200, {"Content-Length": "100001"})
    assert "is larger than 100000 bytes" in web.refused("http://post.example/", SMALL)


def test_an_endless_body_is_cut(web: Web) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 1000

    web.pages["/"] = chunked(endless())
    assert "is larger than 100000 bytes" in web.refused("http://post.example/", SMALL)


def test_a_body_of_the_largest_size_is_taken(web: Web) -> None:
    web.pages["/"] = page(b"x" * 100_000)
    web.pages["/more"] = chunked([b"x" * 100_000, b"x"])
    assert len(web.get("http://post.example/", SMALL).body) == 100_000
    assert "is larger" in web.refused("http://post.example/more", SMALL)


def test_a_bomb_takes_no_more_memory_than_a_body_may() -> None:
    bomb = zlib.compress(bytes(50 << 20))
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match="is larger than 1 MiB"):
            unpacked([bomb], "deflate", 2**20)
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()
