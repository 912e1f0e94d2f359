"""Claims in words: on what they rest, and by which ways they came into the reports."""

from collections import defaultdict
from collections.abc import Iterator

from sayso.terms.weighing import Claim, Origin, Saying

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
    return origin.name or origin.described or f"unnamed {origin.affiliation or 'source'}"


def lineage_lines(claim: Claim) -> Iterator[str]:
    """Origins first, those with most sayings on top; under each its sayings, and what repeats them with the reason."""
    by_origin: dict[str, list[Saying]] = defaultdict(list)
    for saying in claim.sayings:
        by_origin[origin_in_words(saying.origin)].append(saying)
    for name, sayings in sorted(by_origin.items(), key=lambda item: (-len(item[1]), item[0])):
        stances = sorted({VERBS[saying.stance] for saying in sayings})
        yield f"{name}: {', '.join(stances)}, {len({saying.report for saying in sayings})} reports"
        for saying in sorted(sayings, key=lambda saying: (saying.echo_of is not None, saying.report, saying.id)):
            way = " ← ".join([saying.report, *saying.relays])
            yield f"    {way}: {' '.join(saying.text.split())}"
            if saying.echo_of is not None:
                yield f"        repeats {saying.echo_of}: {saying.why}"
