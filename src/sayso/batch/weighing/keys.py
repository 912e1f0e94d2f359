"""The first step: for each report of a shard, by which it is found again, grouped, and compared."""

import hashlib
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, ClassVar

import numpy as np

from sayso.batch.tables import Unread, found_in_shard
from sayso.batch.weighing.pile import piled
from sayso.batch.weighing.tasks import Done
from sayso.record.copies import runs, signature
from sayso.record.packing import pack, unpack
from sayso.record.rows import report_id, storable
from sayso.terms import Reading, Report
from sayso.weigh.digests import Gist, digest, gist

KEY = np.dtype([("id", "<u8"), ("name", "S16"), ("raw", "S16"), ("day", "<i4"), ("row", "<i4")])
BAND = np.dtype([("band", "<i8"), ("row", "<i4")])
UNDATED = 0
UNREAD = -1
REPLACED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Named:
    """What grouping needs of a report, under the name that it has itself."""

    name: str
    gist: Gist

    def called(self, other: str | None) -> Gist:
        """The gist of the report by its own name, or by another."""
        name = self.name if other is None else other
        return replace(self.gist, id=name, order=self.gist.order + name, headline=self.gist.headline or name)


@dataclass(frozen=True, slots=True)
class Keyed:
    """Takes a shard's files and gives the keys of its reports, the bands of their runs, their gists and readings."""

    where: str
    reports: bytes
    readings: bytes
    skipped: bytes
    tables: ClassVar[tuple[str, ...]] = ()

    def do(self) -> Done:
        """Files: ``keys`` and ``bands`` are arrays, the others piles with a piece for each reading."""
        keys, bands, gists, texts, readings = list[Any](), list[Any](), list[bytes](), list[bytes](), list[bytes]()
        for found in self._found():
            if isinstance(found, Unread):
                keys.append(_key(found.report, None, UNREAD))
                continue
            named = _named(found)
            keys.append(_key(found.report, named.gist.day, len(gists)))
            bands += [(band, len(gists)) for band in signature(runs(found.report.text))]
            gists.append(pack(named))
            texts.append(packed_text(found.report.text))
            readings.append(pack(without_text(found)))
        files = {"gists": piled(gists), "texts": piled(texts), "readings": piled(readings)}
        return Done({"keys": _bytes(keys, KEY), "bands": _bytes(sorted(bands), BAND), **files})

    def undone(self) -> Done:
        """No keys."""
        nothing = dict.fromkeys(("gists", "texts", "readings"), piled(()))
        return Done({"keys": _bytes([], KEY), "bands": _bytes([], BAND), **nothing})

    def _found(self) -> Iterator[Reading | Unread]:
        for found in found_in_shard(*map(io.BytesIO, (self.reports, self.readings, self.skipped))):
            if isinstance(found, Reading):
                yield as_kept(found)
            elif isinstance(found, Unread):
                yield found


def _bytes(rows: list[Any], kind: np.dtype[Any]) -> bytes:
    return np.array(rows, kind).tobytes()


def _named(reading: Reading) -> Named:
    return Named(reading.report.id, gist(replace(digest(reading), id="")))


def _key(report: Report, day: str | None, row: int) -> Any:
    ordinal = date.fromisoformat(day).toordinal() if day else UNDATED
    return int(report_id(report), 16), hashed(report.id), _raw(report), ordinal, row


def _raw(report: Report) -> bytes:
    """A hash by which the ledger knows a report that was taken from the same bytes; empty where it looks no further."""
    if not report.raw_sha256 or not report.extractor:
        return b""
    return hashed(json.dumps([report.raw_sha256, report.id, report.outlet, report.url]))


def hashed(text: str) -> bytes:
    """Sixteen bytes for a text, none of them zero, as arrays of bytes take zeros at the end for nothing."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]
    return digest.replace(b"\0", b"\1")


def packed_text(text: str) -> bytes:
    """A text, compressed."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def text_of(data: bytes) -> str:
    """The text back."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def without_text(reading: Reading) -> Reading:
    """The reading without its report's text, and with its report's own name."""
    return replace(reading, report=replace(reading.report, text=""))


def reading_of(reading: bytes, text: bytes) -> Reading:
    """The reading back, with its text."""
    found = unpack(Reading, reading)
    return replace(found, report=replace(found.report, text=text_of(text)))


def as_kept(reading: Reading) -> Reading:
    """The reading as it is after the ledger has kept it: without the few characters that no database takes."""
    if REPLACED not in reading.report.text:
        return reading
    return replace(reading, attributions=_cleaned(reading.attributions), figures=_cleaned(reading.figures))


def _cleaned(value: Any) -> Any:
    made = value
    if isinstance(value, str):
        made = storable(value)
    elif type(value) is tuple:
        made = tuple(_cleaned(one) for one in value)
    elif is_dataclass(value) and not isinstance(value, type):
        made = replace(value, **{one.name: _cleaned(getattr(value, one.name)) for one in fields(value)})
    return made
