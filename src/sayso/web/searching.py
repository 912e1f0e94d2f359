"""What is looked for, as the page and the API are asked, and what was found."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from starlette.requests import Request

from sayso import finding, weighing
from sayso.errors import QueryError
from sayso.record.marking import Pieces, marked
from sayso.record.search import Filters, Hit, ReportHit
from sayso.terms import Act, Measure, Naming, Stance
from sayso.web.nearness import nearness
from sayso.web.rendering import desk_of

By = Literal["words", "meaning", "reports"]
Word = Annotated[str, Query(max_length=300)]
Nothing = Literal[""]
FARTHEST, MOST_REPORTS = 10_000, 20_000
SHOWN, BEFORE = 600, 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search: ``q`` in words, and the filters as they were given, empty where they were not."""

    q: str
    by: By
    given: dict[str, str]
    offset: int

    @property
    def asked(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.q or any(self.given.values()))


@dataclass(frozen=True, slots=True)
class Result:
    """Hits, each with its words in pieces; ``loading`` where the search by meaning can't be done yet."""

    hits: tuple[Hit | ReportHit, ...] = ()
    pieces: tuple[Pieces, ...] = ()
    ranked: bool = True
    loading: bool = False


def wanted(
    q: Annotated[str, Query(max_length=300, description="words; see `sayso search --help`")] = "", by: By = "words",
    speaker: Word = "", outlet: Word = "", naming: Naming | Nothing = "", act: Act | Nothing = "",
    stance: Stance | Nothing = "", measure: Measure | Nothing = "", after: Word = "", before: Word = "",
    story: Word = "", offset: Annotated[int, Query(ge=0, le=FARTHEST)] = 0,
) -> Wanted:  # fmt: skip
    """What a request looks for."""
    given = {
        "speaker": speaker, "outlet": outlet, "naming": naming, "act": act, "stance": stance, "measure": measure,
        "after": after, "before": before, "story": story,
    }  # fmt: skip
    return Wanted(q.strip(), by, {name: text.strip() for name, text in given.items()}, offset)


Search = Annotated[Wanted, Depends(wanted)]


def found(request: Request, asked: Wanted, limit: int) -> Result:
    """What was found, from the search's offset. QueryError with what to do if it can't be understood."""
    if not asked.asked:
        return Result()
    filters, ledger = _filters(request, asked.given), desk_of(request).ledger
    if asked.by == "words":
        there = finding.find_statements(ledger, asked.q, filters, limit, asked.offset)
        return _shown(there.hits, asked.q, ranked=there.ranked or not asked.q)
    if not asked.q:
        raise QueryError("Say in words what to look for: only the search by words can do without")
    if asked.by == "reports":
        reports = finding.find_reports(ledger, asked.q, filters, limit, asked.offset)
        return Result(tuple(reports), tuple(_bracketed(one.snippet) for one in reports))
    among = nearness(request).get()
    if among is None:
        return Result(loading=True)
    return _shown(finding.find_alike(ledger, asked.q, filters, limit, asked.offset, among).hits)


def _filters(request: Request, given: dict[str, str]) -> Filters:
    plain = {name: text or None for name, text in given.items() if name != "story"}
    for name in ("after", "before"):
        _must_be_day(given[name])
    return Filters(**plain, within=_within(request, given["story"]))


def _must_be_day(text: str) -> None:
    try:
        if text and date.fromisoformat(text).isoformat() != text:
            raise ValueError(text)
    except ValueError:
        raise QueryError(f"“{text}” is no day: write one like 2031-05-04") from None


def _within(request: Request, story: str) -> tuple[str, ...] | None:
    if not story:
        return None
    reports = weighing.reports_in(desk_of(request).ledger, story)
    if not reports:
        raise QueryError(f"There is no story {story} by now: open one from the list of stories and search from there")
    if len(reports) > MOST_REPORTS:
        raise QueryError(f"That story has more than {MOST_REPORTS:,} reports: search in all of them instead")
    return reports


def _shown(hits: Sequence[Hit], words: str = "", *, ranked: bool = True) -> Result:
    contents = [hit.content for hit in hits]
    pieces: Sequence[Pieces] = marked(contents, words) if words else [((content, False),) for content in contents]
    return Result(tuple(hits), tuple(map(_clipped, pieces)), ranked)


def _clipped(pieces: Pieces) -> Pieces:
    """A long text's beginning, or what is around the first piece that was looked for."""
    if sum(len(text) for text, _ in pieces) <= SHOWN:
        return pieces
    before = len(pieces[0][0]) if len(pieces) > 1 and not pieces[0][1] else 0
    skip = max(before - BEFORE, 0) if before > SHOWN - BEFORE else 0
    out, room = [("… ", False)] if skip else [], SHOWN
    for text, is_wanted in pieces:
        part = text[skip : skip + room]
        skip, room = max(skip - len(text), 0), room - len(part)
        out += [(part, is_wanted)] if part else []
    return (*out, (" …", False))


def _bracketed(snippet: str) -> Pieces:
    """A snippet in which the words that were looked for stand in brackets."""
    out: list[tuple[str, bool]] = []
    for part in snippet.split("["):
        inside, end, after = part.partition("]")
        out += [(inside, True), (after, False)] if end else [(part, False)]
    return tuple(piece for piece in out if piece[0])


def row(hit: Hit | ReportHit) -> dict[str, Any]:
    """A hit as a row of a table and as the API gives it, spans as [start, end]."""
    values = asdict(hit)
    if isinstance(hit, Hit):
        values["spans"] = [[span.start, span.end] for span in hit.spans]
    return values
