"""The texts that the sentence vectors learn from, and those kept aside to measure them on."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from training.data import load_corpus, load_markings

Floats = npt.NDArray[np.float32]

PARAGRAPH = re.compile(r"[\r\n\u2028\u2029]+")
SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])")
CLAUSE = re.compile(r"[,;:—–]\s+|\s+(?:that|who|which|because|after|but|while)\s+")
LEAD = re.compile(r"^(?:that|to) ")
WORD = re.compile(r"\w+")
FEWEST_LETTERS, SHORTEST, SHORTEST_CLAUSE = 12, 12, 25
LIKE_STORY = 0.12
SAME_STORY = 0.25
HELD = 270
LARGEST_HELD = 100


@dataclass(frozen=True)
class Article:
    """A PolNeAR article."""

    title: str
    text: str


@dataclass(frozen=True)
class Texts:
    """What there is to learn from and to measure on.

    ``learned`` are sentences, statements and clauses. ``reports`` are the FNC-1 reports learned from; ``held`` are
    whole stories among them that were not, and neither was ``later``, PolNeAR's development part. Reports that are
    like one of the hand-made ``stories`` are nowhere but there.
    """

    learned: list[str]
    reports: list[str]
    held: list[str]
    earlier: list[Article]
    later: list[Article]
    stories: dict[str, dict[str, Any]]


def load_texts(shared: Path, markings: Path) -> Texts:
    """The texts in ``shared`` (see its corpora/README.md); ``markings`` has the spans that the project marked."""
    stories = {
        f"story {number}": json.loads(path.read_text("utf-8"))
        for number, path in enumerate(sorted((shared / "gold").glob("story_*.json")), 1)
    }
    fnc = shared / "corpora/fnc1/reports.jsonl"
    reports, held = split(
        [str(r["text"]) for r in _records(fnc)], [t for s in stories.values() for t in s["texts"].values()]
    )
    earlier, later = (_articles(shared / f"corpora/polnear/{part}.jsonl") for part in ("train", "dev"))
    learned = [article.title for article in earlier]
    for text in [article.text for article in earlier] + reports:
        learned += sentences(text)
    marked = [document for path in sorted(markings.glob("*.jsonl")) for document in load_markings(path, fnc)]
    allowed = set(reports)
    for document in load_corpus(shared / "corpora/polnear/train.jsonl") + [d for d in marked if d.text in allowed]:
        learned += [LEAD.sub("", " ".join(document.text[s:e] for s, e in a.content)) for a in document.attributions]
    whole = tidied(learned, SHORTEST)
    return Texts(whole + clauses(whole), reports, held, earlier, later, stories)


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def _articles(path: Path) -> list[Article]:
    return [Article(record["title"], record["text"]) for record in _records(path)]


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, roughly."""
    for paragraph in PARAGRAPH.split(text):
        yield from (s for s in SENTENCE.split(paragraph) if sum(c.isalpha() for c in s) >= FEWEST_LETTERS)


def tidied(texts: Iterable[str], shortest: int) -> list[str]:
    """The different ones of at least ``shortest`` characters, white space made plain, in order of the alphabet."""
    return sorted({plain for text in texts if len(plain := " ".join(text.split())) >= shortest})


def clauses(texts: Sequence[str]) -> list[str]:
    """Parts of the texts: short statements are what the vectors are asked for most."""
    parts = [CLAUSE.split(text) for text in texts]
    known = set(texts)
    return [c for c in tidied((c for p in parts if len(p) > 1 for c in p), SHORTEST_CLAUSE) if c not in known]


def split(reports: Sequence[str], stories: Sequence[str]) -> tuple[list[str], list[str]]:
    """The reports to learn from and those held out, story by story, without any that is like one in ``stories``."""
    weights = Weights(reports)
    each = weights(reports)
    free = np.flatnonzero((each @ weights(stories).T).max(axis=1) < LIKE_STORY)
    held: set[int] = set()
    for group in sorted(
        groups(each[free] @ each[free].T >= SAME_STORY), key=lambda g: sorted(reports[free[i]] for i in g)
    ):
        if len(group) <= LARGEST_HELD and len(held) < HELD:
            held.update(group)
    rows = range(len(free))
    return [reports[free[i]] for i in rows if i not in held], [reports[free[i]] for i in rows if i in held]


def groups(linked: npt.NDArray[np.bool_]) -> list[list[int]]:
    """The connected parts of a graph (N, N)."""
    left, found = set(range(len(linked))), list[list[int]]()
    while left:
        group, todo = [], [left.pop()]
        while todo:
            group.append(at := todo.pop())
            near = left.intersection(np.flatnonzero(linked[at]).tolist())
            left -= near
            todo += near
        found.append(group)
    return found


class Weights:
    """Plain tf-idf vectors: what the sentence vectors are compared with, and what tells stories apart."""

    def __init__(self, documents: Sequence[str]) -> None:
        """Count in how many ``documents`` each word is."""
        counts = Counter(word for document in documents for word in set(_words(document)))
        self.idf = {word: float(np.log((len(documents) + 1) / (count + 1))) for word, count in counts.items()}
        self.rarest = float(np.log(len(documents) + 1))

    def __call__(self, texts: Sequence[str]) -> Floats:
        """Unit rows (N, number of different words in the documents and the texts)."""
        counts = [Counter(_words(text)) for text in texts]
        columns = {word: column for column, word in enumerate(self.idf)}
        for word in [word for count in counts for word in count]:
            columns.setdefault(word, len(columns))
        out = np.zeros((len(texts), len(columns)), np.float32)
        for row, count in enumerate(counts):
            for word, times in count.items():
                out[row, columns[word]] = (1 + np.log(times)) * self.idf.get(word, self.rarest)
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())
