"""Reading on a real Ray cluster of several nodes on this machine, of which some are lost on the way."""

import importlib
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.batch import cluster as cluster_module
from sayso.batch.cluster import Cluster, _portion
from sayso.batch.limits import Limits
from sayso.batch.pool import Pool
from sayso.batch.shards import Shard
from sayso.batch.weighing.run import weigh_batch
from sayso.batch.weighing.steps import Found
from sayso.batch.weighing.tasks import Weighs
from sayso.errors import InputError, WorkerError
from tests.batch.made import bytes_of, in_order, shards, texts, why
from tests.batch.weighing.made import weighed_files, write_batch
from tests.batch.works import CRASH, FAULTY, HUNGRY, SLOW, Marked, Unready
from tests.weighing.made import told

pytest.importorskip("ray", reason="Ray is not installed: nothing of --engine ray is tested; pip install -e '.[ray]'")

LIMITS = Limits(600 * 2**20, 30)
COUNT = 24
TEXTS = texts(COUNT, **{f"_{n}": SLOW for n in range(COUNT)} | {"_5": CRASH, "_10": FAULTY, "_21": HUNGRY})


@pytest.fixture(scope="module")
def nodes() -> Iterator[Any]:
    """A cluster of a head that reads nothing and two nodes with a processor each."""
    ray: Any = importlib.import_module("ray")
    from ray.cluster_utils import Cluster as Nodes

    made: Any = Nodes(initialize_head=True, head_node_args={"num_cpus": 0, "object_store_memory": 80 * 2**20})
    for _ in range(2):
        made.add_node(num_cpus=1, object_store_memory=80 * 2**20)
    ray.init(address=made.address, log_to_driver=False)
    yield made
    ray.shutdown()
    made.shutdown()


def test_a_run_ends_complete_though_an_actor_and_a_node_are_lost(nodes: Any, tmp_path: Path) -> None:
    some = shards(TEXTS)
    with Pool(Marked(), 1, LIMITS) as pool:
        wanted = in_order(pool.run(some))
    with Cluster(Marked(str(tmp_path)), LIMITS) as cluster:
        run = cluster.run(some)
        found = [next(run)]
        first = actors(tmp_path)
        os.kill(min(first), signal.SIGKILL)
        found.append(next(run))
        nodes.remove_node(node_of(nodes, max(first)), allow_graceful=False)
        found += run
    assert len(first) == 2
    assert len(actors(tmp_path)) > 2
    assert bytes_of(found) == bytes_of(wanted)
    assert why(found) == why(wanted)
    assert list(why(found)) == ["report r5", "report r10", "report r21"]


@pytest.mark.usefixtures("nodes")
def test_a_batch_is_weighed_byte_for_byte_as_on_one_machine(tmp_path: Path) -> None:
    some = [told(number, number % 7, f"2031-05-{number + 1:02}") for number in range(28)]
    ours, theirs = (write_batch(tmp_path / name, some) for name in ("ours", "theirs"))
    weigh_batch(ours, lambda: Pool(Weighs(), 1, LIMITS), LIMITS, Found())
    found = Found()
    weigh_batch(theirs, lambda: Cluster(Weighs(), LIMITS), LIMITS, found)
    assert (found.failed, found.rows["claims"] > 2, found.rows["near_copies"] > 3) == ([], True, True)
    assert weighed_files(theirs) == weighed_files(ours)


@pytest.mark.usefixtures("nodes")
def test_shards_go_in_portions_no_larger_than_they_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    some = shards(texts(20))
    taken = list[int]()

    def told() -> Iterator[Shard]:
        for number, shard in enumerate(some):
            taken.append(number)
            yield shard

    monkeypatch.setattr(cluster_module, "SHARDS", 2)
    with Pool(Marked(), 1, LIMITS) as pool:
        wanted = bytes_of(in_order(pool.run(some)))
    with Cluster(Marked(), LIMITS, actors=1) as cluster:
        run = cluster.run(told())
        found = [next(run)]
        assert len(taken) == 2
        found += run
    assert bytes_of(in_order(found)) == wanted
    monkeypatch.setattr(cluster_module, "BYTES", 1)
    assert [len(_portion(iter([{"shard": b"12"}] * 3), actors)) for actors in (1, 2, 3)] == [1, 1, 2]


@pytest.mark.usefixtures("nodes")
def test_a_process_that_cannot_start_is_told() -> None:
    with Cluster(Unready(), LIMITS) as cluster, pytest.raises(WorkerError, match="could not start: it was ended by"):
        list(cluster.run(shards(texts(1))))


@pytest.mark.usefixtures("nodes")
def test_a_cluster_that_is_busy_for_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "PATIENCE", 1)
    ray: Any = importlib.import_module("ray")
    others = [ray.remote(num_cpus=1)(Idle).remote() for _ in range(int(ray.cluster_resources()["CPU"]))]
    ray.get([other.here.remote() for other in others])
    with Cluster(Marked(), LIMITS) as cluster, pytest.raises(WorkerError, match="had a processor free for 1 s"):
        list(cluster.run(shards(texts(1))))
    for other in others:
        ray.kill(other)


class Idle:
    """Somebody else's actor."""

    def here(self) -> None:
        """Answers."""


def node_of(nodes: Any, actor: int) -> Any:
    """The node on which an actor is: then nobody is left of the first ones."""
    parent = int(Path(f"/proc/{actor}/stat").read_text().rpartition(")")[2].split()[1])
    return next(one for one in nodes.list_all_nodes() if one.all_processes["raylet"][0].process.pid == parent)


def actors(log: Path) -> set[int]:
    """The ids of the actors that had processes of their own read."""
    return {int(file.read_text() or 0) for file in log.iterdir()} - {0}


def test_a_cluster_that_is_not_there_is_told_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(InputError, match=r"cannot be used .*: see that it runs, and check --address"):
        Cluster(Marked(), LIMITS, address=address)._start()
