"""Whether two passages tell of one event."""

import pytest

from sayso.weigh.events import events, share_event


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("A blast at the market", "the Explosions in Tarn", True),
        ("an air-strike on the port", "the air\nstrike", True),
        ("a blast", "a flood", False),
        ("they opened fire in the attack", "an attack on the village", False),
        ("firemen came", "a fire", False),
    ],
)
def test_one_event_has_several_words(one: str, other: str, same: bool) -> None:
    assert share_event(one, other) is same


def test_what_a_story_has_many_of_is_no_event() -> None:
    assert events("gunmen attacked two villages, killing eight in clashes") == set()
