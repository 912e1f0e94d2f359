import pytest

from sayso.ingest.html.page import html_report
from sayso.terms import Report
from tests.ingest.html.pages import HEADLINE, STORY, linked, page, paragraphs

ARTICLE = f"<article>{HEADLINE}{paragraphs(*STORY)}</article>"


def report(markup: str, url: str | None = None) -> Report:
    found = html_report(markup.encode(), "page.html", url)
    assert isinstance(found, Report), found
    return found


def story(head: str = "", body: str = ARTICLE, attributes: str = 'lang="en"') -> Report:
    return report(page(body, head, attributes))


def test_json_ld() -> None:
    head = linked(
        headline="Sarenna shuts northern crossing &amp; warns rebels",
        datePublished="2031-05-04T09:30:00+02:00",
        dateModified="2031-05-05T10:00:00+02:00",
        author=[{"@type": "Person", "name": "Nadia Ferro"}, {"@type": "Person", "name": "Jo Aske"}],
        publisher={"@type": "Organization", "name": "The Velm Courier"},
        mainEntityOfPage="https://velm.example/news/1",
    )
    found = story(head)
    assert found.title == "Sarenna shuts northern crossing & warns rebels"
    assert found.published == "2031-05-04T09:30:00+02:00"
    assert found.byline == "Nadia Ferro and Jo Aske"
    assert found.outlet == "The Velm Courier"


@pytest.mark.parametrize(
    "script", ["{", "[" * 100_000, '{"@type": ["NewsArticle"], "author": 7, "headline": {}}', "null", ""]
)
def test_broken_json_ld_is_passed_over(script: str) -> None:
    found = story(f'<script type="application/ld+json">{script}</script>')
    assert found.title == "Sarenna closes northern crossing"


def test_meta_tags() -> None:
    found = story(
        '<meta property="og:site_name" content="Velm Courier"><meta property="og:title" content="Crossing shut - Velm '
        'Courier"><meta name="author" content="By Nadia Ferro, Jo Aske and Lea Holm"><meta '
        'property="article:published_time" '
        'content="2031-05-04">'
    )
    assert (found.outlet, found.title) == ("Velm Courier", "Crossing shut")
    assert (found.byline, found.published) == ("Nadia Ferro, Jo Aske and Lea Holm", "2031-05-04")


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ('<meta property="og:site_name" content="Orrin Post">', "Orrin Post"),
        (linked(publisher={"name": "Orrin Post"}), "Orrin Post"),
        ("", "Velm Courier"),
        ("<title>x</title>", "Velm Courier"),
    ],
)
def test_outlet(head: str, outlet: str) -> None:
    assert story(head).outlet == outlet


def test_the_host_is_the_last_resort() -> None:
    bare = f"<html><body>{ARTICLE}</body></html>"
    assert report(bare, "https://www.velm.example/news/1").outlet == "velm.example"
    assert report(bare).outlet is None


@pytest.mark.parametrize(
    ("given", "byline"),
    [
        ("Nadia Ferro", "Nadia Ferro"), ("https://velm.example/author/nf", None), ("admin", None),
        ("Velm Courier", None), ("By: Nadia Ferro", "Nadia Ferro"), ("Reuters", "Reuters"), ("@nadia", None),
    ],
)  # fmt: skip
def test_byline(given: str, byline: str | None) -> None:
    site = '<meta property="og:site_name" content="Velm Courier">'
    assert story(f'{site}<meta name="author" content="{given}">').byline == byline


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ("2031-05-04T09:30:00Z", "2031-05-04T09:30:00+00:00"), ("2031-05-04", "2031-05-04"), ("2031-05", "2031-05"),
        ("2031", "2031"), ("2031-05-04T00:00:00+02:00", "2031-05-04"), ("2031-05-04T00:00:00", "2031-05-04"),
        ("Sun, 04 May 2031 09:30:00 +0000", "2031-05-04T09:30:00+00:00"), ("May 4, 2031", "2031-05-04"),
        ("04/05/2031", None), ("soon", None), ("0000-00-00", None), ("٢٠٣١", None),
    ],
)  # fmt: skip
def test_published_is_no_finer_than_the_page_says(given: str, published: str | None) -> None:
    assert story(f'<meta property="article:published_time" content="{given}">').published == published
    assert story(linked(datePublished=given)).published == published


def test_a_time_element_makes_a_day_finer_but_not_another_day() -> None:
    head = '<meta name="date" content="2031-05-04">'
    clock = '<time datetime="2031-05-0{}T09:30:00+00:00">today</time>'
    assert story(head, clock.format(4) + ARTICLE).published == "2031-05-04T09:30:00+00:00"
    assert story(head, clock.format(5) + ARTICLE).published == "2031-05-04"
    assert story('<meta name="date" content="2031">', clock.format(4) + ARTICLE).published == "2031"


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ('<p class="date">4 May 2021</p>', "2021-05-04"),
        ("<p>May 2021</p>", None),
        ('<footer class="site-footer">© 2021 Velm Courier</footer>', None),
        ('<div class="related"><span class="date">3 January 2019</span><a href="/x">Another story</a></div>', None),
        ('<time datetime="2021-05-04">yesterday</time>', "2021-05-04"),
        ('<time class="updated" datetime="2021-05-06">two days later</time>', None),
    ],
)
def test_published_as_htmldate_finds_it_without_guessing(body: str, published: str | None) -> None:
    assert story(body=ARTICLE + body).published == published


def test_published_from_the_address() -> None:
    assert report(page(ARTICLE), "https://velm.example/2021/05/04/crossing").published == "2021-05-04"


def test_when_a_page_was_changed_is_not_when_it_was_published() -> None:
    assert story('<meta property="article:modified_time" content="2021-05-04T10:00:00Z">').published is None


@pytest.mark.parametrize(
    ("attributes", "language"),
    [
        ('lang="en-GB"', "en-GB"), ("lang=fr_FR", "fr-FR"), ("", None), ('lang=""', None), ('lang="not a tag"', None),
        ('xml:lang="en"', "en"),
    ],
)  # fmt: skip
def test_language(attributes: str, language: str | None) -> None:
    assert story(attributes=attributes).language == language


@pytest.mark.parametrize(
    ("head", "url", "address"),
    [
        (
            '<link rel="canonical" href="https://velm.example/a">',
            "https://m.velm.example/a?utm=1",
            "https://velm.example/a",
        ),
        ('<link rel=canonical href="/a">', "https://velm.example/b?x=1", "https://velm.example/a"),
        ('<link rel=canonical href="/a">', None, None),
        ('<meta property="og:url" content="https://velm.example/a">', None, "https://velm.example/a"),
        ('<link rel=canonical href="https://velm.example/">', "https://velm.example/b", "https://velm.example/b"),
        ('<link rel=canonical href="javascript:x">', "https://velm.example/b", "https://velm.example/b"),
        ('<link rel=canonical href="http://[::1">', "https://velm.example/b", "https://velm.example/b"),
        ("", None, None),
    ],
)
def test_address(head: str, url: str | None, address: str | None) -> None:
    assert report(page(ARTICLE, head), url).url == address


def test_a_saved_page_says_where_it_was_saved_from() -> None:
    saved = page(ARTICLE).replace("<html", "<!-- saved from url=(0026)https://velm.example/a/b -->\n<html", 1)
    assert report(saved).url == "https://velm.example/a/b"
