import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given

from sayso.errors import InputError
from sayso.show.export.utf8 import replaced
from sayso.show.export.webannotation import AROUND, annotation_page, export_annotations, report_urn
from sayso.terms import Reading, Report
from tests.show.export.examples import TEXT, attribution, example, readings

TERMS = {
    "@context", "id", "type", "partOf", "label", "total", "startIndex", "items", "motivation", "body", "target",
    "purpose", "value", "source", "selector", "format", "language", "via", "start", "end", "exact", "prefix", "suffix",
}  # fmt: skip
PURPOSES = {"tagging", "describing", "linking"}


def targets(annotation: Any) -> list[Any]:
    found = annotation["target"]
    return found if isinstance(found, list) else [found]


def anchored(text: str, target: Any) -> tuple[int, int]:
    """Where both selectors lead to."""
    quote, place = target["selector"]
    prefix, exact, suffix = quote.get("prefix", ""), quote["exact"], quote.get("suffix", "")
    assert max(len(prefix), len(suffix)) <= AROUND
    start, end = place["start"], place["end"]
    assert text[start:end] == exact
    assert text.startswith(prefix + exact + suffix, start - len(prefix))
    assert text.find(prefix + exact + suffix) >= 0
    return start, end


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def tags(annotation: Any) -> set[str]:
    return {body["value"] for body in annotation["body"] if body["purpose"] == "tagging"}


def told(annotation: Any) -> set[str]:
    return {body["value"] for body in annotation["body"] if body["purpose"] == "describing"}


def links(annotation: Any) -> list[str]:
    return [body["source"] for body in annotation["body"] if body["purpose"] == "linking"]


@given(readings())
def test_every_selector_leads_back(reading: Reading) -> None:
    page = json.loads(json.dumps(annotation_page(reading), ensure_ascii=False).encode())
    text = replaced(reading.report.text)
    ids = [annotation["id"] for annotation in page["items"]]
    assert len(set(ids)) == len(ids) == page["partOf"]["total"]
    assert set(keys(page)) <= TERMS
    for annotation in page["items"]:
        assert {body["purpose"] for body in annotation["body"]} <= PURPOSES
        assert set(links(annotation)) <= set(ids[: ids.index(annotation["id"])])
        for target in targets(annotation):
            anchored(text, target)


@given(readings())
def test_all_that_is_found_is_annotated(reading: Reading) -> None:
    page = annotation_page(reading)
    places = {anchored_at(target) for annotation in page["items"] for target in targets(annotation)}
    phrases = [p for a in reading.attributions for p in (a.source, a.cue, a.content) if p is not None]
    spans = {span for p in phrases for span in p.spans} | {figure.span for figure in reading.figures}
    assert places == {tuple(span) for span in spans if span.start < span.end}


def anchored_at(target: Any) -> tuple[int, int]:
    return target["selector"][1]["start"], target["selector"][1]["end"]


def test_the_example() -> None:
    page = annotation_page(example(language="en"))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert page["partOf"]["label"] == "Tarn Gazette, 2031-05-05"
    contents = [a for a in page["items"] if "content" in tags(a)]
    outer, inner, _ = contents
    assert tags(inner) == {"content", "naming: named", "act: warn", "stance: distanced", "form: direct"}
    assert told(inner) == {"speaker: Ada Quill", "chain: Tarn Gazette → Orrin Post → Radio Orrin → Ada Quill"}
    assert (links(outer), links(inner)) == ([], [outer["id"]])
    source = next(a for a in page["items"] if "source" in tags(a) and links(a) == [inner["id"]])
    assert [TEXT[slice(*anchored(TEXT, t))] for t in targets(source)] == ["Mayor Ada Quill"]
    (figure, _) = (a for a in page["items"] if "figure" in tags(a))
    assert {"value: 229", "counted: people", "speaker: Ada Quill"} <= told(figure)
    assert links(figure) == [inner["id"]]
    assert targets(figure)[0]["source"] == {
        "id": report_urn(example().report), "type": "Text", "format": "text/plain", "language": "en",
        "via": "https://gazette.example/1",
    }  # fmt: skip


def test_places_after_astral_letters_are_code_points() -> None:
    text = "😀😀 It rained, she said."
    one = attribution(text, "a1", "she", "said", "It rained")
    content, source, cue = annotation_page(Reading(Report(text), (one,)))["items"]
    assert [anchored(text, one["target"]) for one in (content, source, cue)] == [(3, 12), (14, 17), (18, 22)]
    assert content["target"]["selector"][0]["prefix"] == "😀😀 "


def test_a_report_without_statements_has_an_empty_page() -> None:
    page = annotation_page(Reading(Report("It rained.")))
    assert (page["items"], page["partOf"]["total"]) == ([], 0)


def test_ids_are_stable_and_copies_have_their_own() -> None:
    assert annotation_page(example()) == annotation_page(example())
    ids = [{a["id"] for a in annotation_page(example(**about))["items"]} for about in ({}, {"outlet": "Orrin Post"})]
    assert not ids[0] & ids[1]
    assert all(one.startswith("urn:uuid:") for one in ids[0])


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b", "gazette.example", ""])
def test_only_addresses_of_pages_are_named(url: str) -> None:
    source = annotation_page(example(url=url))["items"][0]["target"]["source"]
    assert "via" not in source
    assert urlsplit(source["id"]).scheme == "urn"


def test_a_page_a_line(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    assert export_annotations([example(), example(id="r2")], path) == 2
    assert [json.loads(line) for line in path.read_text().splitlines()] == [
        annotation_page(example()), annotation_page(example(id="r2")),
    ]  # fmt: skip
    with pytest.raises(InputError, match="is there already"):
        export_annotations([], path)
