import dataclasses
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.show.export.around import sentence
from sayso.show.export.rows import (
    ATTRIBUTIONS,
    COLUMNS,
    FIGURES,
    REPORTS,
    Table,
    attribution_rows,
    explained,
    figure_rows,
    report_row,
    rows,
)
from sayso.show.statements import statements
from sayso.terms import Reading, Report, Span
from sayso.terms.spans import join_text
from tests.show.export.examples import TEXT, example, readings, span_of


def test_a_report_s_row() -> None:
    row = report_row(example(title="Levee fails"))
    assert (row["id"], row["outlet"], row["title"], row["text"]) == ("r1", "Tarn Gazette", "Levee fails", TEXT)
    assert row["words"] == len(TEXT.split())
    assert row["credit"] is None
    assert list(row) == [column.name for column in REPORTS]


def test_an_attribution_s_row() -> None:
    _, row, _ = attribution_rows(example())
    assert list(row) == [column.name for column in ATTRIBUTIONS]
    assert (row["report"], row["id"], row["within"], row["depth"]) == ("r1", "a2", "a1", 1)
    assert row["content_text"] == "“At least 229 people are missing,”"
    assert (row["content_start"], row["content_end"]) == span_of(TEXT, str(row["content_text"]))
    assert row["chain"] == "Tarn Gazette → Orrin Post → Radio Orrin → Ada Quill"
    assert row["relays"] == "Orrin Post; Radio Orrin"
    assert (row["said_earliest"], row["said_grain"], row["act"], row["confidence"]) == (
        "2031-05-04",
        "day",
        "warn",
        0.875,
    )


def test_the_chain_is_that_of_the_statements() -> None:
    reading = example()
    assert [row["chain"] for row in attribution_rows(reading)] == [" → ".join(s.chain) for s in statements(reading)]


def test_who_has_no_name_is_called_by_words() -> None:
    *_, row = attribution_rows(example())
    assert (row["speaker"], row["who"], row["naming"], row["count"]) == (None, "two officials", "unnamed", 2)


def test_figures_have_their_owners() -> None:
    hers, nobodys = figure_rows(example())
    assert list(hers) == [column.name for column in FIGURES]
    assert (hers["value"], hers["low"], hers["high"], hers["by"], hers["speaker"]) == (
        229,
        229,
        None,
        "a2",
        "Ada Quill",
    )
    assert hers["sentence"] == (
        "“At least 229 people are missing,” Mayor Ada Quill told Radio Orrin, which the Orrin Post cited."
    )
    assert (nobodys["speaker"], nobodys["naming"], nobodys["chain"]) == (None, None, "Tarn Gazette")


@pytest.mark.parametrize(
    ("words", "around"),
    [
        ("Two", "Two officials said Mr. Brask had been warned."),
        ("warned", "Two officials said Mr. Brask had been warned."),
        ("date", "They gave no date."),
        ("So", "😀 So they say."),
        ("levee", "TARN HOLLOW, May 4 – The levee at Orrin failed on Sunday."),
    ],
)
def test_sentences(words: str, around: str) -> None:
    assert sentence(TEXT, span_of(TEXT, words)) == around


@given(st.text("ab. \n“”A", max_size=60), st.data())
def test_a_sentence_holds_its_place(text: str, data: st.DataObject) -> None:
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    held = sentence(text, Span(start, end))
    assert "".join(text[start:end].split()) in "".join(held.split())
    assert "\n" not in held


def test_a_sentence_in_an_endless_text_is_short() -> None:
    assert len(sentence("7 " * 100_000, Span(100_000, 100_001))) < 2_000


@given(readings(), st.sampled_from(list(COLUMNS)))
def test_every_cell_has_its_column_s_type_or_none(reading: Reading, table: Table) -> None:
    for row in rows(reading, table):
        for column in COLUMNS[table]:
            assert row[column.name] is None or type(row[column.name]) is column.type
        json.dumps(row, allow_nan=False, ensure_ascii=False).encode()


@given(readings())
def test_spans_lead_back_to_the_text(reading: Reading) -> None:
    text = str(report_row(reading)["text"])
    for row in attribution_rows(reading):
        for role in ("source", "cue", "content"):
            if row[f"{role}_spans"] is not None:
                spans = [Span(*pair) for pair in json.loads(str(row[f"{role}_spans"]))]
                assert join_text(text, spans) == row[f"{role}_text"]
                assert (spans[0].start, spans[-1].end) == (row[f"{role}_start"], row[f"{role}_end"])


def test_numbers_that_no_format_keeps_are_left_open() -> None:
    reading = example()
    many = dataclasses.replace(reading.attributions[2].speaker, count=10**400)
    reading = Reading(reading.report, (dataclasses.replace(reading.attributions[2], speaker=many),))
    assert next(attribution_rows(reading))["count"] is None


def test_the_hash_is_that_of_the_text_written() -> None:
    row = report_row(Reading(Report("half \ud83d of one")))
    assert row["text"] == "half \ufffd of one"
    assert row["text_sha256"] == Report(str(row["text"])).text_sha256


@pytest.mark.parametrize("table", COLUMNS)
def test_columns_are_explained_once_each(table: Table) -> None:
    columns = COLUMNS[table]
    assert len({column.name for column in columns}) == len(columns)
    assert all(column.what and column.name.isidentifier() for column in columns)
    lines = explained(table).splitlines()
    assert [line.count("|") for line in lines] == [4] * (len(columns) + 2)
    assert all(column.what in line for column, line in zip(columns, lines[2:], strict=True))


def test_nothing_heavy_is_loaded_before_it_is_asked_for() -> None:
    modules = "files, brat, webannotation, training"
    code = f"import sys; from sayso.show.export import {modules}; print(sorted(HEAVY & set(sys.modules)))"
    heavy = {"pyarrow", "xlsxwriter", "numpy", "sqlalchemy", "onnxruntime"}
    assert subprocess.check_output([sys.executable, "-c", code.replace("HEAVY", repr(heavy))], text=True) == "[]\n"
