"""Datelines: where and when a report was filed, as it prints it before its first sentence."""

import re
from dataclasses import dataclass
from datetime import date

from sayso.ingest.details.credits import outlets_listed
from sayso.lexicon import default_lexicon

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = rf"(?i:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
DATE = rf"(?P<date>{WEEKDAY}(?:{MONTH} {DAY}|{DAY} {MONTH})(?:,? (?P<year>(?:19|20)\d\d))?)"
PARTICLE = r"(?:al|am|de|del|des|do|el|es|la|of|on|the|upon) "
WORD = r"[A-ZÀ-Þ][\w.'’-]*"
PLACE = rf"{WORD}(?: (?:{PARTICLE})?{WORD}){{0,3}}"
PLACES = re.compile(rf"(?P<place>{PLACE})(?: ?/ ?{PLACE}){{0,2}}(?P<region>(?:, {PLACE}){{0,2}})")
OPENING = re.compile(
    r"(?P<lead>[^()\n:—–_]{0,90}?) ?(?:\((?P<agency>[^()\n]{2,40})\)|/(?P<slashed>[A-Za-z]{3,10})/)?"
    r"(?P<end>(?:\.(?=-)|\s*)(?:-{1,3}|[_:])(?=\s|$)|\s*[–—]|\s*$|(?<=[)/])\.?\s)"
)
AUTHOR = re.compile(r"^(?:By|BY) (?:[\w.'’-]+ ){2,5}?(?=[A-ZÀ-Þ]{3,}\b[^(\n]{0,60}\()")
DATED = re.compile(rf"(?:[,.]? )?{DATE}[.,]?$")
ONLY_DATE = re.compile(rf"{DATE}")
ACRONYM = re.compile(r"(?![KW][A-Z]{2,3}$)[A-Z]{3,6}")
FEWEST_CAPITALS = 4
LOOKED_THROUGH = 4000
LABELS = frozenset({
    "advisory", "alert", "analysis", "breaking", "briefing", "column", "comment", "commentary", "corrected",
    "correction", "developing", "editorial", "exclusive", "explained", "explainer", "fact", "factbox", "feature",
    "flash", "graphic", "insight", "interview", "just", "key", "live", "new", "news", "note", "opinion", "photos",
    "poll", "profile", "question", "recap", "report", "review", "special", "timeline", "update", "updated", "urgent",
    "video", "watch", "wrapup",
})  # fmt: skip


STATES = frozenset({
    "Ala.", "Alabama", "Alaska", "Alberta", "Ariz.", "Arizona", "Ark.", "Arkansas", "British Columbia", "Calif.",
    "California", "Colo.", "Colorado", "Conn.", "Connecticut", "D.C.", "Del.", "Delaware", "Fla.", "Florida", "Ga.",
    "Georgia", "Hawaii", "Idaho", "Ill.", "Illinois", "Ind.", "Indiana", "Iowa", "Kan.", "Kansas", "Kentucky", "Ky.",
    "La.", "Louisiana", "Maine", "Manitoba", "Maryland", "Mass.", "Massachusetts", "Md.", "Mich.", "Michigan", "Minn.",
    "Minnesota", "Miss.", "Mississippi", "Missouri", "Mo.", "Mont.", "Montana", "N.C.", "N.D.", "N.H.", "N.J.", "N.M.",
    "N.Y.", "Neb.", "Nebraska", "Nev.", "Nevada", "New Brunswick", "New Hampshire", "New Jersey", "New Mexico",
    "New York", "Newfoundland", "North Carolina", "North Dakota", "Nova Scotia", "Ohio", "Okla.", "Oklahoma",
    "Ontario", "Ore.", "Oregon", "Pa.", "Pennsylvania", "Puerto Rico", "Quebec", "R.I.", "Rhode Island", "S.C.", "S.D.",
    "Saskatchewan", "South Carolina", "South Dakota", "Tenn.", "Tennessee", "Texas", "Utah", "Va.", "Vermont",
    "Virginia", "Vt.", "W.Va.", "Wash.", "Washington", "West Virginia", "Wis.", "Wisconsin", "Wyo.", "Wyoming",
})  # fmt: skip


@dataclass(frozen=True)
class Dateline:
    """What stands before the first sentence: the place and date as printed, the date if it has a year, the agencies."""

    printed: str | None
    published: str | None
    agencies: tuple[str, ...]


@dataclass(frozen=True)
class Lead:
    """What a line opens with, in its parts.

    ``after_comma`` is whether a comma parts place and date, ``end`` the dash, colon or nothing that ends it,
    ``goes_on`` whether a sentence follows.
    """

    place: str
    region: str
    printed: str
    dated: re.Match[str] | None
    after_comma: bool
    agencies: tuple[str, ...]
    end: str
    goes_on: bool


def dateline_in(line: str, text: str) -> Dateline | None:
    """The dateline that ``line`` of ``text`` opens with; None if it opens with none, or with what may be none."""
    lead = _lead(line)
    if lead is None or not _is_sure(lead, text[:LOOKED_THROUGH]):
        return None
    return Dateline(lead.printed or None, _published(lead.dated), lead.agencies)


def _lead(line: str) -> Lead | None:
    opening = OPENING.match(AUTHOR.sub("", line, count=1))
    if opening is None:
        return None
    words, bracketed = opening["lead"].strip(" ,"), opening["agency"] or opening["slashed"] or ""
    dated, place = DATED.search(words), words
    if dated is not None:
        words, place = words.rstrip("."), words[: dated.start()].rstrip(" ,.")
    elif (dated := ONLY_DATE.fullmatch(bracketed)) is not None:
        words = f"{words} ({bracketed})"
    places = PLACES.fullmatch(place)
    if place and places is None:
        return None
    return Lead(
        places["place"] if places else "",
        places["region"].strip(", ") if places else "",
        words,
        dated,
        words[len(place) : len(place) + 1] == ",",
        _agencies(bracketed, alone=not place),
        opening["end"].strip(),
        bool(opening.string[opening.end() :].strip()),
    )


def _agencies(words: str, *, alone: bool) -> tuple[str, ...]:
    """The agencies in brackets, canonical; after a place, an acronym that means nothing else is one too."""
    if known := outlets_listed(words):
        return tuple(dict.fromkeys(known))
    words_known = default_lexicon()
    is_else = words in words_known.body_of or words in words_known.government_of
    return (words,) if ACRONYM.fullmatch(words) and not is_else and not alone else ()


def _is_sure(lead: Lead, text: str) -> bool:
    """Whether this can be nothing but a dateline."""
    if not lead.place:
        return bool(lead.agencies) and lead.end not in ("", ":", ".")
    capitals = lead.place.isupper()
    if lead.place in default_lexicon().outlet_of:
        return False
    if lead.agencies:
        return lead.end not in ("", ".") or lead.dated is not None or capitals
    if lead.end in ("", "."):
        return False
    if lead.dated is not None:
        return capitals or (lead.after_comma and lead.goes_on)
    return lead.goes_on and _is_place(lead, text, capitals=capitals)


def _is_place(lead: Lead, text: str, *, capitals: bool) -> bool:
    """Whether a name without date and agency is that of a place: known as one, or spoken of as one in the text."""
    known = default_lexicon()
    name = _titled(lead.place) if capitals else lead.place
    country = known.government_of.get(name)
    if country is not None and name in country.seats:
        return capitals or lead.end != ":"
    is_label = not LABELS.isdisjoint(name.lower().split())
    is_else = name in known.outlet_of or lead.place in known.body_of
    if not capitals or len(lead.place) < FEWEST_CAPITALS or is_label or is_else:
        return False
    if lead.region and lead.end != ":" and (lead.region in STATES or lead.region in known.country_of):
        return True
    return any(f" {word} {name}" in text for word in ("at", "from", "in", "near", "of", "outside", "to"))


def _titled(place: str) -> str:
    return " ".join(part.capitalize() for part in place.split())


def _published(dated: re.Match[str] | None) -> str | None:
    """The date if it has a year and there is such a day."""
    if dated is None or dated["year"] is None:
        return None
    words = re.findall(r"[^\W\d_]+|\d+", dated["date"])
    month = next(MONTHS[word.lower()] for word in words if word.lower() in MONTHS)
    day = next(int(word) for word in words if word.isdigit())
    try:
        return date(int(dated["year"]), month, day).isoformat()
    except ValueError:
        return None
