"""What was taken from feeds, kept in the ledger, so that watching goes on where it stopped."""

from sqlalchemy import select, update

from sayso.record.dialect import insert_new
from sayso.record.ledger import Ledger
from sayso.record.schema import entries, feeds


class FeedMemory:
    """Entries and validators of feeds. Feeds go by the address that they were given under."""

    def __init__(self, ledger: Ledger) -> None:
        """``ledger`` must be open for writing."""
        self._ledger = ledger

    def seen(self, feed_url: str, entry_id: str) -> bool:
        """Whether the entry was taken."""
        wanted = select(entries.c.entry).where(entries.c.feed == feed_url, entries.c.entry == entry_id)
        with self._ledger.looking() as connection:
            return connection.execute(wanted).first() is not None

    def remember(self, feed_url: str, entry_id: str) -> None:
        """The entry is taken."""
        with self._ledger.writing() as connection:
            connection.execute(insert_new(connection, feeds), {"url": feed_url})
            connection.execute(insert_new(connection, entries), {"feed": feed_url, "entry": entry_id})

    def validators(self, feed_url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of the last answer that was taken whole."""
        with self._ledger.looking() as connection:
            row = connection.execute(select(feeds.c.etag, feeds.c.last_modified).where(feeds.c.url == feed_url)).first()
        return (None, None) if row is None else (row.etag, row.last_modified)

    def keep_validators(self, feed_url: str, etag: str | None, last_modified: str | None) -> None:
        """Keep them in place of the former ones."""
        with self._ledger.writing() as connection:
            connection.execute(insert_new(connection, feeds), {"url": feed_url})
            chosen = update(feeds).where(feeds.c.url == feed_url)
            connection.execute(chosen.values(etag=etag, last_modified=last_modified))
