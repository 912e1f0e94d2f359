from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.batch.documents import Document, Whole
from sayso.batch.shards import cut, weight_of
from sayso.ingest.warc import Page
from sayso.terms import Report, Skipped

PAGE = Page(b"<p>She said so.", "text/html", "utf-8", "https://orrin.example/a", None, None)
KINDS = (Report("She said so.", "a"), PAGE, Whole("a.html", b"<p>She said so."), Skipped("a.html", "is empty"))
DOCUMENTS = st.lists(
    st.integers(0, 40).map(lambda size: Document(f"document of {size}", Whole("a.txt", b"x" * size), size)), max_size=40
)


@given(DOCUMENTS, st.integers(1, 9), st.integers(1, 80))
def test_shards_are_the_documents_in_order_and_no_larger_than_allowed(
    documents: list[Document], size: int, most: int
) -> None:
    found = list(cut(documents, size, most))
    assert [document for shard in found for document in shard.documents] == documents
    assert [shard.bounds.number for shard in found] == list(range(len(found)))
    for shard in found:
        assert 1 <= shard.bounds.documents == len(shard.documents) <= size
        assert len(shard.documents) == 1 or sum(map(weight_of, shard.documents)) <= most
        assert (shard.bounds.first, shard.bounds.last) == (shard.documents[0].where, shard.documents[-1].where)
        assert shard.bounds.upto == shard.documents[-1].upto


def hash_of(*documents: Document) -> str:
    (shard,) = cut(documents)
    return shard.bounds.sha256


@pytest.mark.parametrize("kind", KINDS)
def test_the_hash_is_of_what_a_document_holds_not_of_where_it_lies(kind: Report | Page | Whole | Skipped) -> None:
    moved = replace(kind, where="elsewhere/a.html") if isinstance(kind, Skipped) else kind
    assert hash_of(Document("a.html", kind, 3)) == hash_of(Document("elsewhere/a.html", moved, 5))


CHANGES: list[tuple[Report | Page | Whole | Skipped, dict[str, object]]] = [
    (KINDS[0], {"text": "He said so."}), (KINDS[0], {"outlet": "Vell Wire"}), (KINDS[0], {"credit": ("Vell Wire",)}),
    (KINDS[0], {"text": "She said so.\ud800"}), (KINDS[1], {"data": b"<p>He said so."}), (KINDS[1], {"data": None}),
    (KINDS[1], {"charset": None}), (KINDS[1], {"content": "gzip"}), (KINDS[2], {"data": b""}),
    (KINDS[2], {"name": "b.html"}), (KINDS[3], {"reason": "is locked"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "change"), CHANGES)
def test_any_change_gives_another_hash(kind: Report | Page | Whole | Skipped, change: dict[str, object]) -> None:
    assert hash_of(Document("a", kind)) != hash_of(Document("a", replace(kind, **change)))  # type: ignore[arg-type]


def test_kinds_and_the_ends_of_documents_count_too() -> None:
    assert len({hash_of(Document("a", kind)) for kind in KINDS}) == len(KINDS)
    one, other = (Document("a", Whole("a.txt", data)) for data in (b"ab", b"c"))
    apart, joined = (Document("a", Whole("a.txt", data)) for data in (b"a", b"bc"))
    assert hash_of(one, other) != hash_of(apart, joined)
