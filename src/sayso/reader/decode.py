"""Scores → cues, sources and contents: the best tag sequences, by Viterbi (1967)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.reader.labels import (
    AFTER,
    BEFORE,
    CONTENT_BEGIN,
    CUE_BEGIN,
    INNER_BEGIN,
    NONE,
    SENTENCES,
    SOURCE_BEGIN,
)
from sayso.reader.segment import Ints, Window
from sayso.terms.spans import Span, Spans

Floats = npt.NDArray[np.float32]
BLOCKED = np.float32(-1e4)
RUNS = {begin: re.compile(b"[%c%c]%c*" % (begin, begin + 1, begin + 1))
        for begin in (CUE_BEGIN, INNER_BEGIN, SOURCE_BEGIN, CONTENT_BEGIN)}  # fmt: skip


@dataclass(frozen=True)
class Chain:
    """The learned scores of a tag following another (from, to) and of a tag coming first."""

    transitions: Floats
    starts: Floats


@dataclass(frozen=True)
class FoundCue:
    """A cue: its first and last word in the window, whether it is tagged as nested, and its probability."""

    first: int
    last: int
    nested: bool
    confidence: float


@dataclass(frozen=True)
class Found:
    """One attribution as spans of the report's text."""

    source: Spans
    cue: Spans
    content: Spans
    nested: bool
    confidence: float


def viterbi(emissions: Floats, chain: Chain) -> Ints:
    """The best tag sequences of emissions (N, L, T), as integers (N, L)."""
    count, tags = emissions.shape[0], emissions.shape[2]
    steps = np.ascontiguousarray(emissions.transpose(1, 2, 0))
    best, leaving = np.empty_like(steps), chain.transitions[:, :, None]
    best[0] = steps[0] + chain.starts[:, None]
    scores, arrived = np.empty((tags, tags, count), steps.dtype), np.empty((tags, count), steps.dtype)
    for before, here, emitted in zip(best[:, :, None], best[1:], steps[1:], strict=False):
        np.add(before, leaving, out=scores)
        np.maximum.reduce(scores, axis=0, out=arrived)
        np.add(arrived, emitted, out=here)
    return _back(best, chain)


def _back(best: Floats, chain: Chain) -> Ints:
    """The tags (N, L) that lead to the highest of the last scores (L, T, N); of equals the first."""
    length, tags, count = best.shape
    rows = np.arange(count)
    came = np.zeros((length - 1, tags, count), dtype=np.int64)
    top = best[:-1, :1] + chain.transitions[0][:, None]
    for tag in range(1, tags):
        scores = best[:-1, tag : tag + 1] + chain.transitions[tag][:, None]
        came[scores > top] = tag
        np.maximum(top, scores, out=top)
    came *= count
    came += rows
    path: Ints = np.empty((length, count), dtype=np.int64)
    path[-1] = best[-1].argmax(0) * count + rows
    for at in range(length - 1, 0, -1):
        came[at - 1].take(path[at], out=path[at - 1], mode="clip")
    tagged: Ints = path.T // count
    return tagged


def find_cues(emissions: Floats, path: Ints) -> list[FoundCue]:
    """The cues of one window, from its emissions (words, tags) and the best tags of its words."""
    tags = bytes(path.tolist())
    shifted = emissions - emissions.max(1, keepdims=True)
    odds = np.exp(shifted)
    none = odds[:, NONE] / odds.sum(1)
    found = []
    for begin in (CUE_BEGIN, INNER_BEGIN):
        for low, high in ranges(tags, begin):
            found.append(FoundCue(low, high - 1, begin == INNER_BEGIN, float(1 - none[low:high].min())))
    return sorted(found, key=lambda cue: cue.first)


def ranges(tags: Sequence[int], begin: int) -> list[tuple[int, int]]:
    """The runs [low, high) of tag ``begin`` followed by ``begin + 1``; a run may start with either."""
    return [match.span() for match in RUNS[begin].finditer(bytes(tags))]


def region(window: Window, cue: FoundCue) -> tuple[Ints, npt.NDArray[np.bool_], Ints]:
    """The words around a cue: their indexes, which of them exist, and their distance in sentences, each (R,)."""
    wanted = np.arange(cue.first - BEFORE, cue.first + AFTER)
    exist = (wanted >= 0) & (wanted < window.words)
    words = wanted.clip(0, window.words - 1)
    apart = (window.sentence[words] - window.sentence[cue.first]).clip(-SENTENCES, SENTENCES) + SENTENCES
    return words, exist, apart


def block(emissions: Floats, exist: npt.NDArray[np.bool_]) -> Floats:
    """The emissions with no tag but NONE allowed where there is no word."""
    blocked = np.full_like(emissions, BLOCKED)
    blocked[..., NONE] = 0
    return np.where(exist[..., None], emissions, blocked)


def spans_of(window: Window, words: Sequence[tuple[int, int]], first: int) -> Spans:
    """The character spans of runs of words, counted from the word ``first`` on."""
    return tuple(Span(int(window.starts[first + low]), int(window.ends[first + high - 1])) for low, high in words)


def attribution(window: Window, cue: FoundCue, tags: Ints) -> Found:
    """What the role tags (R,) around a cue say."""
    low = max(BEFORE - cue.first, 0)
    inside = bytes(tags[low : BEFORE + window.words - cue.first].tolist())
    first = max(cue.first - BEFORE, 0)
    sources = [(abs(low + first - cue.first), low, high) for low, high in ranges(inside, SOURCE_BEGIN)]
    return Found(
        spans_of(window, [(low, high) for _, low, high in sorted(sources)[:1]], first),
        (Span(int(window.starts[cue.first]), int(window.ends[cue.last])),),
        spans_of(window, ranges(inside, CONTENT_BEGIN), first),
        cue.nested,
        cue.confidence,
    )
