"""Whom a report credits: the agencies and outlets that it names in the set phrases for that, not those it cites."""

import re
from collections.abc import Iterator

from sayso.lexicon import default_lexicon

AGENCIES = frozenset({
    "ANSA", "Agence France-Presse", "Anadolu Agency", "Asian News International", "Associated Press",
    "Australian Associated Press", "Bloomberg", "Canadian Press", "Deutsche Presse-Agentur", "EFE", "Fars News Agency",
    "IRNA", "ISNA", "Interfax", "KCNA", "Kyodo", "MENA", "Mehr", "News Agency of Nigeria", "Notimex", "Petra",
    "Press Association", "Press Trust of India", "RIA Novosti", "Reuters", "SANA", "SPA", "Sputnik", "TASS", "Tasnim",
    "United Press International", "WAFA", "Xinhua", "Yonhap",
})  # fmt: skip
LONGEST_LINE, LONGEST_LIST, LONGEST_NAME, TAIL = 250, 80, 5, 120
SIGNING_LINES = 3
WORD = re.compile(r"[\w.&’'-]+")
POSSESSIVE = re.compile(r"[’']s?$")
BETWEEN = re.compile(r"(?i) *(?:,|/|;|\||&|\band\b|\bor\b) *")
ROLE = re.compile(r"(?i)[ -]*\b(?:staff|(?:staff |news )?(?:writers?|reporters?|correspondents?|wires?))$")
BY = re.compile(r"(?i)by:? +")

HELPED = re.compile(
    r"(?i)(.*)\bcontributed (?:(?:\w+ )?(?:to|for) this (?:report|story|article)\b|(?:\w+ )?reporting\b).*"
)
ADDED = re.compile(r"(?i)[(\[]?(?:(?:additional|further) )?reporting (?:by|from) (.*)")
WITH_HELP = re.compile(
    r"(?i)[(\[]?(?:with|includes|including) (?:additional |agency )?(?:reporting|reports?|files?|material|inputs?|"
    r"information|wires?) (?:by|from|of) (.*)"
)
TAKEN = re.compile(
    r"(?i)[(\[]?this (?:news )?(?:report|story|article) (?:was|is|has been) (?:first |originally )?"
    r"(?:published|distributed|provided|produced|supplied|syndicated|written) by (.*)"
)
SOURCE = re.compile(r"(?i)[(\[]?(?:sources?|via|courtesy|credit)(?: of)? ?: ?(.*)")
WITH = re.compile(r"(?i)[(\[]?with (.*)")
RIGHTS = re.compile(
    r"(?i)(?:©|\(c\)|copyright)(?: ?(?:©|\(c\)))?,? ?(?:(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?,? )?(?:by )?"
    r"([^.,:|]{2,60})(?:[.,:|].*)?"
)
SIGNED = re.compile(r"(?:[.!?”\"’]\s*|^)(?:[-–—]{1,2} ?[(\[]?|[(\[/])([\w.&’' /,-]{2,60})[)\]/]?\.?$")
SMALL = re.compile(r"\b[a-z]+\b")
AMONG_NAMES = frozenset({
    "additional", "agencies", "agency", "al", "and", "at", "bin", "by", "compiled", "contributed", "da", "de", "del",
    "der", "di", "editing", "el", "for", "from", "in", "inputs", "la", "news", "of", "on", "other", "report",
    "reporting", "s", "service", "staff", "the", "this", "to", "van", "von", "wires", "with", "writing",
})  # fmt: skip


def credits_in(first: list[str], last: list[str]) -> Iterator[str]:
    """The canonical names that a report's first and last lines credit, in order, perhaps more than once."""
    for line in first:
        yield from _agencies(BY.sub("", line, count=1))
    for line in (*first, *last):
        if len(line) <= LONGEST_LINE:
            yield from _by_phrase(line)
    for line in last[-SIGNING_LINES:]:
        signed = SIGNED.search(line) if len(line) <= TAIL else SIGNED.search(f" {line[-TAIL:]}")
        yield from _agencies(signed[1] if signed else line)


def _by_phrase(line: str) -> Iterator[str]:
    """Whom a line credits that is, as a whole, one of the set phrases."""
    if (rights := RIGHTS.fullmatch(line)) is not None:
        yield from _agencies(rights[1])
    if (people := _helpers(line)) is not None:
        yield from outlets_among(people)
        return
    for phrase in (SOURCE, WITH):
        if (found := phrase.fullmatch(line)) is not None:
            yield from outlets_listed(found[1])


def is_credit(line: str) -> bool:
    """Whether the line is a set phrase that says who helped, whoever that is."""
    if len(line) > LONGEST_LINE:
        return False
    return _helpers(line) is not None or any(_by_phrase(line))


def _helpers(line: str) -> str | None:
    """The part of a set phrase that names people and outlets, None if the line is no such phrase."""
    if (helped := HELPED.fullmatch(line)) is not None:
        return helped[1]
    found = next(filter(None, (phrase.fullmatch(line) for phrase in (ADDED, WITH_HELP, TAKEN))), None)
    return found[1] if found and AMONG_NAMES.issuperset(SMALL.findall(found[1])) else None


def outlets_listed(words: str) -> list[str]:
    """The canonical names of the outlets that ``words`` lists; none if it lists anything else."""
    parts = [ROLE.sub("", part.strip(" .()[]/")) for part in BETWEEN.split(words) if part.strip(" .()[]/")]
    found = [_canonical(part) for part in parts]
    return [name for name in found if name] if all(found) else []


def _agencies(words: str) -> list[str]:
    """The agencies that ``words`` lists; none if it lists anything else."""
    found = outlets_listed(words) if len(words) <= LONGEST_LIST else []
    return found if AGENCIES.issuperset(found) else []


def outlets_among(words: str) -> list[str]:
    """The canonical names of the outlets among ``words``, which may name people too."""
    tokens = [match[0] for match in WORD.finditer(words)]
    found: list[str] = []
    place = 0
    while place < len(tokens):
        size, name = _longest(tokens[place : place + LONGEST_NAME])
        if name and not _is_a_person(tokens, place, size):
            found.append(name)
        place += size
    return found


def _longest(tokens: list[str]) -> tuple[int, str | None]:
    """How many words the longest name of an outlet at the start of ``tokens`` has, and its canonical form."""
    for size in range(len(tokens), 0, -1):
        if (name := _canonical(" ".join(tokens[:size]))) is not None:
            return size, name
    return 1, None


def _is_a_person(tokens: list[str], place: int, size: int) -> bool:
    """Whether a name of one word that is also an outlet's belongs to somebody ("Megan Fox")."""
    if size > 1 or POSSESSIVE.search(tokens[place]):
        return False
    before, after = tokens[place - 1 : place], tokens[place + 1 : place + 2]
    known = _canonical(tokens[place]) in AGENCIES
    return any(word[0].isupper() and word != "The" for word in (before if known else before + after))


def _canonical(words: str) -> str | None:
    outlets = default_lexicon().outlet_of
    bare = POSSESSIVE.sub("", words).rstrip(".")
    found = outlets.get(words) or outlets.get(bare)
    return found.name if found else None
