"""The markup of Sayso's own training and golden passages, and its parser.

One passage a line; ``¶`` stands for a line break in the text; blank lines and lines starting with ``#`` are skipped.
Roles are square brackets with a letter and the attribution's number: ``[s1 …]`` source, ``[k1 …]`` cue,
``[c1 …]`` content. Brackets nest properly; a role that comes in pieces uses its label again. A backslash makes a
bracket literal. Lines starting with ``%`` set what holds for the next passage only: ``% phenomenon``, then
optionally ``within=2<1`` (attribution 2 lies within 1; needed only where 2's cue is not inside 1's content) and
``optional=3`` (neither owed nor punished).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TOKEN = re.compile(r"\\([\[\]])|\[([skc])(\d+) |(\])|([^\\\[\]]+|.)", re.DOTALL)
ROLES = {"s": "source", "k": "cue", "c": "content"}


class MarkupError(ValueError):
    """A passage that breaks the markup's rules."""


@dataclass
class Marked:
    """One attribution of a passage: role -> list of (start, end) into the passage's text."""

    source: list[tuple[int, int]] = field(default_factory=list)
    cue: list[tuple[int, int]] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    within: int | None = None
    optional: bool = False


@dataclass
class Passage:
    """A passage's plain text and its attributions by number."""

    text: str
    phenomenon: str
    attributions: dict[int, Marked]
    options: dict[str, str] = field(default_factory=dict)


def parse_passage(line: str, header: str = "") -> Passage:
    """The passage that one marked line (and its ``%`` header) stands for; MarkupError if it is malformed."""
    text, marks = _strip_brackets(line.replace("¶", "\n"))
    found: dict[int, Marked] = {}
    for role, number, start, end in sorted(marks, key=lambda m: m[2]):
        getattr(found.setdefault(number, Marked()), ROLES[role]).append((start, end))
    words = header.lstrip("% ").split()
    options = dict(word.split("=", 1) for word in words if "=" in word)
    _set_within(found, options.get("within", ""))
    for mark in filter(None, options.get("optional", "").split(",")):
        _known(found, int(mark)).optional = True
    _check(found)
    return Passage(text, " ".join(w for w in words if "=" not in w), found, options)


def _strip_brackets(line: str) -> tuple[str, list[tuple[str, int, int, int]]]:
    out, open_, marks, length = [], [], [], 0
    for match in TOKEN.finditer(line):
        literal, letter, number, closing, plain = match.groups()
        if letter:
            open_.append((letter, int(number), length))
        elif closing:
            if not open_:
                raise MarkupError("a ] closes nothing")
            marks.append((*open_.pop(), length))
        elif plain == "[":
            raise MarkupError("a [ without a label such as s1, k1, c1 and one space")
        else:
            out.append(literal or plain)
            length += len(out[-1])
    if open_:
        raise MarkupError(f"[{open_[-1][0]}{open_[-1][1]} is never closed")
    text = "".join(out)
    for label, at, start, end in marks:
        if text[start:end].strip() != text[start:end] or start == end:
            raise MarkupError(f"[{label}{at} …] is empty or has blanks at its edge")
    return text, marks


def _known(found: dict[int, Marked], number: int) -> Marked:
    if number not in found:
        raise MarkupError(f"the header names attribution {number}, which the passage lacks")
    return found[number]


def _set_within(found: dict[int, Marked], declared: str) -> None:
    for number, mark in found.items():
        holders = [
            (sum(e - s for s, e in other.content), n)
            for n, other in found.items()
            if n != number and mark.cue and any(s <= mark.cue[0][0] and mark.cue[0][1] <= e for s, e in other.content)
        ]
        mark.within = min(holders)[1] if holders else None
    for pair in filter(None, declared.split(",")):
        inner, outer = (int(n) for n in pair.split("<"))
        _known(found, outer)
        _known(found, inner).within = outer


def _check(found: dict[int, Marked]) -> None:
    for number, mark in found.items():
        if not mark.cue or not mark.content:
            raise MarkupError(f"attribution {number} needs a cue and a content")
        seen, at = {number}, mark.within
        while at is not None:
            if at in seen:
                raise MarkupError(f"attribution {number} lies within itself")
            seen.add(at)
            at = found[at].within


def read_passages(path: Path) -> Iterator[Passage]:
    """The passages of one file, in order; MarkupError names the file and line of the first bad one."""
    header = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("%"):
            header = line
            continue
        try:
            yield parse_passage(line.strip(), header)
        except (MarkupError, ValueError) as error:
            raise MarkupError(f"{path.name}:{number}: {error}") from error
        header = ""


def main() -> None:
    """Check the files named on the command line and count what they hold."""
    import collections
    import sys

    for name in sys.argv[1:]:
        passages = list(read_passages(Path(name)))
        kinds = collections.Counter(p.phenomenon for p in passages)
        marks = [m for p in passages for m in p.attributions.values()]
        nested = sum(m.within is not None for m in marks)
        print(f"{name}: {len(passages)} passages, {len(marks)} attributions, {nested} nested; {dict(kinds)}")


if __name__ == "__main__":
    main()
