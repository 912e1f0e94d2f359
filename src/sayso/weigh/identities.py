"""Who is who, as people have judged: two names for one speaker, one name for two, unnamed sources that are one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sayso.terms import Anchor, Judgement
from sayso.terms.weighing import Origin, Saying
from sayso.weigh.described import head_of, whose
from sayso.weigh.judged import locator
from sayso.weigh.origins import Key, Traced
from sayso.weigh.settling import Overruled, Pairs, Word, counting, settled, when

IN = "\x1f"
Apart = frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Identities:
    """The ends of chains with the judged names and identities, and which sources are not the same, by ``known_as``."""

    ends: Mapping[Key, Traced]
    apart: Apart = frozenset()
    overruled: tuple[Overruled, ...] = ()


@dataclass(slots=True)
class _Meant:
    """What people have judged, by a key for each speaker: a name, or a source with its report."""

    names: dict[str, str] = field(default_factory=dict)
    identities: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)

    def known_as(self, key: str) -> str:
        """The name or identity of the speaker."""
        return self.names.get(key) or self.identities.get(key) or _in_words(key)


def known_as(origin: Origin | None) -> str | None:
    """What an origin goes by where people have judged; None for the unnamed of whom nobody has said who they are."""
    return (origin.identity or origin.name) if origin else None


def are_apart(some: Iterable[Origin | None], others: Iterable[Origin | None], apart: Apart) -> bool:
    """Whether people have judged that one of some is not the same as one of the others."""
    if not apart:
        return False
    here, there = ({known_as(origin) for origin in origins} - {None} for origins in (some, others))
    return any(frozenset((one, other)) in apart for one in here for other in there)


def names_apart(judgements: Iterable[Judgement]) -> Apart:
    """The pairs of names that are of two speakers."""
    words = []
    for judgement in counting(judgements):
        names = [_name(value) for value in judgement.value] if judgement.target == "speaker" else []
        if all(names) and len(names) == 2:
            words.append(Word(names[0] or "", names[1] or "", judgement.verdict == "same", judgement))
    return frozenset(frozenset((word.one, word.other)) for word in settled(words).apart)


def identified(
    ends: Mapping[Key, Traced], judgements: Iterable[Judgement], spelling: Mapping[str, str], sayings: Sequence[Saying]
) -> Identities:
    """Apply the judgements of speakers to the ends of chains; ``sayings`` are those of the same reports."""
    about = [judgement for judgement in counting(judgements) if judgement.target == "speaker"]
    if not about:
        return Identities(ends)
    pairs = settled(_words(about, ends, spelling, sayings))
    meant = _meant(pairs)
    known = {end.origin.name or "": end.origin for _, end in sorted(ends.items(), reverse=True)}
    apart = frozenset(frozenset(map(meant.known_as, (word.one, word.other))) for word in pairs.apart)
    found = {key: _identified(key[0], end, meant, known) for key, end in ends.items()}
    return Identities(found, apart, tuple(pairs.overruled))


def _words(
    judgements: Sequence[Judgement], ends: Mapping[Key, Traced], spelling: Mapping[str, str], sayings: Sequence[Saying]
) -> Iterator[Word]:
    locate = locator(sayings)
    shown = {end.origin.name for end in ends.values()}

    def key(value: object) -> str | None:
        if name := _name(value):
            return name if name in shown else spelling.get(name, name)
        anchor = Anchor.of(value)
        saying = locate(anchor) if anchor else None
        end = ends.get((saying.report, saying.attribution)) if saying and saying.attribution else None
        return _source(saying.report, end.origin) if saying and end else None

    for judgement in judgements:
        one, other = map(key, judgement.value)
        if one and other and one != other:
            yield Word(one, other, judgement.verdict == "same", judgement)


def _name(value: object) -> str | None:
    name = value.get("name") if isinstance(value, dict) else value
    return name if isinstance(name, str) else None


def _source(report: str, origin: Origin) -> str:
    """A key for a source within its report: one where the report describes it alike."""
    told = f"{whose(origin)} {head_of(origin)}".strip() or " ".join((origin.described or "").split())
    return f"{origin.name or told}{IN}{report}"


def _in_words(key: str) -> str:
    source, _, report = key.partition(IN)
    return f"{source or 'unnamed source'} ({report})" if report else source


def _meant(pairs: Pairs) -> _Meant:
    """What each speaker goes by: where several are one by the name that was given first, or by an identity."""
    found = _Meant(told=_told(pairs))
    for root, keys in pairs.members().items():
        name = _first_name([word for word in pairs.same if pairs.root(word.one) == root])
        if name:
            found.names.update(dict.fromkeys(keys, name))
        else:
            found.identities.update(dict.fromkeys(keys, _in_words(min(keys))))
    return found


def _first_name(words: Sequence[Word]) -> str | None:
    """The name that the last word gives first, best one that no word gives second; None if all are unnamed."""
    second = {word.other for word in words}
    ordered = sorted(words, key=lambda word: when(word.by), reverse=True)
    given = [key for word in ordered for key in (word.one, word.other) if IN not in key]
    return min(given, key=lambda key: (key in second, given.index(key)), default=None)


def _told(pairs: Pairs) -> dict[str, str]:
    """Why a speaker is who it is, for each that people have judged."""
    found = {}
    for word in sorted((*pairs.same, *pairs.apart), key=lambda word: when(word.by)):
        told = "the same speaker as" if word.same else "not the same speaker as"
        for one, other in ((word.one, word.other), (word.other, word.one)):
            found[one] = f"judged by {word.by.who}: {told} {_in_words(other)}"
    return found


def _identified(report: str, end: Traced, meant: _Meant, known: Mapping[str, Origin]) -> Traced:
    relays = tuple(dict.fromkeys(meant.names.get(relay, relay) for relay in end.relays))
    here = _source(report, end.origin)
    key = here if here in meant.told else end.origin.name
    if key not in meant.told:
        return end if relays == end.relays else replace(end, relays=relays)
    origin = _as(end.origin, key, meant, known)
    why = "; ".join(filter(None, (end.why, meant.told[key])))
    return Traced(origin, tuple(relay for relay in relays if relay != origin.name), why)


def _as(origin: Origin, key: str, meant: _Meant, known: Mapping[str, Origin]) -> Origin:
    """The origin under the name that it goes by, or with its identity."""
    if name := meant.names.get(key):
        return known.get(name) or Origin(name, "named", origin.affiliation, origin.party)
    return replace(origin, identity=meant.known_as(key)) if IN in key else origin
