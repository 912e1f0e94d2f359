import dataclasses
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.show.export.brat import ATTRIBUTES, COUNTS, SETTINGS, export_brat, safe_name, settings, standoff
from sayso.show.export.utf8 import plain
from sayso.terms import Act, Attribution, Measure, Phrase, Reading, Report, Span
from tests.show.export.examples import LETTERS, TEXT, example, readings

BOUND = re.compile(r"T\d+\t(Source|Cue|Content|Figure) (\d+ \d+(?:;\d+ \d+)*)\t(.+)")
OTHER = re.compile(r"R\d+\t\w+ Arg1:T\d+ Arg2:T\d+|A\d+\t\w+ T\d+ \w+|#\d+\tAnnotatorNotes T\d+\t.+")


def bound(annotations: str) -> dict[str, tuple[str, list[tuple[int, int]], str]]:
    """The text-bound lines: id → type, fragments, words."""
    found = {}
    for line in annotations.split("\n"):
        if match := BOUND.fullmatch(line):
            places = [tuple(map(int, pair.split())) for pair in match[2].split(";")]
            found[line.split("\t")[0]] = match[1], [(start, end) for start, end in places], match[3]
    return found


@given(readings())
def test_every_line_is_well_formed_and_its_words_stand_at_its_places(reading: Reading) -> None:
    text, annotations = standoff(reading)
    assert len(text) == len(reading.report.text)
    lines = annotations.splitlines()
    assert lines == annotations.split("\n")[:-1]
    assert all(BOUND.fullmatch(line) or OTHER.fullmatch(line) for line in lines)
    for _, places, words in bound(annotations).values():
        assert " ".join(text[start:end] for start, end in places) == words
        assert all(text[start:end].strip() == text[start:end] != "" for start, end in places)
        assert all(one[1] <= other[0] for one, other in pairwise(places))
    assert len({line.split("\t")[0] for line in lines}) == len(lines)


@given(readings())
def test_nothing_but_blanks_of_a_phrase_is_lost(reading: Reading) -> None:
    text, annotations = standoff(reading)
    kept = [{at for place in places for at in range(*place)} for _, places, _ in bound(annotations).values()]
    for attribution in reading.attributions:
        meant = {at for span in attribution.content.spans for at in range(*span) if not text[at].isspace()}
        assert not meant or any(meant <= places for places in kept)


@given(LETTERS)
def test_readers_that_put_line_ends_right_count_as_brat_does(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("read") / "a.txt"
    path.write_bytes(plain(text).encode())
    for encoding in ("utf-8", "utf-8-sig"):
        assert len(path.read_text(encoding=encoding)) == len(text)


def test_the_example() -> None:
    text, annotations = standoff(example())
    found = bound(annotations)
    contents = {words: name for name, (kind, _, words) in found.items() if kind == "Content"}
    outer, inner = contents["At least 229 people are missing"], contents["“At least 229 people are missing,”"]
    assert re.search(rf"^R\d+\tWithin Arg1:{inner} Arg2:{outer}$", annotations, re.M)
    (figure,) = (name for name, (kind, _, words) in found.items() if kind == "Figure" and words == "At least 229")
    assert re.search(rf"^R\d+\tGivenBy Arg1:{figure} Arg2:{inner}$", annotations, re.M)
    assert f"\tStance {inner} distanced\n" in annotations
    assert f"\tMeasure {figure} missing\n" in annotations
    assert "\tf1; value: 229; low: 229; counted: people;" in annotations
    assert "chain: Tarn Gazette → Orrin Post → Radio Orrin → Ada Quill\n" in annotations
    assert text == TEXT.replace("\r\n", " \n")


def test_pieces_and_line_ends_make_fragments() -> None:
    text = "Rain,\r\nshe said, and wind."
    content = Phrase.of(text, (Span(0, 5), Span(18, 26)))
    whole = Attribution("a1", None, Phrase.of(text, (Span(0, 10),)), None, content)
    _, annotations = standoff(Reading(Report(text), (whole,)))
    assert "T1\tContent 0 5;18 26\tRain, and wind\n".replace("and wind", text[18:26]) in annotations
    assert "T2\tSource 0 5;7 10\tRain, she\n" in annotations


def test_settings_name_every_value() -> None:
    said = settings()
    assert said.startswith(SETTINGS)
    assert "|".join(get_args(Act)) in said
    assert "|".join(get_args(Measure)) in said
    assert all(f"{name}\tArg:" in said for name in (*ATTRIBUTES, *COUNTS))


def test_a_folder_of_documents(tmp_path: Path) -> None:
    ids = ["r1", "R1", "https://post.example/a?b=1", "../../etc", "CON", "خبر", "🙂", "x" * 300, ""]
    found = [Reading(Report(f"Text {n}.", given)) for n, given in enumerate(ids)]
    assert export_brat([*found, example()], tmp_path / "out") == 10
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len({name.lower() for name in names}) == len(names) == 2 * 10 + 3
    index = [json.loads(line) for line in (tmp_path / "out" / "reports.jsonl").read_text().splitlines()]
    assert [line["id"] for line in index] == [*(reading.report.id for reading in found), "r1"]
    for line, reading in zip(index, found, strict=False):
        assert (tmp_path / "out" / f"{line['file']}.txt").read_text() == reading.report.text
        assert (tmp_path / "out" / f"{line['file']}.ann").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_older_export_is_replaced_when_told(tmp_path: Path) -> None:
    export_brat([example()], tmp_path / "out")
    with pytest.raises(InputError, match="ask to overwrite"):
        export_brat([], tmp_path / "out")
    other = dataclasses.replace(example(), report=Report(TEXT, "r2"))
    export_brat([other], tmp_path / "out", overwrite=True)
    assert sorted(path.stem for path in (tmp_path / "out").glob("*.txt")) == ["r2"]


@given(st.text(max_size=120))
def test_names_are_safe(id: str) -> None:
    name = safe_name(id)
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,90}", name)
    assert name.split(".")[0] not in {"con", "nul", "aux", "prn", "com1", "lpt1"}
