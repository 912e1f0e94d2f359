import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.record.exchange import from_json, to_json
from sayso.terms import Judgement, Span
from tests.record.made import at, judgements, word

ONE = to_json(word("correct", "a1", "speaker", "Ada Kolm"))
ANCHORS = [{"report": "r1", "spans": [[4, 9]]}, {"report": "r2", "spans": [[0, 3], [5, 8]]}]
PAIRS = st.builds(
    Judgement, st.sampled_from(["same", "not_same"]), st.sampled_from(["speaker", "claim"]), st.just("Ann"),
    st.just(at(9)), st.none() | st.just("r1"), value=st.just(ANCHORS), note=st.text("ab “”\n"),
)  # fmt: skip
ECHOES = st.builds(
    Judgement, st.just("echo"), st.just("saying"), st.just("Ann"), st.just(at(9)), st.just("r1"),
    st.just((Span(7, 9),)), value=st.sampled_from(ANCHORS),
)  # fmt: skip


@given(judgements() | PAIRS | ECHOES)
def test_a_judgement_comes_back_from_a_line(one: Judgement) -> None:
    back = from_json(json.loads(json.dumps(to_json(one), allow_nan=False)))
    assert back == one
    assert back.id == one.id


def test_only_what_is_needed_must_be_there() -> None:
    record = {"verdict": "same", "target": "claim", "who": "Ann", "made_at": at(9), "value": ANCHORS}
    assert from_json(record) == Judgement("same", "claim", "Ann", at(9), value=ANCHORS)


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ([], "is no JSON object"),
        (ONE | {"colour": "red"}, "the unknown field 'colour'"),
        (ONE | {"schema": 2}, '"schema" 2: this Sayso knows 1'),
        ({name: value for name, value in ONE.items() if name != "who"}, 'no "who"'),
        (ONE | {"spans": "4-9"}, '"spans" that are none'),
        (ONE | {"spans": [[4]]}, '"spans" that are none'),
        (ONE | {"cue": None}, '"cue" that are none'),
        (ONE | {"field": "act"}, 'no "act" can have'),
        (ONE | {"who": None}, 'no "who"'),
        (ONE | {"value": "Ivo Reth"}, '"id" other than'),
        (ONE | {"id": 7}, '"id" other than'),
    ],
)
def test_a_wrong_line_is_refused_by_its_field(record: Any, why: str) -> None:
    with pytest.raises(InputError) as refused:
        from_json(record)
    assert why in str(refused.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from([*ONE, "colour"]), json_values)
def test_whatever_a_line_holds_it_is_an_input_error_or_fine(name: str, value: Any) -> None:
    try:
        assert isinstance(from_json(ONE | {name: value}), Judgement)
    except InputError as error:
        assert str(error)  # noqa: PT017
