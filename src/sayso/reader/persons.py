"""People by name in a source: which words are the name, and what the others say of role and body."""

import re

from sayso.lexicon.lexicon import Head
from sayso.lexicon.wordsets import wordset
from sayso.reader.bodies import INDEFINITE
from sayso.reader.employers import belonging
from sayso.reader.heads import PREPOSITION
from sayso.reader.lookup import FIRST_NAMES
from sayso.reader.names import Names, is_person_noun
from sayso.reader.namesakes import titled_name
from sayso.reader.runs import Run
from sayso.terms.reading import Speaker

HONORIFICS, KIN = wordset("honorifics"), wordset("kin")
LONG_NAME = 4
FIRMS = wordset("firms")


def person(clean: str, found: list[Run], head: Head | None, names: Names) -> Speaker | None:
    """A person's name, with the affiliation and role that the other words give."""
    group = head is not None and (head.kind in ("group", "outlet", "document") or head.word in FIRMS)
    for run in found:
        name = names.person(run.words)
        if not name or run.possessive or (group and "including" not in clean) or _in_phrase(clean, run, names):
            continue
        titled = len(name) < len(run.words) or _after_role(clean, run, names)
        other = len(name) == 1 and not titled and _longer_follows(run, found, names)
        if other or _before_body(clean, run, names):
            continue
        if clean in (name[0], f"The {name[0]}") and not names.full(name[0]) and names.is_firm(name[0]):
            return Speaker(name[0], "named", "organization")
        whole = _full_name(name, clean, run, names, titled=titled)
        if whole is None:
            continue
        titles = " ".join(run.words[: -len(name)])
        rest = f"{clean[: run.span.start]} {titles} , {clean[run.span.end :]}"
        full_name, role = _of_kin(whole, clean, run), _role(clean, run, names)
        return Speaker(full_name, "named", "person", belonging(rest, names), role)
    return None


def _longer_follows(run: Run, found: list[Run], names: Names) -> bool:
    """Whether a later run names somebody in full, so that one word is no name ("Kolby services chief Ada Venn")."""
    return any(len(names.person(later.words) or ()) > 1 for later in found if later.span > run.span)


def _full_name(name: tuple[str, ...], clean: str, run: Run, names: Names, *, titled: bool) -> str | None:
    """The name as the text gives it in full; None if nothing shows that it is a person's."""
    if len(name) > 1:
        longer = names.full(name[-1])
        if not titled and not _looks_human(clean, run):
            return None
        whole = " ".join(name)
        shorter = next((full for full in names.people.get(name[-1].lower(), ()) if whole.endswith(f" {full}")), None)
        return shorter or (longer if longer and set(name) < set(longer.split()) else whole)
    plain = name[0].lower()
    if name[0].isupper() and len(name[0]) > len("JR") and not titled:
        return None
    trades = plain.endswith("s") and is_person_noun(plain[:-1]) and not names.full(plain)
    if not titled and plain not in names.people and (plain in names.lexicon.head_of or trades):
        return None
    full = names.by_first_name(name[0]) if clean == name[0] and plain not in names.people else None
    full = full or titled_name(names, [*clean[: run.span.start].split()[-1:], *run.words[:-1]], name[0])
    shown = (titled and not INDEFINITE.match(clean)) or _looks_human(clean, run)
    return full or (name[0] if shown or _of_kin(name[0], clean, run) != name[0] else None)


def _before_body(clean: str, run: Run, names: Names) -> bool:
    """Whether a noun for a body follows right after ("the official KNA agency")."""
    after = re.match(r" (?:news |state )?([a-z]\w+)", clean[run.span.end :])
    head = names.lexicon.head_of.get(after[1]) if after else None
    return head is not None and head.kind in ("organization", "outlet")


def _of_kin(name: str, clean: str, run: Run) -> str:
    """The full name that "Foley's father, John" gives."""
    kin = re.search(r"([A-Z][\w-]+)[’']s? (?:[a-z]+ )?(\w+),? ?$", clean[: run.span.start])
    return name if " " in name or not kin or kin[2].lower() not in KIN else f"{name} {kin[1]}"


def _in_phrase(clean: str, run: Run, names: Names) -> bool:
    """Whether a preposition ties the run to a noun before it ("an aide to President Venn")."""
    before = clean[: run.span.start].rsplit(",", 1)[-1]
    parts = PREPOSITION.split(before, maxsplit=1)
    titled = len(names.person(run.words) or run.words) < len(run.words)
    if titled and re.search(
        r"\b(?:chief|head|minister|secretary|director|chairman|president|member|leader|mayor|governor)s? (?:of|for)\b",
        before,
        re.I,
    ):
        return False
    return len(parts) > 1 and any(names.is_title(word) for word in re.findall(r"[\w’'-]+", parts[0]))


def _after_role(clean: str, run: Run, names: Names) -> bool:
    before = re.findall(r"[\w’'-]+", clean[: run.span.start])
    return bool(before) and (names.is_title(before[-1]) or before[-1].endswith("-year-old"))


def _looks_human(clean: str, run: Run) -> bool:
    """Whether a run without title opens the source or an apposition, as a person's name does."""
    before, after = clean[: run.span.start].rstrip(), clean[run.span.end :].lstrip()
    if run.text.isupper() or any(c.isdigit() for c in run.text):
        return False
    opens = not before or before.endswith((",", "including", "and", "named", "called", "’s", "'s", "s’", "s'"))
    if before[-1:].isalpha() and run.words[0].lower() in FIRST_NAMES and 1 < len(run.words) < LONG_NAME:
        opens = opens or not PREPOSITION.search(before)
    return opens and (not after or after[0] in ",(" or after.startswith(("who", "and", "of ", "a ", "an ", "from")))


def _role(clean: str, run: Run, names: Names) -> str | None:
    """The words before a name, or the apposition after it, if they hold a role."""
    titles = [word for word in run.words[: -len(names.person(run.words) or run.words)] if not _honorific(word)]
    before = clean[: run.span.start].strip(" ,")
    after = re.match(r"\s*,\s*([^,]+)", clean[run.span.end :])
    for words in (before, after.group(1) if after else "", " ".join(titles)):
        if any(names.is_title(word) and not _honorific(word) for word in re.findall(r"[\w’'-]+", words)):
            return words.removeprefix("the ").removeprefix("a ").removeprefix("an ").strip()
    return None


def _honorific(word: str) -> bool:
    return word.strip(".").lower() in HONORIFICS
