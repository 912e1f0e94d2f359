"""The ledgers of both back ends, as in the tests of the record."""

from tests.record.conftest import server, where

__all__ = ["server", "where"]
