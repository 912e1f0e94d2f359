"""Who stands between the report and the speaker: outlets told, outlets that carry, enclosing speakers."""

import re
from collections.abc import Callable

from sayso.lexicon.wordsets import alternatives, wordset
from sayso.reader.names import Names
from sayso.reader.runs import OUTLET_WORDS, runs
from sayso.terms.reading import Attribution

TOLD = re.compile(
    r"(?:to |with |by |on |in |for )?("
    r"(?:[Tt]he |an? |(?:\w+ ){1,2})?[A-Z][^,;“”\"]*?"
    r"(?=$|[,;:.“”\"]|\s(?:that|on|in|at|by|from|last|late|early|this|over|via|during|after|before|yesterday|today)\b)"
    r"|(?:local|state|foreign) (?:media|television|radio|TV)\b"
    r"|an? (?:\w+ ){0,3}(?:radio|television|TV|news)(?: station| channel| network| site| agency)?\b)"
)
CARRIED = re.compile(rf"\b(?:{alternatives('carriers')})\s+((?:the |an? )?(?:[a-z]+ )?[A-Z][\w’'. -]*)")
CARRIED_AGAIN = re.compile(rf"\b(?:{alternatives('carriers')}) (?:the|that) (\w+)(?: (\w+))?\b")
AGAIN = re.compile(r"(?:to |with )?(?:the|that) (\w+)(?: (\w+))?\b")
PUBLISHED = wordset("published")
DATELINE, REACH = 120, 120
REACTING = re.compile(rf"\b(?:{alternatives('reactions')})", re.I)
REACTIONS = frozenset({"deny", "reject"})


def addressee(attribution: Attribution, rest: str, names: Names, last_outlet: Callable[[], str | None]) -> str | None:
    """The outlet that was told, or that carried the words, as the sentence outside the content tells.

    ``rest`` are those words, ``last_outlet`` tells whom "told the paper" means.
    """
    text = names.text
    if attribution.cue is None:
        return None
    after = text[attribution.cue.end : attribution.cue.end + 80].lstrip()
    last = attribution.cue.text.lower().split()[-1]
    if last in ("told", "tell", "tells", "telling", "informed") or after.startswith(("to ", "with ", "on ")):
        if address := ADDRESS.match(after.removeprefix("to ").removeprefix("on ")):
            return address.group()
        if (again := AGAIN.match(after)) and not PUBLISHED.isdisjoint(again.groups()):
            return last_outlet()
        found = TOLD.match(after)
        between = text[attribution.cue.end : max(attribution.content.start, attribution.cue.end)][:REACH]
        if found and (outlet := as_outlet(found.group(1), names) or as_outlet(between, names)):
            return outlet
    source = attribution.source.text if attribution.source else ""
    around = f"{attribution.cue.text} {rest} {source}"
    for match in CARRIED.finditer(around):
        if outlet := as_outlet(match.group(1), names):
            return outlet
    again = CARRIED_AGAIN.search(around)
    return last_outlet() if again and not PUBLISHED.isdisjoint(again.groups()) else None


ADDRESS = re.compile(
    r"[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|tv|news|co|io|au|uk|fr|de|it|es|ru|ca|ie|nl|se|no|in|za)(?:\.\w{2})?",
    re.I,
)
CALL_SIGN = re.compile(r"[KW][A-Z]{3}(?:-?TV)?(?: ?-? ?\d{1,2})?")
OUTLET_NOUN = re.compile(
    r"\b(?:newspaper|agency|channel|network|website|magazine|daily|weekly|radio|television|TV|station|"
    r"news site|broadcaster)\b"
)
NATIONAL = re.compile(r" (?:state )?(?:radio|television|TV|media)\b")
GENERIC = re.compile(
    r"(?:local|state|foreign|Israeli|an? [\w ]*?)?\s*(?:media|television(?: station| news)?|"
    r"radio(?: station)?|newspaper|TV)$"
)


def as_outlet(words: str, names: Names) -> str | None:
    """The outlet that the words name, or None if they name none."""
    bare = re.sub(r"[’']s$", "", words.strip())
    for kind, record, span in names.known(bare):
        if kind == "outlet" and not re.search(r"[A-Z][\w-]* $", bare[: span.start].removeprefix("The ")):
            return str(record.name)
    if ADDRESS.fullmatch(last := bare.rsplit(" ", 1)[-1]):
        return last
    for run in runs(bare):
        if run.text in names.lexicon.country_of and (noun := NATIONAL.match(bare, run.span.end)):
            return f"{run.text}{noun.group()}"
        if names.outlet and run.text in names.outlet:
            return names.outlet
        if CALL_SIGN.fullmatch(run.text):
            return run.text
        if run.text.isupper() and (whole := names.outlets_by_initials.get(run.text)):
            return whole
        if (
            f"({run.text})" in names.text[:DATELINE]
            or OUTLET_WORDS.intersection(run.words)
            or re.search(OUTLET_NOUN, bare)
        ):
            return (names.body_ending(run.text) or run.text) if len(run.words) == 1 else run.text
    return bare if GENERIC.match(bare) else None


def inherited(outer: Attribution | None, label: str, *, passes_on: bool = True) -> tuple[str, ...]:
    """The relays of an attribution that lies within ``outer``: its relays and itself, where it passes things on."""
    reacts = outer is not None and outer.cue is not None and REACTING.search(outer.cue.text)
    if outer is None or reacts or outer.act in REACTIONS or outer.speaker.naming == "unsourced" or not passes_on:
        return () if outer is None else outer.relays
    return (*outer.relays, label) if label and label not in outer.relays else outer.relays
