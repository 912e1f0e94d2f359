import pytest

from sayso.batch.documents import Document
from sayso.batch.reading import MOST_LOSSES, NOWHERE, Job, Loss, Reads, read_shard
from sayso.batch.shards import cut
from sayso.batch.tables import Unread
from sayso.errors import WorkerError
from sayso.ingest import Defaults
from sayso.terms import Reading, Report, Skipped
from tests.batch.made import shards, texts, why
from tests.batch.works import FAULTY, Marked

TEXT = "The mayor of Orrin, Petra Lund, said on Friday that the bridge would be rebuilt."
FRENCH = (
    "Le maire de la ville a déclaré vendredi que le pont serait reconstruit avant la fin de l’année prochaine, "
    "a-t-on appris auprès de ses services, qui n’ont pas donné d’autres précisions sur les travaux à venir."
)


def test_a_document_is_suspected_then_given_up() -> None:
    (shard,) = shards(texts(4))
    suspected = Job(shard).after(Loss(2, "died"))
    assert suspected.order == [2, 0, 1, 3]
    assert suspected.spoiled == {}
    given_up = suspected.after(Loss(2, "died"))
    assert (given_up.order, given_up.spoiled) == ([0, 1, 3], {2: "died"})
    assert given_up.after(Loss(0, "died")).order == [0, 1, 3]


def test_a_document_that_is_surely_to_blame_is_given_up_at_once() -> None:
    (shard,) = shards(texts(2))
    assert Job(shard).after(Loss(1, "late", sure=True)).spoiled == {1: "late"}


def test_losses_without_a_document_are_borne_a_few_times() -> None:
    (job,) = map(Job, shards(texts(2)))
    for _ in range(MOST_LOSSES - 1):
        job = job.after(Loss(None, "was lost"))
    with pytest.raises(WorkerError, match=f"was lost, {MOST_LOSSES} times: run it again"):
        job.after(Loss(None, "was lost"))


def test_documents_are_told_before_they_are_read_and_come_out_in_order() -> None:
    (shard,) = shards(texts(4))
    told: list[int] = []
    job = Job(shard, suspects=(3,), spoiled={1: "is too much"})
    done = read_shard(job, Marked(), told.append)
    assert told == [3, 0, 2, NOWHERE]
    assert done.rows == {"reports": 3, "attributions": 3, "figures": 0, "readings": 3, "skipped": 1}
    assert why([done]) == {"report r1": "is too much"}
    assert done.tables == read_shard(Job(shard, spoiled={1: "is too much"}), Marked(), told.append).tables


def test_a_reader_that_fails_on_a_document_fails_on_no_other() -> None:
    (shard,) = shards(texts(3, _1=FAULTY))
    done = read_shard(Job(shard), Marked(), lambda _: None)
    assert list(why([done])) == ["report r1"]
    assert "(ValueError: a fault): please report it" in why([done])["report r1"]


def test_documents_are_read_as_sayso_reads_them() -> None:
    reads = Reads(Defaults("Orrin Post", "2031-05-04"))
    reads.prepare()
    read = reads(Document("a", Report(TEXT, "a")))
    assert isinstance(read, Reading)
    assert (read.report.outlet, read.report.published) == ("Orrin Post", "2031-05-04")
    assert [a.speaker.name for a in read.attributions] == ["Petra Lund"]
    unread = reads(Document("b", Report(FRENCH, "b")))
    assert isinstance(unread, Unread)
    assert unread.reason.startswith("is in French")
    assert reads(Document("c", Skipped("c", "is empty"))) == Skipped("c", "is empty")


def test_words_are_those_of_the_reports_that_were_read() -> None:
    (shard,) = cut([Document("a", Report("one two three", "a")), Document("b", Skipped("b", "is empty"))])
    assert read_shard(Job(shard), Marked(), lambda _: None).words == 3
