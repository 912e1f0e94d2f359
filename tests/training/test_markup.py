from pathlib import Path

import pytest

from training.markup import MarkupError, parse_passage, read_passages

PASSAGES = Path(__file__).parents[2] / "training/passages"


def test_nesting_by_place_and_by_header() -> None:
    told = parse_passage("[s1 Kolm] [k1 said] [c1 that [s2 Roth] [k2 told] him [c2 that it rained]].")
    assert (told.attributions[1].within, told.attributions[2].within) == (None, 1)
    line = "[c1 [c2 It rained]], [s1 the Post] [k1 reported], [k2 citing] [s2 two officials]."
    assert parse_passage(line, "% citing within=2<1").attributions[2].within == 1


def test_spans_cut_out_their_words() -> None:
    passage = parse_passage(r"[c1 “Go,”] [s1 she] [k1 said]. [c1 “Now.”] \[sic\]")
    assert passage.text == "“Go,” she said. “Now.” [sic]"
    assert [passage.text[s:e] for s, e in passage.attributions[1].content] == ["“Go,”", "“Now.”"]


@pytest.mark.parametrize("line", ["[s1 He] said", "[k1 said] it", "[c1 it [k1 said]", "it] [k1 said]", "[x said]"])
def test_broken_passages_are_refused(line: str) -> None:
    with pytest.raises(MarkupError):
        parse_passage(line)


@pytest.mark.parametrize("path", sorted(PASSAGES.glob("*.txt")), ids=lambda p: p.stem)
def test_shipped_passages_are_well_formed(path: Path) -> None:
    assert list(read_passages(path))
