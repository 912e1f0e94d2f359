import hashlib
import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sayso.reader.encode import WEIGHTS
from sayso.reader.labels import BEFORE, CONTENT_BEGIN, CUE_BEGIN, INNER_BEGIN, INNER_INSIDE, NONE, SOURCE_BEGIN
from sayso.reader.segment import Segmenter
from training.data import Document, Gold, batches, join, label, load_markings, windows

SEGMENTER = Segmenter(WEIGHTS / "tokenizer.json")
TEXT = "Petra Lund said that the guard told her it rained."


def gold(source: str, cue: str, content: str, *, nested: bool = False) -> Gold:
    spans = [[(TEXT.index(part), TEXT.index(part) + len(part))] for part in (source, cue, content)]
    return Gold(spans[0], spans[1], spans[2], nested)


OUTER = gold("Petra Lund", "said", "that the guard told her it rained")
INNER = gold("the guard", "told", "it rained", nested=True)


def test_cues_and_roles_are_labelled_by_words() -> None:
    document = Document(TEXT, (OUTER, INNER))
    (window,) = SEGMENTER.windows(TEXT)
    labelled = label(document, window)
    tags = labelled.allowed.argmax(1).tolist()
    assert tags[2] == CUE_BEGIN
    assert tags[6] == INNER_BEGIN
    assert tags.count(NONE) == len(tags) - 2
    first = labelled.cues[0]
    roles = first.allowed.argmax(1)[BEFORE - first.first :].tolist()
    assert roles[:2] == [SOURCE_BEGIN, SOURCE_BEGIN + 1]
    assert roles[3] == CONTENT_BEGIN


def test_an_optional_attribution_may_be_left_out() -> None:
    (window,) = SEGMENTER.windows(TEXT)
    allowed = label(Document(TEXT, (OUTER, replace(INNER, optional=True))), window).allowed
    assert allowed[6, [NONE, INNER_BEGIN]].all()
    assert not allowed[2, NONE]


def marking(sha256: str) -> str:
    outer = {"id": "a1", "within": None, "optional": False, "source": OUTER.source, "cue": OUTER.cue,
             "content": OUTER.content}  # fmt: skip
    inner = {"id": "a2", "within": "a1", "optional": True, "source": INNER.source, "cue": INNER.cue,
             "content": INNER.content}  # fmt: skip
    return json.dumps({"id": "7", "sha256": sha256, "attributions": [outer, inner]})


def test_markings_join_the_texts_they_were_made_for(tmp_path: Path) -> None:
    reports, markings = tmp_path / "reports.jsonl", tmp_path / "markings.jsonl"
    reports.write_text(json.dumps({"id": 7, "text": TEXT}) + "\n")
    markings.write_text(marking(hashlib.sha256(TEXT.encode()).hexdigest()) + "\n")
    (document,) = load_markings(markings, reports)
    assert document.text == TEXT
    assert [(gold.nested, gold.optional) for gold in document.attributions] == [(False, False), (True, True)]
    reports.write_text(json.dumps({"id": 7, "text": TEXT + "!"}) + "\n")
    with pytest.raises(ValueError, match="report 7"):
        load_markings(markings, reports)


def test_unsure_stretches_allow_nested_tags_too() -> None:
    document = Document(TEXT, (OUTER,), unsure=((16, 49),))
    (window,) = SEGMENTER.windows(TEXT)
    allowed = label(document, window).allowed
    assert not allowed[2, INNER_BEGIN]
    assert allowed[6, NONE]
    assert allowed[6, INNER_BEGIN : INNER_INSIDE + 1].all()


def test_joined_documents_keep_their_spans() -> None:
    (both,) = join([Document("It rained.", ()), Document(TEXT, (OUTER,))], [2])
    (start, end) = both.attributions[0].source[0]
    assert both.text[start:end] == "Petra Lund"


@pytest.mark.parametrize("pieces", [64, 512])
def test_batches_hold_every_window_once(pieces: int) -> None:
    found = windows([Document(TEXT * n, ()) for n in range(1, 12)], SEGMENTER, random.Random(1))
    out = batches(found, pieces, 1)
    assert sorted(id(w) for batch in out for w in batch) == sorted(id(w) for w in found)
    assert all(len(b) == 1 or len(b) * max(len(w.window.pieces) for w in b) <= pieces for b in out)
    assert np.array_equal(found[0].allowed[:, NONE], np.ones(found[0].window.words, bool))
