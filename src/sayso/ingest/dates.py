"""Dates as files give them → ISO 8601, no finer than what is known."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

PARTIAL = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")
SECONDS = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
WRITTEN = ("%Y/%m/%d", "%Y%m%d", "%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y", "%d.%m.%Y", "%Y/%m/%d %H:%M:%S")
FIRST, LAST = 1600, 2200


def iso_date(value: Any) -> str | None:
    """A date, a time or a string as ISO 8601; None if it is no date, or could be either of two.

    Midnight without a time zone counts as the day: tables write whole days so.
    """
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat() if FIRST < value.year < LAST else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return _written(value.strip()) if isinstance(value, str) and value.isascii() else None


def mail_date(value: str) -> str | None:
    """A date as e-mail writes it ("Sun, 04 May 2031 09:30:00 +0200") as ISO 8601, or None."""
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    unknown_zone = moment.tzinfo is None and value.rstrip().endswith("-0000")
    return _moment(moment.replace(tzinfo=UTC) if unknown_zone else moment)


def _written(value: str) -> str | None:
    if PARTIAL.fullmatch(value):
        return value
    if SECONDS.fullmatch(value):
        return _counted(float(value))
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return next(filter(None, (_as(value, form) for form in WRITTEN)), None) or mail_date(value)
    return _moment(found)


def _as(value: str, form: str) -> str | None:
    try:
        return _moment(datetime.strptime(value, form))  # noqa: DTZ007 - no zone is known
    except ValueError:
        return None


def _counted(seconds: float) -> str | None:
    """Seconds, or thousandths of them, since 1970."""
    return _moment(datetime.fromtimestamp(seconds / (1000 if seconds > 1e11 else 1), UTC))


def _moment(moment: datetime) -> str | None:
    if not FIRST < moment.year < LAST:
        return None
    if moment.tzinfo is None and (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0):
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds")
