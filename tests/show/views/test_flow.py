"""The lineage as a picture: whatever there is of sayings, it can be read and nothing is lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sayso.show.views.flow import LINE, MOST, flow
from sayso.terms import Span
from sayso.terms.weighing import Origin, Saying

NAMES = [f"Speaker {number}" for number in range(60)]
ONE = st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES[:5]), max_size=2), st.sampled_from(NAMES))


def saying(number: int, name: str, relays: list[str]) -> Saying:
    origin = Origin(name, "named")
    return Saying(f"s{number}", f"r{number}", (Span(0, 4),), "a truce", "a1", "affirm", origin, tuple(relays))


@given(st.lists(ONE, min_size=1, max_size=150))
def test_every_layer_can_be_read_and_counts_what_passes(ways: list[tuple[str, list[str], str]]) -> None:
    sayings = [saying(number, name, relays) for number, (name, relays, _) in enumerate(ways)]
    found = flow(sayings, {f"r{number}": outlet for number, (_, _, outlet) in enumerate(ways)})
    for layer in range(found.layers):
        nodes = sorted((one for one in found.nodes if one.layer == layer), key=lambda one: one.y)
        assert len(nodes) <= MOST
        assert all(other.y - one.y >= LINE - 0.2 for one, other in pairwise(nodes))
        assert all(one.y + one.height <= found.height for one in nodes)
    for end in (0, found.layers - 1):
        assert sum(one.sayings for one in found.nodes if one.layer == end) == len(sayings)


def test_those_with_fewest_sayings_stand_together() -> None:
    often = [saying(number, "Pia Orr", []) for number in range(3)]
    rest = [saying(10 + number, name, []) for number, name in enumerate(NAMES[:20])]
    names = {one.name: one.sayings for one in flow([*often, *rest], {}).nodes if one.layer == 0}
    assert names["Pia Orr"] == 3
    assert names["and 6 others"] == 6
    assert len(names) == MOST
