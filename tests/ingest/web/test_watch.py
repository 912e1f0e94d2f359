import threading
import time
from collections.abc import Callable, Iterator

import pytest

from sayso.ingest.web.fetcher import Limits
from sayso.ingest.web.pace import Pace
from sayso.ingest.web.watch import InMemory, Polled, watch
from sayso.terms import Report, Skipped
from tests.ingest.server import FULL, TEXT, Answer, Handler, Web, feed, page, redirect

FEED = "http://post.example/feed"
DAY = 86_400
Item = Report | Skipped | Polled


class Time:
    """A clock that only waiting moves. What is to happen meanwhile is called with the time; the last one stops all."""

    def __init__(self, *events: Callable[[], None]) -> None:
        self.now = 0.0
        self.stop = threading.Event()
        self.waited: list[float] = []
        self._events = list(events)

    def clock(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds
        if self._events:
            self._events.pop(0)()
        else:
            self.stop.set()


def watched(web: Web, *feeds: str, memory: InMemory | None = None, time: Time | None = None) -> Iterator[Item]:
    """What watching gives, until the events of ``time`` are over."""
    given = time or Time()
    with web.fetcher(Limits(connect=1, silence=1, total=2)) as fetcher:
        yield from watch(
            feeds or [FEED], fetcher, memory or InMemory(), stop=given.stop, clock=given.clock, wait=given.wait,
            chance=lambda: 0.0,
        )  # fmt: skip


def texts(items: list[Item]) -> list[str]:
    return [item.text for item in items if isinstance(item, Report)]


def polls(items: list[Item]) -> list[Polled]:
    return [item for item in items if isinstance(item, Polled)]


def reasons(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Skipped)]


def put(web: Web, path: str, answer: Answer) -> Callable[[], None]:
    """To be called later: put the page there."""
    return lambda: web.pages.__setitem__(path, answer)


def news(web: Web, *names: str, **headers: str) -> Answer:
    """A feed of these entries, whose pages hold their names."""
    web.pages |= {f"/{name}": page(name) for name in names}
    return page(feed(*((name, "") for name in names)), "application/rss+xml", status=200, **headers)


def test_new_entries_come_once_the_oldest_first(web: Web) -> None:
    web.pages["/feed"] = news(web, "two", "one")
    later = put(web, "/feed", news(web, "three", "two", "one"))
    items = list(watched(web, time=Time(later)))
    assert texts(items) == ["one", "two", "three"]
    assert polls(items) == [Polled(FEED, 2, False, 900.0), Polled(FEED, 1, False, 900.0)]
    assert web.paths.count("/feed") == 2
    assert web.paths.count("/one") == 1


def test_what_has_not_changed_is_asked_for_by_its_validators(web: Web) -> None:
    def unless_known(handler: Handler) -> None:
        known = handler.headers["If-None-Match"] == '"1"' and handler.headers["If-Modified-Since"] == "then"
        (page("", status=304) if known else news(web, "one", ETag='"1"', Last_Modified="then"))(handler)

    web.pages["/feed"] = unless_known
    assert polls(list(watched(web, time=Time(lambda: None)))) == [
        Polled(FEED, 1, False, 900.0), Polled(FEED, 0, True, 900.0)
    ]  # fmt: skip


def test_an_entry_is_remembered_only_once_it_is_taken(web: Web) -> None:
    web.pages["/feed"] = news(web, "three", "two", "one", ETag='"1"')
    memory = InMemory()
    items = watched(web, memory=memory)
    assert [item.text for item in (next(items), next(items)) if isinstance(item, Report)] == ["one", "two"]
    items.close()  # type: ignore[attr-defined]
    assert [memory.seen(FEED, name) for name in ("one", "two", "three")] == [True, False, False]
    assert memory.validators(FEED) == (None, None)
    assert texts(list(watched(web, memory=memory))) == ["two", "three"]
    assert memory.validators(FEED) == ('"1"', None)


def test_a_feed_with_a_fault_is_asked_half_as_often_down_to_once_a_day(web: Web) -> None:
    web.pages["/feed"] = page("", status=500)
    recover = put(web, "/feed", news(web, "one"))
    given = Time(*[lambda: None] * 8, recover, put(web, "/feed", page("", status=500)))
    items = list(watched(web, time=given))
    assert [poll.next_in for poll in polls(items)] == [900 * 2**n for n in range(1, 7)] + [DAY] * 3 + [900, 1800]
    assert given.waited == [poll.next_in for poll in polls(items)]
    assert set(reasons(items)) == {"answered 500 Internal Server Error: the site has a fault; try again later"}
    assert texts(items) == ["one"]


def test_chance_spreads_what_comes_again(web: Web) -> None:
    given = Time()
    with web.fetcher() as fetcher:
        poll, = polls(list(watch([FEED], fetcher, InMemory(), stop=given.stop, clock=given.clock, wait=given.wait,
                                 chance=lambda: 0.5)))  # fmt: skip
    assert poll.next_in == 1800 * 0.95


@pytest.mark.parametrize(("status", "asked", "kept"), [(429, "7200", 7200), (503, "86400", DAY), (429, "5", 1800)])
def test_a_site_that_asks_to_wait_is_left_alone(web: Web, status: int, asked: str, kept: float) -> None:
    web.pages["/feed"] = page("", status=status, Retry_After=asked)
    (poll,) = polls(list(watched(web)))
    assert poll.next_in == kept


def test_a_feed_that_asks_to_wait_though_it_answers_is_left_alone_too(web: Web) -> None:
    web.pages["/feed"] = news(web, "one", Retry_After="3600")
    assert polls(list(watched(web)))[0].next_in == 3600


def test_other_feeds_of_a_site_that_asks_to_wait_wait_too(web: Web) -> None:
    web.pages |= {"/busy": page("", status=503, Retry_After="4000"), "/feed": news(web, "one")}
    given = Time()
    items = list(watched(web, "http://post.example/busy", FEED, "http://other.example/feed", time=given))
    assert [poll.feed for poll in polls(items)] == ["http://post.example/busy", "http://other.example/feed"]
    assert web.paths == ["/busy", "/feed", "/robots.txt", "/one"]


def test_entries_on_a_site_that_wants_no_more_now_come_at_the_next_poll(web: Web) -> None:
    web.pages["/feed"] = news(web, "three", "two", "one", ETag='"1"')
    web.pages["/two"] = page("", status=429, Retry_After="60")
    memory = InMemory()
    items = list(watched(web, memory=memory, time=Time(put(web, "/two", page("two")))))
    assert texts(items) == ["one", "two", "three"]
    assert reasons(items) == ["answered 429 Too Many Requests: the site wants fewer requests; try again later"]
    assert [poll.note for poll in polls(items)] == [
        "has 2 entries that cannot be had now: they are tried again next time", None
    ]  # fmt: skip
    assert "If-None-Match" not in [headers for path, headers in web.asked if path == "/feed"][1]
    assert memory.validators(FEED) == ('"1"', None)


def test_a_passing_fault_of_an_entry_is_tried_three_times_and_a_lasting_one_once(web: Web) -> None:
    web.pages["/feed"] = news(web, "two", "one")
    web.pages |= {"/one": page("", status=500), "/two": page("", status=404)}
    items = list(watched(web, time=Time(*[lambda: None] * 4)))
    assert [web.paths.count(path) for path in ("/one", "/two", "/feed")] == [3, 1, 5]
    assert len(reasons(items)) == 4


def test_anything_may_fail_and_the_rest_goes_on(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*_: object) -> None:
        raise RuntimeError("a fault of a library")

    monkeypatch.setattr("sayso.ingest.pdf.document.pdf_report", trip)
    entries = [(name, "") for name in ("good", "pdf", "picture", "gone", "inner")]
    web.names["inner.example"] = ["127.0.0.1"]
    web.pages |= {
        "/feed": page(feed(*entries).replace("<link>/inner", "<link>http://inner.example/")),
        "/page": page("<p>x", "text/html"), "/good": page(TEXT), "/pdf": page("%PDF-"),
        "/picture": page("x", "image/png"),
    }  # fmt: skip
    items = list(watched(web, "ftp://post.example/", "http://[", "http://post.example/page", FEED))
    assert texts(items) == [TEXT]
    assert [(item.where, item.reason.split(":")[0]) for item in items if isinstance(item, Skipped)] == [
        ("ftp://post.example/", "is a ftp"),
        ("http://[", "has no proper host name"),
        ("http://post.example/page", "is no feed"),
        ("http://inner.example/", "is on a host that has the address 127.0.0.1, within this machine or a private "
         "network"),
        ("http://post.example/gone", "answered 404 Not Found"),
        ("http://post.example/picture", "is image/png"),
        ("http://post.example/pdf", "cannot be read (RuntimeError)"),
    ]  # fmt: skip
    assert len(polls(items)) == 4


def test_full_text_in_the_feed_stands_in_for_a_page_that_cannot_be_had(web: Web) -> None:
    web.pages["/feed"] = page(feed(("gone", FULL)))
    report, _ = list(watched(web))
    assert isinstance(report, Report)
    assert report.text.startswith("The mayor said so.")


def test_a_feed_that_moved_for_good_is_followed_and_told_once(web: Web) -> None:
    web.pages |= {"/feed": redirect("http://new.example/feed2", 301), "/feed2": news(web, "one")}
    memory = InMemory()
    later = put(web, "/feed2", news(web, "two", "one"))
    items = list(watched(web, memory=memory, time=Time(later)))
    assert texts(items) == ["one", "two"]
    assert [(poll.feed, poll.note) for poll in polls(items)] == [
        (FEED, "has moved for good to http://new.example/feed2: give that address from now on"), (FEED, None)
    ]  # fmt: skip
    assert [path for path in web.paths if "feed" in path] == ["/feed", "/feed2", "/feed2"]
    assert memory.seen(FEED, "two")


def test_a_broken_feed_gives_what_it_can_and_says_so_once(web: Web) -> None:
    web.pages |= {"/feed": page(feed(("one", "<b>"))), "/one": page(TEXT)}
    items = list(watched(web, time=Time(lambda: None)))
    assert texts(items) == [TEXT]
    assert [(poll.note or "")[:11] for poll in polls(items)] == ["is broken (", ""]


def test_once_asks_every_feed_once(web: Web) -> None:
    web.pages |= {"/feed": news(web, "one"), "/busy": page("", status=503, Retry_After="9")}
    given = Time()
    with web.fetcher() as fetcher:
        items = list(watch(["http://post.example/busy", FEED, "http://other.example/feed", FEED], fetcher, InMemory(),
                           stop=given.stop, once=True, clock=given.clock, wait=given.wait))  # fmt: skip
    assert texts(items) == ["one"]
    assert [poll.next_in for poll in polls(items)] == [None, None]
    assert items.count(Skipped(FEED, "is on a site that asked to wait: try again later")) == 1
    assert not given.waited


def test_stopping_ends_the_waiting_and_the_fetching_at_once(web: Web) -> None:
    stop, over = threading.Event(), threading.Event()

    def silent(handler: Handler) -> None:
        over.wait(5)
        handler.close_connection = True

    web.pages |= {"/feed": news(web, "one"), "/silent": silent, "/feed2": page(feed(("silent", "")))}
    for url, expected in ((FEED, 2), ("http://post.example/silent", 0), ("http://post.example/feed2", 0)):
        stop.clear()
        with web.fetcher() as fetcher:
            threading.Timer(0.2, stop.set).start()
            begun = time.monotonic()
            items = list(watch([url], fetcher, InMemory(), stop=stop))
            assert time.monotonic() - begun < 1
        assert len(items) == expected
    over.set()


def test_a_site_is_asked_at_most_once_a_second(web: Web) -> None:
    web.pages["/feed"] = news(web, "two", "one")
    moments: list[float] = []
    given = Time()

    class Noting(Pace):
        def wait_for(self, host: str) -> float:
            pause = super().wait_for(host)
            given.now += pause
            moments.append(given.now)
            return 0

    with web.fetcher(pace=Noting(clock=given.clock)) as fetcher:
        list(watch([FEED], fetcher, InMemory(), stop=given.stop, once=True, clock=given.clock, wait=given.wait))
    assert moments == [0, 1, 2, 3]
