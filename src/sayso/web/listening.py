"""The address to listen on."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from sayso.errors import SaysoError

EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - what a user may ask for


class PortError(SaysoError):
    """The address can't be listened on."""


@contextmanager
def listening(host: str, port: int) -> Iterator[tuple[socket.socket, str]]:
    """A listening socket, and its address for a browser. PortError if the address is taken or not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, proto=socket.IPPROTO_TCP)  # named, as asyncio sends at once only over such a socket
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host, port))
            found.listen()  # a browser that is quicker than the server waits
        except OSError as error:
            raise PortError(
                f"{host}:{port} can't be listened on ({error.strerror}): name another --port or --host"
            ) from error
        shown = f"[{host}]" if family == socket.AF_INET6 else host
        if host in EVERYWHERE:
            shown = socket.gethostname()
        yield found, f"{shown}:{found.getsockname()[1]}"
    finally:
        found.close()
