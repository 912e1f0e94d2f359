"""Claims in words: on what they rest, and by which ways they came into the reports."""

from collections import defaultdict
from collections.abc import Iterator

from sayso.terms.weighing import Claim, Origin, Saying

SHORT = 8
JUDGED = "judged by"
VERBS = {"affirm": "says so", "deny": "denies", "doubt": "doubts"}


def claim_in_words(claim: Claim) -> str:
    """How many independent origins, outlets and reports a claim has, and who stands against it."""
    low, high = claim.independent.low, claim.independent.high
    origins = f"{low} independent origin{'s' * (low != 1)}" if low == high else f"{low} to {high} independent origins"
    sides = [f"{count} {word}" for word, count in _sides(claim) if count]
    return f"{origins} ({', '.join(sides) or 'none named'}); {claim.reports} reports by {claim.outlets} outlets"


def _sides(claim: Claim) -> Iterator[tuple[str, int]]:
    yield "affirm", claim.independent.affirm
    yield "deny", claim.independent.deny
    yield "doubt", claim.independent.doubt


def origin_in_words(origin: Origin | None) -> str:
    """An origin for a person."""
    if origin is None:
        return "the report's own voice"
    told = origin.identity or origin.name or origin.described or f"unnamed {origin.affiliation or 'source'}"
    return " ".join(told.split())


def lineage_lines(claim: Claim, *, why: bool = False) -> Iterator[str]:
    """Origins first, those with most sayings on top; under each its sayings, and what repeats them with the reason.

    Each saying is shown with the beginning of its id, by which it is judged. With ``why`` there is also how its origin
    is known, and how it is like the saying that stands for the claim.
    """
    by_origin: dict[str, list[Saying]] = defaultdict(list)
    for saying in claim.sayings:
        by_origin[origin_in_words(saying.origin)].append(saying)
    for name, sayings in sorted(by_origin.items(), key=lambda item: (-len(item[1]), item[0])):
        stances = sorted({VERBS[saying.stance] for saying in sayings})
        yield f"{name}: {', '.join(stances)}, {len({saying.report for saying in sayings})} reports"
        for saying in sorted(sayings, key=lambda saying: (saying.echo_of is not None, saying.report, saying.id)):
            yield f"    {saying_line(saying)}"
            yield from (f"        {line}" for line in _remarks(saying, why=why))


def saying_line(saying: Saying) -> str:
    """A saying on one line: the beginning of its id, the way that it came, its words."""
    way = " ← ".join([saying.report, *saying.relays])
    unsure = "" if saying.sure else " (may be another claim: not counted)"
    return f"[{saying.id[:SHORT]}] {way}: {' '.join(saying.text.split())}{unsure}"


def _remarks(saying: Saying, *, why: bool) -> Iterator[str]:
    if saying.echo_of is not None:
        yield f"repeats [{saying.echo_of[:SHORT]}]: {saying.why}"
    elif saying.why and (why or JUDGED in saying.why):
        yield saying.why
    for reason in saying.alike.reasons if saying.alike else ():
        if why or JUDGED in reason.detail:
            yield reason.detail
    if why and saying.alike:
        yield f"{saying.alike.score:.2f} like the saying that stands for the claim"
