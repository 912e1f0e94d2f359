"""Why a page holds no article: what it shows instead, and what to do about it."""

import re

from sayso.ingest.html_linked import Linked
from sayso.ingest.html_runs import Run
from sayso.ingest.html_tree import Element

LOOKED_AT = 400
FEW, STUB, SHORT_PAGE = 60, 100, 200
LEAST_LINKS, WORDS_A_LINK, WORDS_A_HEADLINE = 5, 40, 4

SUBSCRIBERS = re.compile(
    r"(?i)\b(?:subscribe|sign (?:in|up)|log ?in|register|upgrade|join)\b.{0,40}\bto (?:continue|keep|read|unlock|access|view)\b"
    r"|\bto (?:continue|keep) reading\b|\balready (?:a|have a) (?:subscriber|member|subscription)|\bsubscribers? only\b"
    r"|\bfor (?:our )?subscribers\b|\bcreate a free account\b|\bunlock (?:this|the full) (?:article|story)\b"
    r"|\b(?:article|content|story) is (?:exclusive|reserved|only|available) (?:for|to)\b"
)
COOKIES = re.compile(
    r"(?i)\bcookies?\b|\bconsent\b|\bprivacy (?:policy|settings)\b|\bpersonali[sz]ed ads\b|\bour partners\b"
)
ROBOTS = re.compile(
    r"(?i)verify (?:that )?you are (?:a )?human|checking (?:if the site connection|your browser)|are you a robot|captcha|"
    r"unusual (?:traffic|activity)|access denied|enable javascript|javascript is (?:disabled|required|not available)|"
    r"needs? javascript|without javascript|request blocked"
)
ERROR = re.compile(
    r"(?i)\b(?:404|page (?:was )?not (?:be )?found|not found|no longer (?:available|exists?)|page (?:does not|doesn.t) exist|"
    r"internal server error|bad gateway|service unavailable)\b"
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
    words = sum(len(run.text.split()) for run in article if run.heading is None)
    if words < STUB and (linked.is_for_subscribers or any(SUBSCRIBERS.search(run.text) for run in runs)):
        return FOR_SUBSCRIBERS
    if is_list(runs, words):
        return IS_A_LIST
    if words >= FEW:
        return None
    return _shown_instead(tree, runs, words)


def _shown_instead(tree: Element, runs: list[Run], words: int) -> str | None:
    shown = " ".join(run.text for run in runs)
    title = tree.findtext(".//head/title") or ""
    headings = " ".join(run.text for run in runs if run.heading is not None)
    if ERROR.search(f"{title[:LOOKED_AT]} {headings[:LOOKED_AT]}"):
        return IS_AN_ERROR
    if len(shown.split()) < SHORT_PAGE and ROBOTS.search(f"{shown} {_unscripted(tree)}"):
        return CHECKS
    if len(COOKIES.findall(shown)) > 1 and words == 0:
        return ASKS_FOR_COOKIES
    return HAS_NOTHING if words == 0 else None


def is_list(runs: list[Run], words: int) -> bool:
    """Whether links to articles outweigh the text."""
    headlines = sum(run.is_linked and len(run.text.split()) >= WORDS_A_HEADLINE for run in runs)
    return headlines >= LEAST_LINKS and words < WORDS_A_LINK * headlines


def _unscripted(tree: Element) -> str:
    return " ".join(element.text_content() for element in tree.iter("noscript"))[:LOOKED_AT]
