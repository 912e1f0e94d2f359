"""Stories, claims, counts and disputes as JSON objects, by the contract in docs/cli.md."""

from dataclasses import asdict
from typing import Any

from sayso.terms.weighing import Claim, CountSeries, Dispute, Origin, Saying, Story

Object = dict[str, Any]


def story_to_json(story: Story) -> Object:
    """A story without its claims."""
    return {
        "id": story.id, "title": story.title, "reports": list(story.reports), "first": story.first, "last": story.last,
    }  # fmt: skip


def claims_to_json(story: Story) -> list[Object]:
    """The claims of a story."""
    return [claim_to_json(claim) for claim in story.claims]


def claim_to_json(claim: Claim) -> Object:
    """One claim with its sayings, and what people should judge."""
    return {
        "id": claim.id, "text": claim.text, "story": claim.story, "independent": asdict(claim.independent),
        "outlets": claim.outlets, "reports": claim.reports, "middle": claim.middle,
        "unsure": [asdict(other) for other in claim.unsure],
        "unsure_sources": [asdict(pair) for pair in claim.unsure_sources],
        "growth": [asdict(day) for day in claim.growth],
        "sayings": [_saying(saying) for saying in claim.sayings],
    }  # fmt: skip


def _saying(saying: Saying) -> Object:
    return {
        "id": saying.id, "report": saying.report, "spans": [list(span) for span in saying.spans], "text": saying.text,
        "attribution": saying.attribution, "stance": saying.stance, "origin": _origin(saying.origin),
        "relays": [{"name": name} for name in saying.relays], "value": _value(saying), "echo_of": saying.echo_of,
        "why": saying.why, "sure": saying.sure, "alike": asdict(saying.alike) if saying.alike else None,
    }  # fmt: skip


def _origin(origin: Origin | None) -> Object | None:
    """The origin; None for the report's own voice."""
    if origin is None:
        return None
    return {
        "name": origin.name, "naming": origin.naming, "affiliation": origin.affiliation,
        "description": origin.described, "party": origin.party, "identity": origin.identity,
    }  # fmt: skip


def _value(saying: Saying) -> float | Object | None:
    """The number that a saying gives, or its bounds."""
    if saying.low is None and saying.high is None:
        return None
    return saying.low if saying.low == saying.high else {"low": saying.low, "high": saying.high}


def series_to_json(series: CountSeries) -> Object:
    """All counts of one counted thing."""
    return asdict(series)


def dispute_to_json(dispute: Dispute) -> Object:
    """Two passages that cannot both be right."""
    return asdict(dispute)
