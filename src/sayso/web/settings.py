"""What the web application is started with."""

import ipaddress
import secrets
from dataclasses import dataclass, field

from sayso.errors import SaysoError

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the ledger is, who may look at it and whether anything may be changed.

    ``token`` is asked of every browser, if there is one; ``secret`` signs forms and is new with every start.
    """

    ledger: str
    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    read_only: bool = False
    who: str = "somebody"
    most_bytes: int = 16 * 1024 * 1024
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def said(self, error: SaysoError) -> str:
        """What went wrong, for a browser: without where the ledger lies."""
        from sayso.record.dialect import named

        return str(error).replace(f"ledger {named(self.ledger)}", "The ledger")

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether the address is this machine's own."""
    try:
        return host in LOOPBACK or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
