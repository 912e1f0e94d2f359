import random
import textwrap
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ingest.pdf import document as pdf_module
from sayso.ingest.pdf.document import pdf_report
from sayso.terms import Report, Skipped
from tests.ingest.pdf.pdfs import Line, pdf

FIRST = (
    "The talks in Sarenna ended on Friday without a deal, officials said, and both delegations left the city by "
    "night. “We are not far apart,” Petra Lund, who leads the mediators, told Radio Orrin."
)
SECOND = (
    "At least 229 people were displaced by the floods that began in April, according to the regional council, "
    "which had put the number at 180 a week before."
)
THIRD = "Nobody would say when the talks might go on. A spokesman for the government denied that they had failed."


def typeset(
    paragraphs: list[str], *, x: float = 72, y: float = 700, width: int = 80, gap: float = 6, indent: float = 0
) -> list[Line]:
    lines: list[Line] = []
    for paragraph in paragraphs:
        for number, line in enumerate(textwrap.wrap(paragraph, width)):
            lines.append((x + (indent if number == 0 else 0), y, 10, line))
            y -= 12
        y -= gap
    return lines


def read(data: bytes) -> Report:
    report = pdf_report(data, "file")
    assert isinstance(report, Report), report
    return report


def reason(data: bytes) -> str:
    skipped = pdf_report(data, "file")
    assert isinstance(skipped, Skipped)
    assert skipped.where == "file"
    return skipped.reason


@pytest.mark.parametrize(("gap", "indent"), [(6, 0), (0, 12), (4, 0)])
def test_lines_become_paragraphs(gap: float, indent: float) -> None:
    assert read(pdf([typeset([FIRST, SECOND, THIRD], gap=gap, indent=indent)])).text.split("\n\n") == [
        FIRST, SECOND, THIRD,
    ]  # fmt: skip


def test_columns_are_read_one_after_the_other() -> None:
    left = typeset([FIRST, SECOND], width=40)
    right = typeset([THIRD, FIRST], x=320, width=40)
    across = sorted([*left, *right], key=lambda line: -line[1])
    headline = [(72.0, 740.0, 20.0, "Talks end in Sarenna without a deal")]
    assert read(pdf([[*headline, *across]])).text.split("\n\n") == [headline[0][3], FIRST, SECOND, THIRD, FIRST]


def test_three_columns_and_a_line_below_them() -> None:
    columns = [typeset([text], x=72 + 170 * n, width=28) for n, text in enumerate([FIRST, SECOND, THIRD])]
    below = [
        (72.0, 300.0, 10.0, "The council is to meet again on Monday in the old theatre of Sarenna, by its own word.")
    ]
    found = read(pdf([[*columns[2], *columns[0], *below, *columns[1]]])).text.split("\n\n")
    assert found == [FIRST, SECOND, THIRD, below[0][3]]


def test_a_table_is_read_row_by_row() -> None:
    rows = [("Orrin", "180"), ("Sarenna", "229"), ("Vell", "14"), ("Dorn", "9")]
    lines = [
        (x, 600.0 - 14 * n, 10.0, cell)
        for n, row in enumerate(rows)
        for x, cell in zip((72.0, 320.0), row, strict=True)
    ]
    assert "Orrin 180" in read(pdf([[*typeset([FIRST]), *lines]])).text


def test_a_paragraph_runs_over_to_the_next_column_and_page() -> None:
    lines = typeset([FIRST], y=160)
    pages = [lines[:1], [(72.0, 700.0 - 12 * n, 10.0, line[3]) for n, line in enumerate(lines[1:])]]
    assert read(pdf(pages)).text == FIRST


def test_what_runs_along_the_margins_is_dropped() -> None:
    def page(number: int, text: str) -> list[Line]:
        head = [(72.0, 765.0, 9.0, f"The Orrin Post, 4 May 2031, page {number}")]
        foot = [(72.0, 30.0, 9.0, "Not for reprint"), (500.0, 30.0, 9.0, str(number))]
        return [*head, *typeset([text]), *foot]

    assert read(pdf([page(n, text) for n, text in enumerate([FIRST, SECOND, THIRD], 7)])).text.split("\n\n") == [
        FIRST, SECOND, THIRD,
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["3", "Page 3 of 12", "- 3 -", "iii"])
def test_a_page_number_is_dropped_on_a_single_page(number: str) -> None:
    assert read(pdf([[*typeset([FIRST]), (300.0, 30.0, 9.0, number)]])).text == FIRST


def test_what_is_no_margin_stays_though_it_repeats() -> None:
    page = typeset(["He said so.", FIRST])
    assert read(pdf([page, page])).text.count("He said so.") == 2


def test_words_cut_at_the_end_of_a_line_are_mended() -> None:
    lines = [
        "The two dele-",
        "gations of the pro-",
        "government side met a self-",
        "made man on a con-",
        "crete bridge.",
    ]
    found = read(pdf([[(72.0, 700.0 - 12 * n, 10.0, line) for n, line in enumerate(lines)]])).text
    assert found == "The two delegations of the pro-government side met a self-made man on a concrete bridge."


def test_an_initial_belongs_to_its_word() -> None:
    lines = [
        (72.0, 676.0, 34.0, "T"),
        (98.0, 691.0, 10.0, "he talks ended on Friday without a deal, as"),
        (98.0, 679.0, 10.0, "Petra Lund said, and nobody else would"),
        (72.0, 664.0, 10.0, "comment on them by night."),
    ]
    assert read(pdf([lines])).text.startswith("The talks ended on Friday without a deal, as Petra Lund said")


@pytest.mark.parametrize(("turn", "matrix"), [(90, "0 1 -1 0"), (180, "-1 0 0 -1"), (270, "0 -1 1 0"), (0, "1 0 0 1")])
def test_turned_pages(turn: int, matrix: str) -> None:
    def place(x: float, y: float) -> tuple[float, float]:
        return {0: (x, y), 90: (792 - y, x), 180: (612 - x, 792 - y), 270: (y, 612 - x)}[turn]

    lines = [(*place(x, y), size, text) for x, y, size, text in typeset([FIRST, SECOND])]
    size = (792, 612) if turn in (90, 270) else (612, 792)
    assert read(pdf([lines], size=size, rotate=turn, matrix=matrix)).text.split("\n\n") == [FIRST, SECOND]


def test_letters_up_the_margin_and_beyond_the_page_are_left_out() -> None:
    upright = pdf([typeset([FIRST])])
    assert read(upright).text == FIRST
    assert "without text" in reason(pdf([typeset([FIRST])], matrix="0 1 -1 0"))
    assert read(pdf([[*typeset([FIRST]), (72.0, 900.0, 10.0, "cut here")]])).text == FIRST


def test_what_is_known_of_the_file() -> None:
    data = pdf(
        [typeset([FIRST])],
        {"Title": "Talks end in Sarenna", "Author": "Petra Lund and J. Orr", "CreationDate": "D:20310504"},
    )
    report = read(data)
    assert (report.title, report.byline, report.published) == ("Talks end in Sarenna", "Petra Lund and J. Orr", None)
    assert report.raw_sha256 is not None
    assert len(report.raw_sha256) == 64
    assert str(report.extractor).startswith("pypdfium2 ")


@pytest.mark.parametrize(
    ("title", "author"),
    [("Microsoft Word - draft7.docx", "admin"), ("untitled", "plund"), ("final_v2", "Microsoft Office User"), ("", "")],
)
def test_metadata_that_programs_write_is_left_out(title: str, author: str) -> None:
    report = read(pdf([typeset([FIRST])], {"Title": title, "Author": author}))
    assert (report.title, report.byline) == (None, None)


def test_locked_damaged_scanned_and_huge_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pdf([typeset([FIRST])])
    assert "locked by a password: save it unlocked" in reason(pdf([typeset([FIRST])], lock="orrin"))
    assert "is damaged, or no PDF" in reason(whole[:200])
    assert "is damaged, or no PDF" in reason(b"<html>no such page</html>")
    assert "run text recognition" in reason(pdf([[]]))
    assert "lost their meaning" in reason(pdf([typeset(["\x01\x02\x03\x04 a\x05\x06\x07\x08"])]))
    monkeypatch.setattr(pdf_module, "MOST_PAGES", 2)
    assert "has 3 pages, more than 2" in reason(pdf([typeset([FIRST])] * 3))
    monkeypatch.setattr(pdf_module, "LARGEST_PDF", 100)
    assert "larger than" in reason(whole)


def test_a_file_that_only_its_owner_may_change_is_read() -> None:
    assert read(pdf([typeset([FIRST])], lock="")).text == FIRST


def test_threads_wait_for_each_other() -> None:
    data = pdf([typeset([FIRST, SECOND])] * 3)
    with ThreadPoolExecutor(4) as pool:
        assert len({report.text for report in pool.map(read, [data] * 12)}) == 1


@given(st.integers(0, 2**32), st.integers(1, 30))
def test_damage_never_raises(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    data = bytearray(pdf([typeset([FIRST, SECOND])] * 2, {"Title": "Talks"}))
    for _ in range(changes):
        data[chance.randrange(len(data))] = chance.randrange(256)
    assert isinstance(pdf_report(bytes(data), "file"), Report | Skipped)


@given(
    st.lists(
        st.tuples(st.floats(-50, 650), st.floats(-50, 850), st.floats(0.1, 90), st.text("ab. -T3", max_size=12)),
        max_size=25,
    )
)
def test_letters_strewn_over_a_page_are_all_read_once(lines: list[Line]) -> None:
    found = pdf_report(pdf([lines]), "file")
    if isinstance(found, Report):
        assert found.text.count("T") <= sum(line[3].count("T") for line in lines)
