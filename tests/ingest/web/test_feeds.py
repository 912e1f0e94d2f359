import socket
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest.markup import plain
from sayso.ingest.web.feeds import Entry, feed_entries, looks_like_feed

URL = "https://post.example/feeds/world.xml"
RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Orrin Post – World</title><link>https://post.example/</link>{items}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://post.example/atom/"><title type="html">Orrin
&lt;b&gt;Post&lt;/b&gt;</title><id>urn:feed</id>{entries}</feed>"""


def rss(items: str, encoding: str = "utf-8") -> bytes:
    return RSS.format(items=items, encoding=encoding).encode(encoding)


def item(inside: str) -> Entry:
    (entry,) = feed_entries(rss(f"<item>{inside}</item>"), URL).entries
    return entry


def test_an_rss_item_gives_what_it_says() -> None:
    found = feed_entries(
        rss(
            "<item><title>Ferry &amp; rail &lt;i&gt;reopen&lt;/i&gt;</title><link>https://post.example/ferry</link>"
            "<guid isPermaLink='false'>post-17</guid><dc:creator>Ilse Maran</dc:creator>"
            "<pubDate>Sun, 04 May 2031 09:30:00 +0200</pubDate>"
            "<description>A line &lt;b&gt;opens&lt;/b&gt;.</description>"
            "<content:encoded><![CDATA[<p onclick='x()'>“It opens,” she said.</p>]]></content:encoded></item>"
        ),
        URL,
    )
    assert (found.title, found.note) == ("Orrin Post – World", None)
    assert found.entries == (
        Entry(
            "post-17", "https://post.example/ferry", "Ferry & rail reopen", "Ilse Maran", "2031-05-04T09:30:00+02:00",
            "A line <b>opens</b>.", "<p onclick='x()'>“It opens,” she said.</p>",
        ),
    )  # fmt: skip


def test_an_atom_entry_gives_what_it_says() -> None:
    found = feed_entries(
        ATOM.format(
            entries="<entry><id>tag:1</id><title>One</title><link href='../one'/>"
            "<author><name>Ilse Maran</name></author>"
            "<author><name>Tor Oden</name></author><updated>2031-05-04T09:30:00Z</updated>"
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>It <em>opens</em>.</p></div></content>"
            "</entry><entry><title>Two</title><content>Plain &amp;\n\nsimple &lt;</content></entry>"
        ).encode(),
        URL,
    )
    one, two = found.entries
    assert (found.title, one.id, one.link) == ("Orrin Post", "tag:1", "https://post.example/one")
    assert (one.author, one.published) == ("Ilse Maran, Tor Oden", "2031-05-04T09:30:00+00:00")
    assert plain(one.content or "") == "It opens."
    assert plain(two.content or "") == "Plain &\n\nsimple <"
    assert (two.link, two.published, len(two.id)) == (None, None, 64)


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("Sun, 04 May 2031 09:30:00 GMT", "2031-05-04T09:30:00+00:00"),
        ("Sun, 04 May 2031 09:30:00 EST", "2031-05-04T09:30:00-05:00"),
        ("4 May 2031", "2031-05-04"),
        ("2031-05-04", "2031-05-04"),
        ("2031-05", "2031-05"),
        ("2031-05-04T09:30:00.123+05:30", "2031-05-04T09:30:00+05:30"),
        ("May 4, 2031", "2031-05-04"),
        ("Sun, May 04 2031 09:30:00 GMT", "2031-05-04T09:30:00+00:00"),
        ("Sun, May 04 2031", "2031-05-04"),
        ("yesterday", None),
        ("0000-00-00", None),
        ("99999999999999999999", None),
    ],
)
def test_dates_are_no_finer_than_written(written: str, published: str | None) -> None:
    assert item(f"<title>x</title><pubDate>{written}</pubDate>").published == published


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("/a", "https://post.example/a"),
        ("b?c=1&amp;d=2", "https://post.example/feeds/b?c=1&d=2"),
        ("//other.example/a", "https://other.example/a"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_links_are_made_whole_or_left_out(written: str, link: str | None) -> None:
    assert item(f"<title>x</title><link>{written}</link>").link == link


def test_an_id_is_the_entrys_own_its_link_or_a_hash() -> None:
    assert item("<guid>/a</guid>").id == "/a"
    assert item("<link>/a</link>").id == "/a"
    assert item("<title>x</title>").id == item("<title>x</title>").id != item("<title>y</title>").id
    assert len(item(f"<guid>{'x' * 501}</guid>").id) == 64


def test_an_entry_that_comes_twice_or_says_nothing_counts_once_or_not() -> None:
    found = feed_entries(rss("<item><guid>1</guid></item>" * 2 + "<item/>"), URL)
    assert [entry.id for entry in found.entries] == ["1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252", "iso-8859-1", "windows-1251"])
def test_encodings_are_told(encoding: str) -> None:
    title = "Сарена" if encoding == "windows-1251" else "Café"
    assert feed_entries(RSS.format(items=f"<item><title>{title}</title></item>", encoding=encoding)
                        .replace("–", "-").encode(encoding), URL).entries[0].title == title  # fmt: skip


def test_an_encoding_that_is_not_the_one_declared_is_told() -> None:
    data = rss("<item><title>Café</title></item>").replace(b"utf-8", b"us-ascii")
    assert feed_entries(data, URL).entries[0].title == "Café"


@pytest.mark.parametrize("front", [b"\n \t", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"<!-- made by hand -->"])
def test_what_stands_before_the_feed_does_no_harm(front: bytes) -> None:
    found = feed_entries(front + rss("<item><title>x</title></item>"), URL)
    assert ([entry.title for entry in found.entries], found.note) == (["x"], None)


def test_a_broken_feed_gives_what_can_be_read_and_a_note() -> None:
    whole = rss("<item><title>one</title><link>/1</link></item><item><title>two</title><link>/2</link></item>")
    found = feed_entries(whole[:-40], URL)
    assert found.entries[0].title == "one"
    assert (found.note or "").startswith("is broken (")
    assert "entries that could be read were taken" in (found.note or "")


def test_entities_of_html_and_control_letters_break_nothing() -> None:
    found = feed_entries(rss("<item><title>caf&eacute;&nbsp;x\x08</title><link>/1?a=1&amp;b=2</link></item>"), URL)
    assert (found.entries[0].title, found.entries[0].link) == ("café x", "https://post.example/1?a=1&b=2")
    assert found.note is None


@pytest.mark.parametrize(
    "data",
    [b"", b" ", b"\x89PNG\r\n", b"%PDF-1.4", b"<!doctype html><html><body><p>News</p></body></html>", b"plain words",
     b"{}", b"<urlset><url><loc>x</loc></url></urlset>", bytes(50), b"<" * 1000,
     b"<!-- x -->" * 10_000 + RSS.encode(), b"\n<!DOCTYPE" * 100_000],
)  # fmt: skip
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="is no feed: give the address"):
        feed_entries(data, URL)
    assert not looks_like_feed(data)


def test_too_large_a_feed_is_refused() -> None:
    with pytest.raises(InputError, match="more than 8 MiB"):
        feed_entries(rss("x" * 9_000_000), URL)


def test_entities_that_multiply_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: Any, **__: Any) -> None:
        raise AssertionError("the parser opened a connection")

    monkeypatch.setattr(socket, "create_connection", no_network)
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    outside = '<!ENTITY out SYSTEM "http://inner.example/secret"><!ENTITY file SYSTEM "file:///etc/passwd">'
    head = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}{outside}]>'
    begun = time.process_time()
    for front in (head, "\n" + head.replace("<!E", "\n<!E")):
        data = (front + rss("<item><title>&l9;&out;&file;x</title></item>").decode().partition("?>")[2]).encode()
        title = feed_entries(data, URL).entries[0].title or ""
        assert len(title) < 1000
        assert "root:" not in title
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("middle", ["<b>", "<item>", "&", "<!--", "<![CDATA[", "<a ", "'\"<", "]]>", "\n"])
def test_hostile_feeds_take_no_long_time(middle: str) -> None:
    begun = time.process_time()
    for inside in (f"<item><title>{middle * 5000}", middle * 5000):
        feed_entries(rss(inside), URL)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (rss(""), True),
        (rss("", "utf-16"), True),
        (ATOM.encode(), True),
        (b"<atom:feed xmlns:atom='x'>", True),
        (b"<rdf:RDF>", True),
        (b"<!doctype html><rss>", False),
        (b"<HTML><feed>", False),
        (b"rss feed", False),
    ],
)
def test_feeds_are_told_by_their_first_element(data: bytes, expected: bool) -> None:
    assert looks_like_feed(data) is expected


@given(st.one_of(st.binary(), st.binary().map(lambda data: rss("<item>").replace(b"<item>", b"<item>" + data))))
def test_any_bytes_are_a_feed_or_refused(data: bytes) -> None:
    try:
        found = feed_entries(data, URL)
    except InputError:
        return
    assert len({entry.id for entry in found.entries}) == len(found.entries)
    assert all(entry.link is None or entry.link.startswith("http") for entry in found.entries)
