import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest import reports
from sayso.ingest.streams import looked_at, peekable, standard_input
from sayso.terms import Report, Skipped

RECORD = json.dumps({"id": "a", "text": "The mayor said that it rained."})
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]


class Dripping(io.RawIOBase):
    """A stream that gives one byte at a time, as a slow pipe may, and says so when it is asked for too much."""

    def __init__(self, data: bytes, then: type[BaseException] | None = None) -> None:
        super().__init__()
        self._data = iter(data)
        self._then = then

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        byte = next(self._data, None)
        if byte is not None:
            buffer[0] = byte
        elif self._then is not None:
            raise self._then
        return int(byte is not None)


def read(data: bytes, monkeypatch: pytest.MonkeyPatch) -> list[Report | Skipped]:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Dripping(data))))
    return list(reports(["-"]))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("before", ["", "\n\n", " \r\n"])
def test_json_lines_are_told_from_text(encoding: str, before: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(f"{before}{RECORD}\r\n{RECORD}\n".encode(encoding), monkeypatch)
    assert [r.id for r in found if isinstance(r, Report)] == ["a", "a"]
    assert len(found) == 2


@pytest.mark.parametrize("text", ["{Orrin} It rained.", "[Updated] It rained.", "\n\n “It rained,” he said.\r\n", "5"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_text_is_kept_whole(text: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (report,) = read(text.encode(encoding), monkeypatch)
    assert isinstance(report, Report)
    assert (report.text, report.id) == (text, Report(text).id)


def test_whoever_pipes_json_lines_has_an_answer_to_the_first_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BufferedReader(Dripping(f"{RECORD}\n".encode(), KeyboardInterrupt), 1)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(stream))
    assert isinstance(next(reports(["-"])), Report)


def test_nothing_and_no_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(b"", monkeypatch) == [Skipped("standard input", "is empty")]
    with pytest.raises(InputError, match="closed"):
        standard_input(None)


@given(st.binary(max_size=3000))
def test_what_was_looked_at_is_given_again(data: bytes) -> None:
    stream, head = looked_at(peekable(io.BytesIO(data)))
    assert data.startswith(head)
    assert stream.read() == data
