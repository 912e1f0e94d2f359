"""What can be corrected of a claim: its sayings, what may be the same claim, and sources that may be one."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sayso.record import rulings
from sayso.record.ledger import Ledger
from sayso.record.named import Known
from sayso.show.lineage import origin_in_words
from sayso.show.unsure import said_by
from sayso.show.views.judged import JudgedView, judged_view
from sayso.terms import Anchor, Judgement
from sayso.terms.weighing import Claim, Saying
from sayso.weigh.judged import locator
from sayso.weigh.reviewing import anchors_in
from sayso.weighing import Weighed

MOST_OTHERS = 60
LONGEST = 90


@dataclass(frozen=True, slots=True)
class Other:
    """Another saying of the claim: its anchor as a form carries it, and its words."""

    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A saying that is to be judged: its place as a form carries it. ``apart`` is the pair that says it is not of it.

    ``speaker`` is the speaker in its anchor, for saying who is who; None for the report's own voice.
    """

    saying: Saying
    report: str
    spans: str
    apart: str | None
    source: str
    anchor: str
    others: tuple[Other, ...]


@dataclass(frozen=True, slots=True)
class SourcePair:
    """Two sources that may be one, in words, with the pair as a form carries it."""

    one: str
    other: str
    why: str
    value: str


@dataclass(frozen=True, slots=True)
class ClaimCorrections:
    """``same`` gives for each claim that may be this one the pair as a form carries it; ``back`` leads here again."""

    back: str
    same: Mapping[str, str]
    sources: tuple[SourcePair, ...]
    chosen: Chosen | None
    judged: tuple[JudgedView, ...]


@dataclass(frozen=True, slots=True)
class Anchors:
    """What names sayings in judgements: by the ledger's ids of their reports."""

    reports: Mapping[str, Known]

    def of(self, saying: Saying) -> Anchor:
        """The saying's anchor."""
        known = self.reports.get(saying.report)
        return Anchor(known.id if known else saying.report, saying.spans)

    def outlet(self, saying: Saying) -> str:
        """Who published the saying, else the name of its report."""
        known = self.reports.get(saying.report)
        return (known.outlet if known else None) or saying.report

    def value(self, *sayings: Saying) -> str:
        """Sayings as a form carries them."""
        return json.dumps([self.of(one).value() for one in sayings])


def middle_of(claim: Claim) -> Saying:
    """The saying that stands for the claim."""
    return next(one for one in claim.sayings if one.id == claim.middle)


def address_of(anchor: Anchor) -> str:
    """The address of the claim that a saying makes, which outlives the claim's id."""
    return f"/claims/at/{anchor.report}/{anchor.spans[0].start}-{anchor.spans[-1].end}"


def claim_corrections(
    ledger: Ledger, whole: Weighed, claim: Claim, reports: Mapping[str, Known], saying: str | None
) -> ClaimCorrections:
    """What can be corrected of a claim; ``reports`` are those of its sayings, by the names that weighing calls them."""
    by_id = {one.id: one for one in whole.story.claims}
    rivals = [by_id[one.claim] for one in claim.unsure if one.claim in by_id]
    with ledger.looking() as connection:
        judgements = rulings.of(connection, whole.story.id)
    anchors, middle = Anchors(reports), middle_of(claim)
    chosen = next((one for one in claim.sayings if one.id == saying), None)
    return ClaimCorrections(
        address_of(anchors.of(middle)),
        {one.id: anchors.value(middle, middle_of(one)) for one in rivals},
        tuple(_source_pairs(claim, anchors)),
        _chosen(chosen, claim, anchors) if chosen else None,
        tuple(judged_view(one, ledger.report) for one in _about(claim, judgements, anchors)),
    )


def _source_pairs(claim: Claim, anchors: Anchors) -> Iterator[SourcePair]:
    for pair in claim.unsure_sources:
        one, other = said_by(claim, pair)
        words = [f"{origin_in_words(said.origin)} in {anchors.outlet(said)}" for said in (one, other)]
        yield SourcePair(words[0], words[1], pair.why, anchors.value(one, other))


def _chosen(saying: Saying, claim: Claim, anchors: Anchors) -> Chosen:
    own, middle = anchors.of(saying), middle_of(claim)
    others = [one for one in claim.sayings if one.id != saying.id and one.sure][:MOST_OTHERS]
    rival = next((one for one in others if one.id != middle.id), None) if saying is middle else middle
    return Chosen(
        saying, own.report, json.dumps([list(span) for span in own.spans]),
        anchors.value(saying, rival) if rival else None, origin_in_words(saying.origin), json.dumps(own.value()),
        tuple(Other(json.dumps(anchors.of(one).value()), _short(one, anchors.outlet(one))) for one in others),
    )  # fmt: skip


def _short(one: Saying, report: str) -> str:
    words = " ".join(f"{report}, {origin_in_words(one.origin)}: {one.text}".split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def _about(claim: Claim, judgements: tuple[Judgement, ...], anchors: Anchors) -> Iterator[Judgement]:
    """The judgements that name a saying of the claim, or one of its speakers."""
    own = {anchors.of(one).report for one in claim.sayings}
    locate = locator(
        Saying(one.id, anchors.of(one).report, one.spans, one.text, None, one.stance, None) for one in claim.sayings
    )
    names = {one.origin.name for one in claim.sayings if one.origin and one.origin.name}
    for judgement in judgements:
        there = any(anchor.report in own and locate(anchor) for anchor in anchors_in(judgement))
        if there or (judgement.target == "speaker" and names & _named(judgement)):
            yield judgement


def _named(judgement: Judgement) -> set[str]:
    return {value if isinstance(value, str) else str(value.get("name")) for value in judgement.value or ()}
