"""What the words of a source without a name tell: whose person it is, how many, and how close to the matter."""

import re

from sayso.lexicon.lexicon import Head
from sayso.lexicon.wordsets import alternatives, wordset
from sayso.reader.bodies import affiliation
from sayso.reader.names import Names
from sayso.reader.numbers import UNITS
from sayso.reader.runs import Run, runs
from sayso.terms.reading import Kind, Naming, Speaker

AT_THE = frozenset(
    f"{prep} {article}" for prep in ("at", "for", "from", "of", "with", "in") for article in ("the", "this")
)
LOCAL = re.compile(r"(?:local|state)\b", re.IGNORECASE)
BASIS = re.compile(
    rf"\b(?:{alternatives('closeness')}|"
    rf"who (?:was|were|is|are|has|have|had) (?:been )?(?:not )?(?:{alternatives('knowing')}))\b[^,;.]*"
)
NUMBERS = {word: n for word, n in UNITS.items() if n}
STATE_BODIES = wordset("governing") | wordset("state_organs")
STATE_HEADS, NO_BODIES = wordset("state_heads"), wordset("no_bodies")
STATE = re.compile(rf"\b(?:{alternatives('state_words')}) ", re.I)


def unnamed(clean: str, main: str, found: list[Run], head: Head | None, names: Names) -> Speaker:
    """The speaker without a name: kind, whose person it is, how many, and how close."""
    kind: Kind = head.kind if head else "person"
    if head is None and found:
        people = names.lexicon.country_of.get(found[0].text)
        kind = (
            "group" if people and found[0].text.endswith("s") and found[0].text in people.demonyms else "organization"
        )
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


def house(main: str, head: str, names: Names) -> str | None:
    """The noun of the body whose person "hospital officials" or "an employee at the company" is."""
    words = main.lower().split()
    at = next((i for i, word in enumerate(words) if word.startswith(head[:-1])), len(words))
    after = words[at + 3 : at + 5] if words[at + 1 : at + 2] and " ".join(words[at + 1 : at + 3]) in AT_THE else []
    nouns = (names.lexicon.head_of.get(word) for word in (*reversed(words[max(at - 2, 0) : at]), *after))
    bodies = (noun.word for noun in nouns if noun and noun.kind == "organization" and noun.named)
    return next((word for word in bodies if word not in STATE_BODIES), None)


def _employer(clean: str, head: Head, names: Names) -> str | None:
    """Whose person "a spokesman for Acme", "an Acme employee" or "a leader of the Orrin Front" is."""
    for run in runs(clean):
        before, after = clean[: run.span.start], clean[run.span.end :]
        if len(run.words) == 1 and run.text.lower() in names.lexicon.head_of:
            continue
        place = run.text in names.lexicon.country_of or run.text in NO_BODIES or names.full(run.words[-1])
        named = re.search(r"\b(?:for|at|with|from|of) (?:the )?$", before) and head.word in before.lower()
        if not place and (named or re.match(rf" (?:[\w-]+ )?{head.word}", after)):
            return run.text
    return None
