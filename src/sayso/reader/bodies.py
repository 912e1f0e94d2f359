"""Governments, their organs and offices, other bodies, and what somebody belongs to."""

import re

from sayso.lexicon.lexicon import Head
from sayso.lexicon.wordsets import wordset
from sayso.reader.names import RUN, Names, Run, runs
from sayso.terms.reading import Speaker

DEFINITE = re.compile(r"(?:the|this|that|his|her|their|its)\b", re.IGNORECASE)
INDEFINITE = re.compile(r"(?:an?|another|one|two|three|four|five|six|some|several|many|other)\b", re.IGNORECASE)
GOES_ON = re.compile(rf" (?:of|for|on) (?:the )?{RUN.pattern}")
WITH_ARTICLE = wordset("with_article")
PLATFORMS = wordset("platforms")
GENERIC = wordset("generic_bodies")
OFFICES = wordset("offices")


def government(clean: str, main: str, found: list[Run], head: Head | None, names: Names) -> Speaker | None:
    """A state, by its name, its capital or "the government", or one of its organs."""
    organ = head is not None and head.kind == "organization" and head.named
    country = affiliation(clean, names)
    if organ and head is not None and not INDEFINITE.match(clean):
        owner = country or names.main_country
        if head.word in ("government", "administration", "presidency", "regime", "state") and owner:
            return Speaker(government_of(owner), "named", "organization", owner)
        if head.word in GENERIC and not found:
            return None
        longest = max(found, key=lambda r: len(r.words), default=None)
        plain = re.sub(r"^(?:the|its|his|their)\s+", "", main, flags=re.IGNORECASE)
        capital = (
            longest is not None and not longest.possessive and (len(longest.words) > 1 or _own(longest, head, names))
        )
        last = found[-1] if found and main.endswith(found[-1].text) else None
        if last is not None and not last.possessive:
            names.bodies.add(last.text)
            whole = names.body_ending(last.text) if len(last.words) == 1 else None
            return Speaker(whole or last.text, "named", "organization", country)
        name = longest.text if capital and longest is not None else _adjective(plain, names)
        name = (names.body_ending(name) or name) if name[:1].isupper() and " " not in name else name
        if (
            not (country or found)
            and head.word in ("army", "military", "ministry", "police", "court", "parliament")
            and owner
        ):
            name = f"{plain} of {owner}"
        return Speaker(name, "named", "organization", country or owner)
    stands = names.lexicon.government_of.get(re.sub(r"^[Tt]he\s+", "", main))
    if stands and head is None:
        return Speaker(government_of(stands.name), "named", "organization", stands.name)
    if found and head is None and not INDEFINITE.match(clean) and main.endswith(found[-1].words[-1]):
        return Speaker(found[-1].text, "named", "organization", country)
    return None


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
    bodies = (run for run in found if any(names.is_body_word(word) for word in run.words))
    body = next((run for run in bodies if len(run.words) > 1 or run.span.start), None)
    if body is None:
        return None
    words_of = list(body.words)
    while words_of and names.is_title(words_of[-1]) and not names.is_body_word(words_of[-1]):
        words_of.pop()
    more = GOES_ON.match(words, body.span.end)
    return " ".join(words_of) + (more.group() if more and len(words_of) == len(body.words) else "") or None
