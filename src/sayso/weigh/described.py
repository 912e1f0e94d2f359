"""What the words for an unnamed source tell: what it is, and whose."""

from sayso.lexicon.lexicon import default_lexicon
from sayso.terms import Speaker
from sayso.terms.weighing import Origin
from sayso.weigh.lists import listed
from sayso.weigh.plain import countries, plain_words, singular


def words_of(origin: Origin) -> set[str]:
    """The words for an unnamed source, roughly in the singular."""
    return {singular(word) for word in plain_words(origin.described or "")}


def head_of(origin: Origin) -> str:
    """The first noun that says what an unnamed source is; empty where it tells nothing ("a source")."""
    heads = default_lexicon().head_of
    found = (word for word in map(singular, plain_words(origin.described or "")) if word in heads)
    return next((word for word in found if word not in listed("any_source")), "")


def whose(origin: Origin) -> str:
    """The country or body that a source belongs to, in a comparable form; empty where nothing tells."""
    return " ".join(countries().get(word, word) for word in plain_words(origin.affiliation or ""))


def somebody(origin: Origin) -> bool:
    """Whether an origin is somebody in particular."""
    if origin.name:
        return True
    words = words_of(origin)
    nobody = (words & listed("nobody") and not origin.affiliation) or words <= listed("pronouns")
    thing = (words & listed("documents") and not origin.party) or "media" in words
    return origin.naming == "unnamed" and not nobody and not thing


def is_outlet(name: str | None) -> bool:
    """Whether the name is that of a known news outlet."""
    return (name or "") in default_lexicon().outlet_of


def proper_name(speaker: Speaker) -> str | None:
    """The speaker's name or names; None for a common noun or an adjective that was taken for a name."""
    name = " and ".join(speaker.names) if len(speaker.names) > 1 else speaker.name
    if speaker.naming != "named" or not name:
        return None
    common = name == name.lower() and all(word in listed("no_names") for word in plain_words(name))
    return None if common or name.lower().endswith("-affiliated") else name
