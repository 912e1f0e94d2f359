from collections.abc import Iterator

import pytest

from tests.ingest.server import Web


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()
    yield web
    web.close()
