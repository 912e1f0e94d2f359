import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.decode import Chain, ranges, viterbi


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_viterbi_finds_the_best_sequence(seed: int, length: int) -> None:
    chance = np.random.default_rng(seed)
    emissions = chance.normal(size=(1, length, 3)).astype(np.float32)
    chain = Chain(chance.normal(size=(3, 3)).astype(np.float32), chance.normal(size=3).astype(np.float32))

    def score(tags: tuple[int, ...]) -> float:
        steps = sum(chain.transitions[a, b] for a, b in itertools.pairwise(tags))
        return float(chain.starts[tags[0]] + steps + sum(emissions[0, i, t] for i, t in enumerate(tags)))

    best = max(itertools.product(range(3), repeat=length), key=score)
    assert abs(score(tuple(viterbi(emissions, chain)[0].tolist())) - score(best)) < 1e-4


def test_a_run_may_start_without_its_first_tag() -> None:
    assert ranges([0, 2, 2, 0, 1, 2, 1], 1) == [(1, 3), (4, 6), (6, 7)]
