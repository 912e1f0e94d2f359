"""What a page says of its article: title, outlet, byline, date, language and address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from sayso.ingest.html.dates import published_on
from sayso.ingest.html.linked import Linked, linked_in, tidied
from sayso.ingest.html.tree import Element

LONGEST_NAME, LONGEST_TITLE = 120, 400
AUTHORS = ("author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator")
SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
BY = re.compile(r"(?i)(?:(?:written|posted|reported) )?by:? +")
SEVERAL = re.compile(r" *; *|, (?:and )?| and | & ")
NO_NAME = re.compile(
    r"(?i)https?:|www\.|@|\.com\b|^(?:admin|administrator|editor|guest|unknown|author|null|none)$|[{}<>]"
)
TAIL = re.compile(r"\s*[-|–—:•·»]\s.*?([^-|–—:•·»]{2,40})$")
SAVED_FROM = re.compile(r"(?:saved from url=\(\d+\)|^\s*url: *)(https?://[^\s>]+)", re.MULTILINE)
SAVED_HEAD = 2000
BROKEN = (ValueError, TypeError, AttributeError, LookupError, RecursionError)


@dataclass(frozen=True)
class Facts:
    """What is known of the article, None where nothing is; ``names`` are its authors one by one."""

    title: str | None
    outlet: str | None
    names: tuple[str, ...]
    published: str | None
    language: str | None
    url: str | None

    @property
    def byline(self) -> str | None:
        """The authors on one line."""
        *others, last = self.names or ("",)
        return (f"{', '.join(others)} and {last}" if others else last) or None


@dataclass(frozen=True)
class Sayings:
    """All that a page says of itself, in its several ways; what is costly to find is found when it is needed."""

    tree: Element
    linked: Linked
    url: str | None

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """What each <meta> says, by its name in small letters."""
        found: dict[str, list[str]] = {}
        for meta in self.tree.iter("meta"):
            name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
            if name and (words := tidied(meta.get("content") or "")):
                found.setdefault(name, []).append(words)
        return found

    def of(self, *names: str) -> list[str]:
        """What the <meta> of these names say, in this order."""
        return [words for name in names for words in self.metas.get(name, ())]

    @cached_property
    def found(self) -> Any:
        """trafilatura's own findings, None if it stumbles over the page."""
        from trafilatura import extract_metadata

        try:
            return extract_metadata(self.tree, self.url, {"extensive_search": False, "original_date": True})
        except BROKEN:
            return None

    @cached_property
    def window_title(self) -> str:
        """What the browser's window is called."""
        title = self.tree.find(".//head/title")
        return tidied(title.text_content()) if title is not None else ""

    @cached_property
    def titles(self) -> list[str]:
        """What it calls the article, the most trustworthy first."""
        headings = [tidied(heading.text_content()) for heading in self.tree.iter("h1")]
        given = [*self.linked.names("headline")[:1], *self.of("og:title", "twitter:title"), *headings[:1]]
        return [title for title in given if title]


def facts_of(tree: Element, markup: str, url: str | None, linked: Linked | None = None) -> Facts:
    """What the page says of its article. ``url`` is where it was fetched, if that is known."""
    address = _address(tree, url or _saved_from(markup))
    sayings = Sayings(tree, linked or linked_in(tree), address)
    outlet = _outlet(sayings)
    return Facts(
        _title(sayings, outlet),
        outlet,
        tuple(_authors(sayings, outlet)),
        published_on(tree, sayings.linked, address),
        _language(tree),
        address,
    )


def _title(sayings: Sayings, outlet: str | None) -> str | None:
    """The title, without the site's name after it."""
    title = next(iter(sayings.titles), None) or getattr(sayings.found, "title", None) or sayings.window_title
    if not title or len(title) > LONGEST_TITLE:
        return None
    return (re.sub(rf"\s*[-|–—:•·»]\s*{re.escape(outlet)}$", "", title) if outlet else title) or title


def _outlet(sayings: Sayings) -> str | None:
    """The site's name; its host, if the page says no name."""
    given = [
        *sayings.of(*SITES[:1]),
        *sayings.linked.names("publisher"),
        *sayings.of(*SITES[1:]),
        _after_title(sayings),
    ]
    host = _host(sayings.url)
    names = [name.lstrip("@") for name in given if name and len(name) <= LONGEST_NAME]
    return next((name for name in names if name.lower().removeprefix("www.") != host), host or None)


def _after_title(sayings: Sayings) -> str | None:
    """What stands behind the article's title in the window's: "Talks resume - Velm Courier"."""
    window = sayings.window_title
    for title in sayings.titles:
        if title != window and window.startswith(title) and (tail := TAIL.fullmatch(window[len(title) :])):
            return tail[1].strip()
    return None


def _authors(sayings: Sayings, outlet: str | None) -> Iterator[str]:
    """The authors, from the first place that names any who are not the outlet itself."""
    for place in _places_of_authors(sayings):
        names = [name for given in place for name in _names(given) if name != outlet]
        if names:
            yield from dict.fromkeys(names)
            return


def _places_of_authors(sayings: Sayings) -> Iterator[list[str]]:
    yield sayings.linked.names("author")
    yield from ([words] for words in sayings.of(*AUTHORS))
    yield (getattr(sayings.found, "author", None) or "").split("; ")


def _names(given: str) -> list[str]:
    """The names in what is given as an author."""
    words = BY.sub("", tidied(given), count=1)
    if not words or len(words) > LONGEST_NAME or NO_NAME.search(words):
        return []
    parts = SEVERAL.split(words)
    return parts if all(" " in part for part in parts) else [words]


def _language(tree: Element) -> str | None:
    """The language that the page says it is in."""
    root = tree if tree.tag == "html" else next(tree.iter("html"), tree)
    given = (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
    ).strip()
    return given.replace("_", "-") if LANGUAGE.fullmatch(given) else None


def _address(tree: Element, url: str | None) -> str | None:
    """The article's own address: what the page says it is, unless that is no address of an article; else ``url``."""
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    metas = [meta.get("content") for meta in tree.iter("meta") if (meta.get("property") or "").lower() == "og:url"]
    for given in (*links, *metas):
        if (address := _absolute(given, url)) is not None and not _is_home_instead(address, url):
            return address
    return url


def _absolute(given: str | None, url: str | None) -> str | None:
    try:
        address = urljoin(url or "", (given or "").strip())
        return address if urlsplit(address).scheme in ("http", "https") and urlsplit(address).hostname else None
    except ValueError:
        return None


def _is_home_instead(address: str, url: str | None) -> bool:
    """Whether it is a site's front page, where the page was fetched from somewhere else."""
    return urlsplit(address).path in ("", "/") and (url is None or urlsplit(url).path not in ("", "/"))


def _saved_from(markup: str) -> str | None:
    """Where the page was saved from, as browsers note it in the file."""
    found = SAVED_FROM.search(markup[:SAVED_HEAD])
    return found[1] if found else None


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
