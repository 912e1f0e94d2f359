"""What the tests share."""

import pytest
from hypothesis import HealthCheck, settings

from sayso.reader.reader import Reader, default_reader

settings.register_profile("sayso", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sayso")


@pytest.fixture(scope="session")
def reader() -> Reader:
    return default_reader()
