"""A small real web server on 127.0.0.1, reached under names of its own."""

import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore2
import pytest

from sayso.errors import FetchError
from sayso.ingest.web.fetcher import Fetched, Fetcher, Limits
from sayso.ingest.web.pace import Pace

PUBLIC = "9.9.9.9"
TEXT = "SARENNA, May 4 — The ferry line will reopen on Monday, the harbour master said."
ENTRY = "<item><title>{0}</title><link>/{0}</link><guid>{0}</guid>{1}</item>"
FULL = f"<content:encoded><![CDATA[{'<p>' + 'The mayor said so. ' * 30 + '</p>'}]]></content:encoded>"
CHANNEL = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<title>Orrin Post</title>{}</channel></rss>"
)
Answer = Callable[["Handler"], None]


@cache
def trusted() -> ssl.SSLContext:
    """The certificates that this machine trusts; loading them takes its time."""
    return httpcore2.default_ssl_context()


class Handler(BaseHTTPRequestHandler):
    """Answers by the pages of its web."""

    web: "Web"

    def do_GET(self) -> None:
        self.web.asked.append((self.path, dict(self.headers.items())))
        answer = self.web.pages.get(self.path) or page(b"", status=404)
        try:
            answer(self)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def send(self, status: int, headers: Mapping[str, str], body: bytes = b"") -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class Web:
    """A server with its ``pages`` by path, and what it was ``asked`` for: paths with their headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.dialled: list[tuple[str, int]] = []
        self.names: dict[str, list[str]] = {}
        self.looked_up: list[str] = []
        handler = type("Answers", (Handler,), {"web": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def resolve(self, host: str) -> list[str]:
        """The addresses of a host; every name of example.org and .example is public unless told otherwise."""
        self.looked_up.append(host)
        return self.names.get(host, [PUBLIC])

    def secure(self, tls: ssl.SSLContext) -> None:
        """Speak TLS from now on."""
        self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @contextmanager
    def fetcher(
        self, limits: Limits | None = None, pace: Pace | None = None, tls: ssl.SSLContext | None = None
    ) -> Iterator[Fetcher]:
        """A fetcher that takes this server for the whole internet."""
        wire = Wire(self)
        with Fetcher(
            limits, pace=pace or Pace(0), resolver=self.resolve, dialler=wire, tls=tls or trusted()
        ) as fetcher:
            yield fetcher

    def get(self, url: str, limits: Limits | None = None, **known: str) -> Fetched:
        with self.fetcher(limits) as fetcher:
            return fetcher.get(url, **known)

    def refused(self, url: str, limits: Limits | None = None) -> str:
        """Why the address is refused."""
        with pytest.raises(FetchError) as caught:
            self.get(url, limits)
        return str(caught.value)


class Wire(httpcore2.SyncBackend):
    """Leads every connection to the server, and notes where it should have gone."""

    def __init__(self, web: Web) -> None:
        self._web = web

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        self._web.dialled.append((host, port))
        return super().connect_tcp("127.0.0.1", self._web.port, timeout, local_address, socket_options)


def page(
    body: bytes | str, kind: str | None = "text/plain; charset=utf-8", *, status: int = 200, **headers: str
) -> Answer:
    """An answer with a body; underscores in the names of headers stand for hyphens."""
    data = body.encode() if isinstance(body, str) else body
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if kind is not None:
        given["Content-Type"] = kind
    return lambda handler: handler.send(status, {"Content-Length": str(len(data)), **given}, data)


def redirect(target: str, status: int = 302) -> Answer:
    return lambda handler: handler.send(status, {"Location": target, "Content-Length": "0"})


def chunked(chunks: Iterable[bytes], **headers: str) -> Answer:
    """An answer of many chunks, without a length."""

    def answer(handler: Handler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.close_connection = True
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.send(200, {"Transfer-Encoding": "chunked", "Content-Type": "text/plain", **given})
        for chunk in chunks:
            handler.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
        handler.wfile.write(b"0\r\n\r\n")

    return answer


def feed(*entries: tuple[str, str]) -> str:
    """An RSS feed whose entries have a name, which is title, link and id, and more elements."""
    return CHANNEL.format("".join(ENTRY.format(*entry) for entry in entries))
