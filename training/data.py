"""Corpora → labelled windows."""

import hashlib
import json
import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.reader.labels import (
    AFTER,
    BEFORE,
    CONTENT_BEGIN,
    CUE_BEGIN,
    CUE_TAGS,
    INNER_BEGIN,
    INNER_INSIDE,
    NONE,
    ROLE_TAGS,
    SOURCE_BEGIN,
)
from sayso.reader.segment import Segmenter, Window
from training.markup import read_passages

REGION = BEFORE + AFTER
LEFT_OUT = frozenset({
    "breitbart_2016-06-29_donald-trump-denies-mike-tyson-i", "huff-post_2016-08-29_erdogan-is-in-syria-with-a-green",
})  # fmt: skip
Bools = npt.NDArray[np.bool_]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Gold:
    """One attribution by hand, as character spans. An optional one may be found or not."""

    source: Sequence[Pair]
    cue: Sequence[Pair]
    content: Sequence[Pair]
    nested: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Document:
    """A text with its attributions. In the ``unsure`` stretches nested attributions may lie unmarked."""

    text: str
    attributions: tuple[Gold, ...]
    unsure: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Cue:
    """A gold cue in a window: first and last word, and the permitted role tags (REGION, tags) around it."""

    first: int
    last: int
    allowed: Bools


@dataclass(frozen=True)
class Labelled:
    """A window with the permitted cue tags (words, tags) and its cues."""

    window: Window
    allowed: Bools
    cues: tuple[Cue, ...]


def load_corpus(path: Path) -> list[Document]:
    """PolNeAR's articles: outermost attributions only, so every content may hold unmarked nested ones."""
    with path.open(encoding="utf-8") as lines:
        records: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [_article(record) for record in records if record["id"] not in LEFT_OUT]


def _article(record: dict[str, Any]) -> Document:
    attributions = tuple(Gold(a["source"], a["cue"], a["content"]) for a in record["attributions"])
    return Document(record["text"], attributions, tuple((s, e) for a in attributions for s, e in a.content))


def load_passages(folder: Path) -> list[Document]:
    """The project's own passages: outermost and nested attributions."""
    return [
        Document(
            p.text,
            tuple(Gold(m.source, m.cue, m.content, m.within is not None, m.optional) for m in p.attributions.values()),
        )
        for path in sorted(folder.glob("*.txt"))
        for p in read_passages(path)
    ]


def load_markings(markings: Path, reports: Path) -> list[Document]:
    """Reports that were marked for Sayso: the spans from ``markings`` (see its README), the texts from ``reports``.

    ValueError if a text is not the one that was marked.
    """
    with reports.open(encoding="utf-8") as lines:
        texts = {str(record["id"]): record["text"] for record in map(json.loads, lines)}
    with markings.open(encoding="utf-8") as lines:
        return [_marked(json.loads(line), texts) for line in lines]


def _marked(record: dict[str, Any], texts: dict[str, str]) -> Document:
    text = texts.get(record["id"], "")
    if hashlib.sha256(text.encode()).hexdigest() != record["sha256"]:
        raise ValueError(f"report {record['id']} is not the text that was marked")
    attributions = tuple(
        Gold(a["source"], a["cue"], a["content"], a["within"] is not None, a["optional"])
        for a in record["attributions"]
    )
    return Document(text, attributions)


def join(documents: Sequence[Document], sizes: Iterable[int]) -> Iterator[Document]:
    """Documents put together, ``sizes`` of them at a time, so that short ones fill windows."""
    at = 0
    for size in sizes:
        part = documents[at : at + size]
        if not part:
            return
        at += size
        text, moved = "", list[Gold]()
        for document in part:
            moved += [shift(gold, len(text)) for gold in document.attributions]
            text += document.text + "\n"
        yield Document(text, tuple(moved))


def shift(gold: Gold, by: int) -> Gold:
    """The same attribution, ``by`` characters later."""
    source, cue, content = ([(s + by, e + by) for s, e in part] for part in (gold.source, gold.cue, gold.content))
    return Gold(source, cue, content, gold.nested, gold.optional)


def label(document: Document, window: Window) -> Labelled:
    """The labels that ``document`` gives to one of its windows."""
    starts, ends = window.starts.tolist(), window.ends.tolist()
    allowed = np.zeros((window.words, CUE_TAGS), bool)
    allowed[:, NONE] = True
    for low, high in word_ranges(document.unsure, starts, ends):
        allowed[low:high, INNER_BEGIN : INNER_INSIDE + 1] = True
    cues = []
    for gold in document.attributions:
        for low, high in word_ranges(gold.cue, starts, ends)[:1]:
            allowed[low:high] = False
            allowed[low:high, NONE] = gold.optional
            begin = INNER_BEGIN if gold.nested else CUE_BEGIN
            allowed[low, begin] = True
            allowed[low + 1 : high, begin + 1] = True
            cues.append(Cue(low, high - 1, roles(gold, low, starts, ends)))
    return Labelled(window, allowed, tuple(cues))


def roles(gold: Gold, cue: int, starts: list[int], ends: list[int]) -> Bools:
    """The permitted role tags (REGION, tags) in the words around word ``cue``."""
    allowed = np.zeros((REGION, ROLE_TAGS), bool)
    allowed[:, NONE] = True
    for spans, begin in ((gold.content, CONTENT_BEGIN), (gold.source, SOURCE_BEGIN)):
        for first, stop in word_ranges(spans, starts, ends):
            low, high = max(first - cue + BEFORE, 0), min(stop - cue + BEFORE, REGION)
            if low < high:
                allowed[low:high] = False
                allowed[low, begin] = True
                allowed[low + 1 : high, begin + 1] = True
    return allowed


def word_ranges(spans: Sequence[Pair], starts: list[int], ends: list[int]) -> list[Pair]:
    """The word ranges that share a character with the spans, in order, leaving out the empty ones."""
    found = sorted((bisect_right(ends, s), bisect_left(starts, e)) for s, e in spans)
    return [(low, high) for low, high in found if low < high]


def windows(documents: Iterable[Document], segmenter: Segmenter, chance: random.Random | None) -> list[Labelled]:
    """All labelled windows. ``chance`` varies where the first window of each document ends."""
    found = []
    for document in documents:
        first = chance.randint(segmenter.limit // 4, segmenter.limit) if chance else None
        found += [label(document, w) for w in segmenter.windows(document.text, first)]
    return found


def epoch(corpus: Sequence[Document], passages: Sequence[Document], segmenter: Segmenter, seed: int) -> list[Labelled]:
    """One pass over everything, packed anew, in random order."""
    chance = random.Random(seed)
    shuffled = list(passages)
    chance.shuffle(shuffled)
    sizes = (chance.choice((1, 1, 2, 3, 5)) for _ in range(len(shuffled)))
    found = windows([*corpus, *join(shuffled, sizes)], segmenter, chance)
    chance.shuffle(found)
    return found


def batches(found: Sequence[Labelled], pieces: int, seed: int) -> list[list[Labelled]]:
    """Windows of like length together, about ``pieces`` wordpieces a batch, batches in random order."""
    chance, out = random.Random(seed), list[list[Labelled]]()
    for item in sorted(found, key=lambda one: len(one.window.pieces)):
        longest = len(item.window.pieces)
        if not out or (len(out[-1]) + 1) * longest > pieces:
            out.append([])
        out[-1].append(item)
    chance.shuffle(out)
    return out
