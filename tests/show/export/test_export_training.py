from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.reader import Reader
from sayso.show.export.training import UNWRITABLE, training_sentences
from sayso.show.export.utf8 import plain
from sayso.terms import Attribution, Phrase, Reading, Report, Span
from tests.marked import attributions_of
from tests.show.export.examples import TEXT, example, phrase, readings
from training.markup import Passage, parse_passage, read_passages

ROLES = ("source", "cue", "content")
PASSAGES = sorted((Path(__file__).parents[3] / "training/passages").glob("*.txt"))


def parsed(block: str) -> Passage:
    header, line = block.split("\n")
    return parse_passage(line, header)


def every(reading: Reading, attribution: Attribution) -> bool:
    return attribution in reading.attributions


def letters(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", PASSAGES, ids=lambda p: p.stem)
def test_what_was_marked_comes_back(path: Path) -> None:
    for passage in read_passages(path):
        if "\n" in passage.text or not passage.attributions:
            continue
        reading = Reading(Report(passage.text), tuple(attributions_of(passage)))
        (block,) = training_sentences([reading], every)
        back = parsed(block)
        assert back.text == passage.text
        marks = [(m.source, m.cue, m.content) for m in back.attributions.values()]
        assert sorted(marks) == sorted((m.source, m.cue, m.content) for m in passage.attributions.values())
        nested = {
            str(m.cue): m.within and str(passage.attributions[m.within].cue) for m in passage.attributions.values()
        }
        assert nested == {
            str(m.cue): m.within and str(back.attributions[m.within].cue) for m in back.attributions.values()
        }


@given(st.lists(readings(), max_size=3), st.booleans())
def test_any_reading_gives_lines_that_parse(
    tmp_path_factory: pytest.TempPathFactory, found: list[Reading], some: bool
) -> None:
    accepted = (lambda _, a: a.id != "a1") if some else every
    blocks = list(training_sentences(found, accepted))
    path = tmp_path_factory.mktemp("passages") / "judged.txt"
    path.write_text("\n".join(blocks) + "\n", encoding="utf-8", newline="")
    back = list(read_passages(path))
    assert [p.text for p in back] == [parsed(block).text.strip(" ") for block in blocks]
    assert all(p.phenomenon == "judged" for p in back)
    assert all(any(not mark.optional for mark in p.attributions.values()) for p in back)


@given(readings())
def test_all_letters_of_an_accepted_attribution_are_marked(reading: Reading) -> None:
    words: dict[str, set[str]] = {role: set() for role in ROLES}
    for passage in map(parsed, training_sentences([reading], every)):
        for mark in passage.attributions.values():
            for role in ROLES:
                words[role].add(letters("".join(passage.text[s:e] for s, e in getattr(mark, role))))
    text = plain(reading.report.text).translate(UNWRITABLE)
    for role in ROLES:
        phrases = [phrase for a in reading.attributions if (phrase := getattr(a, role))]
        assert words[role] <= {letters("".join(text[s:e] for s, e in phrase.spans)) for phrase in phrases} | {""}


def test_a_passage_is_the_paragraphs_and_the_others_are_optional() -> None:
    (block,) = training_sentences([example()], {"r1": {"a2"}})
    assert block == (
        "% judged within=2<1 optional=1\n"
        "[c2 “[c1 At least 229 people are missing],”] [s2 Mayor Ada Quill] [k2 told] Radio Orrin, which "
        "[s1 the Orrin Post] [k1 cited]."
    )


def test_nothing_accepted_gives_nothing() -> None:
    assert not list(training_sentences([example()], {}))
    assert not list(training_sentences([example()], {"r1": {"a9"}, "r2": {"a1"}}))


def test_paragraphs_that_share_an_attribution_stay_together() -> None:
    text = "Nothing here.\n“It rained.\n\n“It still does,” Roth said.\nNor here."
    content = Phrase.of(text, (Span(14, 25), Span(27, 43)))
    reading = Reading(Report(text), (Attribution("a1", None, phrase(text, "Roth"), phrase(text, "said"), content),))
    (block,) = training_sentences([reading], every)
    assert block.split("\n")[1] == "[c1 “It rained.]¶¶[c1 “It still does,”] [s1 Roth] [k1 said]."


def test_crossing_spans_are_cut_where_they_cross() -> None:
    text = "Roth said that Kolm denied it."
    first = Attribution("a1", None, phrase(text, "Roth"), phrase(text, "said"), phrase(text, "that Kolm denied"))
    other = Attribution("a2", "a1", phrase(text, "Kolm"), phrase(text, "denied"), phrase(text, "denied it"))
    (block,) = training_sentences([Reading(Report(text), (first, other))], every)
    assert block == "% judged\n[s1 Roth] [k1 said] [c1 that [s2 Kolm] [c2 [k2 denied]]] [c2 it]."


@pytest.mark.parametrize("opening", ["#Orrin: ", "% of all: ", "[sic] ", "\\[a] ", "¶ "])
def test_signs_of_the_markup_in_the_text(opening: str) -> None:
    text = f"{opening}it rained, Roth said.\\"
    one = Attribution("a1", None, phrase(text, "Roth"), phrase(text, "said"), phrase(text, "it rained"))
    (block,) = training_sentences([Reading(Report(text), (one,))], every)
    passage = parsed(block)
    assert [passage.text[s:e] for s, e in passage.attributions[1].content] == ["it rained"]
    assert passage.text.strip() == text.replace("\\", "＼").replace("¶", "⁋")
    assert not block.split("\n")[1].startswith(("#", "%"))


def test_what_goes_in_a_circle_is_left_out() -> None:
    text = "Roth said Kolm denied it."
    one = Attribution("a1", None, None, phrase(text, "said"), phrase(text, "Kolm denied it"))
    other = Attribution("a2", None, None, phrase(text, "denied"), phrase(text, "Roth said"))
    assert not list(training_sentences([Reading(Report(text), (one, other))], every))


def test_real_readings_come_back(reader: Reader) -> None:
    reading = reader.read(Report(TEXT, "r1"))
    back = [parsed(block) for block in training_sentences([reading], every)]
    marked = [p.text[s:e] for p in back for mark in p.attributions.values() for s, e in mark.cue]
    assert sorted(marked) == sorted(
        reading.report.text[s:e] for a in reading.attributions if a.cue for s, e in a.cue.spans
    )
