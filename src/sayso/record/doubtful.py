"""What the machine is unsure of in single reports, and nobody has judged: the worst first, a page at a time."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, literal_column, select

from sayso.record.rows import spans_of, speaker_of
from sayso.record.schema import UNRESOLVED, UNSURE, attributions, judgements, readings, reports, speakers
from sayso.terms import Spans, Speaker
from sayso.terms.spans import join_text

AROUND = 160
SPACE = re.compile(r"\s+")
PLAIN = ("report", "name", "outlet", "title", "published", "attribution", "confidence")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A statement that somebody should look at; ``report`` is the ledger's id, ``attribution`` an id within it.

    ``source``, ``cue`` and ``content`` are words; ``spans`` and ``cue_spans`` are those of content and cue. ``before``
    and ``after`` are what stands around it in the text.
    """

    report: str
    name: str
    outlet: str | None
    title: str | None
    published: str | None
    attribution: str
    confidence: float
    speaker: Speaker
    source: str | None
    cue: str | None
    content: str
    spans: Spans
    cue_spans: Spans
    before: str
    after: str


def unsure(connection: Connection, offset: int, limit: int) -> list[Doubt]:
    """The statements that the machine is least sure of. Judged ones are sure."""
    chosen = _statements().where(UNSURE).order_by(attributions.c.confidence, attributions.c.reading, _POSITION)
    return [_doubt(row) for row in connection.execute(chosen.limit(limit).offset(offset))]


def unresolved(connection: Connection, offset: int, limit: int) -> list[Doubt]:
    """The statements whose speaker may be somebody whom the text names, the newest first."""
    wanted = select(speakers.c.key).where(UNRESOLVED)
    chosen = _statements().where(attributions.c.speaker.in_(wanted), ~_judged())
    ordered = chosen.order_by(attributions.c.speaker.desc(), attributions.c.reading, _POSITION)
    return [_doubt(row) for row in connection.execute(ordered.limit(limit).offset(offset))]


_POSITION = attributions.c.position


def _judged() -> Any:
    """Whether somebody has judged the statement, where it stands."""
    cue = func.coalesce(attributions.c.cue, literal_column("'[]'"))
    same = judgements.c.spans == attributions.c.content, judgements.c.cue == cue
    mine = judgements.c.report == reports.c.id, judgements.c.withdrawn_at.is_(None)
    return select(judgements.c.id).where(*same, *mine).exists()


def _statements() -> Select[Any]:
    of_speaker = (column.label(f"speaker_{column.name}") for column in speakers.c if column.name not in {"key", "hash"})
    named = (reports.c[name] for name in ("name", "outlet", "title", "published", "text"))
    own = (attributions.c[name] for name in ("confidence", "source", "cue", "content"))
    return (
        select(reports.c.id.label("report"), *named, attributions.c.id.label("attribution"), *own, *of_speaker)
        .join(readings, readings.c.key == attributions.c.reading)
        .join(reports, reports.c.key == readings.c.report)
        .join(speakers, speakers.c.key == attributions.c.speaker)
        .where(readings.c.current == 1)
    )


def _doubt(row: Row[Any]) -> Doubt:
    spans, cue = spans_of(row.content), spans_of(row.cue or "[]")
    source = spans_of(row.source) if row.source else ()
    return Doubt(
        **{name: getattr(row, name) for name in PLAIN},
        speaker=speaker_of(row),
        source=join_text(row.text, source) or None,
        cue=join_text(row.text, cue) or None,
        content=join_text(row.text, spans),
        spans=spans,
        cue_spans=cue,
        before=_words(row.text[max(0, spans[0].start - AROUND) : spans[0].start].rpartition("\n")[2]),
        after=_words(row.text[spans[-1].end : spans[-1].end + AROUND].partition("\n")[0]),
    )


def _words(text: str) -> str:
    return SPACE.sub(" ", text)
