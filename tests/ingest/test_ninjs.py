import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest.ninjs import json_reports
from sayso.terms import Report, Skipped

TEXT = "ORRIN, May 4 (Meridian) — The talks ended without a deal.\n\n“We are not far apart,” Petra Lund said."
HTML = (
    "<p>ORRIN, May 4 (Meridian) — The talks ended without a deal.</p>"
    "<blockquote><p>“We are not far apart,” Petra Lund said.</p></blockquote>"
)
FIRST: dict[str, Any] = {
    "uri": "https://meridian.example/news/17", "type": "text", "versioncreated": "2031-05-04T09:30:00Z",
    "firstcreated": "2031-05-03T09:30:00Z", "language": "en", "byline": "By Jan Orr", "located": "Orrin",
    "headline": "Talks end without a deal", "copyrightholder": "Meridian News Agency", "body_text": TEXT,
    "altids": {"guid": "17", "web": "https://meridian.example/17.html"},
}  # fmt: skip
SECOND: dict[str, Any] = {
    "uri": "urn:newsml:meridian.example:17", "contentcreated": "2031-05-04T09:30:00+02:00", "language": "en",
    "by": "Jan Orr",
    "headlines": [{"role": "short", "value": "Talks end"}, {"role": "main", "value": "Talks end without a deal"}],
    "bodies": [{"role": "main", "contenttype": "text/html", "value": HTML}], "located": "Orrin",
    "infosources": [{"name": "Meridian News Agency"}, {"name": "Volta Press"}],
    "altids": [{"role": "web", "value": "https://meridian.example/17.html"}],
}  # fmt: skip
THIRD = {
    "uri": "urn:x:18", "versionCreated": "2031-05-04T09:30:00Z", "headlines": [{"value": "Talks end"}],
    "bodies": [{"contentType": "text/plain", "value": "One line."}, {"contentType": "body_xhtml", "value": HTML}],
}  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["text", "items", "associations", "body_text", "bodies", "headlines", "altids", "value", "uri", "by"]
            ),
            inner,
        )
    ),
    max_leaves=12,
)


def read(value: Any) -> list[Report | Skipped]:
    return list(json_reports(json.dumps(value, ensure_ascii=False).encode(), "file"))


def only(value: Any) -> Report:
    (report,) = read(value)
    assert isinstance(report, Report), report
    return report


def test_the_first_generation() -> None:
    report = only(FIRST)
    assert report == Report(
        TEXT, "https://meridian.example/news/17", "Meridian News Agency", "Talks end without a deal",
        "https://meridian.example/17.html", "2031-05-04T09:30:00+00:00", "en", "Jan Orr", "Orrin",
        raw_sha256=report.raw_sha256,
    )  # fmt: skip
    assert report.raw_sha256 is not None


def test_the_second_generation() -> None:
    report = only(SECOND)
    assert (report.text, report.id, report.outlet, report.title, report.url) == (
        TEXT, "urn:newsml:meridian.example:17", "Meridian News Agency", "Talks end without a deal",
        "https://meridian.example/17.html",
    )  # fmt: skip
    assert (report.published, report.byline, report.credit) == (
        "2031-05-04T09:30:00+02:00",
        "Jan Orr",
        ("Volta Press",),
    )
    assert str(report.extractor).startswith("sayso ")


def test_the_third_generation_writes_its_names_otherwise() -> None:
    report = only(THIRD)
    assert (report.published, report.title, report.text) == ("2031-05-04T09:30:00+00:00", "Talks end", TEXT)


def test_plain_text_is_taken_as_it_is_unless_only_the_html_has_paragraphs() -> None:
    assert only(FIRST | {"body_xhtml": HTML}).extractor is None
    assert only(FIRST | {"body_text": " One line.\n"}).text == " One line.\n"
    assert only(FIRST | {"body_text": "One line.", "body_xhtml": HTML}).text == TEXT
    assert only(FIRST | {"body_text": " ", "body_xhtml": HTML}).text == TEXT


@pytest.mark.parametrize("wrap", [lambda items: items, lambda items: {"items": items}])
def test_lists_of_items(wrap: Any) -> None:
    found = read(wrap([FIRST, {"uri": "urn:x:1", "type": "picture", "pubstatus": "usable"}, SECOND]))
    assert [item.text for item in found if isinstance(item, Report)] == [TEXT, TEXT]
    if isinstance(wrap([]), list):
        assert found[1] == Skipped(
            "file, item 2", "has no body with text, it is a picture: only items of text are read"
        )


@pytest.mark.parametrize("associations", [{"a": SECOND, "b": {"type": "picture"}}, [SECOND, {"type": "picture"}]])
def test_items_within_items(associations: Any) -> None:
    assert len(read(FIRST | {"associations": associations})) == 2
    package = {"uri": "urn:x:2", "type": "composite", "associations": associations, "pubstatus": "usable"}
    assert [item.text for item in read(package) if isinstance(item, Report)] == [TEXT]


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_what_was_taken_back_is_left_out(status: str) -> None:
    (skipped,) = read(FIRST | {"pubstatus": status})
    assert isinstance(skipped, Skipped)
    assert "taken back" in skipped.reason


def test_our_own_records() -> None:
    record = {"id": 7, "text": " kept \n", "outlet": "Orrin Post", "credit": ["Meridian"], "published": "2031"}
    report = only(record)
    assert (report.id, report.text, report.outlet, report.credit) == ("7", " kept \n", "Orrin Post", ("Meridian",))
    good, bad, none = read([record, {"text": 3}, "word"])
    assert isinstance(good, Report)
    assert bad == Skipped("file, item 2", 'has no "text", or one that is no string')
    assert isinstance(none, Skipped)
    assert none.reason.startswith("is no report: expected are")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{", "is no JSON"), (b'{"text": "x"}\n{"text": "y"}', "name it .jsonl"), (b" ", "is empty"),
        (b"[]", "holds no reports: expected"),
        (b'{"foo": 1}', "holds no reports"), (b"3", "holds no reports"), (b"[" * 100_000, "nested too deeply"),
        (b'{"text": ' + b"9" * 5000 + b"}", "number too long"), (b"%PDF-1.7", "is a PDF file"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused_with_what_is_expected(data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        list(json_reports(data, "file"))


@given(JSON)
def test_any_json_gives_reports_reasons_or_an_error(value: Any) -> None:
    with contextlib.suppress(InputError):
        assert all(isinstance(item, Report | Skipped) for item in read(value))
