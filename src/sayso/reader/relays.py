"""Who stands between the report and the speaker: outlets told, outlets that carry, enclosing speakers."""

import re
from collections.abc import Callable

from sayso.lexicon.wordsets import wordset
from sayso.reader.manner import outside
from sayso.reader.names import OUTLET_WORDS, Names, runs
from sayso.terms.reading import Attribution

TOLD = re.compile(
    r"(?:to |with |by |on |in |for )?("
    r"(?:[Tt]he |an? |(?:\w+ ){1,2})?[A-Z][^,;“”\"]*?"
    r"(?=$|[,;:.“”\"]|\s(?:that|on|in|at|by|from|last|late|early|this|over|via|during|after|before|yesterday|today)\b)"
    r"|(?:local|state|foreign) (?:media|television|radio|TV)\b"
    r"|an? (?:\w+ ){0,3}(?:radio|television|TV|news)(?: station| channel| network| site| agency)?\b)"
)
CARRIED = re.compile(
    r"(?:interview (?:with|on)|conversation with|[Aa]sked by|quoted in|[Aa]ppear(?:ed|ing) on|"
    r"remarks to|comments to|statement to|spoke (?:to|with|on)|[Ss]peaking (?:to|with|on)|carried by|"
    r"broadcast (?:by|on)|(?:said|claimed|live|posted|written) on|"
    r"published (?:by|in)|"
    r"quoted by|reported by|aired (?:by|on)|appearance on|interviewed by|told)\s+"
    r"((?:the |an? )?(?:[a-z]+ )?[A-Z][\w’'. -]*)"
)
AGAIN = re.compile(r"(?:to |with )?(?:the|that) (?:\w+ )?(\w+)\b")
PUBLISHED = wordset("published")
DATELINE, REACH = 120, 120
REACTING = re.compile(r"\b(?:condemn|doubt|dismiss|critici[sz]|mock|ridicul|question|challeng|contradict)", re.I)
REACTIONS = frozenset({"deny", "reject"})


def addressee(text: str, attribution: Attribution, names: Names, last_outlet: Callable[[], str | None]) -> str | None:
    """The outlet that was told, or that carried the words, as the sentence outside the content tells.

    ``last_outlet`` tells whom "told the paper" means.
    """
    if attribution.cue is None:
        return None
    after = text[attribution.cue.end : attribution.cue.end + 80].lstrip()
    last = attribution.cue.text.lower().split()[-1]
    if last in ("told", "tell", "tells", "telling", "informed") or after.startswith(("to ", "with ")):
        if (again := AGAIN.match(after)) and again[1] in PUBLISHED:
            return last_outlet()
        found = TOLD.match(after)
        between = text[attribution.cue.end : max(attribution.content.start, attribution.cue.end)][:REACH]
        if found and (outlet := as_outlet(found.group(1), names) or as_outlet(between, names)):
            return outlet
    source = attribution.source.text if attribution.source else ""
    for match in CARRIED.finditer(outside(text, attribution) + " " + source):
        if outlet := as_outlet(match.group(1), names):
            return outlet
    return None


OUTLET_NOUN = re.compile(
    r"\b(?:newspaper|agency|channel|network|website|magazine|daily|weekly|radio|television|TV|station|"
    r"news site|broadcaster)\b"
)
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
    for run in runs(bare):
        if names.outlet and run.text in names.outlet:
            return names.outlet
        if (
            f"({run.text})" in names.text[:DATELINE]
            or OUTLET_WORDS.intersection(run.words)
            or re.search(OUTLET_NOUN, bare)
        ):
            return run.text
    return bare if GENERIC.match(bare) else None


def inherited(outer: Attribution | None, label: str, *, passes_on: bool = True) -> tuple[str, ...]:
    """The relays of an attribution that lies within ``outer``: its relays and itself, where it passes things on."""
    reacts = outer is not None and outer.cue is not None and REACTING.search(outer.cue.text)
    if outer is None or reacts or outer.act in REACTIONS or outer.speaker.naming == "unsourced" or not passes_on:
        return () if outer is None else outer.relays
    return (*outer.relays, label) if label else outer.relays
