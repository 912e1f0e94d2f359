"""Queries in words, and full text on both databases.

A query is words that must all occur; ``"a phrase"``; ``begin*`` for words that begin so; ``-word`` for what must not
occur; ``OR`` between alternatives; ``a NEAR b`` or ``a NEAR/5 b`` for words at most so many words apart.
"""

import re
from dataclasses import dataclass

from sayso.errors import QueryError

TOKEN = re.compile(
    r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?\*?|(?P<near>NEAR(?:/(?P<apart>\d+))?(?=\s|$))|(?P<word>[^\s"]+))'
)
LETTERS = re.compile(r"\w+", re.UNICODE)
APART, MOST_APART = 10, 20


@dataclass(frozen=True, slots=True)
class Term:
    """A run of words; the last may be the beginning of one. With ``near``, that run at most ``apart`` words away."""

    words: tuple[str, ...]
    prefix: bool = False
    near: "Term | None" = None
    apart: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """Alternatives of terms that must all occur, and what must not."""

    alternatives: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...] = ()


def parse(words: str) -> Query:
    """The query that ``words`` say. QueryError if nothing is left to look for."""
    alternatives: list[list[Term]] = [[]]
    without: list[Term] = []
    apart = 0
    for token in TOKEN.finditer(words):
        if token["near"]:
            apart = min(int(token["apart"] or APART), MOST_APART)
        elif token["word"] == "OR" and alternatives[-1]:
            alternatives.append([])
        elif token["word"] not in {"AND", "OR"} and (term := _term(token)):
            if token["minus"]:
                without.append(term)
            elif apart and alternatives[-1]:
                alternatives[-1].append(Term(*_plain(alternatives[-1].pop()), near=term, apart=apart))
            else:
                alternatives[-1].append(term)
            apart = 0
    wanted = tuple(tuple(terms) for terms in alternatives if terms)
    if not wanted:
        raise QueryError(f"{words!r} has no word to look for: give at least one that must occur")
    return Query(wanted, tuple(without))


def _plain(term: Term) -> tuple[tuple[str, ...], bool]:
    return term.words, term.prefix


def _term(token: re.Match[str]) -> Term | None:
    words = tuple(LETTERS.findall(token["phrase"] if token["word"] is None else token["word"]))
    return Term(words, token[0].endswith("*")) if words else None


def to_fts5(query: Query, column: str, also: str = "") -> str:
    """The query for SQLite's FTS5, in one column, with ``also`` as a further condition."""
    either = " OR ".join("(" + " AND ".join(_fts5(term) for term in terms) + ")" for terms in query.alternatives)
    whole = f"{{{column}}} : ({either})"
    if also:
        whole = f"({whole}) AND ({also})"
    return f"({whole})" + "".join(f" NOT ({{{column}}} : ({_fts5(term)}))" for term in query.without)


def _fts5(term: Term) -> str:
    own = _fts5_phrase(term)
    return own if term.near is None else f"NEAR({own} {_fts5_phrase(term.near)}, {term.apart})"


def _fts5_phrase(term: Term) -> str:
    return '"' + " ".join(term.words) + '"' + ("*" if term.prefix else "")


def to_tsquery(query: Query) -> str:
    """The query for PostgreSQL's ``to_tsquery``."""
    either = " | ".join("(" + " & ".join(_tsquery(term) for term in terms) + ")" for terms in query.alternatives)
    return f"({either})" + "".join(f" & !({_tsquery(term)})" for term in query.without)


def _tsquery(term: Term) -> str:
    own = _tsquery_phrase(term)
    if term.near is None:
        return own
    other = _tsquery_phrase(term.near)
    distances = range(1, term.apart + 2)
    return "(" + " | ".join(f"({own} <{n}> {other}) | ({other} <{n}> {own})" for n in distances) + ")"


def _tsquery_phrase(term: Term) -> str:
    words = [f"'{word}'" for word in term.words]
    words[-1] += ":*" if term.prefix else ""
    return words[0] if len(words) == 1 else "(" + " <-> ".join(words) + ")"
