"""Documents in shards: so many at a time, cut in the same way whatever reads them."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from typing import Any

from sayso.batch.documents import Document, Whole
from sayso.ingest.warc import Page
from sayso.terms import Report, Skipped

DOCUMENTS = 256
MOST_BYTES = 32 * 2**20
REPORT = tuple(field.name for field in fields(Report))


@dataclass(frozen=True, slots=True)
class Bounds:
    """A shard without its documents: which they are, how many, a hash of what they hold, where in the input they end.

    ``upto`` is only to show how far a run is.
    """

    number: int
    first: str
    last: str
    documents: int
    sha256: str
    upto: int = 0


@dataclass(frozen=True, slots=True)
class Shard:
    """Documents that are read and kept together, or tasks of weighing. Each has a ``where`` that names it."""

    bounds: Bounds
    documents: tuple[Any, ...]


def cut(documents: Iterable[Document], size: int = DOCUMENTS, most: int = MOST_BYTES) -> Iterator[Shard]:
    """Shards of ``size`` documents, or fewer where they would hold more than ``most`` bytes. The last has the rest."""
    held, weight, number = list[Document](), 0, 0
    for document in documents:
        if held and (len(held) == size or weight + weight_of(document) > most):
            yield _shard(number, held)
            held, weight, number = [], 0, number + 1
        held.append(document)
        weight += weight_of(document)
    if held:
        yield _shard(number, held)


def weight_of(document: Document) -> int:
    """How many bytes or characters it holds, more or less."""
    of = document.of
    if isinstance(of, Report):
        return len(of.text)
    return len(of.data or b"") if isinstance(of, Page | Whole) else 0


def _shard(number: int, held: list[Document]) -> Shard:
    digest = hashlib.sha256()
    for document in held:
        digest.update(_hash(document))
    bounds = Bounds(number, held[0].where, held[-1].where, len(held), digest.hexdigest(), held[-1].upto)
    return Shard(bounds, tuple(held))


def _hash(document: Document) -> bytes:
    """A hash of all that a reading of the document depends on; where it lies is no matter."""
    kind, words, data = _HELD[type(document.of)](document.of)
    head = json.dumps([kind, words, len(data)]).encode()
    return hashlib.sha256(head + b"\n" + data).digest()


def _report(of: Report) -> tuple[str, list[Any], bytes]:
    rest = [getattr(of, name) for name in REPORT if name != "text"]
    return "report", rest, of.text.encode("utf-8", "surrogatepass")


def _page(of: Page) -> tuple[str, list[Any], bytes]:
    return "page", [of.kind, of.charset, of.url, of.transfer, of.content, of.data is None], of.data or b""


_HELD: dict[type, Callable[[Any], tuple[str, list[Any], bytes]]] = {
    Report: _report,
    Page: _page,
    Whole: lambda of: ("whole", [of.name], of.data),
    Skipped: lambda of: ("skipped", list(astuple(of))[1:], b""),
}
