"""On how many independent origins a claim rests: a low and a high count, and which were taken as one and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.terms.weighing import Independent, Origin, Position, Saying, UnsureSources
from sayso.weigh.described import head_of, is_outlet, somebody, whose, words_of
from sayso.weigh.identities import Apart, are_apart
from sayso.weigh.lists import listed
from sayso.weigh.plain import countries, plain_words, singular

ANY_HEAD, NEXT, MAYBE_SAME = "|", "′", "unnamed sources that may be the same"
NONE: Apart = frozenset()


@dataclass(slots=True)
class Rest:
    """One origin that a claim rests on, with the sayings that lead to it.

    ``others`` are the origins that were taken as this one, each with the reason; ``maybe`` those of them that may be
    others all the same.
    """

    origin: Origin
    sayings: list[Saying] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)
    maybe: list["Rest"] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The origin in words."""
        return in_words(self.origin)

    @property
    def first(self) -> Saying:
        """The first saying that is the origin's own."""
        return next((saying for saying in self.sayings if saying.origin == self.origin), self.sayings[0])

    @property
    def stances(self) -> frozenset[Position]:
        """The positions that it takes."""
        return frozenset(saying.stance for saying in self.sayings)

    def take(self, other: "Rest", why: str) -> None:
        """Take another origin as this one."""
        if why == MAYBE_SAME:
            self.maybe.append(other)
        self.sayings.extend(other.sayings)
        told = {**other.others, other.name: why}
        self.others |= {name: reason for name, reason in told.items() if name != self.name}

    def is_apart(self, other: "Rest", apart: Apart) -> bool:
        """Whether people have judged that somebody of this one is nobody of the other."""
        return are_apart((one.origin for one in self.sayings), (one.origin for one in other.sayings), apart)

    def copy(self) -> "Rest":
        """Another one that holds the same."""
        return Rest(self.origin, list(self.sayings), dict(self.others))


def in_words(origin: Origin) -> str:
    """An origin in words."""
    return origin.identity or origin.name or origin.described or f"unnamed {origin.affiliation or 'source'}"


def independent(sayings: Iterable[Saying], apart: Apart = NONE) -> Independent:
    """How many independent origins the sayings of one claim have; echoes must be told in ``echo_of``.

    Sources that are ``apart`` are never taken as one.
    """
    return weighed_origins(sayings, apart)[0]


def weighed_origins(sayings: Iterable[Saying], apart: Apart = NONE) -> tuple[Independent, tuple[UnsureSources, ...]]:
    """The same, and which unnamed sources count as one in the low count and may be several."""
    high = rests(sayings, apart)
    low = fewest(high, apart)
    affirm, deny, doubt = (sum(stance in rest.stances for rest in low) for stance in ("affirm", "deny", "doubt"))
    unsure = (UnsureSources(rest.first.id, other.first.id, MAYBE_SAME) for rest in low for other in rest.maybe)
    return Independent(len(low), max(len(high), len(low)), affirm, deny, doubt), tuple(unsure)


def rests(sayings: Iterable[Saying], apart: Apart = NONE) -> list[Rest]:
    """The origins that a claim rests on, if no two unnamed ones are the same (the high count).

    What a report says in its own voice, credits to an outlet or to nobody in particular repeats somebody: it counts
    only where nobody else is there.
    """
    found: dict[str, Rest] = {}
    outlets: dict[str, Rest] = {}
    loose: list[Rest] = []
    for cluster in _clusters(sorted(sayings, key=lambda saying: (saying.report, saying.spans, saying.id))):
        origin = _best(cluster)
        rest = Rest(origin, list(cluster), _inside(cluster, origin))
        if not somebody(origin):
            loose.append(rest)
        else:
            _add(outlets if is_outlet(origin.name) else found, *_same(cluster[0], origin), rest, apart)
    told = _bodies(_together(found, apart), apart)
    return told or list(outlets.values())[:1] or loose[:1]


def fewest(high: Sequence[Rest], apart: Apart = NONE) -> list[Rest]:
    """The origins, if unnamed ones that may be one are, and all who speak for one party are one: the low count."""
    found: dict[str, Rest] = {}
    for rest in sorted(high, key=lambda rest: not rest.origin.name and not head_of(rest.origin)):
        key, why = _party(rest.origin)
        alike = (known for known in found if key.endswith(ANY_HEAD) and known.startswith(key))
        alike = (known for known in alike if not found[known].is_apart(rest, apart))
        _add(found, next(alike, key), why, rest.copy(), apart)
    return list(found.values())


def _add(found: dict[str, Rest], key: str, why: str, rest: Rest, apart: Apart) -> None:
    while key in found and found[key].is_apart(rest, apart):
        key += NEXT
    if key in found:
        found[key].take(rest, why)
    else:
        found[key] = rest


def _clusters(sayings: Sequence[Saying]) -> list[list[Saying]]:
    """The sayings that are echoes of one another, the original first."""
    by_id = {saying.id: saying for saying in sayings}
    groups: defaultdict[str, list[Saying]] = defaultdict(list)
    for saying in sayings:
        root, seen = saying, {saying.id}
        while root.echo_of in by_id and root.echo_of not in seen:
            root = by_id[root.echo_of]
            seen.add(root.id)
        groups[root.echo_of or root.id].append(saying)
    return [sorted(group, key=lambda saying: bool(saying.echo_of)) for group in groups.values()]


def _best(cluster: Sequence[Saying]) -> Origin:
    """The origin that tells most: a named speaker (whom most name, then the original's), an outlet, an unnamed one."""
    origins = [saying.origin for saying in cluster if saying.origin]
    often = Counter(in_words(origin) for origin in origins)
    nobody = Origin(None, "unsourced")
    return min(origins, key=lambda origin: (_vague(origin), -often[in_words(origin)]), default=nobody)


def _vague(origin: Origin) -> int:
    if origin.name:
        return int(is_outlet(origin.name))
    return 2 if somebody(origin) else 3


def _inside(cluster: Sequence[Saying], origin: Origin) -> dict[str, str]:
    return {
        in_words(saying.origin): saying.why or "the same words"
        for saying in cluster
        if saying.origin and in_words(saying.origin) != in_words(origin)
    }


def _same(saying: Saying, origin: Origin) -> tuple[str, str]:
    """What two sayings share that surely have the same origin, and why."""
    if origin.identity:
        return origin.identity, "people have judged that they are one"
    if origin.name:
        return origin.name, "the same name"
    words = words_of(origin)
    if words & listed("public_places"):
        return "public posts", "posts that everybody can read"
    kind = f"{whose(origin)} {head_of(origin)}"
    if saying.relays and is_outlet(saying.relays[0]):
        return f"{kind} of {saying.relays[0]}", f"{saying.relays[0]} has both"
    return f"{kind} in {saying.report}", "the same report describes both alike"


def _together(found: dict[str, Rest], apart: Apart) -> list[Rest]:
    """Several who speak together are no other origin where one of them speaks alone."""
    for name in sorted(found):
        parts = [part for part in name.split(" and ") if part in found and part != name]
        if parts and not found[parts[0]].is_apart(found[name], apart):
            found[parts[0]].take(found.pop(name), f"{parts[0]} speaks for both")
    return list(found.values())


def _bodies(high: list[Rest], apart: Apart) -> list[Rest]:
    """A government or body, and officials in general, are those of their people who speak by name."""
    people: defaultdict[str, list[Rest]] = defaultdict(list)
    for rest in high:
        if rest.origin.name and rest.origin.party and not _in_general(rest.origin):
            people[rest.origin.party].append(rest)
    out = []
    for rest in high:
        near = (person for person in people[rest.origin.party or ""] if not person.is_apart(rest, apart))
        fit = [person for person in near if rest.stances <= person.stances]
        if fit and _in_general(rest.origin):
            person = max(fit, key=lambda person: (len(person.sayings), person.name))
            person.take(rest, f"{person.name} speaks for {rest.origin.party}")
        else:
            out.append(rest)
    return _bare(out, apart)


def _bare(high: list[Rest], apart: Apart) -> list[Rest]:
    """A party without people who speak by name is one origin with its organs and officials in general."""
    found: dict[str, Rest] = {}
    for rest in high:
        general = rest.origin.party if rest.origin.party and _in_general(rest.origin) else None
        _add(found, f"party {general}" if general else f"{id(rest)}", f"both are {general}", rest, apart)
    return list(found.values())


def _in_general(origin: Origin) -> bool:
    """Whether this is the party itself, an organ of it, or its officials or spokespeople without any more."""
    if origin.name:
        words = {singular(word) for word in plain_words(origin.name)}
        return bool(origin.party) and (origin.name == origin.party or bool(words & listed("organs")))
    return bool(words_of(origin) & (listed("spokespeople") | listed("in_general")))


def _party(origin: Origin) -> tuple[str, str]:
    """What an origin shares with those who may be the same, and why."""
    if origin.party:
        return origin.party, f"both speak for {origin.party}"
    if origin.name:
        return " ".join(plain_words(origin.name)), "the same name"
    belongs = whose(origin)
    if belongs and belongs not in countries().values():
        return belongs, f"both speak for {origin.affiliation}"
    return f"unnamed {belongs}{ANY_HEAD}{head_of(origin)}", MAYBE_SAME
