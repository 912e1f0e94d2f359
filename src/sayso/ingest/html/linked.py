"""What a page says of its article in JSON-LD, the way that search engines read."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from sayso.ingest.html.tree import Element
from sayso.ingest.markup import plain

MOST_ITEMS = 2000
LARGEST = 4 * 1024 * 1024
KINDS = frozenset({"BlogPosting", "LiveBlogPosting", "Report"})
NOT_SENT = dict.fromkeys(range(32), " ")


@dataclass(frozen=True)
class Linked:
    """What it says; an empty dict if nothing."""

    article: dict[str, Any] = field(default_factory=dict)

    def words(self, name: str) -> str | None:
        """A property that is a string, or the name of a record or of the first in a list."""
        return next(iter(self.names(name)), None)

    def names(self, name: str) -> list[str]:
        """The strings or the records' names under a property."""
        given = self.article.get(name)
        listed = given if isinstance(given, list) else [given]
        found = (item.get("name") if isinstance(item, dict) else item for item in listed)
        return [tidy for item in found if isinstance(item, str) and (tidy := tidied(item))]

    @property
    def body(self) -> str:
        """The text of the article, if it is there."""
        given = self.article.get("articleBody")
        if not isinstance(given, str):
            return ""
        text = unescape(given) if "&lt;" in given or "&#" in given or "&amp;" in given else given
        return plain(text if "<" in text else "<p>".join(text.split("\n")))

    @property
    def is_for_subscribers(self) -> bool:
        """Whether it says that not everybody may read it."""
        return str(self.article.get("isAccessibleForFree", "true")).lower() == "false"


def linked_in(tree: Element) -> Linked:
    """What the page says of its first article."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and len(script.text or "") < LARGEST:
            for item in _items(_parsed(script.text or "")):
                if _is_article(item):
                    return Linked(item)
    return Linked()


def tidied(words: str) -> str:
    """A line of words without entities, tags and needless blanks."""
    return " ".join(unescape(words).split())


def _parsed(text: str) -> Any:
    try:
        return json.loads(text.translate(NOT_SENT).strip().strip(";"))
    except (ValueError, RecursionError):
        return None


def _items(value: Any) -> Iterator[dict[str, Any]]:
    """Every record in it that is not part of another, outermost first."""
    waiting = [value]
    for _ in range(MOST_ITEMS):
        if not waiting:
            return
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            yield item
            waiting += [item[name] for name in ("@graph", "mainEntity", "itemListElement") if name in item]


def _is_article(item: dict[str, Any]) -> bool:
    given = item.get("@type")
    kinds = given if isinstance(given, list) else [given]
    return any(isinstance(kind, str) and (kind.endswith("Article") or kind in KINDS) for kind in kinds)
