"""The ledger's tables. Every fact of a report or a reading stands in one column; offsets are code points.

``reports`` hold what came in and never change. ``readings`` belong to a report and a reader's version; the machine's
own is kept beside the one with people's judgements applied, and ``current`` tells which one counts. ``attributions``
and ``figures`` belong to a reading. ``speakers`` are kept once each. ``judgements`` are what people say of them.
``stories``, ``story_reports`` and ``claims`` are what weighing made of all that: they can be made anew at any time.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

VERSION = 3

metadata = MetaData()
Key = BigInteger().with_variant(sqlite.INTEGER(), "sqlite")
Real: TypeEngine[float] = Double().with_variant(sqlite.REAL(), "sqlite")

about = Table(
    "about",
    metadata,
    Column("name", Text, primary_key=True, comment="schema, grouping"),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

reports = Table(
    "reports",
    metadata,
    Column("key", Key, primary_key=True),
    Column("id", Text, nullable=False, unique=True, comment="hash of text, name, outlet, URL and date: 16 digits"),
    Column("name", Text, nullable=False, comment="what the input called it"),
    Column("outlet", Text),
    Column("title", Text),
    Column("byline", Text),
    Column("dateline", Text),
    Column("published", Text, comment="ISO 8601, no finer than known"),
    Column("language", Text, comment="BCP 47"),
    Column("url", Text),
    Column("credit", Text, comment="agencies credited, a JSON list"),
    Column("text", Text, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("raw_sha256", Text, index=True, comment="hash of the bytes that it was taken from"),
    Column("extractor", Text),
    Column("words", Integer, nullable=False),
    Column("unread", Text, comment="why it has no reading"),
    Column("added_at", Text, nullable=False),
    sqlite_strict=True,
)
Index("reports_by_outlet", reports.c.outlet, reports.c.published)
Index("reports_by_date", reports.c.published)
Index("reports_by_name", reports.c.name)

readings = Table(
    "readings",
    metadata,
    Column("key", Key, primary_key=True),
    Column("report", Key, ForeignKey("reports.key"), nullable=False),
    Column("reader", Text, nullable=False, comment="version of Sayso, its weights and its word lists"),
    Column("judged", Integer, nullable=False, comment="1 with people's judgements applied, else the machine's own"),
    Column("current", Integer, nullable=False, comment="1 if this one counts"),
    Column("made_at", Text, nullable=False),
    Column("vectors", LargeBinary, comment="one vector of int8 for each attribution, in their order"),
    UniqueConstraint("report", "reader", "judged"),
    sqlite_strict=True,
)

speakers = Table(
    "speakers",
    metadata,
    Column("key", Key, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("name", Text, comment="None where unnamed or unresolved"),
    Column("naming", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("affiliation", Text),
    Column("role", Text),
    Column("called", Text, comment="words of the first mention of an unnamed one"),
    Column("basis", Text, comment="stated closeness of an unnamed one"),
    Column("count", Integer, comment="how many there are said to be"),
    Column("names", Text, comment="all, where several speak together: a JSON list"),
    Column("candidates", Text, comment="whom it might be: a JSON list"),
    Column("why", Text, nullable=False),
    sqlite_strict=True,
)
Index("speakers_by_name", speakers.c.name)
UNRESOLVED = text("candidates IS NOT NULL AND name IS NULL")
speakers_unresolved = Index("speakers_unresolved", speakers.c.key, sqlite_where=UNRESOLVED, postgresql_where=UNRESOLVED)

attributions = Table(
    "attributions",
    metadata,
    Column("reading", Key, ForeignKey("readings.key"), primary_key=True),
    Column("position", Integer, primary_key=True, comment="from 0, in the order of the text"),
    Column("id", Text, nullable=False),
    Column("within", Text, comment="id of the attribution around it"),
    Column("source", Text, comment="spans, [[start, end], …]"),
    Column("cue", Text, comment="spans"),
    Column("content", Text, nullable=False, comment="spans"),
    Column("form", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("speaker", Key, ForeignKey("speakers.key"), nullable=False, index=True),
    Column("relays", Text, comment="from the reader to the speaker: a JSON list of names"),
    Column("medium", Text),
    Column("said_on", Text),
    Column("said", Text, comment="[earliest, latest, grain]"),
    Column("confidence", Real, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
UNSURE = text("confidence < 1")
attributions_unsure = Index(
    "attributions_unsure", attributions.c.confidence, sqlite_where=UNSURE, postgresql_where=UNSURE
)

figures = Table(
    "figures",
    metadata,
    Column("reading", Key, ForeignKey("readings.key"), primary_key=True),
    Column("position", Integer, primary_key=True, comment="from 0, in the order of the text"),
    Column("id", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("value", Real),
    Column("low", Real),
    Column("high", Real),
    Column("qualifier", Text, nullable=False),
    Column("measure", Text, nullable=False),
    Column("counted", Text),
    Column("by", Text, comment="id of the attribution that gives it, None for the report's own voice"),
    Column("as_of", Text),
    Column("place", Text),
    Column("unit", Text),
    Column("part_of", Text, comment="id of the figure that it is a part of"),
    Column("period", Text),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index("figures_by_measure", figures.c.measure, figures.c.reading)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Text, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("report", Text, ForeignKey("reports.id"), index=True),
    Column("spans", Text, nullable=False, comment="what is judged, as it stood: [[start, end], …]"),
    Column("cue", Text, nullable=False, comment="spans of the judged attribution's cue"),
    Column("field", Text),
    Column("value", Text, comment="JSON"),
    Column("note", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("withdrawn_at", Text),
    Column("withdrawn_by", Text),
    sqlite_strict=True,
)

near_copies = Table(
    "near_copies",
    metadata,
    Column("report", Key, ForeignKey("reports.key"), primary_key=True),
    Column("earlier", Key, ForeignKey("reports.key"), primary_key=True, comment="the report that was there before"),
    Column("share", Real, nullable=False, comment="of five-word runs that both have, of all that either has"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index("near_copies_by_earlier", near_copies.c.earlier)

bands = Table(
    "bands",
    metadata,
    Column("band", Key, primary_key=True, comment="hash of a part of a report's MinHash signature"),
    Column("report", Key, ForeignKey("reports.key"), primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    sqlite_strict=True,
)

entries = Table(
    "entries",
    metadata,
    Column("feed", Text, ForeignKey("feeds.url"), primary_key=True),
    Column("entry", Text, primary_key=True, comment="id of a feed's entry that was taken"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

story_reports = Table(
    "story_reports",
    metadata,
    Column("report", Key, ForeignKey("reports.key"), primary_key=True),
    Column("reading", Key, nullable=False, comment="key of the reading that was taken in"),
    Column("judged", Text, nullable=False, comment="hash of the judgements that were taken in with it, else empty"),
    Column("called", Text, nullable=False, comment="its name, or its id where several reports share the name"),
    Column("part", Text, nullable=False, comment="the part of time that it is grouped in: its first day"),
    Column("place", Text, nullable=False, comment="date and name, by which reports are taken in order"),
    Column("piece", Text, index=True, comment="the piece of a story that it belongs to; None until it is grouped"),
    Column("gist", LargeBinary, nullable=False, comment="what grouping looks at: JSON, compressed"),
    Column("step", LargeBinary, comment="how it was grouped: JSON, compressed"),
    sqlite_strict=True,
)
Index("story_reports_by_part", story_reports.c.part)

parts = Table(
    "parts",
    metadata,
    Column("part", Text, primary_key=True, comment="a part of time: its first day"),
    Column("since", Text, comment="from this place on its reports are to be grouped anew; None: all are grouped"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

pieces = Table(
    "pieces",
    metadata,
    Column("id", Text, primary_key=True, comment="place of its first report"),
    Column("part", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("first", Text, comment="ISO date"),
    Column("last", Text, comment="ISO date"),
    Column("earlier", Text, comment="the piece that it goes on from"),
    Column("earlier_part", Text),
    Column("unlike", Real, comment="how unlike that one it is, 0 to 1"),
    Column("story", Text, index=True),
    Column("words", LargeBinary, nullable=False, comment="the whole piece: JSON, compressed"),
    sqlite_strict=True,
)

stories = Table(
    "stories",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("first", Text, comment="ISO date"),
    Column("last", Text, comment="ISO date"),
    Column("reports", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("weigher", Text, comment="version that weighed it; None: it is to be weighed"),
    Column("judged", Text, nullable=False, comment="hash of the judgements that were taken in, else empty"),
    Column("weighed", LargeBinary, comment="all that was found: JSON, compressed"),
    sqlite_strict=True,
)
Index("stories_by_last", stories.c.last)
Index("stories_by_size", stories.c.reports)

claims = Table(
    "claims",
    metadata,
    Column("story", Text, ForeignKey("stories.id"), primary_key=True),
    Column("position", Integer, primary_key=True, comment="from 0, in the order of the story"),
    Column("id", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("low", Integer, nullable=False, comment="independent origins, at least"),
    Column("high", Integer, nullable=False, comment="independent origins, at most"),
    Column("affirm", Integer, nullable=False),
    Column("deny", Integer, nullable=False),
    Column("doubt", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
