"""For whom somebody speaks: a government, or a body."""

from functools import lru_cache

from sayso.lexicon.lexicon import default_lexicon
from sayso.terms import Speaker
from sayso.weigh.lists import listed
from sayso.weigh.plain import countries, key_of, plain_words, singular

GOVERNMENT = "Government of "


def party_of(speaker: Speaker, described: str = "") -> str | None:
    """The government or body that speaks through the speaker, None where nothing says so.

    Officials, soldiers and ministries speak for the government of their country; a body's spokesperson and the body
    itself for the body.
    """
    words = {singular(word) for text in (speaker.role or "", described) for word in plain_words(text)}
    if words & listed("no_office"):
        return None
    if speaker.name and speaker.kind != "person":
        return _of_organ(speaker.name, speaker.affiliation) or _of_body(speaker.name)
    if speaker.affiliation and words & listed("officeholders"):
        return _of_country(speaker.affiliation) or speaker.affiliation
    if speaker.affiliation and words & listed("spokespeople"):
        return _of_body(speaker.affiliation)
    return None


def _of_organ(name: str, affiliation: str | None) -> str | None:
    """The government of an organ whose country only the affiliation tells."""
    words = {singular(word) for word in plain_words(name)}
    return _of_country(affiliation) if affiliation and words & listed("organs") else None


@lru_cache(maxsize=10_000)
def _of_body(name: str) -> str:
    body = default_lexicon().body_of.get(name)
    if body and body.country:
        return GOVERNMENT + body.country
    words = {singular(word) for word in plain_words(name)}
    if words & listed("officeholders"):
        return _of_country(name) or name
    return _of_country(name) or (body.name if body else name)


@lru_cache(maxsize=10_000)
def _of_country(text: str) -> str | None:
    """The government of the one country that the words name."""
    found = [word for word in key_of(text.removeprefix(GOVERNMENT)) if word in _names()]
    alone = len(found) == 1 and (len(key_of(text)) == 1 or _official(text))
    return GOVERNMENT + _names()[found[0]] if alone else None


def _official(text: str) -> bool:
    return bool({singular(word) for word in plain_words(text)} & listed("officeholders"))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Country by its key, with its article where English has one."""
    keys = set(countries().values())
    return {key: c.name for c in default_lexicon().countries for key in ["-".join(plain_words(c.name))] if key in keys}


def adjective_of(described: str) -> str | None:
    """The one country whose people, adjective or name stands in the words; None for several or none."""
    found = {countries()[word] for word in plain_words(described) if word in countries()}
    return _names()[next(iter(found))] if len(found) == 1 else None


def spoken_for(speaker: Speaker, described: str) -> str | None:
    """The body or government that an unnamed spokesperson speaks for; None for others, and where it is not certain."""
    words = {singular(word) for word in plain_words(described)}
    whose = speaker.affiliation
    if not whose or not words & listed("spokespeople"):
        return None
    country = _of_country(whose)
    if country is None:
        return whose
    return country if "government" in words else None
