import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest.records import LARGEST, hash_of, records, report_of
from sayso.terms import Report, Skipped

fields = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "outlet", "x"]), inner),
)


@given(st.text(), fields, fields, st.booleans())
def test_text_and_fields_come_back(text: str, outlet: str | None, title: str | None, ascii_only: bool) -> None:
    line = json.dumps({"id": "a", "text": text, "outlet": outlet, "title": title}, ensure_ascii=ascii_only)
    assert report_of(line) == Report(text, "a", outlet or None, title or None, raw_sha256=hash_of(line))


def test_all_fields_come_back_and_the_hash_is_that_of_the_line() -> None:
    known = {
        "id": "a", "outlet": "Orrin Post", "title": "Bridge", "url": "https://orrin.example/b", "published": "2031-05",
        "language": "en", "byline": "Jan Orr", "dateline": "ORRIN, May 4",
    }  # fmt: skip
    line = json.dumps({"text": " kept\n", "credit": ["Meridian", "Volta Press"], **known})
    report = report_of(line + "\r\n")
    assert {name: getattr(report, name) for name in known} == known
    assert (report.text, report.credit, report.extractor) == (" kept\n", ("Meridian", "Volta Press"), None)
    assert report.raw_sha256 == hashlib.sha256(line.encode()).hexdigest()


@pytest.mark.parametrize("credit", ['"Meridian"', "[1]", "{}", "true"])
def test_credit_is_a_list_of_strings(credit: str) -> None:
    with pytest.raises(InputError, match='"credit" that is no list of strings'):
        report_of(f'{{"text": "x", "credit": {credit}}}')


@given(JSON)
def test_any_json_gives_one_report_or_one_reason(value: Any) -> None:
    (found,) = records([json.dumps(value)], "file")
    assert isinstance(found, Report) or found.where == "file, line 1"


@given(st.text(max_size=40))
def test_any_line_gives_at_most_one_answer(line: str) -> None:
    assert len(list(records([line], "file"))) <= 1


def test_lines_are_counted_with_blank_and_undecodable_ones() -> None:
    found = list(records(["\ufeff", "", InputError("is binary"), "nonsense"], "file"))
    assert [s.where for s in found if isinstance(s, Skipped)] == ["file, line 3", "file, line 4"]


def test_a_broken_line_is_named_by_its_place_in_the_line() -> None:
    with pytest.raises(InputError, match=r"at character 14\)"):
        report_of('{"text": "a" "b"}')


@pytest.mark.parametrize("line", ['{"id": ' + "9" * 5000 + "}", "[" * 100_000, '{"text": ' * 100_000])
def test_json_made_to_hurt_is_refused(line: str) -> None:
    with pytest.raises(InputError):
        report_of(line)


def test_a_text_too_large_is_refused_with_a_way_out() -> None:
    with pytest.raises(InputError, match="split it"):
        report_of(json.dumps({"text": "x" * (LARGEST + 1)}))
