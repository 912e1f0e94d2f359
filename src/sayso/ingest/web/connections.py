"""The only module that opens network connections: to addresses that were checked, within a time that ends.

A host is resolved once for each connection, every address that it has is checked, and one of those is connected to, so
that a name server cannot answer the check and the connection differently. TLS still verifies the name. Proxies that
the environment names are not used: a proxy would resolve the name by itself, behind the checks. The certificates that
``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` name are.
"""

import math
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpcore2
import httpx2

from sayso.errors import FetchError
from sayso.ingest.web.addresses import is_literal, is_public
from sayso.ingest.web.answers import BY_HAND
from sayso.ingest.web.patience import LEAST, SLICE, Patience

Resolver = Callable[[str], Sequence[str]]
UNKNOWN = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})


def resolved(host: str) -> list[str]:
    """Every address that this machine knows for a host name, the best first."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)))


class Stream(httpcore2.NetworkStream):
    """A connection on which nothing takes longer than it may."""

    def __init__(self, stream: httpcore2.NetworkStream, patience: Patience) -> None:
        self._stream, self._patience = stream, patience

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes, awaited in slices, so that a stop is noticed."""
        end = math.inf if timeout is None else time.monotonic() + timeout
        while True:
            try:
                return self._stream.read(max_bytes, self._patience.left(SLICE))
            except httpcore2.ReadTimeout:
                if time.monotonic() >= end:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send the bytes."""
        self._stream.write(buffer, self._patience.left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same connection under TLS, the other side having proved that it is ``server_hostname``."""
        inner = self._stream
        with _plain_reasons():
            secure = self._patience.run(lambda: inner.start_tls(ssl_context, server_hostname, timeout), _close)
        return Stream(secure, self._patience)

    def get_extra_info(self, info: str) -> Any:
        """What the connection below says."""
        return self._stream.get_extra_info(info)


class Network(httpcore2.NetworkBackend):
    """Opens connections to public addresses, to any if ``private``; ``dialler`` opens those to a checked address."""

    def __init__(
        self, patience: Patience, *, private: bool, resolver: Resolver, dialler: httpcore2.NetworkBackend
    ) -> None:
        self._patience, self._private, self._resolver, self._dialler = patience, private, resolver, dialler

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the host; FetchError if it has no address, or one that may not be asked."""
        end = time.monotonic() + (timeout or math.inf)
        with _plain_reasons():
            stream = self._patience.run(lambda: self._dialled(self.addresses(host), port, end, socket_options), _close)
        return Stream(stream, self._patience)

    def addresses(self, host: str) -> list[str]:
        """The host's addresses, all of them checked."""
        found = [host] if is_literal(host) else self._looked_up(host)
        for address in found:
            if not self._private and not is_public(address):
                what = "is" if address == host else f"has the address {address},"
                why = f"{what} within this machine or a private network: if you trust it, use --private in a terminal"
                raise FetchError(f"is on a host that {why}")
        return found

    def _looked_up(self, host: str) -> list[str]:
        try:
            found = list(self._resolver(host))
        except (OSError, UnicodeError) as error:
            if getattr(error, "errno", None) in UNKNOWN:
                raise FetchError("has a host name that nobody knows: check the address", passing=True) from error
            raise FetchError("has a host that cannot be looked up: check your network", passing=True) from error
        if not found:
            raise FetchError("has a host without an address: check the address", passing=True)
        return found

    def _dialled(
        self, addresses: list[str], port: int, end: float, options: Iterable[Any] | None
    ) -> httpcore2.NetworkStream:
        """A connection to the first of the addresses that answers, each given its share of the time."""
        for number, address in enumerate(addresses, 1):
            share = (end - time.monotonic()) / (len(addresses) - number + 1)
            try:
                return self._dialler.connect_tcp(address, port, max(LEAST, share), socket_options=options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if number == len(addresses):
                    raise
        raise AssertionError("there is always an address")


def _close(stream: httpcore2.NetworkStream) -> None:
    stream.close()


@contextmanager
def _plain_reasons() -> Iterator[None]:
    """What keeps a connection from being opened as a FetchError for a person."""
    try:
        yield
    except httpcore2.ConnectError as error:
        raise _not_connected(error.__cause__) from error


def _not_connected(cause: BaseException | None) -> FetchError:
    if isinstance(cause, ssl.SSLCertVerificationError):
        why = f"has a certificate that cannot be trusted ({cause.verify_message.rstrip('.')})"
        return FetchError(f"{why}: open it in a browser, and if you trust it {BY_HAND}")
    if isinstance(cause, ssl.SSLError):
        why = "does not speak TLS as it should: try it with http:// in front, or open it in a browser"
    elif isinstance(cause, ConnectionRefusedError):
        why = "refuses the connection: check the address, or try again later"
    else:
        reason = getattr(cause, "strerror", None) or "no connection"
        why = f"cannot be reached ({reason}): check your network, or try again later"
    return FetchError(why, passing=True)


class Transport(httpx2.BaseTransport):
    """Requests over a ``Network``, each on a connection of its own."""

    def __init__(self, network: Network, tls: ssl.SSLContext) -> None:
        self._pool = httpcore2.ConnectionPool(ssl_context=tls, max_keepalive_connections=0, network_backend=network)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer, its body still to be read."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore2.Request(
                request.method,
                httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        body = _Body(answer)
        return httpx2.Response(answer.status, headers=answer.headers, stream=body, extensions=answer.extensions)

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
