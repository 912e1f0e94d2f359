"""Buckets give the pairs that share a band, of many the first; the nearest of these are compared."""

from collections import Counter
from itertools import groupby
from operator import itemgetter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.batch.weighing.copies import PAIR, Bucket, Compared, nearest
from sayso.batch.weighing.keys import packed_text
from sayso.record.copies import MOST_COMPARED

WORDS = "the gates of Lenn were opened on Friday after the water had gone and the road was dry"
BANDS = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 60)), max_size=120)


@given(BANDS)
def test_a_bucket_pairs_each_report_with_the_first_that_have_its_band(found: set[tuple[int, int]]) -> None:
    rows = np.array(sorted(found, key=lambda row: -row[1]), np.int64).reshape(-1, 2)
    files = Bucket("a bucket", rows[:, 0], rows[:, 1]).do().files
    wanted = []
    for _, some in groupby(sorted(found), itemgetter(0)):
        reports = [report for _, report in some]
        wanted += [(report, other) for at, report in enumerate(reports) for other in reports[:at][:MOST_COMPARED]]
    assert np.frombuffer(files["pairs"], PAIR).tolist() == sorted(wanted)


@given(st.lists(st.tuples(st.integers(40, 43), st.integers(0, 39)), max_size=200))
def test_those_that_share_most_bands_are_nearest(pairs: list[tuple[int, int]]) -> None:
    counts = Counter(pairs)
    wanted = []
    for report in range(40, 44):
        mine = sorted((-count, other) for (one, other), count in counts.items() if one == report)
        wanted += sorted((report, other) for _, other in mine[:MOST_COMPARED])
    assert nearest(np.array(pairs, PAIR)) == wanted


def test_near_copies_of_a_report_come_together_the_nearest_first() -> None:
    words = WORDS.split()
    texts = {
        "whole": " ".join(words), "most": " ".join([*words[:-2], "very", "wet"]), "other": "Nothing of it. " * 4,
        "copy": " ".join(words),
    }  # fmt: skip
    pairs = (("most", "whole"), ("copy", "most"), ("copy", "other"), ("copy", "whole"))
    done = Compared("some", pairs, {name: packed_text(text) for name, text in texts.items()}).do()
    found = [(row["report"], row["earlier"]) for row in done.rows["near_copies"]]
    assert found == [("most", "whole"), ("copy", "whole"), ("copy", "most")]
    assert done.rows["near_copies"][1]["share"] == 1.0
