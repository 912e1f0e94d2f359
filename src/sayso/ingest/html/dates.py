"""When a page says that its article was published, no finer than it says."""

import re
from collections.abc import Iterator
from copy import deepcopy

from sayso.ingest.dates import iso_date
from sayso.ingest.html.kinds import kind_of
from sayso.ingest.html.linked import Linked
from sayso.ingest.html.tree import Element

NAMES = frozenset({
    "article.published", "article:published", "article:published_time", "article_date_original", "bt:pubdate",
    "citation_publication_date", "cxenseparse:recs:publishtime", "date", "datepublished", "dc.date", "dc.date.created",
    "dc.date.issued", "dcterms.created", "dcterms.date", "dcterms.issued", "og:article:published_time",
    "og:published_time", "parsely-pub-date", "pubdate", "publication_date", "publish-date", "publish_date",
    "publishdate", "published_time", "rnews:datepublished", "sailthru.date", "shareaholic:article_published_time",
})  # fmt: skip
PUBLISHED = (
    "//*[@itemprop='datePublished' or @pubdate] | //time[contains(@class, 'published') or contains(@class, 'pubdate')]"
)
MIDNIGHT = re.compile(r"T00:00(?::00)?(?:\.0+)?(?:Z|[+-]\d\d:?\d\d)?$")
CHANGED = re.compile(r"(?i)modif|updat|revis|last-modified")
ELSEWHERE = frozenset({"aside", "extra", "foot", "hidden"})
DAY = 10


def published_on(tree: Element, linked: Linked, url: str | None) -> str | None:
    """The date, with its time if the page says one, as ISO 8601."""
    said = [found for given in _declared(tree, linked) if (found := said_date(given)) is not None]
    day = next(iter(said), None) or _found_by_htmldate(tree, url)
    if day is None:
        return None
    times = _times(tree) if len(day) == DAY else ()
    return next((found for found in (*said, *times) if found.startswith(day) and len(found) > len(day)), day)


def said_date(given: str) -> str | None:
    """A date as ISO 8601; midnight stands for a day without a time."""
    found = iso_date(given.strip())
    return found[:DAY] if found and MIDNIGHT.search(found) else found


def _declared(tree: Element, linked: Linked) -> Iterator[str]:
    """The dates that the page names as that of publishing, the most trustworthy first."""
    for name in ("datePublished", "dateCreated"):
        yield from linked.names(name)
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name.lower() in NAMES and meta.get("content"):
            yield meta.get("content")
    for element in tree.xpath(PUBLISHED):
        yield element.get("content") or element.get("datetime") or element.text_content()


def _times(tree: Element) -> Iterator[str]:
    for element in tree.iter("time"):
        if (given := element.get("datetime")) and (found := said_date(given)) is not None:
            yield found


def _found_by_htmldate(tree: Element, url: str | None) -> str | None:
    """The day that the page shows or has in its address; None where htmldate would have to guess."""
    from htmldate import find_date

    here = deepcopy(tree)
    for element in list(here.iter("meta", "nav", "footer", "aside", "div", "section", "ul", "time")):
        if _is_misleading(element) and element.getparent() is not None:
            element.drop_tree()
    try:
        return find_date(here, original_date=True, extensive_search=False, url=url)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


def _is_misleading(element: Element) -> bool:
    """Whether it tells of changes to the page, or of other pages."""
    if element.tag in ("meta", "time"):
        return CHANGED.search(" ".join(element.values())) is not None
    return kind_of(element) in ELSEWHERE and element.find(".//h1") is None
