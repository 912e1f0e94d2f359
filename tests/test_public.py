import ast
from pathlib import Path

import pytest

import sayso
from sayso.terms import Reading

ROOT = Path(__file__).parents[1]
SOURCES = sorted(p for folder in ("src", "training", "bench") for p in (ROOT / folder).rglob("*.py"))


def test_the_public_names_are_those_listed() -> None:
    assert len(set(sayso.__all__)) == len(sayso.__all__)
    for name in sayso.__all__:
        assert getattr(sayso, name) is not None
    with pytest.raises(AttributeError):
        _ = sayso.nonsense


def test_read_is_the_function_of_the_readme() -> None:
    reading = sayso.read("“We will rebuild,” the mayor told Radio Orrin on Friday.", outlet="Orrin Post")
    assert isinstance(reading, Reading)
    assert reading.attributions[0].content.text == "“We will rebuild,”"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_and_functions_are_small(path: Path) -> None:
    source = path.read_text()
    assert source.count("\n") <= 300
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name
