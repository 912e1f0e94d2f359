"""The sample story, read once."""

import pytest

from sayso.api import read_many
from sayso.samples import sample_reports
from sayso.terms import Reading


@pytest.fixture(scope="session")
def sample() -> tuple[Reading, ...]:
    return tuple(read_many(sample_reports()))
