"""A report: one news text with what is known about it."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Report:
    """One news report. ``text`` is kept exactly as given: every offset points into it.

    ``published`` is an ISO 8601 date or date-time; ``language`` a BCP 47 tag.
    """

    text: str = field(repr=False)
    id: str = ""
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        """Give a report without an id the first 16 digits of its text's hash."""
        if not self.id:
            object.__setattr__(self, "id", self.text_sha256[:16])

    @cached_property
    def text_sha256(self) -> str:
        """SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Skipped:
    """An input that gave no report, and why. ``where`` names it for a person."""

    where: str
    reason: str
