"""The workflow layer: what the command line and other programs call."""

from collections.abc import Iterable, Iterator

from sayso.reader.reader import default_reader, reader_with
from sayso.terms import Reading, Report


def read(
    text: str,
    *,
    id: str = "",
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
    published: str | None = None,
    language: str | None = None,
) -> Reading:
    """Every attribution in ``text``: source, cue, content, and which lies within which.

    Offsets in the result are code points into ``text``, which is kept as it is. ``published`` is an ISO 8601 date.
    The weights are loaded at the first call and kept. What the text holds never makes this raise.
    """
    return default_reader().read(Report(text, id, outlet, title, url, published, language))


def read_many(reports: Iterable[Report], jobs: int = 1, lexicon: str | None = None) -> Iterator[Reading]:
    """The readings of ``reports``, in their order, by ``jobs`` processes. The answers do not depend on ``jobs``.

    ``lexicon`` is the path of a YAML file whose records come before the shipped word lists; LexiconError if it breaks
    their rules.
    """
    reader = reader_with(lexicon)
    if jobs <= 1:
        yield from map(reader.read, reports)
        return
    from sayso.workers import spread

    yield from spread(reports, jobs, lexicon)
