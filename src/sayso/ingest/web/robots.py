"""What sites ask of programs in their robots.txt."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from sayso.errors import FetchError
from sayso.ingest.web.fetcher import AGENT, Fetcher

KEPT_SECONDS = 86_400.0
FAULT_SECONDS = 900.0
LONGEST = 512 * 1024


class Robots:
    """The robots.txt of every site asked about, kept for a day; one that cannot be had now is asked for again later.

    A site without one, or that will not show it, allows everything.
    """

    def __init__(self, fetcher: Fetcher, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetcher, self._clock = fetcher, clock
        self._known: dict[str, tuple[float, RobotFileParser | FetchError]] = {}

    def refuse(self, url: str) -> None:
        """FetchError if the site does not want this address fetched by a program."""
        parts = urlsplit(url)
        site = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        rules = self._rules(site)
        if isinstance(rules, FetchError):
            raise FetchError(
                f"is on a site whose robots.txt {rules}",
                status=rules.status,
                retry_after=rules.retry_after,
                passing=True,
            )
        if not rules.can_fetch(AGENT, url):
            raise FetchError("may not be fetched by programs (robots.txt): save the page in a browser and add the file")

    def _rules(self, site: str) -> RobotFileParser | FetchError:
        until, rules = self._known.get(site, (0.0, None))
        if rules is None or until <= self._clock():
            rules = self._asked(site)
            kept = FAULT_SECONDS if isinstance(rules, FetchError) else KEPT_SECONDS
            self._known[site] = (self._clock() + kept, rules)
        return rules

    def _asked(self, site: str) -> RobotFileParser | FetchError:
        lines: list[str] = []
        try:
            lines = self._fetcher.get(site).body[:LONGEST].decode("utf-8", "replace").splitlines()
        except FetchError as error:
            if error.passing:
                return error
        rules = RobotFileParser()
        rules.parse(lines)
        rules.modified()
        return rules
