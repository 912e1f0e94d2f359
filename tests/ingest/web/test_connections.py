import shutil
import socket
import ssl
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import httpcore2
import pytest

from sayso.errors import FetchError
from sayso.ingest.web.fetcher import Fetcher, Limits
from sayso.ingest.web.pace import Pace
from tests.ingest.server import TEXT, Answer, Handler, Web, page, redirect


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_server_that_drips_is_left_when_the_time_is_over(web: Web, part: str) -> None:
    def drip(handler: Handler) -> None:
        if part == "body":
            handler.send(200, {"Content-Type": "text/plain"})
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.02)

    web.pages["/"] = drip
    begun = time.monotonic()
    assert "takes longer than 0.3 seconds" in web.refused("http://post.example/", Limits(total=0.3))
    assert 0.25 < time.monotonic() - begun < 1


def silence(over: threading.Event) -> Answer:
    def answer(handler: Handler) -> None:
        over.wait(5)
        handler.close_connection = True

    return answer


def test_a_silent_server_is_left(web: Web) -> None:
    over = threading.Event()
    web.pages["/"] = silence(over)
    assert "was silent for 0.2 seconds" in web.refused("http://post.example/", Limits(silence=0.2))
    over.set()


def test_slow_name_servers_are_left() -> None:
    answered = threading.Event()
    with Fetcher(Limits(total=0.2), pace=Pace(0), resolver=lambda _: [str(answered.wait(5))]) as fetcher:
        with pytest.raises(FetchError, match=r"longer than 0\.2 seconds"):
            fetcher.get("http://post.example/")
        answered.set()


def test_a_connection_that_comes_too_late_is_closed(web: Web) -> None:
    closed = threading.Event()

    class Late(httpcore2.SyncBackend):
        def connect_tcp(self, *_: Any, **__: Any) -> httpcore2.NetworkStream:
            time.sleep(0.3)
            return Closing(closed)

    with Fetcher(Limits(total=0.1), pace=Pace(0), resolver=web.resolve, dialler=Late()) as fetcher:
        with pytest.raises(FetchError, match=r"longer than 0\.1 seconds"):
            fetcher.get("http://post.example/")
        assert closed.wait(5)


class Closing(httpcore2.NetworkStream):
    def __init__(self, closed: threading.Event) -> None:
        self._closed = closed

    def close(self) -> None:
        self._closed.set()


def test_a_fetch_ends_soon_after_it_is_stopped(web: Web) -> None:
    stop, over = threading.Event(), threading.Event()
    web.pages["/"] = silence(over)
    with web.fetcher() as fetcher:
        with fetcher.stopped_by(stop):
            threading.Timer(0.1, stop.set).start()
            begun = time.monotonic()
            with pytest.raises(FetchError, match="was stopped"):
                fetcher.get("http://post.example/")
        assert time.monotonic() - begun < 1
        over.set()
        with pytest.raises(FetchError, match="404"):
            fetcher.get("http://post.example/a")


def test_requests_to_one_host_are_kept_apart_and_the_pause_does_not_count(web: Web) -> None:
    web.pages |= {"/a": redirect("/b"), "/b": page(TEXT)}
    begun = time.monotonic()
    with web.fetcher(Limits(total=0.2), Pace(0.3)) as fetcher:
        fetcher.get("http://post.example/a")
        assert time.monotonic() - begun >= 0.3
        begun = time.monotonic()
        fetcher.get("http://other.example/b")
        assert time.monotonic() - begun < 0.2


def test_servers_that_refuse_break_off_or_babble_are_told(web: Web) -> None:
    def babble(handler: Handler) -> None:
        handler.wfile.write(b"220 mail.example ESMTP\r\n")

    def cut(handler: Handler) -> None:
        handler.send(200, {"Content-Length": "1000"}, b"half")

    web.pages |= {"/babble": babble, "/cut": cut, "/nothing": lambda _: None}
    for path in web.pages:
        assert "broke off, or did not answer as a web server does" in web.refused(f"http://post.example{path}")
    with Fetcher(Limits(private=True)) as fetcher:
        web.close()
        with pytest.raises(FetchError, match="refuses the connection") as caught:
            fetcher.get(f"http://127.0.0.1:{web.port}/")
    assert caught.value.passing


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "a host name that nobody knows"),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), "a host that cannot be looked up"),
    ],
)
def test_a_name_that_cannot_be_looked_up_is_told(fault: OSError, why: str) -> None:
    def lookup(_: str) -> list[str]:
        raise fault

    with Fetcher(pace=Pace(0), resolver=lookup) as fetcher, pytest.raises(FetchError, match=why) as caught:
        fetcher.get("http://post.example/")
    assert caught.value.passing


def test_the_next_address_of_a_host_is_tried_if_one_does_not_answer(web: Web) -> None:
    tried: list[str] = []

    class Flaky(httpcore2.SyncBackend):
        def connect_tcp(self, host: str, *_: Any, **__: Any) -> httpcore2.NetworkStream:
            tried.append(host)
            if len(tried) == 1:
                raise httpcore2.ConnectError("unreachable")
            return super().connect_tcp("127.0.0.1", web.port)

    web.pages["/"] = page(TEXT)
    with Fetcher(pace=Pace(0), resolver=lambda _: ["2600::1", "9.9.9.9"], dialler=Flaky()) as fetcher:
        assert fetcher.get("http://post.example/").status == 200
    assert tried == ["2600::1", "9.9.9.9"]


class Noted(httpcore2.MockStream):
    """A connection that notes how TLS was started on it."""

    def __init__(self, notes: list[tuple[str | None, ssl.SSLContext, float | None]]) -> None:
        super().__init__([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"])
        self._notes = notes

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        self._notes.append((server_hostname, ssl_context, timeout))
        return self


def test_tls_is_held_to_the_name_while_the_checked_address_is_connected_to() -> None:
    addresses: list[tuple[str, int]] = []
    notes: list[tuple[str | None, ssl.SSLContext, float | None]] = []

    class Wires(httpcore2.SyncBackend):
        def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore2.NetworkStream:
            addresses.append((host, port))
            return Noted(notes)

    with Fetcher(pace=Pace(0), resolver=lambda _: ["9.9.9.10"], dialler=Wires()) as fetcher:
        assert fetcher.get("https://post.example./a").body == b"ok"
    ((name, settings, _),) = notes
    assert (addresses, name) == ([("9.9.9.10", 443)], "post.example")
    assert settings.check_hostname
    assert settings.verify_mode is ssl.CERT_REQUIRED


def slow(handler: Handler) -> None:
    time.sleep(0.3)
    page("slow")(handler)


@pytest.fixture
def secure(web: Web, tmp_path: Path) -> Path:
    """The web under TLS, with a certificate of its own for post.example; the certificate's file."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=post.example", "-addext", "subjectAltName=DNS:post.example", "-keyout", key,
         "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    web.secure(context)
    web.pages |= {"/": page(TEXT), "/slow": slow}
    return certificate


def test_certificates_are_checked(web: Web, secure: Path) -> None:
    trusting = ssl.create_default_context(cafile=secure)
    with web.fetcher(tls=trusting) as fetcher:
        assert fetcher.get("https://post.example/").body == TEXT.encode()
        assert fetcher.get("https://post.example/slow").body == b"slow"
        with pytest.raises(FetchError, match=r"certificate that cannot be trusted \(Hostname mismatch") as caught:
            fetcher.get("https://other.example/")
        assert not caught.value.passing
    assert "cannot be trusted (self-signed certificate)" in web.refused("https://post.example/")
    assert "try again later" in web.refused("http://post.example/")


def test_tls_where_there_is_none_is_told(web: Web) -> None:
    web.pages["/"] = page(TEXT)
    assert "does not speak TLS as it should" in web.refused("https://post.example/")
