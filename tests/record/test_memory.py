from sayso.record.ledger import Ledger
from sayso.record.memory import FeedMemory

FEED = "https://post.example/feed.xml"


def test_what_was_taken_is_known_after_a_restart(where: str) -> None:
    with Ledger(where) as ledger:
        memory = FeedMemory(ledger)
        assert not memory.seen(FEED, "e1")
        memory.remember(FEED, "e1")
        memory.remember(FEED, "e1")
        memory.keep_validators(FEED, '"v1"', None)
    with Ledger(where) as ledger:
        memory = FeedMemory(ledger)
        assert memory.seen(FEED, "e1")
        assert not memory.seen("https://other.example/feed.xml", "e1")
        assert memory.validators(FEED) == ('"v1"', None)
        memory.keep_validators(FEED, None, "Sun, 04 May 2031 09:00:00 GMT")
        assert memory.validators(FEED) == (None, "Sun, 04 May 2031 09:00:00 GMT")
        assert memory.validators("https://other.example/feed.xml") == (None, None)
