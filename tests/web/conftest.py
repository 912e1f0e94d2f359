"""The application over a ledger of the sample story."""

import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso import weighing
from sayso.adding import Tally, add_reports, embed
from sayso.ingest import reports
from sayso.record.ledger import Ledger
from sayso.web.app import create
from sayso.web.settings import Settings

SAMPLE = str(resources.files("sayso.samples").joinpath("ceasefire.jsonl"))
HERE = "http://127.0.0.1:8000"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "ledger.db"
    with Ledger(str(path), embed=embed) as ledger:
        add_reports(ledger, reports([SAMPLE]), Tally())
        weighing.refresh(ledger)
    return path


@pytest.fixture
def ledger(made: Path, tmp_path: Path) -> str:
    return str(shutil.copy(made, tmp_path / "ledger.db"))


@pytest.fixture
def client(ledger: str) -> Iterator[TestClient]:
    with TestClient(create(Settings(ledger, who="Ada")), base_url=HERE) as client:
        yield client
