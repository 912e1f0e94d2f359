"""A story on a few lines: its liveliest claims, and how much in it is contested or was revised."""

from dataclasses import dataclass

from sayso.terms.weighing import Claim
from sayso.weighing import Listed, Weighed

CLAIMS = 4


@dataclass(frozen=True, slots=True)
class Summary:
    """A story for the desk: how many claims and counted things are ``contested``, and how many ``revised``."""

    story: Listed
    claims: tuple[Claim, ...]
    contested: int
    revised: int


def summary(listed: Listed, whole: Weighed) -> Summary:
    """The story's most repeated claims, and how much is contested or has moved in it."""
    revised = sum(any(one.kind == "revision" for one in series.relations) for series in whole.series)
    return Summary(listed, liveliest(whole)[:CLAIMS], len({one.claim for one in whole.disputes}), revised)


def liveliest(whole: Weighed) -> tuple[Claim, ...]:
    """The claims, those that most reports make first; of these, the contested ones."""
    return tuple(sorted(whole.story.claims, key=lambda one: (-one.reports, -_against(one), one.id)))


def _against(claim: Claim) -> int:
    return claim.independent.deny + claim.independent.doubt
