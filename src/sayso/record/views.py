"""Views for people who open the ledger with other tools, such as Datasette: words beside each other, spans as text."""

from sqlalchemy import Connection, text

from sayso.record.dialect import is_sqlite

NAMES = ("statements", "counted", "sources", "outlets", "withdrawn_judgements")


def _spans(column: str, *, sqlite: bool) -> str:
    """SQL for the text under a column of spans, its pieces joined by " … "."""
    start, end = ("json_extract(span.value, '$[0]')", "json_extract(span.value, '$[1]')")
    if not sqlite:
        start, end = "(span ->> 0)::int", "(span ->> 1)::int"
    joined = "group_concat" if sqlite else "string_agg"
    each = f"json_each({column})" if sqlite else f"json_array_elements({column}::json)"
    return f"(SELECT {joined}(substr(reports.text, 1 + {start}, {end} - {start}), ' … ') FROM {each} AS span)"


def _bodies(*, sqlite: bool) -> dict[str, str]:
    source, cue, content = (_spans(f"attributions.{role}", sqlite=sqlite) for role in ("source", "cue", "content"))
    return {
        "statements": f"""
            SELECT reports.id AS report, reports.outlet, reports.published, attributions.id, attributions.within,
                   coalesce(speakers.name, speakers.called) AS speaker, speakers.naming, speakers.kind,
                   speakers.affiliation, speakers.role, attributions.relays, attributions.act, attributions.stance,
                   attributions.form, attributions.said_on, {source} AS source, {cue} AS cue, {content} AS content,
                   attributions.confidence
            FROM attributions
            JOIN readings ON readings.key = attributions.reading AND readings.current = 1
            JOIN reports ON reports.key = readings.report
            JOIN speakers ON speakers.key = attributions.speaker""",
        "counted": """
            SELECT reports.id AS report, reports.outlet, reports.published, figures.id,
                   substr(reports.text, 1 + figures.start, figures."end" - figures.start) AS figure, figures.value,
                   figures.low, figures.high, figures.qualifier, figures.measure, figures.counted, figures.as_of,
                   figures.place, coalesce(speakers.name, speakers.called) AS speaker, speakers.naming
            FROM figures
            JOIN readings ON readings.key = figures.reading AND readings.current = 1
            JOIN reports ON reports.key = readings.report
            LEFT JOIN attributions ON attributions.reading = figures.reading AND attributions.id = figures."by"
            LEFT JOIN speakers ON speakers.key = attributions.speaker""",
        "sources": """
            SELECT coalesce(speakers.name, speakers.called, 'no name') AS speaker, speakers.naming, speakers.kind,
                   count(*) AS statements, count(DISTINCT readings.report) AS reports
            FROM attributions
            JOIN readings ON readings.key = attributions.reading AND readings.current = 1
            JOIN speakers ON speakers.key = attributions.speaker
            GROUP BY 1, 2, 3""",
        "outlets": """
            SELECT outlet, count(*) AS reports, min(published) AS first, max(published) AS last, sum(words) AS words
            FROM reports GROUP BY outlet""",
        "withdrawn_judgements": "SELECT * FROM judgements WHERE withdrawn_at IS NOT NULL",
    }


def create(connection: Connection) -> None:
    """Make the views."""
    for name, body in _bodies(sqlite=is_sqlite(connection)).items():
        connection.execute(text(f"CREATE VIEW {name} AS {body}".replace(":", "\\:")))


def drop(connection: Connection) -> None:
    """Take the views away, before tables change under them."""
    for name in NAMES:
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
