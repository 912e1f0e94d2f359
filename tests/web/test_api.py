"""The API as its own description says it is: no question that fits, and none that doesn't, breaks the server."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from sayso.web.settings import Settings
from tests.web.conftest import serving

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
KEY = {"authorization": "Bearer secret-word"}
FEW = settings(
    max_examples=40, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture(scope="module")
def schema(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    ledger = shutil.copy(made, tmp_path_factory.mktemp("asked") / "ledger.db")
    with serving(Settings(str(ledger), token="secret-word")) as address:  # noqa: S106
        yield schemathesis.openapi.from_url(f"{address}/api/openapi.json", headers=KEY)


@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
def test_no_question_breaks_the_server(schema: Any, mode: str) -> None:
    asked, seen = set[str](), set[int]()
    for found in schema.get_all_operations():
        operation = found.ok()
        asked.add(operation.label)

        @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode[mode]))
        @FEW
        def ask(case: Any) -> None:
            answer = case.call(headers=KEY)
            seen.add(answer.status_code)
            assert answer.status_code < 500, f"{case.method} {case.formatted_path}: {answer.text}"

        with suppress(Unsatisfiable):  # what asks nothing can't be asked wrongly
            ask()
    assert {"GET /api/v1/search", "POST /api/v1/reports", "POST /api/v1/judgements"} <= asked
    assert seen & {200, 422}
    assert 401 not in seen
