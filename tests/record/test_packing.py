"""What weighing finds, packed and unpacked: nothing is lost, and nothing else is taken for it."""

import types
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.record.packing import PackingError, pack, shape, unpack
from sayso.terms import Span
from sayso.weigh.digests import Gist
from sayso.weigh.pieces import Piece
from sayso.weigh.stories import Step
from sayso.weigh.weigh import Weighed

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8) | st.just("\ud800 half a pair"), int: st.integers(), bool: st.booleans(),
    float: st.floats(allow_nan=False), type(None): st.none(),
}  # fmt: skip


def any_of(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that can be packed."""
    if kind in PLAIN:
        return PLAIN[kind]
    if kind is Span:
        return st.builds(Span, st.integers(0), st.integers(0))
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.builds(cast("Any", kind), **{field.name: any_of(hints[field.name]) for field in fields(kind)})
    choices = get_args(kind)
    if get_origin(kind) is Literal:
        return st.sampled_from(choices)
    if get_origin(kind) is tuple:
        if choices[-1:] == (Ellipsis,):
            return st.lists(any_of(choices[0]), max_size=2).map(tuple)
        return st.tuples(*map(any_of, choices))
    assert get_origin(kind) in {Union, types.UnionType}
    return st.one_of(*map(any_of, choices))


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("kind", [Weighed, Gist, Step, Piece])
def test_unpacking_gives_what_was_packed(kind: Any, data: st.DataObject) -> None:
    value = data.draw(any_of(kind))
    assert unpack(kind, pack(value)) == value


@given(st.binary(max_size=60) | st.sampled_from([b"", pack(Step("a", None, (1, 2)))[:-3], pack(Step("a", "b", ()))]))
def test_nothing_else_is_taken_for_it(data: bytes) -> None:
    with pytest.raises(PackingError):
        unpack(Weighed, data)


@dataclass(frozen=True)
class One:
    name: str
    size: int | None = None


def another(*, hint: Any) -> Any:
    @dataclass(frozen=True)
    class Other:
        name: str
        size: Any = None

    Other.__name__ = "One"
    Other.__annotations__["size"] = hint
    return Other


def test_kinds_with_other_fields_have_another_shape() -> None:
    assert shape(One) == shape(another(hint=int | None))
    assert shape(One) != shape(another(hint=str | None))
    with pytest.raises(PackingError):
        unpack(another(hint=str | None), pack(One("a", 3)))


def test_what_cannot_be_packed_says_so() -> None:
    with pytest.raises(TypeError, match="cannot be packed"):
        pack(another(hint=dict[str, int])("a", {}))
