import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.record import postgres


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    programs = postgres.programs()
    if programs is None:
        assert not os.environ.get("CI"), "CI must have PostgreSQL: .ci/run installs it"
        pytest.skip("no PostgreSQL on this machine: install Debian's postgresql to run these")
    with postgres.server(programs) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place for a new ledger, on each back end."""
    if request.param == "sqlite":
        yield str(tmp_path / "ledger.db")
        return
    server = request.getfixturevalue("server")
    url = postgres.new_database(server)
    yield url
    postgres.drop_database(server, url)
