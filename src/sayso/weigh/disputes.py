"""Disputes: where one source denies what another affirms, and where their numbers can't both hold."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from sayso.terms.weighing import Claim, CountSeries, Dispute, Passage, Saying
from sayso.weigh.described import is_outlet, somebody


def disputes(
    claims: Iterable[Claim] = (), series: Iterable[CountSeries] = (), outlets: Mapping[str, str] | None = None
) -> tuple[Dispute, ...]:
    """The disputes within the claims and the counts of one story, each with both passages, in the order given.

    Sayings that only repeat another, or may be of another claim, are left out, and each two sources dispute one claim
    once. ``outlets`` name those who speak in a report's own voice, by report.
    """
    denials = (dispute for claim in claims for dispute in _denials(claim, outlets or {}))
    return (*denials, *(dispute for counts in series for dispute in _figures(counts)))


def _denials(claim: Claim, outlets: Mapping[str, str]) -> Iterator[Dispute]:
    own = sorted((s for s in claim.sayings if s.sure and s.echo_of is None), key=lambda s: (s.report, s.spans, s.id))
    affirmed = _by_source((s for s in own if s.stance == "affirm"), outlets)
    for other, denied in _by_source((s for s in own if s.stance == "deny"), outlets).items():
        for one, said in affirmed.items():
            yield _denial(claim, said, one, denied, other)


def _by_source(sayings: Iterable[Saying], outlets: Mapping[str, str]) -> Mapping[str, Saying]:
    """The first saying of each source; of reports' own voices and outlets only where nobody else takes the stance."""
    first: dict[str, Saying] = {}
    found = list(sayings)
    for saying in list(filter(_by_somebody, found)) or found:
        first.setdefault(_source(saying, outlets), saying)
    return first


def _by_somebody(saying: Saying) -> bool:
    return saying.origin is not None and somebody(saying.origin) and not is_outlet(saying.origin.name)


def _denial(claim: Claim, said: Saying, one: str, denied: Saying, other: str) -> Dispute:
    why = f"{other} denies what {one} affirms" if one != other else f"{one} affirms it and denies it"
    return Dispute(_id(said.id, denied.id), "denial", claim.id, _passage(said), one, _passage(denied), other, why)


def _figures(counts: CountSeries) -> Iterator[Dispute]:
    source = {count.id: count.source for count in counts.counts}
    for found in counts.relations:
        if found.kind == "contradiction":
            one, other = found.passages
            names = (source[found.one], source[found.other])
            key = _id(found.one, found.other)
            yield Dispute(key, "figures", counts.id, one, names[0], other, names[1], found.why)


def _source(saying: Saying, outlets: Mapping[str, str]) -> str:
    """A name for the origin. Unnamed sources of one outlet are one where the same words describe them."""
    origin, outlet = saying.origin, outlets.get(saying.report, f"report {saying.report}")
    if origin is None:
        return outlet
    if origin.identity or origin.name:
        return origin.identity or origin.party or origin.name or outlet
    return f"{' '.join((origin.described or origin.affiliation or 'unnamed source').split())} ({outlet})"


def _passage(saying: Saying) -> Passage:
    return Passage(saying.report, saying.spans, saying.text)


def _id(one: str, other: str) -> str:
    return hashlib.sha256(f"dispute\n{one}\n{other}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
