import contextlib
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest import decoding
from sayso.ingest.decoding import decode, decoded_lines

ENGLISH = "“Nothing is certain,” said Zoë Müller – not even the café’s name. " * 3
ARABIC = "قال الوزير إن المفاوضات مستمرة حتى نهاية الأسبوع، مضيفا أن الوفد باق " * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding)) == ENGLISH


def test_windows_code_pages() -> None:
    assert decode(ENGLISH.encode("windows-1252")) == ENGLISH
    assert decode(ARABIC.encode("windows-1256")) == ARABIC


def test_line_ends_are_kept() -> None:
    assert decode(b"one\r\ntwo\rthree\n") == "one\r\ntwo\rthree\n"


def test_mojibake_is_read_as_it_is() -> None:
    broken = ENGLISH.encode().decode("windows-1252", "replace")
    assert decode(broken.encode()) == broken


@pytest.mark.parametrize("data", [b"%PDF-1.7 \xff", b"PK\x03\x04zip", bytes(range(256)) * 20, b"\xff\xfe\x00"])
def test_what_is_no_text_is_refused_with_a_way_out(data: bytes) -> None:
    with pytest.raises(InputError, match=r"text|UTF-8"):
        decode(data)


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc"))))
def test_utf8_comes_back(text: str) -> None:
    if not text.startswith(("\ufeff", "PK", "GIF8", "%PDF", "SQLite")):
        assert decode(text.encode()) == text


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_an_input_error(data: bytes) -> None:
    with contextlib.suppress(InputError):
        assert isinstance(decode(data), str)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))), st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_marked_encodings_come_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@given(st.lists(st.sampled_from(["né ", "“oui” ", "für", "a – b", "\r\n", "word "])).map("".join))
def test_windows_1252_comes_back(text: str) -> None:
    assert decode(text.encode("windows-1252")) == text


@pytest.mark.parametrize("cut", [b"\xe2\x80", b"\xff", b"\xc3 \xe9"])
def test_a_few_broken_bytes_do_not_spoil_utf8(cut: bytes) -> None:
    assert decode(ENGLISH.encode() + cut).startswith(ENGLISH + "\ufffd")


def lines(data: bytes) -> list[str | InputError]:
    return list(decoded_lines(io.BufferedReader(io.BytesIO(data))))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_lines_of_every_encoding(encoding: str) -> None:
    record = json.dumps({"text": "“Zoë”\u2028 said\x85 so"}, ensure_ascii=False)
    assert lines(f"{record}\r\n{record}\n".encode(encoding)) == [record + "\r\n", record + "\n"]


def test_a_line_that_is_no_text_keeps_its_place() -> None:
    first, bad, last = lines(b"one\n\x01\x02\x03\x04\n\xe9t\xe9\n")
    assert (first, last) == ("one\n", "été\n")
    assert isinstance(bad, InputError)


def test_an_endless_line_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "LONGEST", 100)
    first, bad, last = lines(b"one\n" + b"x" * 100_000 + b"\nlast\n")
    assert (first, last) == ("one\n", "last\n")
    assert "longer than" in str(bad)
