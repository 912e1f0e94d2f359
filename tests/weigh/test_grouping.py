"""Groups by mean score, with what people hold together and apart."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.terms import Judgement
from sayso.weigh.grouping import Groups, Held, held_together
from sayso.weigh.settling import Pairs, Word, settled

JOIN, GATHER = 0.3, 0.6
ROWS = 12
PAIR = st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)).filter(lambda pair: pair[0] != pair[1])


def together(seed: int, held: Held[int]) -> Groups:
    chance = np.random.default_rng(seed)
    rows = np.abs(chance.standard_normal((ROWS, 3))).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    pairs = {(a, b): float(rows[a] @ rows[b]) for a in range(ROWS) for b in range(a + 1, ROWS)}
    return held_together(rows, pairs, JOIN, GATHER, held)


def word(pair: tuple[int, int], same: bool, hour: int) -> Word:
    one, other = pair
    judgement = Judgement(
        "same" if same else "not_same", "claim", "Ann", f"2031-06-01T{hour:02}:00:00+00:00", note=f"{one} {other}"
    )
    return Word(f"{one:02}", f"{other:02}", same, judgement)


words = st.lists(st.builds(word, PAIR, st.booleans(), st.integers(0, 23)), max_size=10)


def held_by(pairs: Pairs) -> Held[int]:
    same, apart = (frozenset((int(w.one), int(w.other)) for w in some) for some in (pairs.same, pairs.apart))
    return Held(same, apart)


@settings(max_examples=60)
@given(words, st.integers(0, 20))
def test_what_people_hold_together_is_and_what_they_part_is_not(said: list[Word], seed: int) -> None:
    held = held_by(settled(said))
    groups = together(seed, held)
    assert all(groups.of(one) == groups.of(other) for one, other in held.same)
    assert all(groups.of(one) != groups.of(other) for one, other in held.apart)
    assert sorted(row for members in groups.members() for row in members) == list(range(ROWS))


@given(words)
def test_words_that_count_do_not_contradict_one_another_and_the_last_one_counts(said: list[Word]) -> None:
    pairs = settled(said)
    assert all(len(pairs.roots(word)) == 1 for word in pairs.same)
    assert all(len(pairs.roots(word)) == 2 for word in pairs.apart)
    assert len(pairs.same) + len(pairs.apart) + len(pairs.overruled) == len(said)
    assert settled(reversed(said)).members() == pairs.members()
    if said:
        last = max(word.by.made_at for word in said)
        assert any(word.by.made_at == last for word in (*pairs.same, *pairs.apart))


@given(PAIR, st.integers(0, 20))
def test_whole_groups_are_joined(pair: tuple[int, int], seed: int) -> None:
    before, after = together(seed, Held()), together(seed, Held(same=frozenset({pair})))
    one, other = ({row for row in range(ROWS) if before.of(row) == before.of(end)} for end in pair)
    assert {row for row in range(ROWS) if after.of(row) == after.of(pair[0])} == one | other


@given(PAIR, st.integers(0, 20))
def test_one_passage_is_moved_without_the_others(pair: tuple[int, int], seed: int) -> None:
    before, after = together(seed, Held()), together(seed, Held(moved=frozenset({pair})))
    moved, other = pair
    assert after.of(moved) == after.of(other)
    rest = [row for row in range(ROWS) if row != moved]
    assert [before.of(row) for row in rest] == [after.of(row) for row in rest]


def test_what_is_apart_has_no_score() -> None:
    groups = Groups(np.ones((3, 2), np.float32), {(0, 2)})
    assert (groups.score(0, 1), groups.score(0, 2), groups.alike(0, 2)) == (2, -1, -1)
    groups.join(0, 1)
    assert groups.parted(0, 2)
    groups.move(1, 2)
    assert groups.of(1) == 2
    groups.move(0, 2)
    assert groups.of(0) == 0
