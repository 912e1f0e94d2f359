"""How well sentence vectors find the report that a title belongs to, and the sayings of the same claim."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from training.meaning_texts import Floats, Texts, sentences

Vectors = Callable[[Sequence[str]], Floats]
Bools = npt.NDArray[np.bool_]
Row = dict[str, float]

POOL = 1000
NEAR = 0.6
PAIRS = 200_000


def measure(vectors: Vectors, texts: Texts) -> Row:
    """All measures of one kind of vectors (texts to unit rows), in percent."""
    row = {f"title {name}": value for name, value in titles(vectors, texts).items()}
    row |= {f"lead {name}": value for name, value in leads(vectors, texts).items()}
    for story, gold in texts.stories.items():
        row |= {f"{story} {name}": value for name, value in claims(vectors, gold).items()}
    return {name: 100 * value for name, value in row.items()}


def titles(vectors: Vectors, texts: Texts) -> Row:
    """An article's title looks for its article's first three sentences among 1,000 articles' and reports'."""
    others = [article.text for article in texts.earlier] + texts.reports
    bodies = [article.text for article in texts.later] + others
    return found([article.title for article in texts.later], [_opening(body, 0) for body in bodies[:POOL]], vectors)


def leads(vectors: Vectors, texts: Texts) -> Row:
    """A held-out report's first sentence looks for the third to fifth of the same report among 1,000 reports'."""
    held, others = ([r for r in part if len(list(sentences(r))) > 2] for part in (texts.held, texts.reports))
    return found([next(sentences(r)) for r in held], [_opening(r, 2) for r in (held + others)[:POOL]], vectors)


def _opening(text: str, start: int) -> str:
    return " ".join(list(sentences(text))[start : start + 3])


def found(queries: Sequence[str], passages: Sequence[str], vectors: Vectors) -> Row:
    """How often passage i is the first, or one of the first ten, for query i."""
    scores = similarities(vectors, [*queries, *passages])[: len(queries), len(queries) :]
    before = (scores > np.diagonal(scores)[:, None]).sum(axis=1)
    return {"first": float((before < 1).mean()), "in ten": float((before < 10).mean())}


def similarities(vectors: Vectors, texts: Sequence[str]) -> Floats:
    """The cosine of each two texts (N, N)."""
    rows = vectors(texts)
    both: Floats = rows @ rows.T
    return both


def claims(vectors: Vectors, gold: dict[str, Any]) -> Row:
    """Pairs of sayings of two reports of one story: do those of one claim come before those of two?

    ``auc`` is the chance that they do, ``ap`` the mean precision, ``p@10`` and ``p@30`` the precision where that
    percentage of the pairs of one claim is found, ``nearest`` how often the nearest saying has the same claim.
    Sayings of one claim in the very same words count once.
    """
    sayings = list({(s["claim"], s["text"].lower().strip()): s for s in reversed(gold["sayings"])}.values())
    scores = similarities(vectors, [saying["text"] for saying in sayings])
    claim, report = (np.array([saying[name] for saying in sayings]) for name in ("claim", "report"))
    same, apart = claim[:, None] == claim, report[:, None] != report
    nearest = np.where(apart, scores, -2).argmax(axis=1)
    upper = np.triu(apart, 1)
    return ranking(scores[upper], same[upper]) | {"nearest": float((claim[nearest] == claim).mean())}


def ranking(scores: Floats, right: Bools) -> Row:
    """How well the scores put what is right first."""
    hits = right[np.argsort(-scores, kind="stable")]
    precision = hits.cumsum() / np.arange(1, len(hits) + 1)
    recall = hits.cumsum() / hits.sum()
    at = {f"p@{percent}": float(precision[np.searchsorted(recall, percent / 100)]) for percent in (10, 30)}
    return {"auc": area(scores, right), "ap": float(precision[hits].mean())} | at


def area(scores: Floats, right: Bools) -> float:
    """The chance that one that is right has a higher score than one that is not (the area under the ROC curve)."""
    _, which, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (counts.cumsum() - (counts - 1) / 2)[which]
    yes, no = int(right.sum()), int((~right).sum())
    return float((ranks[right].sum() - yes * (yes + 1) / 2) / (yes * no))


def kept(vectors: Vectors, teacher: Vectors, texts: Texts) -> Row:
    """How like the teacher's the vectors are, on sentences of what was held out.

    ``rank`` is the rank correlation of the two kinds of cosines, ``neighbour`` how often a sentence's nearest for the
    teacher, if it is really near, is among the nearest ten.
    """
    lines = sorted({line for report in texts.held + [a.text for a in texts.later] for line in sentences(report)})
    mine, wanted = similarities(vectors, lines), similarities(teacher, lines)
    chance = np.random.default_rng(0)
    one, two = chance.integers(0, len(lines), (2, PAIRS))
    ranks = [scores[one[one != two], two[one != two]].argsort().argsort() for scores in (mine, wanted)]
    np.fill_diagonal(mine, -2)
    np.fill_diagonal(wanted, -2)
    near, sure = wanted.argmax(axis=1), wanted.max(axis=1) > NEAR
    before = (mine > mine[np.arange(len(lines)), near][:, None]).sum(axis=1)
    return {"rank": 100 * float(np.corrcoef(*ranks)[0, 1]), "neighbour": 100 * float((before[sure] < 10).mean())}
