"""The lineage of a claim as a picture: origins on the left, whoever passed them on in between, outlets on the right.

A layered graph with ribbons as wide as the number of sayings (a Sankey diagram); nodes of a layer are ordered by where
their ribbons come from, so that few cross (the barycentre method of Sugiyama, Tagawa and Toda, 1981). Of many in a
layer, those with fewest sayings stand together as one bar.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.show.lineage import origin_in_words
from sayso.terms.weighing import Position, Saying

WIDTH, BAR, GAP, UNIT, TOP = 900.0, 10.0, 14.0, 16.0, 6.0
PLOT, LINE = 480.0, 19.0
SWEEPS, MOST = 4, 16
Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Node:
    """A bar of the picture: who it is, its layer from the origins (0) on, and where it stands, in units of the picture.

    ``sayings`` counts what passes through it.
    """

    name: str
    layer: int
    sayings: int
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What goes from one bar to the next: how many sayings of one stance, and how many of them repeat others.

    ``path`` is the outline as an SVG path.
    """

    source: str
    target: str
    stance: Position
    sayings: int
    echoes: int
    path: str


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole picture: its size, bars and ribbons."""

    width: float
    height: float
    layers: int
    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]


def flow(sayings: Iterable[Saying], outlets: Mapping[str, str]) -> Flow:
    """The picture of the ``sayings``; ``outlets`` names the outlet of each report."""
    some = list(sayings)
    ways = [_way(saying, outlets.get(saying.report, saying.report)) for saying in some]
    last = max(map(len, ways), default=2) - 1
    every = _folded([(*enumerate(way[:-1]), (last, way[-1])) for way in ways])
    links: Counter[tuple[Key, Key, Position]] = Counter()
    echoes: Counter[tuple[Key, Key, Position]] = Counter()
    for saying, stops in zip(some, every, strict=True):
        for one, other in pairwise(stops):
            links[one, other, saying.stance] += 1
            echoes[one, other, saying.stance] += saying.echo_of is not None
    return _drawn(links, echoes, last)


def _folded(ways: list[tuple[Key, ...]]) -> list[tuple[Key, ...]]:
    """The ways, with all but the ``MOST`` stops of each layer that most sayings pass called "and 7 others"."""
    layers: defaultdict[int, Counter[Key]] = defaultdict(Counter)
    for way in ways:
        for stop in way:
            layers[stop[0]][stop] += 1
    called: dict[Key, Key] = {}
    for layer, stops in layers.items():
        rest = stops.most_common()[MOST - 1 :] if len(stops) > MOST else []
        called |= {stop: (layer, f"and {len(rest)} others") for stop, _ in rest}
    return [tuple(called.get(stop, stop) for stop in way) for way in ways]


def _way(saying: Saying, outlet: str) -> tuple[str, ...]:
    """From the origin to the outlet; a relay that is the outlet itself is no stop of its own."""
    between = [name for name in reversed(saying.relays) if name != outlet]
    origin = origin_in_words(saying.origin)
    return (origin, *(name for name in between if name != origin), outlet)


def _drawn(
    links: Mapping[tuple[Key, Key, Position], int], echoes: Mapping[tuple[Key, Key, Position], int], last: int
) -> Flow:
    weights, layers = _weights(links), _ordered(links)
    unit = min(UNIT, PLOT / max((sum(weights[key] for key in layer) for layer in layers.values()), default=1))
    rooms = {key: max(weights[key] * unit + GAP, LINE) for key in weights}
    height = max((sum(rooms[key] for key in layer) for layer in layers.values()), default=0.0) + TOP
    nodes: dict[Key, Node] = {}
    for layer, keys in layers.items():
        y = TOP + (height - TOP - sum(rooms[key] for key in keys)) / 2
        for key in keys:
            x = (WIDTH - BAR) * layer / last if last else 0.0
            nodes[key] = Node(key[1], layer, weights[key], round(x, 1), round(y, 1), round(weights[key] * unit, 1))
            y += rooms[key]
    ribbons = tuple(_ribbons(links, echoes, nodes, unit))
    return Flow(WIDTH, round(height, 1), last + 1, tuple(nodes.values()), ribbons)


def _weights(links: Mapping[tuple[Key, Key, Position], int]) -> dict[Key, int]:
    coming: Counter[Key] = Counter()
    going: Counter[Key] = Counter()
    for (one, other, _), count in links.items():
        going[one] += count
        coming[other] += count
    return {key: max(coming[key], going[key]) for key in {*coming, *going}}


def _ordered(links: Mapping[tuple[Key, Key, Position], int]) -> dict[int, list[Key]]:
    """The bars of every layer from top to bottom."""
    weights = _weights(links)
    layers: defaultdict[int, list[Key]] = defaultdict(list)
    for key in sorted(weights, key=lambda key: (-weights[key], key)):
        layers[key[0]].append(key)
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        pulls: defaultdict[Key, list[tuple[float, int]]] = defaultdict(list)
        places = {key: number / len(keys) for keys in layers.values() for number, key in enumerate(keys)}
        for (one, other, _), count in links.items():
            moved, fixed = (other, one) if forth else (one, other)
            pulls[moved].append((places[fixed], count))
        for keys in layers.values():
            keys.sort(key=lambda key: (_centre(pulls[key], places[key]), -weights[key], key))
    return dict(sorted(layers.items()))


def _centre(pulls: Sequence[tuple[float, int]], place: float) -> float:
    total = sum(count for _, count in pulls)
    return round(sum(at * count for at, count in pulls) / total, 6) if total else place


def _ribbons(
    links: Mapping[tuple[Key, Key, Position], int],
    echoes: Mapping[tuple[Key, Key, Position], int],
    nodes: Mapping[Key, Node],
    unit: float,
) -> Iterable[Ribbon]:
    leaving: Counter[Key] = Counter()
    entering: Counter[Key] = Counter()
    for one, other, stance in sorted(links, key=lambda link: (nodes[link[0]].y, nodes[link[1]].y, link)):
        count = links[one, other, stance]
        source, target = nodes[one], nodes[other]
        start, end = source.y + leaving[one] * unit, target.y + entering[other] * unit
        leaving[one] += count
        entering[other] += count
        path = _outline(source.x + BAR, start, target.x, end, count * unit)
        yield Ribbon(source.name, target.name, stance, count, echoes[one, other, stance], path)


def _outline(left: float, start: float, right: float, end: float, width: float) -> str:
    middle = (left + right) / 2
    points = [left, start, middle, start, middle, end, right, end]
    back = [right, end + width, middle, end + width, middle, start + width, left, start + width]
    one, other = (" ".join(f"{value:.1f}" for value in some) for some in (points, back))
    head, tail = one.split(" ", 2), other.split(" ", 2)
    return f"M{head[0]} {head[1]}C{head[2]}L{tail[0]} {tail[1]}C{tail[2]}Z"
