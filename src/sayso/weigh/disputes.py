"""Disputes: where one source denies what another affirms, and where their numbers can't both hold."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from sayso.terms.weighing import Claim, CountSeries, Dispute, Passage, Saying


def disputes(claims: Iterable[Claim] = (), series: Iterable[CountSeries] = ()) -> tuple[Dispute, ...]:
    """The disputes within the claims and the counts of one story, each with both passages, in the order given.

    Sayings that only repeat another are left out, and each two sources dispute one claim once.
    """
    denials = (dispute for claim in claims for dispute in _denials(claim))
    return (*denials, *(dispute for counts in series for dispute in _figures(counts)))


def _denials(claim: Claim) -> Iterator[Dispute]:
    own = sorted((s for s in claim.sayings if s.echo_of is None), key=lambda s: (s.report, s.spans, s.id))
    affirmed = _by_source(s for s in own if s.stance == "affirm")
    for denied in _by_source(s for s in own if s.stance == "deny"):
        for said in affirmed:
            yield _denial(claim, said, denied)


def _by_source(sayings: Iterable[Saying]) -> Sequence[Saying]:
    """The first saying of each source."""
    first: dict[str, Saying] = {}
    for saying in sayings:
        first.setdefault(_source(saying), saying)
    return list(first.values())


def _denial(claim: Claim, said: Saying, denied: Saying) -> Dispute:
    one, other = _source(said), _source(denied)
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


def _source(saying: Saying) -> str:
    """A name for the origin. Unnamed sources of one report are one where the same words describe them."""
    origin = saying.origin
    if origin is None:
        return f"report {saying.report}"
    if origin.name:
        return origin.party or origin.name
    return f"{origin.described or origin.affiliation or 'unnamed source'} (report {saying.report})"


def _passage(saying: Saying) -> Passage:
    return Passage(saying.report, saying.spans, saying.text)


def _id(one: str, other: str) -> str:
    return hashlib.sha256(f"dispute\n{one}\n{other}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
