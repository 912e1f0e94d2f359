"""Finding statements and reports by words and by what is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select, text

from sayso.record import fulltext, words
from sayso.record.dialect import is_sqlite
from sayso.record.rows import spans_of
from sayso.record.schema import attributions, readings, reports, speakers
from sayso.record.statements import SPREAD, mark, row_of
from sayso.terms import Spans
from sayso.terms.spans import join_text

MOST_RANKED = 2_000
MOST_NAMES = 200
MOST_MONTHS = 60
EVERY = 2**31 - 1
JOIN = (
    f" JOIN readings ON readings.key = statement_words.rowid / {SPREAD} JOIN reports ON reports.key = readings.report"
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a statement must be.

    ``speaker`` is a part of a name; ``after`` and ``before`` are ISO days of publication, both inclusive; a report
    whose date is known less finely counts as of the earliest day that it may be of. ``within`` are the only reports
    to look in, by the ledger's ids.
    """

    speaker: str | None = None
    naming: str | None = None
    outlet: str | None = None
    act: str | None = None
    stance: str | None = None
    measure: str | None = None
    after: str | None = None
    before: str | None = None
    within: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement that was found; ``report`` is the ledger's id, ``spans`` those of the content.

    ``speaker`` is the canonical name, None where there is none; ``source`` are the words for the source, if any.
    """

    report: str
    name: str
    outlet: str | None
    title: str | None
    published: str | None
    attribution: str
    speaker: str | None
    source: str | None
    naming: str
    act: str
    stance: str
    content: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, and whether the best come first; where too many are found to rank them, the newest do."""

    hits: tuple[Hit, ...]
    ranked: bool


@dataclass(frozen=True, slots=True)
class ReportHit:
    """A report that was found, with the words around the match."""

    report: str
    name: str
    outlet: str | None
    title: str | None
    published: str | None
    snippet: str


def statements(connection: Connection, query: str, filters: Filters, limit: int = 20, offset: int = 0) -> Found:
    """The statements whose content has these words and that are what ``filters`` say; QueryError on a vain query."""
    parsed = words.parse(query) if query.strip() else None
    found = fulltext.statements(parsed, _marks(connection, filters), sqlite=is_sqlite(connection))
    few = parsed is not None and len(_rows(connection, found, filters, "", MOST_RANKED + 1)) <= MOST_RANKED
    order = f"{found.by_rank}, statement_words.rowid DESC" if few else "statement_words.rowid DESC"
    return Found(tuple(hits(connection, _rows(connection, found, filters, order, limit, offset))), few)


def matching(connection: Connection, filters: Filters) -> list[int]:
    """The index's rows of all statements that are what ``filters`` say."""
    found = fulltext.statements(None, _marks(connection, filters), sqlite=is_sqlite(connection))
    return _rows(connection, found, filters, "", EVERY)


def _rows(
    connection: Connection, found: fulltext.Sql, filters: Filters, order: str, limit: int, offset: int = 0
) -> list[int]:
    wanted, values = _of_reports(filters)
    join = JOIN if wanted else ""
    where = " AND ".join([*filter(None, [found.condition]), *wanted]) or "1 = 1"
    ordered = f" ORDER BY {order}" if order else ""
    sql = f"SELECT statement_words.rowid FROM statement_words{join} WHERE {where}{ordered} LIMIT :most OFFSET :first"
    given = found.values | values | {"most": limit, "first": offset}
    return [row[0] for row in connection.execute(text(sql), given)]


def _of_reports(filters: Filters) -> tuple[list[str], dict[str, str]]:
    """Conditions on the reports, in SQL, with their parameters."""
    values = {"after": filters.after, "before": filters.before}
    given = {name: value for name, value in values.items() if value}
    sides = {"after": "reports.published >= :after", "before": "substr(reports.published, 1, 10) <= :before"}
    conditions = [sides[name] for name in given]
    if filters.within is not None:
        among = {f"report_{number}": report for number, report in enumerate(filters.within)}
        conditions.append(f"reports.id IN ({', '.join(f':{name}' for name in among) or 'NULL'})")
        given |= among
    return conditions, given


def published_by(outlet: str | None, after: str | None, before: str | None) -> list[ColumnElement[bool]]:
    """Conditions on ``reports``: of this outlet, published on these days."""
    conditions: list[ColumnElement[bool]] = []
    if outlet:
        conditions.append(func.lower(reports.c.outlet) == outlet.lower())
    if after:
        conditions.append(reports.c.published >= after)
    if before:
        conditions.append(func.substr(reports.c.published, 1, 10) <= before)
    return conditions


def _marks(connection: Connection, filters: Filters) -> list[list[str]]:
    """A group of marks for each filter; months only where they are few."""
    plain = ("naming", "outlet", "act", "stance", "measure")
    groups = [[mark(name, value)] for name in plain if (value := getattr(filters, name))]
    if filters.speaker:
        groups.append([mark("speaker", name) for name in names_like(connection, filters.speaker)])
    if filters.after and filters.before and (months := _months(filters.after, filters.before)):
        groups.append([mark("month", month) for month in months])
    return groups


def names_like(connection: Connection, part: str) -> list[str]:
    """The names of speakers in which ``part`` occurs, the very name alone if there is one."""
    like = select(speakers.c.name).where(speakers.c.name.icontains(part, autoescape=True)).distinct().limit(MOST_NAMES)
    found = [name for (name,) in connection.execute(like)]
    exact = [name for name in found if name.casefold() == part.casefold()]
    return exact or found or [part]


def _months(after: str, before: str) -> list[str]:
    """The months from one ISO day to another, and the years, for reports that say no more; none if they are many."""
    first, last = date.fromisoformat(after), date.fromisoformat(before)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 0 < count <= MOST_MONTHS:
        return []
    months = [f"{first.year + n // 12:04}-{n % 12 + 1:02}" for n in range(first.month - 1, first.month - 1 + count)]
    return months + [f"{year:04}" for year in range(first.year, last.year + 1)]


def hits(connection: Connection, rows: Sequence[int]) -> list[Hit]:
    """The statements of these rows of the index, in their order."""
    keys = [divmod(row, SPREAD) for row in rows]
    chosen = (
        select(
            attributions.c.reading, attributions.c.position, attributions.c.id, attributions.c.source,
            attributions.c.content, attributions.c.act, attributions.c.stance, speakers.c.name.label("speaker"),
            speakers.c.naming, reports.c.id.label("report"), reports.c.name, reports.c.outlet, reports.c.title,
            reports.c.published, reports.c.text,
        )
        .join(speakers, speakers.c.key == attributions.c.speaker)
        .join(readings, readings.c.key == attributions.c.reading)
        .join(reports, reports.c.key == readings.c.report)
        .where(
            attributions.c.reading.in_({reading for reading, _ in keys}),
            attributions.c.position.in_({position for _, position in keys}),
        )
    )  # fmt: skip
    found = {row_of(row["reading"], row["position"]): row for row in connection.execute(chosen).mappings()}
    return [_hit(found[row]) for row in rows if row in found]


def _hit(row: RowMapping) -> Hit:
    spans = spans_of(row["content"])
    plain: dict[str, Any] = {name: row[name] for name in ("report", "name", "outlet", "title", "published")}
    return Hit(
        **plain,
        attribution=row["id"],
        speaker=row["speaker"],
        source=row["source"] and join_text(row["text"], spans_of(row["source"])),
        naming=row["naming"],
        act=row["act"],
        stance=row["stance"],
        content=join_text(row["text"], spans),
        spans=spans,
    )


def whole_reports(
    connection: Connection, query: str, filters: Filters, limit: int = 20, offset: int = 0
) -> list[ReportHit]:
    """The reports with these words anywhere, of the outlet and the dates that ``filters`` say, the best first."""
    found = fulltext.reports(words.parse(query), sqlite=is_sqlite(connection))
    wanted, values = _of_reports(filters)
    if filters.outlet:
        wanted.append("lower(reports.outlet) = :outlet")
        values["outlet"] = filters.outlet.lower()
    where = " AND ".join([found.condition, *wanted])
    sql = (
        f"SELECT reports.id AS report, reports.name, reports.outlet, reports.title, reports.published, "
        f"{found.snippet} AS snippet FROM report_words JOIN reports ON reports.key = report_words.rowid "
        f"WHERE {where} ORDER BY {found.by_rank}, report_words.rowid DESC LIMIT :most OFFSET :first"
    )
    given = found.values | values | {"most": limit, "first": offset}
    return [ReportHit(**row) for row in connection.execute(text(sql), given).mappings()]
