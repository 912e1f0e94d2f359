"""A baseline by rules over a parse: verbs of saying, their subjects, their clauses and the quotations beside them."""

from collections.abc import Iterator
from typing import Any

from bench.peers.spans import Attribution, Pair

VERBS = frozenset(
    [
        "say", "tell", "add", "write", "tweet", "claim", "argue", "insist", "warn", "announce", "state", "explain",
        "note", "suggest", "believe", "think", "acknowledge", "admit", "deny", "confirm", "report", "ask", "reply",
        "declare", "promise", "vow", "pledge", "predict", "contend", "assert", "allege", "complain", "concede",
        "recall", "emphasize", "stress", "describe", "call", "accuse", "urge", "demand", "conclude", "reveal",
        "disclose", "show", "indicate", "find", "estimate", "expect", "hope", "want", "plan", "agree", "know", "feel",
        "propose", "maintain", "testify", "caution", "remark", "joke", "respond"
    ]
)  # fmt: skip
CLAUSES, TO_CLAUSES = frozenset({"ccomp"}), frozenset({"ccomp", "xcomp"})
INTENDING = frozenset(["want", "plan", "hope", "expect", "promise", "vow", "pledge", "agree", "urge", "ask", "propose"])
SUBJECTS, AROUND = frozenset({"nsubj"}), frozenset({"aux", "neg", "auxpass", "prt"})
OPENING, CLOSING = '“"', '”"'


def find(doc: Any) -> Iterator[Attribution]:
    """The attributions of a parsed paragraph."""
    quotes = list(quotations(doc.text))
    for token in doc:
        if token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            yield from _according(doc, token)
        elif token.lemma_.lower() in VERBS and token.pos_ in ("VERB", "AUX"):
            yield from _saying(token, quotes)


def quotations(text: str) -> Iterator[Pair]:
    """The stretches between double quotation marks, marks included."""
    opened = None
    for at, mark in enumerate(text):
        if opened is None and mark in OPENING:
            opened = at
        elif opened is not None and mark in CLOSING:
            yield opened, at + 1
            opened = None


def _saying(verb: Any, quotes: list[Pair]) -> Iterator[Attribution]:
    deps = TO_CLAUSES if verb.lemma_.lower() in INTENDING else CLAUSES
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if any(start <= verb.idx < end for start, end in quotes):
        return
    own = [verb, *(child for child in verb.children if child.dep_ in AROUND)]
    cue = [token for token in own if abs(token.i - verb.i) <= len(own)]
    apart = {token.i for token in cue} | {token.i for token in (subject.subtree if subject is not None else ())}
    clauses = [child for child in verb.children if child.dep_ in deps]
    held = [token for clause in clauses for token in clause.subtree if token.i not in apart]
    content = [*_stretches(held), *(_near(verb, quotes, apart) if not held else ())]
    if content:
        source = _stretches(list(subject.subtree)) if subject is not None else ()
        whole = tuple(_widened(piece, quotes) for piece in content)
        yield Attribution(tuple(source), ((min(t.idx for t in cue), max(t.idx + len(t) for t in cue)),), whole)


def _according(doc: Any, token: Any) -> Iterator[Attribution]:
    noun = next((t for t in doc[token.i + 1].children if t.dep_ == "pobj"), None)
    if noun is None:
        return
    said = {token.i, token.i + 1, *(t.i for t in noun.subtree)}
    content = _stretches([t for t in token.sent if t.i not in said])
    yield Attribution(
        tuple(_stretches(list(noun.subtree))),
        ((token.idx, doc[token.i + 1].idx + 2),),
        tuple(piece for piece in content if piece[1] - piece[0] > 2),
    )


def _near(verb: Any, quotes: list[Pair], apart: set[int]) -> list[Pair]:
    """The quotations in the verb's sentence, which have no clause of their own in the parse."""
    first, last = verb.sent.start_char, verb.sent.end_char
    inside = [q for q in quotes if q[0] < last and first < q[1]]
    return inside if apart else []


def _stretches(tokens: list[Any]) -> list[Pair]:
    """Runs of neighbouring tokens as spans, without punctuation at their ends."""
    runs: list[list[Any]] = []
    for token in sorted(tokens, key=lambda t: t.i):
        if runs and runs[-1][-1].i == token.i - 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    kept = [[t for t in run if not t.is_punct or t.is_quote] for run in runs]
    return [(run[0].idx, run[-1].idx + len(run[-1])) for run in kept if run]


def _widened(piece: Pair, quotes: list[Pair]) -> Pair:
    """The piece with the whole of a quotation that it shares most of."""
    for start, end in quotes:
        if min(end, piece[1]) - max(start, piece[0]) > (end - start) / 2:
            return min(start, piece[0]), max(end, piece[1])
    return piece
