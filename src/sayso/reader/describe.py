"""What the words of a source say about who it is."""

import re
from dataclasses import dataclass

from sayso.lexicon.lexicon import Head
from sayso.lexicon.wordsets import wordset
from sayso.reader.bodies import DEFINITE, INDEFINITE, affiliation, government, office
from sayso.reader.employers import belonging
from sayso.reader.heads import PREPOSITION, head_noun
from sayso.reader.names import OUTLET_WORDS, RUN, Names, Run, is_person_noun, runs
from sayso.reader.unnamed import unnamed
from sayso.terms.reading import Speaker

LINKED = re.compile(r"\b(?:linked|close|loyal|affiliated|allied|sympathetic) (?:to|with) (?:the )?$")
GLOSS = re.compile(r"\s\([^()]*\)\s")
CLAUSE = re.compile(r",|\(|\bwho\b|\bwhich\b|\bthat\b|\bwhose\b|–|—")
MADE_BY = re.compile(r"\b(?:from|by|attributed to)\s+(?!about\b)(\S.*)$")
PLACED = re.compile(r"\b(?:on|in|at|to|near|across|along|about) (?:the|an?)\b")
CARRIED_IN = re.compile(r"\b(?:in|on|of)\s+(.*)$")
LIST = re.compile(rf"(?:[Tt]he )?{RUN.pattern}(?:, (?:the )?{RUN.pattern})+,? and (?:the )?{RUN.pattern}")
INCLUDING = re.compile(r"\bincluding (.+ and .+)$")
AUTHORED = wordset("authored")
FULL_BODY = re.compile(
    rf"(?:[Tt]he\s)?({RUN.pattern} (?:of|for|on|against) (?:the )?{RUN.pattern}(?: and (?:the )?{RUN.pattern})?)$"
)
PLAIN = wordset("plain")


@dataclass(frozen=True)
class Source:
    """A source's words, taken apart. ``head`` is its head noun in the singular, if it has one.

    ``author`` are the words for whoever made a document, which speaks for them.
    """

    text: str
    main: str
    head: str | None
    definite: bool
    speaker: Speaker
    author: str | None = None


def describe(text: str, names: Names) -> Source:
    """The source as far as its own words tell it. Pronouns and "the minister" are left to resolution."""
    clean = re.sub(r"[’']s$", "", " ".join(text.split()))
    plain = GLOSS.sub(" ", clean)
    main = CLAUSE.split(plain, maxsplit=1)[0].strip() or clean
    found = list(runs(clean))
    definite = bool(DEFINITE.match(clean))
    head = head_noun(main, names)
    speaker = _known(main, names) or _named(clean, main, found, head, names) or unnamed(clean, main, found, head, names)
    author = _author(plain, main, head, names) if head and head.kind == "document" else None
    return Source(clean, main, head.word if head else None, definite, speaker, author)


def _author(clean: str, main: str, head: Head, names: Names) -> str | None:
    """Who made the document: named after "from" or "by", before its noun, or, for an outlet, after "in"."""
    made = MADE_BY.search(main)
    if made and not PLACED.search(main, 0, made.start()):
        return clean[made.start(1) :]
    before = re.match(rf"(?:(?:the|an?|this)\s)?(.+?)(?:[’']s)?\s(?:[a-z]+\s)?{head.word}", main)
    if before and head.word in AUTHORED and describe(f"the {before[1]}", names).speaker.naming == "named":
        return f"the {before[1]}"
    carried = CARRIED_IN.search(main)
    where = clean[carried.start(1) :] if carried else ""
    return where if where and describe(where, names).speaker.kind == "outlet" else None


def _known(main: str, names: Names) -> Speaker | None:
    """A source that is, word for word, the name of an outlet or a body."""
    lexicon, bare = names.lexicon, re.sub(r"^[Tt]he\s+", "", main)
    if outlet := lexicon.outlet_of.get(main) or lexicon.outlet_of.get(bare):
        return Speaker(outlet.name, "named", "outlet")
    spelt = names.initials.get(bare, bare)
    if body := lexicon.body_of.get(main) or lexicon.body_of.get(spelt):
        return Speaker(body.name, "named", "organization", body.country or body.affiliation or None)
    if spelt != bare:
        return Speaker(spelt, "named", "organization", affiliation(spelt, names))
    if (
        "’s " not in main
        and "'s " not in main
        and (long := FULL_BODY.match(main))
        and names.is_body_word(long[1].split(" of ")[0].split(" for ")[0].split()[-1])
    ):
        return Speaker(long[1], "named", "organization", affiliation(long[1], names))
    return None


HONORIFICS = wordset("honorifics")
KIN = wordset("kin")


def _named(clean: str, main: str, found: list[Run], head: Head | None, names: Names) -> Speaker | None:
    members = INCLUDING.search(clean)
    listed = members[1] if members else clean if LIST.fullmatch(clean) else main
    if found and " and " in listed and (several := _several(listed, names)):
        return several
    person = _person(clean, found, head, names)
    if person:
        return person
    return _body(clean, main, found, head, names)


def _several(main: str, names: Names) -> Speaker | None:
    """Two named bodies or people joined by "and"."""
    parts = [part.strip() for part in re.split(r",|\band\b", main) if part.strip()]
    speakers = [describe(part, names).speaker for part in parts]
    if len(speakers) < 2 or any(s.naming != "named" or not s.name for s in speakers):
        return None
    if not all(s.kind != "person" or " " in str(s.name) or s.role for s in speakers):
        return None
    first = speakers[0]
    return Speaker(first.name, "named", first.kind, first.affiliation, names=tuple(str(s.name) for s in speakers))


def _person(clean: str, found: list[Run], head: Head | None, names: Names) -> Speaker | None:
    """A person's name, with the affiliation and role that the other words give."""
    group = head is not None and head.kind in ("group", "outlet", "document")
    for run in found:
        name = names.person(run.words)
        if not name or run.possessive or (group and "including" not in clean) or _in_phrase(clean, run, names):
            continue
        titled = len(name) < len(run.words) or _after_role(clean, run, names)
        whole = " ".join(name)
        if _before_body(clean, run, names):
            continue
        longer = names.full(name[-1])
        if longer and set(name) < set(longer.split()) and len(name) > 1:
            whole = longer
        if len(name) == 1:
            plain = name[0].lower()
            trades = plain.endswith("s") and is_person_noun(plain[:-1]) and not names.full(plain)
            if not titled and plain not in names.people and (plain in names.lexicon.head_of or trades):
                continue
            if name[0] in names.bodies:
                return Speaker(name[0], "named", "organization")
            first = clean == name[0] and name[0].lower() not in names.people
            full = (names.by_first_name(name[0]) if first else None) or names.full(name[0])
            if not (
                full
                or _of_kin(whole, clean, run) != whole
                or (titled and not INDEFINITE.match(clean))
                or _looks_human(clean, run)
            ):
                continue
            whole = full or whole
        elif not titled and not _looks_human(clean, run):
            continue
        titles = " ".join(run.words[: -len(name)])
        rest = f"{clean[: run.span.start]} {titles} , {clean[run.span.end :]}"
        full_name, role = _of_kin(whole, clean, run), _role(clean, run, names)
        return Speaker(full_name, "named", "person", belonging(rest, names), role)
    return None


def _before_body(clean: str, run: Run, names: Names) -> bool:
    """Whether a noun for a body follows right after ("the official KNA agency")."""
    after = re.match(r" (?:news |state )?([a-z]\w+)", clean[run.span.end :])
    head = names.lexicon.head_of.get(after[1]) if after else None
    return head is not None and head.kind in ("organization", "outlet")


def _of_kin(name: str, clean: str, run: Run) -> str:
    """The full name that "Foley's father, John" gives."""
    kin = re.search(r"([A-Z][\w-]+)[’']s? (\w+),? ?$", clean[: run.span.start])
    return name if " " in name or not kin or kin[2].lower() not in KIN else f"{name} {kin[1]}"


def _in_phrase(clean: str, run: Run, names: Names) -> bool:
    """Whether a preposition ties the run to a noun before it ("an aide to President Venn")."""
    before = clean[: run.span.start].rsplit(",", 1)[-1]
    parts = PREPOSITION.split(before, maxsplit=1)
    titled = len(names.person(run.words) or run.words) < len(run.words)
    if titled and re.search(
        r"\b(?:chief|head|minister|secretary|director|chairman|president)s? (?:of|for)\b", before, re.I
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


def _body(clean: str, main: str, found: list[Run], head: Head | None, names: Names) -> Speaker | None:
    """A named outlet, body, government or office."""
    human = head is not None and head.kind in ("person", "group")
    if head is not None and head.kind == "document":
        found = [run for run in found if _authors(clean, main, run)]
    document = head is not None and head.kind == "document"
    for kind, record, span in [] if human else names.known(clean):
        stands_off = LINKED.search(clean[: span.start])
        if stands_off or (document and not _authors(clean, main, Run((), span, possessive=False))):
            continue
        if kind == "outlet" and not (head and head.kind == "organization"):
            return Speaker(record.name, "named", "outlet")
        if kind == "body":
            whose = record.country or _owning_country(clean[: span.start], names) or record.affiliation or None
            return Speaker(record.name, "named", "organization", whose)
    by = re.search(r"\bby (?:the )?([A-Z][\w-]+)$", main) if document else None
    if by and not names.full(by[1]):
        return Speaker(by[1], "named", "outlet")
    if not human and (new := _unknown_outlet(found, head, names)):
        return new
    return government(clean, main, found, head, names) or office(clean, main, head, names)


def _owning_country(before: str, names: Names) -> str | None:
    """The country that stands right before a body's name ("Ghana's Supreme Court")."""
    last = re.search(r"([A-Z][\w.]+)(?:[’']s)? $", before)
    country = names.lexicon.country_of.get(last[1]) if last else None
    return country.name if country else None


def _authors(clean: str, main: str, run: Run) -> bool:
    """Whether a run by a document's noun names its author: before the noun, or after "by" or "from"."""
    before = clean[: run.span.start].rstrip()
    return before.endswith((" by", " from", " of", " in", " by the", " from the", " in the")) or (
        not PREPOSITION.search(before) and run.span.end < len(main)
    )


def _unknown_outlet(found: list[Run], head: Head | None, names: Names) -> Speaker | None:
    outlet_head = head is not None and head.kind == "outlet"
    for run in reversed(found):
        single = len(run.words) == 1
        if run.text in names.lexicon.country_of or (single and (not outlet_head or run.text.lower() in PLAIN)):
            continue
        if not run.possessive and (OUTLET_WORDS.intersection(run.words[-2:]) or (outlet_head and len(run.words) < 5)):
            words = run.words if OUTLET_WORDS.intersection(run.words) or len(run.words) < 3 else run.words[-2:]
            return Speaker(" ".join(words), "named", "outlet")
    return None
