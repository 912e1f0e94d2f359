import contextlib
import gzip
import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest import gzips
from sayso.ingest.gzips import CutOffError, unzipped

DATA = random.Random(1).randbytes(30_000)


def unpack(data: bytes) -> bytes:
    return unzipped(io.BytesIO(data)).read()


@given(
    st.lists(st.binary(max_size=400), min_size=1, max_size=4), st.binary().map(lambda b: b"\0" * len(b)), st.booleans()
)
def test_what_gzip_packs_comes_back(parts: list[bytes], padding: bytes, junk: bool) -> None:
    packed = padding.join(map(gzip.compress, parts)) + padding + (b"junk" if junk else b"")
    assert unpack(packed) == b"".join(parts)


def test_chunks_of_any_size() -> None:
    class Dripping(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:  # noqa: ARG002
            return super().read(7)

    assert unzipped(Dripping(gzip.compress(DATA) + gzip.compress(b"last"))).read() == DATA + b"last"
    stream = unzipped(io.BytesIO(gzip.compress(DATA)))
    assert b"".join(iter(lambda: stream.read(13), b"")) == DATA


@pytest.mark.parametrize("lost", [1, 4, 8, 9, 1000])
def test_what_came_before_a_cut_is_given_first(lost: int) -> None:
    stream = unzipped(io.BytesIO(gzip.compress(b"one\ntwo\n" + DATA)[:-lost]))
    assert [stream.readline(), stream.readline()] == [b"one\n", b"two\n"]
    with pytest.raises(CutOffError, match="cut off"):
        stream.read()


def test_damage_is_named() -> None:
    packed = bytearray(gzip.compress(DATA))
    packed[-5] ^= 1
    with pytest.raises(InputError, match="damaged gzip file: fetch or copy it again"):
        unpack(bytes(packed))
    with pytest.raises(CutOffError):
        unpack(b"")


def test_a_flood_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gzips, "FREE", 1_000_000)
    bomb = gzip.compress(b"\0" * 5_000_000)
    with pytest.raises(InputError, match="unpacks to over 200 times its size"):
        unpack(bomb)
    assert len(unpack(gzip.compress(b"\0" * 900_000))) == 900_000
    assert len(unpack(gzip.compress(DATA * 100))) == 3_000_000


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_come_out_or_are_refused(data: bytes, marked: bool) -> None:
    with contextlib.suppress(InputError):
        assert isinstance(unpack((b"\x1f\x8b\x08\0" if marked else b"") + data), bytes)
