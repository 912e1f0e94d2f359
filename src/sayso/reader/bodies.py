"""Governments, their organs and offices, other bodies, and what somebody belongs to."""

import re

from sayso.lexicon.lexicon import Country, Head
from sayso.lexicon.wordsets import wordset
from sayso.reader.names import NO_PART, Names
from sayso.reader.runs import OUTLET_WORDS, RUN, Run, runs
from sayso.terms.reading import Speaker

DEFINITE = re.compile(r"(?:the|this|that|his|her|their|its)\b", re.IGNORECASE)
INDEFINITE = re.compile(r"(?:an?|another|one|two|three|four|five|six|some|several|many|other)\b", re.IGNORECASE)
GOES_ON = re.compile(rf" (?:of|for|on) (?:the )?{RUN.pattern}(?: and {RUN.pattern})?")
WITH_ARTICLE = wordset("with_article")
PLATFORMS = wordset("platforms")
BARE_MEDIA = wordset("bare_media")
GENERIC = wordset("generic_bodies")
OFFICES = wordset("offices")
GOVERNING, STATE_ORGANS = wordset("governing"), wordset("state_organs")
PLACED = re.compile(r"\b(?:in|at|to|near|from) (?:the )?$")


def government(clean: str, main: str, found: list[Run], head: Head | None, names: Names) -> Speaker | None:
    """A state, by its name, its capital or "the government", or one of its organs."""
    country = affiliation(clean, names)
    if INDEFINITE.match(clean):
        return None
    if found and (people := names.lexicon.country_of.get(found[0].text)) and _is_people(main, found[0], people):
        return Speaker(found[0].text, "named", "group", people.name)
    if head is not None and head.kind == "organization" and head.named:
        return _organ(main, found, head, country, names)
    stands = names.lexicon.government_of.get(re.sub(r"^[Tt]he\s+", "", main))
    if stands and head is None:
        return Speaker(government_of(stands.name), "named", "organization", stands.name)
    own = [run for run in found if not PLACED.search(clean[: run.span.start])] or found
    if found and head is None and main.endswith(own[-1].words[-1]):
        return Speaker(own[-1].text, "named", "organization", country)
    if found and head is None and own[0].span.start < len("The  ") and own[0].text not in names.lexicon.country_of:
        return Speaker(own[0].text, "named", "organization", country)
    return None


def _is_people(main: str, run: Run, country: Country) -> bool:
    """Whether a source is "the Danes" or another people as a whole."""
    return run.text.endswith("s") and run.text in country.demonyms and main.lower() == f"the {run.text.lower()}"


def _organ(main: str, found: list[Run], head: Head, country: str | None, names: Names) -> Speaker | None:
    """The government, or one of its ministries, forces, courts …, or another body by its noun."""
    found = [run for run in found if not NO_PART.search(run.text)]
    inside = [run for run in found if run.text in main]
    plain = re.sub(r"^(?:the|its|his|their)\s+", "", main, flags=re.IGNORECASE)
    owner = country or names.main_country
    if head.word in GOVERNING and (country or (owner and not inside)):
        return Speaker(government_of(str(owner)), "named", "organization", owner)
    if head.word in GOVERNING and inside:
        return Speaker(plain, "named", "organization", inside[0].text)
    if head.word in GENERIC and not found:
        return None
    last = found[-1] if found and main.endswith(found[-1].text) else None
    if last is not None and not last.possessive and not PLACED.search(main[: -len(last.text)]):
        whole = (names.body_ending(last.text) if len(last.words) == 1 else None) or last.text
        listed = names.lexicon.body_of.get(whole)
        return Speaker(listed.name if listed else whole, "named", "organization", country)
    name = _organ_name(plain, found, head, names)
    if owner and not (country or found) and head.word in STATE_ORGANS:
        name = f"{plain} of {owner}"
    return Speaker(name, "named", "organization", country or owner)


def _organ_name(plain: str, found: list[Run], head: Head, names: Names) -> str:
    """The longest name in the words of an organ, if it is a body's own, else the words themselves."""
    longest = max(found, key=lambda r: len(r.words), default=None)
    if longest is not None and not longest.possessive and (len(longest.words) > 1 or _own(longest, head, names)):
        plain = plain if longest.text in names.lexicon.country_of else longest.text
    name = _adjective(plain, names)
    return (names.body_ending(name) or name) if name[:1].isupper() and " " not in name else name


def _own(run: Run, head: Head, names: Names) -> bool:
    """Whether one word by a general noun is the body's own name ("the official KNA agency")."""
    return head.word in GENERIC and run.text not in names.lexicon.country_of


def _adjective(words: str, names: Names) -> str:
    """The name without a possessive: "Iraqi Ministry of Health", "defence ministry of Cameroon"."""
    owner, _, rest = words.replace("’s ", "'s ").partition("'s ")
    country = names.lexicon.country_of.get(owner)
    if not country or not rest:
        return words
    return f"{rest} of {country.name}" if rest[0].islower() else f"{country.demonyms[0]} {rest}"


def government_of(country: str) -> str:
    """The canonical name of a country's government."""
    return f"Government of {'the ' if country in WITH_ARTICLE else ''}{country}"


def office(clean: str, main: str, head: Head | None, names: Names) -> Speaker | None:
    """An office that only one person holds ("the Somali prime minister"): its holder if the text names one."""
    country = affiliation(clean, names)
    last = (re.findall(r"[\w’'-]+", main) or [""])[-1].lower()
    last = head.word if head and main.lower().endswith(head.word) else last
    holders = names.holders.get(last, ()) if head and DEFINITE.match(clean) else ()
    if len(holders) == 1 and head and last == head.word:
        return Speaker(holders[0], "named", "person", country, head.word, why=f"the only {head.word} named")
    if head and head.word.split()[-1] in OFFICES and country and last == head.word and not INDEFINITE.match(clean):
        return Speaker(re.sub(r"^the\s+", "", main, flags=re.IGNORECASE), "named", "person", country, main)
    return None


def affiliation(words: str, names: Names) -> str | None:
    """The first outlet, body or country that the words name, else the first run that looks like a body."""
    for kind, record, _ in names.known(words):
        if record.name not in PLATFORMS:
            return str(record.affiliation or record.name) if kind == "body" else str(record.name)
    found = runs(words)
    bodies = (
        run for run in found if any(names.is_body_word(word) and not _is_document(word, names) for word in run.words)
    )
    body = next((run for run in bodies if len(run.words) > 1 or run.span.start), None)
    return whole_body(words, body, names) if body else None


def _is_document(word: str, names: Names) -> bool:
    head = names.lexicon.head_of.get(word.lower())
    return head is not None and head.kind == "document" and word not in OUTLET_WORDS


def whole_body(words: str, body: Run, names: Names) -> str | None:
    """A body's name without titles at its end and with what goes on after it ("School of Slavonic Studies")."""
    words_of = list(body.words)
    while words_of and names.is_title(words_of[-1]) and not names.is_body_word(words_of[-1]):
        words_of.pop()
    more = GOES_ON.match(words, body.span.end) if len(words_of) == len(body.words) else None
    if len(words_of) == 1 and not more:
        return names.body_ending(words_of[0]) or (None if words_of[0] in BARE_MEDIA else words_of[0])
    return " ".join(words_of) + (more.group() if more else "") or None
