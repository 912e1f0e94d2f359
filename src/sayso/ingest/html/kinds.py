"""What a box of a page looks like, by its tag and by the names that its makers gave it."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from sayso.ingest.html.tree import Element

Kind = Literal["quotation", "pull", "lead", "aside", "foot", "caption", "byline", "hidden", "extra"]

QUOTATIONS = frozenset({"blockquote", "bluesky", "mastodon", "quotation", "quote", "quotes", "toot", "tweet", "tweets"})
PULLS = frozenset({"pullquote", "pullquotes", "pull"})
EMBEDS = frozenset({"embed", "embedded", "embeds"})
NAMED: dict[Kind, frozenset[str]] = {
    "caption": frozenset({"caption", "captions", "figcaption"}),
    "byline": frozenset(
        {
            "author",
            "authors",
            "bio",
            "byline",
            "bylines",
            "entrymeta",
            "postedon",
            "postmeta",
            "pubdate",
            "timestamp",
        }
    ),
    "lead": frozenset({"dek", "lede", "standfirst", "subheadline"}),
}
EXTRAS = frozenset({
    "ad", "ads", "advert", "advertisement", "advertisements", "adsbygoogle", "adverts", "breadcrumb", "breadcrumbs",
    "comment", "comments", "consent", "cookie", "cookies", "disqus", "donate", "footer", "gdpr", "login",
    "menu", "modal", "morefrom", "nav", "navbar", "navigation", "newsletter", "newsletters", "outbrain", "paywall",
    "popular", "popup", "promo", "promobox", "promos", "promotion", "readmore", "readnext", "recirc", "recommendations",
    "recommended", "related", "relatedlinks", "register", "respond", "share", "sharebar", "sharedaddy", "sharing",
    "sidebar", "signin", "signup", "social", "sponsor", "sponsored", "subscribe", "subscription", "taboola", "toolbar",
    "trending",
})  # fmt: skip
LAYOUT = frozenset({
    "card", "cards", "col", "cols", "column", "columns", "container", "grid", "inner", "item", "outer", "row", "teaser",
    "wrap", "wrapper",
})  # fmt: skip
UNSEEN = frozenset({
    "d-none", "hidden", "noprint", "screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden",
})  # fmt: skip
NAMING = ("class", "id", "data-testid", "data-component")
ROLES = frozenset({"banner", "complementary", "contentinfo", "dialog", "form", "menu", "navigation", "search"})
TAGS: dict[str, Kind] = {
    "aside": "aside", "blockquote": "quotation", "dialog": "extra", "footer": "foot", "form": "extra", "menu": "extra",
    "nav": "extra",
}  # fmt: skip
NOT_SHOWN = re.compile(r"(?i)(?:display *: *none|visibility *: *hidden)")
TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
HOLDERS = frozenset({"article", "body", "html", "main"})


def kind_of(box: Element) -> Kind | None:
    """What the box is, None for one like any other."""
    if is_hidden(box):
        return "hidden"
    if box.tag == "figcaption":
        return "quotation" if box.getparent().find("blockquote") is not None else "caption"
    if box.tag in HOLDERS:
        return "extra" if (box.get("class") or "").startswith("comment") else None
    named = _named(" ".join(box.get(name) or "" for name in NAMING))
    if box.tag == "blockquote":
        return "pull" if named == "pull" else "quotation"
    if (box.get("role") or "").lower() in ROLES:
        return "extra"
    return named or TAGS.get(box.tag)


def is_hidden(box: Element) -> bool:
    """Whether it is not shown to those who see the page."""
    if "hidden" in box.attrib or (box.get("aria-hidden") or "").lower() == "true":
        return True
    style, names = box.get("style"), box.get("class")
    return bool(style and NOT_SHOWN.search(style)) or bool(names and not UNSEEN.isdisjoint(names.lower().split()))


@lru_cache(maxsize=4096)
def _named(names: str) -> Kind | None:
    """What the names given to a box say that it is; what is quoted counts before what is extra."""
    words = [token.lower() for token in TOKEN.findall(names)]
    tokens = {*words, *(one + other for one, other in pairwise(words))}
    if not tokens.isdisjoint(PULLS):
        return "pull"
    if not tokens.isdisjoint(QUOTATIONS):
        return "quotation"
    if not tokens.isdisjoint(EXTRAS) and tokens.isdisjoint(EMBEDS):
        return "extra"
    return next((kind for kind, known in NAMED.items() if not tokens.isdisjoint(known)), None)


def is_layout(name: str) -> bool:
    """Whether a box's name says only where the box is put."""
    return any(token.lower() in LAYOUT for token in TOKEN.findall(name))
