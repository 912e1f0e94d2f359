"""Claims of the same story that a person takes for the same as one: found by words, by an address, or by an id."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.terms.weighing import Claim, Saying
from sayso.web.correcting.claim import Anchors, middle_of
from sayso.web.desk import Desk
from sayso.weighing import Weighed

MOST = 12
PLACE = re.compile(r"/claims/at/([^/\s]+)/(\d+)-(\d+)")
ID = re.compile(r"(?:/claims/|^)([0-9a-f]{8,16})(?:[?#/]|$)")
Problem = Literal["", "other story", "nothing"]


@dataclass(frozen=True, slots=True)
class Rival:
    """A claim, and the pair of it and the one in hand as a form carries it."""

    claim: Claim
    value: str


@dataclass(frozen=True, slots=True)
class Merging:
    """What was looked for and found, how many more there are, and why nothing was, if nothing was."""

    asked: str
    found: tuple[Rival, ...]
    more: int
    problem: Problem


def merging(desk: Desk, whole: Weighed, claim: Claim, asked: str) -> Merging | None:
    """The claims that ``asked`` may mean; None if nothing was asked."""
    asked = asked.strip()
    if not asked:
        return None
    found = [one for one in _meant(desk, whole, asked) if one.id != claim.id]
    shown = found[:MOST]
    anchors = Anchors(desk.known(middle_of(one).report for one in (claim, *shown)))
    rivals = tuple(Rival(one, anchors.value(middle_of(claim), middle_of(one))) for one in shown)
    problem: Problem = "" if rivals else "other story" if _elsewhere(desk, whole, asked) else "nothing"
    return Merging(asked, rivals, len(found) - len(shown), problem)


def _meant(desk: Desk, whole: Weighed, asked: str) -> list[Claim]:
    claims = whole.story.claims
    if place := PLACE.search(asked):
        there = desk.known([place[1]]).get(place[1])
        names = {place[1], *((there.id, there.name) if there else ())}
        return [one for one in claims if any(_is_at(said, names, place[2], place[3]) for said in one.sayings)]
    if (given := ID.search(asked)) and (by_id := [one for one in claims if one.id.startswith(given[1])]):
        return by_id
    return list(_with_words(claims, asked.casefold().split()))


def _is_at(said: Saying, names: set[str], start: str, end: str) -> bool:
    there = said.spans[0].start, said.spans[-1].end
    return said.report in names and there == (int(start), int(end))


def _with_words(claims: tuple[Claim, ...], words: list[str]) -> Iterator[Claim]:
    """Those that have all the words in one of their sayings, what most reports say first."""
    for claim in sorted(claims, key=lambda one: (-one.reports, one.id)):
        if any(all(word in text for word in words) for text in _texts(claim)):
            yield claim


def _texts(claim: Claim) -> Iterator[str]:
    yield claim.text.casefold()
    yield from (said.text.casefold() for said in claim.sayings if said.sure)


def _elsewhere(desk: Desk, whole: Weighed, asked: str) -> bool:
    given = ID.search(asked)
    found = desk.claim(given[1]) if given else None
    return found is not None and found[0].story.id != whole.story.id
