"""What the words of a source without a name tell: whose person it is, how many, and how close to the matter."""

import re

from sayso.lexicon.lexicon import Head
from sayso.lexicon.wordsets import wordset
from sayso.reader.bodies import affiliation
from sayso.reader.names import Names, Run, runs
from sayso.reader.numbers import UNITS
from sayso.terms.reading import Kind, Naming, Speaker

LOCAL = re.compile(r"(?:local|state)\b", re.IGNORECASE)
BASIS = re.compile(
    r"\b(?:familiar with|briefed on|close to|with (?:direct )?knowledge of|with access to|involved in|"
    r"who (?:spoke|asked|declined|requested|insisted)|"
    r"who (?:was|were|is|are|has|have|had) (?:been )?(?:not )?(?:authori[sz]ed|allowed|briefed|involved|present|direct|"
    r"knowledge|seen|read|access|familiar|close|aware))\b[^,;.]*"
)
NUMBERS = {word: n for word, n in UNITS.items() if n}
STATE_HEADS, NO_BODIES = wordset("state_heads"), wordset("no_bodies")
STATE = re.compile(
    r"\b(?:government|military|army|presidency|presidential|palace|police|ministry|security|intelligence|defen[cs]e|"
    r"state|federal) ",
    re.I,
)


def unnamed(clean: str, main: str, found: list[Run], head: Head | None, names: Names) -> Speaker:
    """The speaker without a name: kind, whose person it is, how many, and how close."""
    kind: Kind = head.kind if head else "person"
    if head is None and found:
        kind = "organization"
    whose = affiliation(clean, names)
    if whose is None and kind == "person" and (STATE.search(main) or (head and head.word in STATE_HEADS)):
        whose = names.main_country
    if whose is None and kind in ("outlet", "document") and LOCAL.match(clean):
        whose = names.main_country
    if whose is None and kind == "person" and head:
        whose = _employer(clean, head, names)
    if whose is None and kind == "person":
        whose = next((names.full(run.words[-1]) for run in found if names.full(run.words[-1])), None)
    basis = BASIS.search(clean)
    count = NUMBERS.get(clean.split(" ", 1)[0].lower())
    if head and head.word == "people" and (count or basis):
        kind = "person"
    naming: Naming = "unnamed"
    return Speaker(None, naming, kind, whose, head.word if head and head.role else None,
                   basis=basis.group() if basis else None, count=count)  # fmt: skip


def _employer(clean: str, head: Head, names: Names) -> str | None:
    """Whose person "a spokesman for Acme", "an Acme employee" or "a leader of the Orrin Front" is."""
    for run in runs(clean):
        before, after = clean[: run.span.start], clean[run.span.end :]
        place = run.text in names.lexicon.country_of or run.text in NO_BODIES or names.full(run.words[-1])
        named = re.search(r"\b(?:for|at|with|from|of) (?:the )?$", before) and head.word in before.lower()
        if not place and (named or re.match(rf" (?:[\w-]+ )?{head.word}", after)):
            return run.text
    return None
