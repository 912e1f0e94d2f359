from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from sayso import __version__
from sayso.errors import FetchError
from sayso.ingest.web.fetcher import Fetched, Fetcher, Limits
from sayso.ingest.web.pace import Pace
from tests.ingest.server import PUBLIC, TEXT, Handler, Web, page, redirect


def test_a_page_comes_with_what_the_answer_says_of_it(web: Web) -> None:
    web.pages["/a?b=1"] = page(
        TEXT, 'Text/HTML; Charset="ISO-8859-1"', ETag='W/"7"', Last_Modified="Sun, 04 May 2031 09:30:00 GMT"
    )
    found = web.get(" http://Post.Example:81/a?b=1#part ")
    assert found == Fetched(
        " http://Post.Example:81/a?b=1#part ", "http://post.example:81/a?b=1", 200, "text/html", "windows-1252",
        TEXT.encode(), 'W/"7"', "Sun, 04 May 2031 09:30:00 GMT",
    )  # fmt: skip
    assert web.dialled == [(PUBLIC, 81)]
    ((_, headers),) = web.asked
    assert (headers["Host"], headers["User-Agent"]) == ("post.example:81", f"sayso/{__version__}")
    assert headers["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "is a file: address"),
        ("ftp://post.example/a", "is a ftp: address"),
        ("gopher://post.example/a", "is a gopher: address"),
        ("data:text/plain,hello", "is a data: address"),
        ("post.example/a", "is no web address"),
        ("http://desk:secret@post.example/", "user name or password"),
        ("http://desk@post.example/", "user name or password"),
        ("http:///a", "no proper host"),
        ("http://post.example:70000/", "port 70000"),
        ("http://post.example:22/", "port 22"),
        ("http://2130706433/", "number for a host"),
        ("http://0x7f.1/", "number for a host"),
        ("http://0177.0.0.1/", "no proper web address"),
        ("http://127%2e0%2e0%2e1/", "no proper host"),
        ("http://①②⑦.⓪.⓪.①/", "no proper web address"),
        ("http://[::1", "no proper"),
        ("http://post.example/\r\nX: y", "no proper web address"),
        ("http://post.example/" + "a" * 70_000, "no proper web address"),
    ],
)
def test_what_may_not_be_fetched_is_refused_before_anything_is_asked(web: Web, url: str, why: str) -> None:
    assert why in web.refused(url)
    assert (web.dialled, web.looked_up) == ([], [])


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "10.0.0.8", "169.254.169.254", "0.0.0.8", "[::ffff:7f00:1]"])
def test_inner_addresses_are_not_connected_to(web: Web, host: str) -> None:
    assert "within this machine or a private network: if you trust it, use --private" in web.refused(f"http://{host}/")
    assert not web.dialled


@pytest.mark.parametrize("inner", ["127.0.0.1", "192.168.0.9", "::1", "::ffff:127.0.0.1", "2002:7f00:1::", "fe80::1%1"])
def test_one_inner_address_among_those_of_a_host_is_too_many(web: Web, inner: str) -> None:
    web.names["post.example"] = [PUBLIC, inner]
    assert f"has the address {inner}, within" in web.refused("http://post.example/")
    assert not web.dialled


def test_a_name_is_looked_up_once_and_the_checked_address_is_connected_to(web: Web) -> None:
    web.pages["/"] = page(TEXT)
    web.names["post.example"] = ["9.9.9.10"]
    assert web.get("http://post.example./").body == TEXT.encode()
    assert web.looked_up == ["post.example"]
    assert web.dialled == [("9.9.9.10", 80)]


def test_a_name_in_other_letters_is_asked_for_in_its_ascii_form(web: Web) -> None:
    web.pages["/"] = page(TEXT)
    assert web.get("http://Bücher.example/").final_url == "http://xn--bcher-kva.example/"
    assert web.looked_up == ["xn--bcher-kva.example"]


def test_a_host_without_an_address_is_told(web: Web) -> None:
    web.names["post.example"] = []
    assert "without an address" in web.refused("http://post.example/")


def test_what_is_private_is_fetched_if_allowed(web: Web) -> None:
    web.pages["/"] = page(TEXT)
    with Fetcher(Limits(private=True)) as fetcher:
        assert fetcher.get(f"http://127.0.0.1:{web.port}/").body == TEXT.encode()
        assert fetcher.get(f"http://localhost:{web.port}/", None, None).status == 200


def test_no_proxy_of_the_environment_is_used(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    web.pages["/"] = page(TEXT)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://proxy.example:3128")
    web.get("http://post.example/")
    assert web.looked_up == ["post.example"]


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("http://127.0.0.1/", "redirects to http://127.0.0.1/, which is on a host that is within this machine"),
        ("http://inner.example/", "which is on a host that has the address 10.0.0.1, within"),
        ("//[::1]/a", "redirects to http://[::1]/a, which is on a host"),
        ("file:///etc/passwd", "redirects to file:/etc/passwd, which is a file: address"),
        ("data:text/plain,x", "which is a data: address"),
        ("http://a:b@post.example/", "user name or password"),
        ("http://post.example:25/", "which has the port 25"),
        ("http://[::1", "redirects to no proper web address"),
        ("", "redirects without saying where to"),
    ],
)
def test_a_redirect_is_held_to_the_same_rules(web: Web, target: str, why: str) -> None:
    web.names["inner.example"] = ["10.0.0.1"]
    web.pages["/a"] = redirect(target)
    assert why in web.refused("http://post.example/a")
    assert web.dialled == [(PUBLIC, 80)]


def test_redirects_are_followed_and_where_permanent_ones_lead_is_told(web: Web) -> None:
    web.pages |= {"/a": redirect("b", 301), "/b": redirect("//other.example/c", 308), "/c": redirect("/d", 302)}
    web.pages["/d"] = page(TEXT)
    found = web.get("http://post.example/a")
    assert (found.url, found.final_url) == ("http://post.example/a", "http://other.example/d")
    assert found.moved == "http://other.example/c"
    web.pages |= {"/c": redirect("/e", 302), "/e": redirect("/d", 301)}
    assert web.get("http://post.example/c").moved is None


def test_a_301_loop_is_told(web: Web) -> None:
    web.pages |= {"/a": redirect("/b", 301), "/b": redirect("/a", 301)}
    assert "redirects in a circle" in web.refused("http://post.example/a")
    assert web.paths == ["/a", "/b", "/a"]


def test_a_long_chain_is_cut(web: Web) -> None:
    web.pages |= {f"/{n}": redirect(f"/{n + 1}") for n in range(20)}
    assert "redirects more than 5 times" in web.refused("http://post.example/0")
    assert len(web.asked) == 6


def test_a_page_that_first_sets_a_cookie_is_no_circle(web: Web) -> None:
    def door(handler: Handler) -> None:
        if handler.headers["Cookie"]:
            return page(TEXT)(handler)
        return handler.send(302, {"Location": "/a", "Set-Cookie": "seen=1", "Content-Length": "0"})

    web.pages["/a"] = door
    with web.fetcher() as fetcher:
        assert fetcher.get("http://post.example/a").body == TEXT.encode()
        fetcher.get("http://post.example/a")
    assert [headers.get("Cookie") for _, headers in web.asked] == [None, "seen=1"] * 2


@pytest.mark.parametrize(
    ("status", "why", "passing"),
    [
        (403, "answered 403 Forbidden: the site wants a browser or a login; save the page and add the file", False),
        (401, "wants a browser or a login", False),
        (404, "answered 404 Not Found: check the address", False),
        (410, "answered 410 Gone: check the address", False),
        (429, "answered 429 Too Many Requests: the site wants fewer requests; try again later", True),
        (500, "the site has a fault; try again later", True),
        (503, "answered 503 Service Unavailable", True),
        (202, "answered 202 Accepted: open it in a browser, save the page", False),
        (204, "answered 204", False),
        (304, "answered 304 Not Modified", False),
        (300, "answered 300", False),
        (799, "answered 799: open it", False),
    ],
)  # fmt: skip
def test_a_status_says_what_to_do(web: Web, status: int, why: str, passing: bool) -> None:
    web.pages["/"] = lambda handler: handler.send(status, {"Connection": "close"})
    with pytest.raises(FetchError, match=why) as caught:
        web.get("http://post.example/")
    assert (caught.value.status, caught.value.passing) == (status, passing)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [("120", 120.0), (" 7 ", 7.0), ("9" * 40, 86_400.0), ("soon", None), ("-5", None), ("1.5", None), ("²", None)],
)
def test_how_long_a_site_asks_to_wait_is_told(web: Web, given: str, seconds: float | None) -> None:
    web.pages["/"] = page("", status=429, Retry_After=given.encode().decode("latin-1"))
    with pytest.raises(FetchError) as caught:
        web.get("http://post.example/")
    assert caught.value.retry_after == seconds


def test_a_site_may_ask_to_wait_until_a_moment(web: Web) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=100)
    web.pages["/"] = page(TEXT, Retry_After=format_datetime(moment, usegmt=True))
    web.pages["/past"] = page(TEXT, Retry_After="Sun, 04 May 2003 09:30:00 GMT")
    assert 90 < (web.get("http://post.example/").retry_after or 0) <= 100
    assert web.get("http://post.example/past").retry_after == 0


def test_what_has_not_changed_is_not_sent_again(web: Web) -> None:
    def unless_known(handler: Handler) -> None:
        known = handler.headers["If-None-Match"] == '"7"' and handler.headers["If-Modified-Since"] == "then"
        return handler.send(304, {"ETag": '"7"'}) if known else page(TEXT, ETag='"7"')(handler)

    web.pages["/"] = unless_known
    found = web.get("http://post.example/", etag='"7"', last_modified="then")
    assert (found.status, found.body, found.etag) == (304, b"", '"7"')
    assert web.get("http://post.example/", etag='"6"').status == 200


def test_validators_that_no_header_can_hold_are_left_out(web: Web) -> None:
    web.pages["/"] = page(TEXT, ETag='"é"', Last_Modified="x" * 100)
    found = web.get("http://post.example/", etag='"a\r\nX: y"', last_modified="é")
    assert (found.etag, found.last_modified) == (None, None)
    assert not {"If-None-Match", "If-Modified-Since"} & set(web.asked[0][1])


def test_the_pace_is_one_request_a_second_to_each_host() -> None:
    now = 100.0
    pace = Pace(clock=lambda: now)
    assert [pace.wait_for(host) for host in ("a", "b", "a", "a")] == [0, 0, 1, 2]
    now = 102.5
    assert [pace.wait_for(host) for host in ("b", "a")] == [0, 0.5]
