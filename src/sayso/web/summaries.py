"""A story on a few lines: its liveliest claims, what can't both be right, and figures that were revised."""

from dataclasses import dataclass

from sayso.terms.weighing import Claim, CountSeries, Dispute
from sayso.weighing import Listed, Weighed

CLAIMS, DISPUTES, REVISED = 4, 2, 2


@dataclass(frozen=True, slots=True)
class Summary:
    """A story for the desk."""

    story: Listed
    claims: tuple[Claim, ...]
    disputes: tuple[Dispute, ...]
    revised: tuple[CountSeries, ...]


def summary(listed: Listed, whole: Weighed) -> Summary:
    """The story's most repeated claims, and what is contested or has moved in it."""
    revised = [series for series in whole.series if any(one.kind == "revision" for one in series.relations)]
    return Summary(listed, liveliest(whole)[:CLAIMS], whole.disputes[:DISPUTES], tuple(revised[:REVISED]))


def liveliest(whole: Weighed) -> tuple[Claim, ...]:
    """The claims, those that most reports make first; of these, the contested ones."""
    return tuple(sorted(whole.story.claims, key=lambda one: (-one.reports, -_against(one), one.id)))


def _against(claim: Claim) -> int:
    return claim.independent.deny + claim.independent.doubt
