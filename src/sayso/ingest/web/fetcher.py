"""Fetches web addresses: http(s) only, public hosts only unless allowed, within limits of size and time."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from types import TracebackType
from typing import Self

import httpcore2
import httpx2

from sayso.errors import FetchError
from sayso.ingest.content_types import charset_in
from sayso.ingest.web import answers
from sayso.ingest.web.addresses import plain_host, refuse_port, refuse_scheme
from sayso.ingest.web.connections import Network, Resolver, Transport, resolved
from sayso.ingest.web.pace import Pace
from sayso.ingest.web.patience import Patience
from sayso.ingest.web.unpacking import too_large, unpacked

AGENT = f"sayso/{version('sayso')}"
HEADERS = {
    "User-Agent": AGENT,
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, "
    "application/pdf;q=0.9, text/plain;q=0.9, */*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}


@dataclass(frozen=True)
class Limits:
    """What a fetch may take: bytes after unpacking, seconds to connect, of silence and in all, redirects.

    ``private`` lets it reach this machine and private networks too.
    """

    largest: int = 16 * 1024 * 1024
    connect: float = 10.0
    silence: float = 10.0
    total: float = 30.0
    redirects: int = 5
    private: bool = False


@dataclass(frozen=True)
class Fetched:
    """What was fetched. ``media_type`` is empty where the answer has none; ``status`` 304 comes with an empty body.

    ``moved`` is where permanent redirects lead from ``url``; ``retry_after`` counts seconds.
    """

    url: str
    final_url: str
    status: int
    media_type: str = ""
    charset: str | None = None
    body: bytes = field(default=b"", repr=False)
    etag: str | None = None
    last_modified: str | None = None
    retry_after: float | None = None
    moved: str | None = None


class Fetcher:
    """Fetches one address at a time; requests to the same host, redirects among them, come at the ``pace`` given.

    Proxies of the environment are not used (see ``connections``). Cookies live for one fetch. ``resolver``, ``dialler``
    and ``tls`` replace the system's name servers, connections and trusted certificates.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        pace: Pace | None = None,
        resolver: Resolver = resolved,
        dialler: httpcore2.NetworkBackend | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.limits, self._pace, self._patience = limits or Limits(), pace or Pace(), Patience()
        network = Network(
            self._patience,
            private=self.limits.private,
            resolver=resolver,
            dialler=dialler or httpcore2.SyncBackend(),
        )
        self._client = httpx2.Client(
            transport=Transport(network, tls or httpcore2.default_ssl_context()),
            headers=HEADERS,
            timeout=httpx2.Timeout(self.limits.silence, connect=self.limits.connect),
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    @contextmanager
    def stopped_by(self, stop: threading.Event) -> Iterator[None]:
        """Within this, a fetch gives up as soon as ``stop`` is set."""
        self._patience.stop, before = stop, self._patience.stop
        try:
            yield
        finally:
            self._patience.stop = before

    def get(self, url: str, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """What is at ``url``, redirects followed; FetchError says why there is nothing, and what to do.

        ``etag`` and ``last_modified`` of an earlier answer: if nothing has changed since, the status is 304.
        """
        address = asked = checked(url)
        self._client.cookies.clear()
        self._patience.begin(self.limits.total)
        conditions = _conditions(etag, last_modified)
        seen: set[tuple[str, str | None]] = set()
        moved, for_good = None, True
        while True:
            with _named(address, asked), _plain_reasons(self.limits), self._answer(address, conditions) as answer:
                if answer.status_code not in answers.REDIRECTS:
                    return self._fetched(url, answer, moved, conditional=bool(conditions))
                self._refuse_circles(seen, answer.request)
                address = _next(address, answer)
            for_good = for_good and answer.status_code in answers.FOR_GOOD
            moved = str(address) if for_good else moved

    @contextmanager
    def _answer(self, address: httpx2.URL, conditions: dict[str, str]) -> Iterator[httpx2.Response]:
        self._patience.pause(self._pace.wait_for(address.host))
        with self._client.stream("GET", address, headers=conditions) as answer:
            yield answer

    def _refuse_circles(self, seen: set[tuple[str, str | None]], request: httpx2.Request) -> None:
        """FetchError if this very request was answered by a redirect before, or if too many were."""
        key = (str(request.url), request.headers.get("cookie"))
        if key in seen:
            raise FetchError(f"redirects in a circle: open it in a browser, {answers.BY_HAND}")
        if len(seen) >= self.limits.redirects:
            most = self.limits.redirects
            raise FetchError(f"redirects more than {most} times: open it in a browser and give the address it ends at")
        seen.add(key)

    def _fetched(self, url: str, answer: httpx2.Response, moved: str | None, *, conditional: bool) -> Fetched:
        headers, status = answer.headers, answer.status_code
        pause = answers.retry_after(headers.get("retry-after"))
        unchanged = conditional and status == httpx2.codes.NOT_MODIFIED
        if status not in answers.DONE and not unchanged:
            raise answers.refusal(status, pause)
        kind = headers.get("content-type", "")
        body = b"" if unchanged else self._body(answer)
        etag, last_modified = answers.validators(headers)
        return Fetched(
            url, str(answer.url), status, answers.media_type(kind), charset_in(kind), body, etag, last_modified,
            pause, moved,
        )  # fmt: skip

    def _body(self, answer: httpx2.Response) -> bytes:
        if (answers.length(answer.headers.get("content-length")) or 0) > self.limits.largest:
            raise too_large(self.limits.largest)
        return unpacked(answer.iter_raw(), answer.headers.get("content-encoding", ""), self.limits.largest)


def checked(url: str) -> httpx2.URL:
    """The address, in the form that is asked for; FetchError if it is none that may be fetched."""
    try:
        address = httpx2.URL(url.strip())
    except (httpx2.InvalidURL, ValueError) as error:
        raise FetchError("is no proper web address: check it") from error
    return _allowed(address)


def _allowed(address: httpx2.URL) -> httpx2.URL:
    refuse_scheme(address.scheme)
    if address.userinfo:
        raise FetchError("has a user name or password in it: take it out, nothing is fetched under a name")
    refuse_port(address.port)
    return address.copy_with(host=plain_host(address.raw_host.decode("ascii")), fragment=None)


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    given = {
        "If-None-Match": answers.sendable(etag, answers.TAG),
        "If-Modified-Since": answers.sendable(last_modified, answers.DATE),
    }
    return {name: value for name, value in given.items() if value is not None}


def _next(address: httpx2.URL, answer: httpx2.Response) -> httpx2.URL:
    """Where a redirect leads, by the same rules as any address."""
    target = answer.headers.get("location")
    if not target:
        raise FetchError(f"redirects without saying where to: open it in a browser, {answers.BY_HAND}")
    try:
        goal = address.join(target)
    except (httpx2.InvalidURL, ValueError) as error:
        raise FetchError(f"redirects to no proper web address: open it in a browser, {answers.BY_HAND}") from error
    with _named(goal, address):
        return _allowed(goal)


@contextmanager
def _named(address: httpx2.URL, asked: httpx2.URL) -> Iterator[None]:
    """Say which address an error is about, if it is not the one asked for."""
    try:
        yield
    except FetchError as error:
        if address == asked or str(error).startswith("redirects to"):
            raise
        why = f"redirects to {str(address)[:300]}, which {error}"
        raise FetchError(why, status=error.status, retry_after=error.retry_after, passing=error.passing) from error


@contextmanager
def _plain_reasons(limits: Limits) -> Iterator[None]:
    """What goes wrong on the network as a FetchError for a person."""
    try:
        yield
    except (httpcore2.ConnectTimeout, httpcore2.PoolTimeout) as error:
        raise _passing(f"does not answer within {limits.connect:g} seconds: try again later") from error
    except httpcore2.TimeoutException as error:
        raise _passing(f"was silent for {limits.silence:g} seconds: try again later") from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.HTTPError) as error:
        raise _passing("broke off, or did not answer as a web server does: try again later") from error


def _passing(message: str) -> FetchError:
    return FetchError(message, passing=True)
