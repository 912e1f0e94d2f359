"""How much a request may send."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope

LARGE = frozenset({"/add", "/api/v1/reports"})
FILES, FIELDS = 200, 20
AT_ONCE, SMALL = 16, 1 << 20


def limited(scope: Scope, receive: Receive, most_bytes: int) -> Receive:
    """The same request, which raises 413 once it has sent too much: sixteen full files where one adds, else 1 MiB."""
    most = AT_ONCE * most_bytes if scope["path"] in LARGE else SMALL
    told = Headers(scope=scope).get("content-length", "")
    seen = 0

    async def received() -> Message:
        nonlocal seen
        if told.isdecimal() and int(told) > most:
            raise _too_large(most)
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise _too_large(most)
        return message

    return received


def _too_large(most: int) -> HTTPException:
    return HTTPException(413, f"That is more than {megabytes(most)} at once: send less, or use `sayso add`.")


def megabytes(size: int) -> str:
    """A size in words."""
    return f"{size / (1 << 20):,.1f} MiB".replace(".0 ", " ") if size >= 1 << 20 else f"{size:,} bytes"
