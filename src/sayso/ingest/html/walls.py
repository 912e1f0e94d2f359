"""Why a page holds no article: what it shows instead, and what to do about it."""

import re

from sayso.ingest.html.linked import Linked
from sayso.ingest.html.runs import Run
from sayso.ingest.html.tree import Element

LOOKED_AT = 400
FEWEST, FEW, STUB, SHORT_PAGE = 5, 60, 100, 200
LEAST_LINKS, WORDS_A_LINK, WORDS_A_HEADLINE = 5, 40, 4
HEADING_WITHIN, WALL_WITHIN, LEAST_ALIKE = 4, 8, 3
LETTERS_A_WORD, WORDS_A_MENTION = 8, 20

SUBSCRIBERS = re.compile(
    r"(?i)\b(?:subscribe|sign (?:in|up)|log ?in|register|upgrade|join)\b.{0,40}\bto "
    r"(?:continue|keep|read|unlock|access|view)\b"
    r"|\bto (?:continue|keep) reading\b|\balready (?:a|have a) (?:subscriber|member|subscription)"
    r"|\bsubscribers? only\b|\bfor (?:our )?subscribers\b|\bcreate a free account\b"
    r"|\bunlock (?:this|the full) (?:article|story)\b"
    r"|\b(?:article|content|story) is (?:exclusive|reserved|only|available) (?:for|to)\b"
)
COOKIES = re.compile(
    r"(?i)\bcookies?\b|\bconsent\b|\bprivacy (?:policy|settings)\b|\bpersonali[sz]ed ads\b|\bour partners\b"
)
ROBOTS = re.compile(
    r"(?i)verify (?:that )?you are (?:a )?human|checking (?:if the site connection|your browser)|are you a robot"
    r"|captcha|unusual (?:traffic|activity)|access denied|request blocked|enable javascript|needs? javascript"
    r"|without javascript|javascript is (?:disabled|required|not available)"
)
ERROR = re.compile(
    r"(?i)^\W*(?:404|not found)\W*$|\berror 404\b|\b404(?: error\b| not found\b| page\b| *[-|–—:])"
    r"|\bpage (?:was |can ?)?not (?:be )?found\b|\bpage (?:does not|doesn.t|no longer) exists?\b"
    r"|\bpage is no longer available\b|\b(?:internal server error|bad gateway|service unavailable)\b"
)

IN_BROWSER = "open it in a browser and save the page from there"
FOR_SUBSCRIBERS = f"shows only the beginning of its article, the rest is for subscribers: log in, {IN_BROWSER}"
ASKS_FOR_COOKIES = f"shows only a question about cookies: {IN_BROWSER}, once you have answered it"
CHECKS = f"shows only a check for robots, or nothing without its scripts: {IN_BROWSER}"
IS_AN_ERROR = "is a page that says that something was not found or went wrong: check the address"
IS_A_LIST = "is a list of links, not an article: name the pages that it links to"
HAS_NOTHING = f"holds no article that can be told from the rest of the page: {IN_BROWSER}, or save the article as text"


def why_no_article(tree: Element, runs: list[Run], article: list[Run], linked: Linked) -> str | None:
    """Why the page holds no article, None if ``article`` is one."""
    words = sum(size(run.text) for run in article if run.heading is None)
    if article and words < STUB and (linked.is_for_subscribers or _asks_to_subscribe(runs, article)):
        return FOR_SUBSCRIBERS
    if words < SHORT_PAGE and asks_for_cookies(article or runs):
        return ASKS_FOR_COOKIES
    if article and is_list(runs, article, words):
        return IS_A_LIST
    if words >= FEW:
        return None
    return _shown_instead(tree, runs, words)


def _asks_to_subscribe(runs: list[Run], article: list[Run]) -> bool:
    """Whether a box in the article or right after it does; those elsewhere are on every page of a site."""
    first, last = (runs.index(article[place]) for place in (0, -1))
    return any(SUBSCRIBERS.search(run.text) for run in runs[first : last + WALL_WITHIN])


def _shown_instead(tree: Element, runs: list[Run], words: int) -> str | None:
    headings = (run.text for run in runs if run.heading is not None)
    if any(ERROR.search(title[:LOOKED_AT]) for title in (tree.findtext(".//head/title") or "", *headings)):
        return IS_AN_ERROR
    shown = " ".join(run.text for run in runs)
    if words < FEWEST:
        shown += _unscripted(tree)
    if size(shown) < SHORT_PAGE and ROBOTS.search(shown):
        return CHECKS
    return HAS_NOTHING if words < FEWEST else None


def asks_for_cookies(runs: list[Run]) -> bool:
    """Whether the text is about the reader's consent to cookies, and about nothing else."""
    text = " ".join(run.text for run in runs)
    asked = len(COOKIES.findall(text))
    return asked > 1 and asked * WORDS_A_MENTION > len(text.split())


def size(text: str) -> int:
    """How many words the text has; for one that is written without spaces, about as many as it would have."""
    return max(len(text.split()), len(text) // LETTERS_A_WORD)


def is_list(runs: list[Run], article: list[Run], words: int) -> bool:
    """Whether the page leads to articles rather than being one: links outweigh the text, or head it and its like."""
    first, last = (runs.index(article[place]) for place in (0, -1))
    headlines = sum(run.is_linked and size(run.text) >= WORDS_A_HEADLINE for run in runs[first : last + 1])
    if headlines >= LEAST_LINKS and words < WORDS_A_LINK * headlines:
        return True
    above = next(
        (run for run in reversed(runs[max(0, first - HEADING_WITHIN) : first]) if run.heading is not None), None
    )
    return above is not None and above.is_linked and sum(_alike(above, run) for run in runs) >= LEAST_ALIKE


def _alike(one: Run, other: Run) -> bool:
    """Whether both are linked headings of one kind."""
    if one.heading is None or other.heading is None or not other.is_linked:
        return False
    return (one.heading.tag, one.heading.get("class")) == (other.heading.tag, other.heading.get("class"))


def _unscripted(tree: Element) -> str:
    return " ".join(element.text_content() for element in tree.iter("noscript"))[:LOOKED_AT]
