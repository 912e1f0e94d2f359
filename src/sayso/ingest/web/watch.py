"""Feeds asked again and again; what is new in them, as reports."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from sayso.errors import FetchError, InputError
from sayso.ingest.web.answers import BUSY, DAY
from sayso.ingest.web.feeds import Entry, Feed, feed_entries
from sayso.ingest.web.fetch import entry_report
from sayso.ingest.web.fetcher import Fetched, Fetcher
from sayso.ingest.web.robots import Robots
from sayso.terms import Report, Skipped

UNCHANGED = 304
LEAST_EVERY = 1.0
MOST_TRIES = 3
MOST_DOUBLINGS = 20
JITTER = 0.1


class Memory(Protocol):
    """What was taken from feeds before. Feeds go by the address that they were given under."""

    def seen(self, feed_url: str, entry_id: str) -> bool:
        """Whether the entry was taken."""

    def remember(self, feed_url: str, entry_id: str) -> None:
        """The entry is taken."""

    def validators(self, feed_url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of the last answer that was taken whole."""

    def keep_validators(self, feed_url: str, etag: str | None, last_modified: str | None) -> None:
        """Keep them in place of the former ones."""


class InMemory:
    """A memory that lasts as long as the process."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str]] = set()
        self._validators: dict[str, tuple[str | None, str | None]] = {}

    def seen(self, feed_url: str, entry_id: str) -> bool:
        """Whether the entry was taken."""
        return (feed_url, entry_id) in self._seen

    def remember(self, feed_url: str, entry_id: str) -> None:
        """The entry is taken."""
        self._seen.add((feed_url, entry_id))

    def validators(self, feed_url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of the last answer that was taken whole."""
        return self._validators.get(feed_url, (None, None))

    def keep_validators(self, feed_url: str, etag: str | None, last_modified: str | None) -> None:
        """Keep them in place of the former ones."""
        self._validators[feed_url] = (etag, last_modified)


@dataclass(frozen=True)
class Polled:
    """A feed was asked: how many new entries it had, and in how many seconds it is asked again.

    ``unchanged`` is whether it answered that nothing has changed; ``next_in`` is None if it is not asked again;
    ``note`` continues a sentence that starts with the feed's address.
    """

    feed: str
    new: int
    unchanged: bool
    next_in: float | None
    note: str | None = None


@dataclass
class _State:
    """What a run knows of one feed."""

    name: str
    url: str
    due: float
    faults: int = 0
    tries: Counter[str] = field(default_factory=Counter)
    told: set[str] = field(default_factory=set)


def watch(
    feeds: Iterable[str],
    fetcher: Fetcher,
    memory: Memory,
    *,
    stop: threading.Event,
    every: float = 900.0,
    once: bool = False,
    clock: Callable[[], float] = time.monotonic,
    wait: Callable[[float], object] | None = None,
    chance: Callable[[], float] = random.random,
) -> Iterator[Report | Skipped | Polled]:
    """What is new in the feeds, oldest first, each feed asked every ``every`` seconds until ``stop`` is set.

    An entry counts as taken when the next item is asked for; what is broken off before that comes again. After each
    fault a feed is asked half as often, down to once a day; what a site asks for by Retry-After is kept to. An entry
    that cannot be fetched for a passing reason is tried three times; what a robots.txt closes is not. ``wait`` sleeps,
    less long if ``stop`` is set; ``clock`` counts seconds; ``chance`` gives numbers from 0 to 1, to spread requests.
    """
    states = [_State(name, name, clock()) for name in dict.fromkeys(feeds)]
    watcher = _Watcher(fetcher, memory, stop, max(every, LEAST_EVERY), once, clock, chance, Robots(fetcher, clock))
    with fetcher.stopped_by(stop):
        while states and not stop.is_set():
            state = min(states, key=lambda state: state.due)
            if (rest := state.due - clock()) > 0:
                (wait or stop.wait)(rest)
                continue
            yield from watcher.poll(state)
            if once:
                states.remove(state)


@dataclass
class _Watcher:
    fetcher: Fetcher
    memory: Memory
    stop: threading.Event
    every: float
    once: bool
    clock: Callable[[], float]
    chance: Callable[[], float]
    robots: Robots
    held: dict[str, float] = field(default_factory=dict)

    def poll(self, state: _State) -> Iterator[Report | Skipped | Polled]:
        """What is new in one feed, and then how it went; nothing more once stopped."""
        if (pause := self._pause(state.url)) > 0:
            state.due = self.clock() + pause
            if self.once:
                yield Skipped(state.name, "is on a site that asked to wait: try again later")
            return
        try:
            found = self.fetcher.get(state.url, *self.memory.validators(state.name))
            feed = None if found.status == UNCHANGED else feed_entries(found.body, found.final_url)
        except InputError as error:
            if not self.stop.is_set():
                yield from self._failed(state, error)
            return
        state.faults = 0
        yield from self._answered(state, found, feed)

    def _failed(self, state: _State, error: InputError) -> Iterator[Skipped | Polled]:
        state.faults += 1
        slower = min(DAY, self.every * 2 ** min(state.faults, MOST_DOUBLINGS))
        self._hold(state.url, error)
        pause = max(self.every, slower * (1 - JITTER * self.chance()), self._pause(state.url))
        yield Skipped(state.name, str(error))
        yield self._polled(state, 0, pause)

    def _answered(self, state: _State, found: Fetched, feed: Feed | None) -> Iterator[Report | Skipped | Polled]:
        entries = [] if feed is None else self._new(state, feed)
        left = 0
        for entry in entries:
            settled = yield from self._taken(state, entry, feed)
            left += not settled
            if self.stop.is_set():
                return
        if feed is not None and not left:
            self.memory.keep_validators(state.name, found.etag, found.last_modified)
        note = _note(state, found, feed, left)
        yield self._polled(state, len(entries), max(self.every, found.retry_after or 0), note, unchanged=feed is None)

    def _new(self, state: _State, feed: Feed) -> list[Entry]:
        """The entries that were not taken yet, the oldest first."""
        return [entry for entry in reversed(feed.entries) if not self.memory.seen(state.name, entry.id)]

    def _taken(self, state: _State, entry: Entry, feed: Feed | None) -> Generator[Report | Skipped, None, bool]:
        """The entry's report, or why there is none; returns whether the entry is settled, not to be tried again."""
        link = entry.link or state.name
        if feed is None or self._pause(link) > 0:
            return False
        item, settled = self._read(state, entry, feed, link)
        if self.stop.is_set():
            return False
        yield item
        if settled:
            self.memory.remember(state.name, entry.id)
        return settled

    def _read(self, state: _State, entry: Entry, feed: Feed, link: str) -> tuple[Report | Skipped, bool]:
        try:
            return entry_report(entry, feed, self.fetcher, self.robots), True
        except InputError as error:
            self._hold(link, error)
            state.tries[entry.id] += 1
            passing = isinstance(error, FetchError) and error.passing
            return Skipped(link, str(error)), not passing or state.tries[entry.id] >= MOST_TRIES
        except Exception as error:  # noqa: BLE001 - one page that trips the reader up must not end the watch
            return Skipped(link, f"cannot be read ({type(error).__name__}): save the page and add the file"), True

    def _hold(self, url: str, error: InputError) -> None:
        """Leave a site alone for as long as it asks, or as usual if it only says that it is too much."""
        if isinstance(error, FetchError) and (error.status in BUSY or error.retry_after):
            self.held[_host(url)] = self.clock() + (error.retry_after or self.every)

    def _pause(self, url: str) -> float:
        return max(0.0, self.held.get(_host(url), 0.0) - self.clock())

    def _polled(
        self, state: _State, new: int, pause: float, note: str | None = None, *, unchanged: bool = False
    ) -> Polled:
        state.due = self.clock() + pause
        return Polled(state.name, new, unchanged, None if self.once else pause, note)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _note(state: _State, found: Fetched, feed: Feed | None, left: int) -> str | None:
    """What a person should know of the feed, each thing once in a run, save how many entries are still to come."""
    notes = [feed.note if feed else None]
    if found.moved:
        state.url = found.moved
        notes.append(f"has moved for good to {found.moved}: give that address from now on")
    fresh = [note for note in notes if note and note not in state.told]
    state.told.update(fresh)
    if left:
        fresh.append(f"has {left} entries that cannot be had now: they are tried again next time")
    return "; ".join(fresh) or None
