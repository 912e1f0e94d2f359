"""Web pages → reports: the article's text with its quotations, and what the page says of it."""

import hashlib

from sayso.errors import InputError
from sayso.ingest.html.article import QUOTED, Page, article_of, is_sentence
from sayso.ingest.html.facts import Facts, facts_of
from sayso.ingest.html.linked import Linked, linked_in
from sayso.ingest.html.marks import kept_by_trafilatura
from sayso.ingest.html.runs import Run, runs_in
from sayso.ingest.html.tree import Element, markup_of, tree_of, with_quotation_marks
from sayso.ingest.html.walls import FEWEST, STUB, size, why_no_article
from sayso.ingest.records import LARGEST, refuse_large
from sayso.terms import Report, Skipped

MUCH_MORE, FEW = 2, 150


def html_report(data: bytes, where: str, url: str | None = None, charset: str | None = None) -> Report | Skipped:
    """The report on a page; ``where`` names it for a person.

    ``url`` is where the page was fetched, ``charset`` the encoding that the server said it is in. The text is that of
    the article alone, a blank line between paragraphs, the cells of a row of figures parted by tabs.
    """
    try:
        if len(data) > LARGEST:
            raise InputError(f"is larger than {LARGEST // 2**20} MiB: save the article's text by itself")
        return _report(data, url, charset)
    except InputError as error:
        return Skipped(where, str(error))


def _report(data: bytes, url: str | None, charset: str | None) -> Report:
    from trafilatura import __version__

    markup = markup_of(data, charset)
    tree = tree_of(markup)
    linked = linked_in(tree)
    facts = facts_of(tree, markup, url, linked)
    text = _text(tree, facts, linked)
    refuse_large(text)
    return Report(
        text,
        outlet=facts.outlet,
        title=facts.title,
        url=facts.url,
        published=facts.published,
        language=facts.language,
        byline=facts.byline,
        raw_sha256=hashlib.sha256(data).hexdigest(),
        extractor=f"trafilatura {__version__}",
    )


def _text(tree: Element, facts: Facts, linked: Linked) -> str:
    """The article's text; InputError if the page holds none."""
    with_quotation_marks(tree)
    runs = runs_in(tree)
    article = _article(tree, runs, facts)
    text, hidden = joined(article), linked.body
    if size(text) < FEW and size(hidden) > max(FEWEST, MUCH_MORE * size(text)):
        return hidden
    if (reason := why_no_article(tree, runs, article, linked)) is not None:
        raise InputError(reason)
    return text


def _article(tree: Element, runs: list[Run], facts: Facts) -> list[Run]:
    kept = kept_by_trafilatura(tree, runs) or _sentences(runs)
    if not kept:
        return []
    titles = {heading.text_content() for heading in tree.iter("h1")} | {facts.title or ""}
    return article_of(Page(tree, runs, kept), titles)


def _sentences(runs: list[Run]) -> set[int]:
    """The numbers of all runs that read like news, if they are enough for an article that trafilatura did not find."""
    found = {
        number for number, run in enumerate(runs) if is_sentence(run) and run.heading is None and _may_be_news(run)
    }
    return found if sum(size(runs[number].text) for number in found) >= STUB else set()


def _may_be_news(run: Run) -> bool:
    return all(kind in ("aside", "hidden", *QUOTED) for _, kind in run.kinds)


def joined(runs: list[Run]) -> str:
    """The text of the runs: rows of one table on a line each, all else with a blank line between."""
    parts: list[str] = []
    table = None
    for run in runs:
        if parts:
            parts.append("\n" if run.table is not None and run.table is table else "\n\n")
        parts.append(run.text)
        table = run.table
    return "".join(parts)
