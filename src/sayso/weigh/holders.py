"""Who holds an office, as some report of the story says."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sayso.terms import Attribution, Reading
from sayso.weigh.lists import listed
from sayso.weigh.plain import countries, plain_words, singular

RANKS = {"armed": "military", "force": "military", "army": "military", "staff": "chief", "head": "chief"}
LONGEST = 5
Office = tuple[tuple[str, ...], tuple[str, ...]]


def holders(readings: Sequence[Reading], spelling: Mapping[str, str]) -> dict[Office, str]:
    """The one person whom the reports name for an office; offices with several holders are left out."""
    found: defaultdict[Office, set[str]] = defaultdict(set)
    for reading in readings:
        for item in reading.attributions:
            speaker = item.speaker
            office = office_of(speaker.role, speaker.affiliation) if speaker.role and speaker.kind == "person" else None
            if office and speaker.name:
                found[office].add(spelling.get(speaker.name, speaker.name))
    return {office: next(iter(names)) for office, names in found.items() if len(names) == 1}


def held_by(item: Attribution, offices: Mapping[Office, str]) -> str | None:
    """The person whose office the source names instead of the name, None where that is not certain."""
    speaker = item.speaker
    words = speaker.called or (item.source.text if item.source else "")
    if speaker.naming == "unsourced" or speaker.count or not words or words.lower().startswith(("a ", "an ", "one ")):
        return None
    office = office_of(speaker.name or words, speaker.affiliation) if _no_person(item) else None
    return _holder(office, offices) if office else None


def _holder(office: Office, offices: Mapping[Office, str]) -> str | None:
    """Who holds the very office; or, where its words name a body, the one of these words whatever the country."""
    if office in offices or not set(office[0]) - listed("single_offices") - listed("officeholders"):
        return offices.get(office)
    names = {name for (words, whose), name in offices.items() if words == office[0] and not (whose and office[1])}
    return next(iter(names)) if len(names) == 1 else None


def office_of(role: str, affiliation: str | None) -> Office | None:
    """The office in a comparable form, with its country; None for roles that several people have.

    Two reports of one office may describe its body in more or fewer words; what they may add is left out.
    """
    words = {RANKS.get(word, word) for word in map(singular, plain_words(role))}
    if not words & listed("single_offices") or words & (listed("no_office") | listed("spokespeople")):
        return None
    own = {countries()[word] for word in words if word in countries()}
    told = words - set(countries()) - listed("beside_an_office")
    if not told - listed("single_offices") or (affiliation and not own):
        own |= {countries()[word] for word in plain_words(affiliation or "") if word in countries()}
        own = own or set(map(singular, plain_words(affiliation or "")))
    if len(told) > LONGEST or (told <= listed("single_offices") and not (own and told & listed("highest_offices"))):
        return None
    return tuple(sorted(told)), tuple(sorted(own - told))


def _no_person(item: Attribution) -> bool:
    name = item.speaker.name
    return name is None or any(singular(word) in listed("single_offices") for word in plain_words(name))
