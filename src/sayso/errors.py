"""Every error that Sayso raises on purpose. Each message says what to do next.

SaysoError
├── InputError      an input that cannot be read
│   └── FetchError  an address that cannot be fetched
├── LedgerError     a ledger that cannot be opened, read or written
├── LexiconError    a lexicon file that breaks its own rules
├── QueryError      a search that says nothing to look for
├── WeightsError    the network's files are missing or broken
└── WorkerError     a process that read reports beside others has died
"""


class SaysoError(Exception):
    """The root of Sayso's own errors."""


class InputError(SaysoError):
    """An input that cannot be read; the message names it and the way out."""


class FetchError(InputError):
    """An address that cannot be fetched.

    ``status`` is the HTTP status if that is why, ``retry_after`` the seconds that the site asks to wait, ``passing``
    whether it may work later.
    """

    def __init__(
        self, message: str, *, status: int | None = None, retry_after: float | None = None, passing: bool = False
    ) -> None:
        super().__init__(message)
        self.status, self.retry_after, self.passing = status, retry_after, passing


class LedgerError(SaysoError):
    """A ledger that cannot be opened, read or written."""


class QueryError(SaysoError):
    """A search that says nothing to look for, or that cannot be understood."""


class LexiconError(SaysoError):
    """A lexicon file with an unknown key, a missing field or a wrong value."""


class WeightsError(SaysoError):
    """The network's files are missing or broken."""


class WorkerError(SaysoError):
    """A process that read reports beside others has died."""
