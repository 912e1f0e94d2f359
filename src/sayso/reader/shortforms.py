"""Short and other forms of names that were given in full before."""

from collections.abc import Iterable
from dataclasses import replace

from sayso.lexicon.wordsets import wordset
from sayso.reader.bodies import GENERIC
from sayso.reader.describe import Source
from sayso.reader.names import Names
from sayso.terms.reading import Attribution, Speaker

BODIES = ("organization", "outlet")
FIRMS, STATE_ORGANS, HEADS = wordset("firms"), wordset("state_organs"), wordset("heads_of_bodies")
GOVERNING = wordset("governing")
STEM, NEAR = 5, 600
Met = Iterable[tuple[Source, Attribution]]


def in_full(source: Source, met: Met, names: Names) -> Speaker | None:
    """Whom a source's name is short for, of those in ``met``, latest first: "the Ledger", "the army", "Acme" again."""
    speaker, known = source.speaker, [m.speaker for _, m in met]
    if speaker.kind == "person" and source.head and speaker.role == source.main:
        return holder(source, known, names)
    if speaker.kind == "person" and speaker.name == source.text:
        return next((s for s in known if s.name == speaker.name and s.kind == "organization"), None)
    if speaker.kind == "organization" and (same := _spelt_otherwise(speaker, known)):
        return replace(same, why=f"{source.text!r}: {same.name} otherwise spelt")
    noun = str(speaker.name).split(" of ")[0].lower()
    head = names.lexicon.head_of.get(noun)
    body = head is not None and head.kind == "organization" and noun not in GOVERNING
    organ = noun in STATE_ORGANS or (source.definite and body)
    whole = next((s for s in known if _is_short_for(speaker, s, organ=organ)), None)
    return replace(whole, why=f"{source.text!r}: short for {whole.name}") if whole else None


def _is_short_for(speaker: Speaker, whole: Speaker, *, organ: bool) -> bool:
    """Whether one word, or "the army" of a country, ends or is part of a longer name of a body."""
    noun = str(speaker.name).split(" of ")[0].lower()
    if speaker.kind not in BODIES or whole.kind not in BODIES or " " in noun:
        return False
    name = str(whole.name).lower()
    if organ:
        return name.endswith(f" {noun}") or (noun in name.split() and " " in name)
    return name.endswith(f" {speaker.name}".lower())


def holder(source: Source, known: list[Speaker], names: Names) -> Speaker | None:
    """Who holds the office of "the Acme chief": of the same body, with that role or at its head."""
    for who in known:
        if who.kind == "person" and who.name and who.affiliation == source.speaker.affiliation:
            role = who.role or ""
            heads = source.head in HEADS and HEADS.intersection(role.lower().split())
            if heads or has_role(names, role, str(source.head)):
                return replace(who, why=f"{source.text!r}: has that office")
    return None


def has_role(names: Names, role: str, head: str) -> bool:
    """Whether the words of a role hold ``head``, titles written out."""
    return head in role.lower() or head in map(names.lexicon.long_title, role.split())


def _spelt_otherwise(speaker: Speaker, known: list[Speaker]) -> Speaker | None:
    """The body whose name has an adjective for the place, or the place for it ("Kolbian Police")."""
    first, _, last = str(speaker.name).partition(" ")
    for other in known:
        before, _, noun = str(other.name).partition(" ")
        if other.kind == "organization" and noun == last and before != first and " " not in last:
            stem = min(len(before), len(first)) - 1
            if stem >= STEM and before[:stem] == first[:stem]:
                return other
    return None


def called(names: Names, noun: str, at: int) -> str | None:
    """The name of the body that "the company" or "the hospital" means at a place."""
    if name := names.last_body(at, noun):
        return name
    if noun not in GENERIC:
        return None
    near = names.known(names.text[max(at - NEAR, 0) : at])
    known = [str(record.name) for kind, record, _ in near if kind == "body"]
    return known[-1] if known else names.last_company(at) if noun in FIRMS else None
