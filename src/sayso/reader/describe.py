"""What the words of a source say about who it is."""

import re
from dataclasses import dataclass

from sayso.lexicon.lexicon import Head
from sayso.lexicon.wordsets import wordset
from sayso.reader.bodies import DEFINITE, STATE_ORGANS, affiliation
from sayso.reader.heads import head_noun
from sayso.reader.named import body
from sayso.reader.names import Names
from sayso.reader.persons import person
from sayso.reader.runs import RUN, Run, runs
from sayso.reader.unnamed import unnamed
from sayso.terms.reading import Speaker

GLOSS = re.compile(r"\s\([^()]*\)\s")
CLAUSE = re.compile(r",|\(|\bwho\b|\bwhich\b|\bthat\b|\bwhose\b|–|—")
MADE_BY = re.compile(r"\b(?:from|by|attributed to)\s+(?!about\b)(\S.*)$")
PLACED = re.compile(r"\b(?:on|in|at|to|near|across|along|about) (?:the|an?)\b")
CARRIED_IN = re.compile(r"\b(?:in|on|of)\s+(.*)$")
LIST = re.compile(rf"(?:[Tt]he )?{RUN.pattern}(?:, (?:the )?{RUN.pattern})+,? and (?:the )?{RUN.pattern}")
INCLUDING = re.compile(r"\bincluding (.+ and .+)$")
OPENING = re.compile(r"([A-Z][a-z]+) [a-z]")
AUTHORED, REPORT_KINDS = wordset("authored"), wordset("report_kinds")
FULL_BODY = re.compile(
    rf"(?:[Tt]he\s)?({RUN.pattern} (?:of|for|on|against) (?:the )?{RUN.pattern}(?: and (?:the )?{RUN.pattern})?)$"
)
STATION = re.compile(
    r"[KW][A-Z]{3}(?:-TV)?(?: ?-? ?\d{1,2})?|[A-Z][A-Za-z]{2,3} ?\d{1,2}(?: News)?|\d{1,2} ?News|News ?\d{1,2}"
)
BELIEVERS = wordset("believers")
NAMED = re.compile(r"(?:,|\b(?:named|called|nicknamed|dubbed|username))\s[“\"‘']([\w ­.-]{2,30}?),?[”\"’']")
REST = re.compile(r"(?:some|other|others|several|an?|one|two|his|her|its|their)\b")


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
    clean = " ".join(text.split())
    if clean.replace("’", "'") not in names.lexicon.body_of:
        clean = re.sub(r"[’']s$", "", clean)
    text, clean = clean, _without_capital(clean, names)
    plain = GLOSS.sub(" ", clean)
    main = CLAUSE.split(plain, maxsplit=1)[0].strip() or clean
    found = [run for run in runs(clean) if run.text not in BELIEVERS]
    definite = bool(DEFINITE.match(clean))
    head = head_noun(main, names)
    speaker = _known(main, names) or _named(clean, main, found, head, names) or unnamed(clean, main, found, head, names)
    author = _author(plain, main, head, names) if head and head.kind == "document" else None
    return Source(text, main, head.word if head else None, definite, speaker, author)


def _without_capital(clean: str, names: Names) -> str:
    """The source without the capital of a first word that is no name ("Tribal leaders"), as the text shows."""
    first = OPENING.match(clean)
    if first is None or names.is_name(first[1]):
        return clean
    return clean[0].lower() + clean[1:]


def _author(clean: str, main: str, head: Head, names: Names) -> str | None:
    """Who made the document: named after "from" or "by", before its noun, or, for an outlet, after "in"."""
    made = MADE_BY.search(main)
    if made and not PLACED.search(main, 0, made.start()):
        return clean[made.start(1) :]
    before = re.match(rf"(?:(?:the|an?|this)\s)?(.+?)(?:[’']s)?\s(?:[a-z]+\s)?{head.word}", main)
    topic = before and before[1].lower() in REPORT_KINDS and before[1].lower() not in names.lexicon.head_of
    if before and head.word in AUTHORED and not topic:
        maker = describe(f"the {before[1]}", names).speaker
        vague = str(maker.name)[:1].islower() and str(maker.name).split()[0] not in STATE_ORGANS
        if maker.naming == "named" and not vague:
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
    if STATION.fullmatch(bare):
        return Speaker(bare, "named", "outlet")
    if spelt != bare:
        return Speaker(spelt, "named", "organization", affiliation(spelt, names))
    if (
        "’s " not in main
        and "'s " not in main
        and (long := FULL_BODY.match(main))
        and " and the " not in main
        and not _ends_in_person(main, names)
        and names.is_body_word(long[1].split(" of ")[0].split(" for ")[0].split()[-1])
    ):
        return Speaker(long[1], "named", "organization", affiliation(long[1], names))
    return None


def _ends_in_person(main: str, names: Names) -> bool:
    """Whether a long name of a body ends in a person's whom the text also names without it."""
    known = names.people.get(main.split()[-1].lower(), ())
    return any(main.endswith(full) and names.text.count(full) > names.text.count(main) for full in known)


def _named(clean: str, main: str, found: list[Run], head: Head | None, names: Names) -> Speaker | None:
    members = INCLUDING.search(clean)
    listed = members[1] if members else clean if LIST.fullmatch(clean) else main
    if found and " and " in listed and (several := _several(listed, names)):
        return several
    nickname = NAMED.search(clean) if head and head.kind in ("person", "group") else None
    if nickname and len(found) < 2 and (not found or found[0].text == nickname[1]):
        return Speaker(nickname[1].replace("\u00ad", ""), "named", "person", role=head.word if head else None)
    if someone := person(clean, found, head, names):
        return someone
    return body(clean, main, found, head, names)


def _several(main: str, names: Names) -> Speaker | None:
    """Two named bodies or people joined by "and"."""
    parts = [part.strip() for part in re.split(r",|\band\b", main) if part.strip()]
    speakers = [describe(part, names).speaker for part in parts]
    if len(speakers) > 1 and REST.match(parts[-1]) and speakers[-1].naming == "unnamed" and _known(parts[0], names):
        return speakers[0]
    if len(speakers) < 2 or any(s.naming != "named" or not s.name for s in speakers):
        return None
    if not all(s.kind != "person" or " " in str(s.name) or s.role for s in speakers):
        return None
    if any(str(s.name).lower() in names.lexicon.head_of for s in speakers) or "& Co" in main:
        return None
    first = speakers[0]
    return Speaker(first.name, "named", first.kind, first.affiliation, names=tuple(str(s.name) for s in speakers))


def is_plural(source: Source) -> bool:
    """Whether a source's head is plural."""
    main = source.main.lower().rstrip(".,")
    last = re.findall(r"[\w’'-]+", main)
    return bool(source.head) and any(w != source.head and w.startswith(str(source.head)[:-1]) for w in last) and (
        main.split()[0] not in ("a", "an")
    )  # fmt: skip
