"""What weighing leaves to people: claims and unnamed sources that may be the same, and how to judge them."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sayso.show.lineage import SHORT, origin_in_words
from sayso.terms.weighing import Claim, Saying, Story, Unsure, UnsureSources


def unsure_lines(story: Story) -> Iterator[str]:
    """Each pair with the reasons and the command that judges it, the claims of most reports first."""
    for claim, other in unsure_claims(story):
        yield f"[{claim.id}] {_flat(claim.text)}"
        yield f"[{other.claim}] {_flat(other.text)}"
        yield f"    may be the same claim ({other.score:.2f}): {'; '.join(reason.detail for reason in other.reasons)}"
        yield f"    sayso judge claims same {claim.id} {other.claim}    (or not-same)"
    for claim, pair in unsure_sources(story):
        one, second = said_by(claim, pair)
        yield from (_source(saying) for saying in (one, second))
        yield f"    {pair.why}"
        yield f"    sayso judge speakers same {one.id[:SHORT]} {second.id[:SHORT]}    (or not-same)"


def unsure_to_json(story: Story) -> Iterator[dict[str, Any]]:
    """The same as JSON objects."""
    for claim, other in unsure_claims(story):
        reasons = [asdict(reason) for reason in other.reasons]
        claims = [{"id": claim.id, "text": claim.text}, {"id": other.claim, "text": other.text}]
        yield {"schema": 1, "unsure": "claims", "claims": claims, "score": other.score, "reasons": reasons}
    for claim, pair in unsure_sources(story):
        sayings = [{"id": saying.id, "report": saying.report, "source": origin_in_words(saying.origin),
                    "text": saying.text} for saying in said_by(claim, pair)]  # fmt: skip
        yield {"schema": 1, "unsure": "speakers", "claim": claim.id, "sayings": sayings, "why": pair.why}


def unsure_claims(story: Story) -> Iterator[tuple[Claim, Unsure]]:
    """Each pair once."""
    told: set[frozenset[str]] = set()
    for claim in sorted(story.claims, key=lambda claim: (-claim.reports, claim.id)):
        for other in claim.unsure:
            pair = frozenset((claim.id, other.claim))
            if pair not in told:
                told.add(pair)
                yield claim, other


def unsure_sources(story: Story) -> Iterator[tuple[Claim, UnsureSources]]:
    """Each pair of sources as described in two reports once, though several claims may rest on it."""
    told: set[frozenset[tuple[str, str]]] = set()
    for claim in sorted(story.claims, key=lambda claim: (-claim.reports, claim.id)):
        for pair in claim.unsure_sources:
            key = frozenset((saying.report, origin_in_words(saying.origin)) for saying in said_by(claim, pair))
            if key not in told:
                told.add(key)
                yield claim, pair


def said_by(claim: Claim, pair: UnsureSources) -> tuple[Saying, Saying]:
    """The sayings of the two sources."""
    said = {saying.id: saying for saying in claim.sayings}
    return said[pair.one], said[pair.other]


def _source(saying: Saying) -> str:
    return f"[{saying.id[:SHORT]}] {_flat(origin_in_words(saying.origin))} in {saying.report}: {_flat(saying.text)}"


def _flat(text: str) -> str:
    return " ".join(text.split())
