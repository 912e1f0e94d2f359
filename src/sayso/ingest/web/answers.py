"""What a web server's answer says about itself: statuses, types, times."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from sayso.errors import FetchError

DONE = frozenset({HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION})
FOR_GOOD = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
REDIRECTS = FOR_GOOD | {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}
LATER = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
BUSY = frozenset({429, 503})
LOCKED = frozenset({401, 402, 403, 407, 451})
GONE = frozenset({404, 410})
BY_HAND = "save the page and add the file"
TYPE = re.compile(r"\s*([\w.+-]+/[\w.+-]+)\s*(?:;|$)")
DAY = 86_400.0
TAG = re.compile(r"[\x21-\x7e]{1,500}")
DATE = re.compile(r"[\x20-\x7e]{1,60}")


def refusal(status: int, retry_after: float | None) -> FetchError:
    """Why an answer of this status gives nothing, and what to do."""
    named = f"{status} {_phrase(status)}".strip()
    return FetchError(
        f"answered {named}: {_way_out(status)}", status=status, retry_after=retry_after, passing=status in LATER
    )


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _way_out(status: int) -> str:
    if status in GONE:
        return "check the address"
    if status in LOCKED:
        return f"the site wants a browser or a login; {BY_HAND}"
    if status in BUSY:
        return "the site wants fewer requests; try again later"
    return "the site has a fault; try again later" if status in LATER else f"open it in a browser, {BY_HAND}"


def retry_after(value: str | None) -> float | None:
    """The seconds that a Retry-After header asks to wait, a day at most; None if it asks nothing."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return min(DAY, float(value.strip()[:12]))
    try:
        moment = parsedate_to_datetime(value)
        rest = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - datetime.now(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(DAY, max(0.0, rest.total_seconds()))


def media_type(content_type: str | None) -> str:
    """The media type in small letters; empty if the answer gives none."""
    found = TYPE.match(content_type or "")
    return found[1].lower() if found else ""


def length(value: str | None) -> int | None:
    """The bytes that the answer says it has."""
    return int(value) if value is not None and re.fullmatch(r"\d{1,18}", value, re.ASCII) else None


def validators(headers: Mapping[str, str]) -> tuple[str | None, str | None]:
    """ETag and Last-Modified, where they can be sent back as they are."""
    return sendable(headers.get("etag"), TAG), sendable(headers.get("last-modified"), DATE)


def sendable(value: str | None, form: re.Pattern[str]) -> str | None:
    """The value, if it can be the value of a header."""
    return value if value is not None and form.fullmatch(value) else None
