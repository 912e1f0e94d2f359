from datetime import UTC, date, datetime, tzinfo
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ingest.dates import iso_date, mail_date
from sayso.terms import Report


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2031", "2031"), ("2031-05", "2031-05"), ("2031-05-04", "2031-05-04"), ("20310504", "2031-05-04"),
        (" 2031/05/04 ", "2031-05-04"), ("May 4, 2031", "2031-05-04"), ("4 May 2031", "2031-05-04"),
        ("04.05.2031", "2031-05-04"),
        ("2031-05-04 09:30", "2031-05-04T09:30:00"), ("2031-05-04T09:30:00Z", "2031-05-04T09:30:00+00:00"),
        ("2031-05-04T00:00:00Z", "2031-05-04T00:00:00+00:00"), ("2031-05-04 00:00:00", "2031-05-04"),
        ("Sun, 04 May 2031 09:30:00 +0200", "2031-05-04T09:30:00+02:00"), (1936000000, "2031-05-08T09:46:40+00:00"),
        (1936000000000, "2031-05-08T09:46:40+00:00"), (date(2031, 5, 4), "2031-05-04"), (2031, "2031"),
        (datetime(2031, 5, 4, 9, 30, tzinfo=UTC), "2031-05-04T09:30:00+00:00"),
        ("04/05/2031", None), ("2031-13", None), ("soon", None), ("", None), ("٢٠٣١", None), (None, None), (True, None),
        (datetime(1, 1, 1, tzinfo=UTC), None), ("9999-12-31", None), (float("nan"), None),
    ],
)  # fmt: skip
def test_dates(value: Any, expected: str | None) -> None:
    assert iso_date(value) == expected


@given(st.integers(-(2**31), 2**32), st.sampled_from([None, UTC]))
def test_what_python_writes_is_read(seconds: int, zone: tzinfo | None) -> None:
    moment = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=zone)
    found = iso_date(moment.isoformat())
    assert found is not None
    assert datetime.fromisoformat(found) == moment


@given(st.text(max_size=30) | st.floats() | st.integers())
def test_anything_gives_a_date_or_nothing(value: Any) -> None:
    found = iso_date(value)
    assert found is None or Report("x", published=found).published_grain is not None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Sun, 04 May 2031 09:30:00 +0200", "2031-05-04T09:30:00+02:00"),
        ("4 May 31 09:30 GMT", "2031-05-04T09:30:00+00:00"),
        ("Sun, 04 May 2031 09:30:00 -0000", "2031-05-04T09:30:00+00:00"), ("yesterday", None), ("", None),
        ("Sun, 99 May 2031 09:30:00 +0200", None), ("Sun, 04 May 2031 09:30:00 +9999999", None),
    ],
)  # fmt: skip
def test_dates_of_mail(value: str, expected: str | None) -> None:
    assert mail_date(value) == expected
