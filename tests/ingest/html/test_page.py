import hashlib
import logging
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.ingest.html.page import html_report
from sayso.ingest.records import LARGEST
from sayso.terms import Report, Skipped
from tests.ingest.html.pages import (
    COMMENTS,
    COOKIES,
    FOOTER,
    HEADLINE,
    LEDE,
    NAVIGATION,
    PAGES,
    RELATED,
    STORY,
    Page,
    linked,
    page,
    paragraphs,
)

ARTICLE = f"<article>{HEADLINE}{paragraphs(*STORY)}</article>"


def report(markup: str | bytes, url: str | None = None, charset: str | None = None) -> Report:
    data = markup.encode() if isinstance(markup, str) else markup
    found = html_report(data, "page.html", url, charset)
    assert isinstance(found, Report), found
    return found


def reason(markup: str | bytes) -> str:
    found = html_report(markup.encode() if isinstance(markup, str) else markup, "page.html")
    assert isinstance(found, Skipped), found.text
    assert found.where == "page.html"
    return found.reason


def story(head: str = "", body: str = ARTICLE, attributes: str = 'lang="en"') -> Report:
    return report(page(body, head, attributes))


@pytest.mark.parametrize("given", PAGES, ids=lambda page: page.name)
def test_the_article_alone_and_all_of_it(given: Page) -> None:
    assert report(given.markup).text == "\n\n".join(given.article)


@pytest.mark.parametrize("given", PAGES, ids=lambda page: page.name)
def test_spaces_between_tags_change_nothing(given: Page) -> None:
    if "<pre>" not in given.markup:
        spaced = given.markup.replace("<p", "\n\t <p").replace("</p>", "</p> \n").replace("<div", "\n\n<div")
        assert report(spaced).text == "\n\n".join(given.article)


def test_where_it_came_from() -> None:
    from trafilatura import __version__

    data = page(ARTICLE).encode()
    found = report(data)
    assert found.extractor == f"trafilatura {__version__}"
    assert found.raw_sha256 == hashlib.sha256(data).hexdigest()


# Encodings

SPECIAL = (
    "The café owner Zoë Müller said: “It’s over – we leave.” She had been in Velm for twelve years, and would not be "
    "back."
)
ACCENTS = f"<article>{HEADLINE}{paragraphs(SPECIAL, *STORY)}</article>"


def encoded(encoding: str, declared: str) -> bytes:
    return page(ACCENTS).replace('<meta charset="utf-8">', declared).encode(encoding)


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (encoded("utf-8", '<meta charset="utf-8">'), None),
        (encoded("utf-8-sig", ""), None),
        (encoded("utf-16", ""), None),
        (encoded("utf-8", ""), None),
        (encoded("utf-8", '<meta charset="iso-8859-1">'), None),
        (encoded("utf-8", '<meta charset="utf-8">'), "windows-1252"),
        (encoded("windows-1252", '<meta charset="windows-1252">'), None),
        (encoded("windows-1252", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'), None),
        (encoded("windows-1252", '<meta charset="utf-8">'), None),
        (encoded("windows-1252", ""), "ISO-8859-1"),
        (encoded("windows-1252", ""), "no-such-charset"),
        (encoded("windows-1252", '<meta charset="utf-7">'), "unicode_escape"),
        (encoded("windows-1252", '<meta charset="koi8-r">'), "windows-1252"),
    ],
)
def test_encodings(data: bytes, charset: str | None) -> None:
    assert report(data, charset=charset).text == "\n\n".join((SPECIAL, *STORY))


def test_the_declared_encoding_counts_where_the_bytes_fit_it() -> None:
    russian = "Министр внутренних дел заявил, что дорога закрыта, и что погибли двенадцать человек."
    data = (
        page(f"<article>{paragraphs(russian, russian + ' Так.')}</article>").replace("utf-8", "koi8-r").encode("koi8-r")
    )
    assert report(data).text.startswith(russian)
    prologue = b'<?xml version="1.0" encoding="koi8-r"?>' + data.replace(b'<meta charset="koi8-r">', b"")
    assert report(prologue).text.startswith(russian)


# Pages without an article


LOGIN = "<p>Subscribe to continue reading this story. Already a subscriber? Log in.</p>"


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("", "is empty"),
        (" \n\t", "is empty"),
        ("<html><head></head><body></body></html>", "holds no article"),
        (page(NAVIGATION + FOOTER.replace("<p>", "<span>").replace("</p>", "</span>")), "holds no article"),
        (page(f"{NAVIGATION}<article>{HEADLINE}<p>{LEDE}</p><div>{LOGIN}</div></article>"), "for subscribers"),
        (page(f"<article>{HEADLINE}<p>{LEDE}</p></article>", linked(isAccessibleForFree=False)), "for subscribers"),
        (page(COOKIES), "about cookies"),
        (
            page(
                "<div class=x><h2>Your privacy</h2><p>We and our 842 partners store and use cookies on your "
                "device.</p><p>You may "
                "give or refuse your consent, or change your cookie settings.</p><button>Accept all</button></div>"
            ).replace("<div class=x>", "<div class=cookie-wall>"),
            "about cookies",
        ),
        (page("<h1>Just a moment...</h1><p>Checking your browser before you go on.</p>"), "for robots"),
        (page("<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"), "for robots"),
        (
            page("<h1>Page not found</h1><p>Sorry, the page that you looked for is no longer here.</p>").replace(
                "Sarenna closes northern crossing", "404"
            ),
            "not found",
        ),
        (
            page(
                NAVIGATION
                + "".join(
                    f"<div class=card><h3><a href='/{n}'>Council of Orrin votes on bridge number {n}</a></h3><p>The "
                    "council met "
                    "again on Monday, members said.</p></div>"
                    for n in range(12)
                )
            ),
            "list of links",
        ),
        ("\x89PNG\r\n\x1a\n" + "\0" * 100, "not text"),
        ("%PDF-1.7", "not text"),
    ],
)  # fmt: skip
def test_pages_without_an_article_are_skipped_with_a_way_out(markup: str, why: str) -> None:
    given = reason(markup.encode("latin-1", "replace") if markup.startswith(("\x89", "%")) else markup)
    assert why in given
    assert given.startswith(("is ", "holds ", "shows "))
    assert given == "is empty" or ": " in given


def test_a_flash_is_read_where_the_site_asks_for_subscribers_elsewhere() -> None:
    head = "<header><a href='/login'>Already a subscriber? Log in</a></header>"
    assert report(page(f"{head}<article>{HEADLINE}<p>{LEDE}</p></article>")).text == LEDE


@pytest.mark.parametrize(
    ("title", "more"),
    [
        ("404 families flee Velm", ""),
        ("Missing ferry not found", ""),
        ("Crossing closed", "<noscript>Please enable JavaScript to see the comments.</noscript>"),
        ("Minister: cookies of the mayor were not poisoned", "<p>He ate two cookies.</p>"),
    ],
)
def test_a_flash_that_only_sounds_like_something_else_is_read(title: str, more: str) -> None:
    assert report(page(f"<article><h1>{title}</h1><p>{LEDE}</p>{more}</article>")).text.startswith(LEDE)


def test_a_short_article_among_many_links_is_no_list() -> None:
    links = "".join(f"<h3><a href='/{n}'>Council of Orrin votes on bridge {n}</a></h3>" for n in range(12))
    assert report(page(f"{HEADLINE}<p>{LEDE}</p>{links}")).text == LEDE


def test_an_archive_of_whole_articles_is_a_list() -> None:
    posts = "".join(
        f"<article class=post><h2 class=entry-title><a href='/{n}'>Council votes</a></h2>{paragraphs(*STORY)}</article>"
        for n in range(4)
    )
    assert "list of links" in reason(page(f"<main>{posts}</main>"))


@pytest.mark.parametrize("box", ["aside", "dialog", "figure", "details", "div hidden"])
def test_an_article_in_an_odd_box_is_read(box: str) -> None:
    markup = page(f"<{box}>{paragraphs(*STORY)}</{box.split()[0]}>")
    assert report(markup).text == "\n\n".join(STORY)


def test_comments_alone_are_no_article() -> None:
    assert "holds no article" in reason(page(f"<h1>Video</h1>{COMMENTS * 8}"))


def test_a_long_article_with_a_subscription_box_is_read() -> None:
    markup = page(f"<article>{HEADLINE}{paragraphs(*STORY)}<div class='subscribe-box'>{LOGIN}</div></article>")
    assert report(markup).text == "\n\n".join(STORY)


def test_an_article_that_scripts_would_show_is_read_from_its_data() -> None:
    body = "\n".join(STORY)
    assert story(linked(articleBody=body), "<div id=app></div>").text == "\n\n".join(STORY)
    marked = "".join(f"<p>{text}</p>" for text in STORY)
    assert story(linked(articleBody=marked), "<div id=app></div>").text == "\n\n".join(STORY)


def test_an_article_that_is_there_is_not_replaced_by_its_data() -> None:
    assert story(linked(articleBody=" ".join(STORY))).text == "\n\n".join(STORY)


# Limits, and messy markup


def test_pages_that_are_too_large_are_skipped() -> None:
    assert "larger than 16 MiB" in reason(b"<p>" + b"a" * LARGEST)


def test_five_megabytes_of_nested_boxes() -> None:
    boxes = 450_000
    assert "nested too deeply" in reason(page("<div>" * boxes + paragraphs(*STORY) + "</div>" * boxes))


def test_deep_but_sane() -> None:
    assert report(page("<div>" * 400 + paragraphs(*STORY) + "</div>" * 400)).text == "\n\n".join(STORY)


def test_too_many_elements() -> None:
    assert "elements" in reason(page("<br>" * 70_000 + paragraphs(*STORY)))


def test_unclosed_tags() -> None:
    unclosed = "".join(f"<p><b><font size=2>{text}" for text in STORY)
    assert report(page(f"<article>{unclosed}")).text == "\n\n".join(STORY)


def test_control_characters_and_invisible_letters() -> None:
    noisy = LEDE.replace("government", "gov\u00adern\u200bment").replace("Sunday", "Sun\x01day")
    assert report(page(f"<article>{paragraphs(noisy, *STORY[1:])}</article>")).text == "\n\n".join(STORY)


def test_rare_letters_that_look_like_our_marks_stay() -> None:
    rare = LEDE.replace("Velm", "Velm\U000e0100\U000e0101\U000e0101\U000e0102")
    assert report(page(f"<article>{paragraphs(rare, *STORY[1:])}</article>")).text == "\n\n".join((rare, *STORY[1:]))


def test_nothing_is_written_on_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    html_report(b"<html><body></body></html>", "x")
    html_report(b"", "x")
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("trafilatura").level == logging.NOTSET


TAGS = [
    "<p>", "</p>", "<div class=related>", "</div>", "<blockquote>", "<q>", "</q>", "<table><tr><td>", "<br>", "<li>",
    "<a href=x>", "<script>", "</script>", "<!--", "-->", "<article>", "</article>", "<h1>", "&amp", "&#0;", "<pre>",
    "\n\n", "<aside>", "<time datetime=2031-05-04>", "<html lang=x>", "<base href='http://[']>", "<![CDATA[",
    "<form>",    "<figcaption>", "<svg>", "<link rel=canonical href='http://[x'>", "<meta charset=utf-16>", "<title>",
    "<h2><a href=/y>",
    "<meta property=og:url content='//[']>",
    "<script type='application/ld+json'>{\"@type\": \"Article\", \"author\": [",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*TAGS, *STORY]), max_size=40), st.sampled_from(["utf-8", "utf-16", "windows-1252"]))
def test_any_soup_of_tags_gives_a_report_or_a_reason(parts: list[str], encoding: str) -> None:
    found = html_report("".join(parts).encode(encoding, "replace"), "x", "https://velm.example/a")
    assert found.text.strip() == found.text != "" if isinstance(found, Report) else found.reason


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "windows-1252", "utf-16", "shift_jis"]))
def test_any_bytes_give_a_report_or_a_reason(data: bytes, charset: str | None) -> None:
    assert html_report(data, "x", None, charset)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([page for page in PAGES if "<table><thead>" not in page.markup]), st.data())
def test_a_page_cut_off_anywhere_gives_nothing_but_parts_of_its_article(given: Page, data: st.DataObject) -> None:
    found = html_report(given.markup[: data.draw(st.integers(0, len(given.markup)))].encode(), "x")
    if isinstance(found, Report):
        *whole, _ = found.text.split("\n\n")
        assert set(whole) <= set(given.article)


def test_the_same_page_gives_the_same_report() -> None:
    markup = PAGES[0].markup
    assert report(markup) == report(markup) == replace(report(markup))


def test_comments_and_related_links_stay_out() -> None:
    assert report(page(ARTICLE + RELATED + COMMENTS)).text == "\n\n".join(STORY)
