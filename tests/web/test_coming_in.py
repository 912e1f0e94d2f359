"""Who follows a link from another site is let in, and forms that are open meanwhile stay good."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Browser, Page

from sayso.web.settings import Settings
from tests.web.conftest import serving


@contextmanager
def elsewhere(link: str) -> Iterator[str]:
    """The address of another site, with a page that links there."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f'<link rel="icon" href="data:,"><a href="{link}">the desk</a>'.encode()
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def follow(page: Page, link: str) -> None:
    with elsewhere(link) as site:
        page.goto(site)
        with page.expect_navigation():
            page.click("a")


def test_a_link_with_the_token_lets_in(browser: Browser, ledger: str) -> None:
    with serving(Settings(ledger, token="secret-word")) as address, browser.new_context() as context:  # noqa: S106
        page = context.new_page()
        follow(page, f"{address}/?token=secret-word")
        assert page.url == f"{address}/"
        assert page.inner_text("h1") == "The desk"


def test_a_link_from_elsewhere_leaves_open_forms_good(browser: Browser, ledger: str) -> None:
    with serving(Settings(ledger)) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/judgements")
        follow(context.new_page(), f"{address}/stories")
        page.click(".judge-as summary")
        page.fill("input[name=who]", "Zoë Orr")
        with page.expect_navigation():
            page.click(".judge-as button")
        assert "Judging as Zoë Orr" in page.inner_text(".judge-as summary")
