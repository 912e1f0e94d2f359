"""A report: one news text with what is known about it."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

PublishedGrain = Literal["year", "month", "day", "time"]
GRAINS: dict[int, PublishedGrain] = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True)
class Report:
    """One news report. ``text`` is kept exactly as given: every offset points into it.

    ``published`` is an ISO 8601 date or date-time, no finer than what is known (``2031``, ``2031-05``, ``2031-05-04``,
    ``2031-05-04T09:30:00+00:00``); ``language`` a BCP 47 tag. ``dateline`` is as printed ("SARENNA, May 4"),
    ``credit`` the agencies that the report credits. ``raw_sha256`` is the hash of the bytes that it was taken from,
    ``extractor`` what took it ("trafilatura 2.3.1"), None where the text was taken as it is.
    """

    text: str = field(repr=False)
    id: str = ""
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    byline: str | None = None
    dateline: str | None = None
    credit: tuple[str, ...] = ()
    raw_sha256: str | None = None
    extractor: str | None = None

    def __post_init__(self) -> None:
        """Give a report without an id the first 16 digits of its text's hash."""
        if not self.id:
            object.__setattr__(self, "id", self.text_sha256[:16])

    @cached_property
    def text_sha256(self) -> str:
        """SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def published_grain(self) -> PublishedGrain | None:
        """How fine ``published`` is."""
        return None if self.published is None else GRAINS.get(len(self.published), "time")


@dataclass(frozen=True)
class Skipped:
    """An input that gave no report, and why. ``where`` names it for a person."""

    where: str
    reason: str
