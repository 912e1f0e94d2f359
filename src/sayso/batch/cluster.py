"""The engine for many machines: Ray Data maps shards by actors, each of which watches a process of its own that reads.

An actor is a ``Pool`` of one process, so documents that end a process are found and left out just as on one machine.
What an actor or a machine takes with it, Ray has done again by another. Ray Data wants to know all of its input before
it begins, so shards go to it in portions; what one portion gives is taken from it as it comes.
"""

import logging
import os
import pickle
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from importlib.util import find_spec
from types import TracebackType
from typing import Any, Self

from sayso.batch.limits import Limits
from sayso.batch.pool import Pool
from sayso.batch.reading import Outcome, Work
from sayso.batch.shards import Shard
from sayso.errors import InputError, SaysoError, WorkerError

SHARDS, BYTES = 64, 2**24
PATIENCE, REACHED = 600.0, 10.0
WARNINGS = "RAY_BACKEND_LOG_LEVEL", "fatal"  # else Ray warns of what Ray Data does
NEEDED = "--engine ray needs Ray: pip install 'sayso[ray]', or leave the option out"
Row = Mapping[str, bytes]


def _ray() -> Any:
    """Ray with Ray Data, whose functions are only partly typed."""
    import ray.data

    return ray


def _reach(address: str) -> None:
    """OSError if nothing listens there; Ray itself would take a quarter of an hour to say so."""
    host, _, port = address.rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host.rpartition("/")[2], int(port)), REACHED).close()


class Seat:
    """What is done on a machine of the cluster: one process reads there, the network in its memory."""

    def __init__(self, work: Work, limits: Limits) -> None:
        self._pool = Pool(work, 1, limits)

    def __call__(self, row: Row) -> Row:
        """What the shard gave, or what went wrong; both packed."""
        try:
            found: Outcome | SaysoError = next(self._pool.run([pickle.loads(row["shard"])]))  # noqa: S301 - our own
        except SaysoError as error:
            found = error
        return {"found": pickle.dumps(found)}


class Cluster:
    """``actors`` on the Ray cluster at ``address``, else on one that is started here; by default one a processor."""

    def __init__(
        self, work: Work, limits: Limits | None = None, actors: int | None = None, address: str | None = None
    ) -> None:
        """InputError if Ray is not installed."""
        if find_spec("ray") is None:
            raise InputError(NEEDED)
        self._work, self._limits, self._wanted, self._address = work, limits or Limits(), actors, address
        self._started = False

    def __enter__(self) -> Self:
        if not _ray().is_initialized():
            self._start()
        return self

    def _start(self) -> None:
        os.environ.setdefault(*WARNINGS)
        ray, where = _ray(), self._where()
        try:
            _reach(where["address"])
            ray.init(**where, log_to_driver=False, include_dashboard=False, configure_logging=False)
        except (OSError, ValueError, RuntimeError) as error:
            raise InputError(
                f"the Ray cluster at {where['address']} cannot be used ({error}): see that it runs, and check --address"
            ) from error
        self._started = True

    def _where(self) -> dict[str, Any]:
        address = self._address or os.environ.get("RAY_ADDRESS")
        return {"address": address} if address else {"address": "local", "num_cpus": self._wanted}

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._started:
            _ray().shutdown()

    def run(self, shards: Iterable[Shard]) -> Iterator[Outcome]:
        """What each shard gave, as it is done."""
        packed = ({"shard": pickle.dumps(shard)} for shard in shards)
        while portion := _portion(packed, self._actors()):
            _wait_for_processor()
            yield from self._mapped(portion)

    def _actors(self) -> int:
        return self._wanted or max(1, int(_ray().cluster_resources().get("CPU", 1)))

    def _mapped(self, portion: list[Row]) -> Iterator[Outcome]:
        data, most = _quiet(_ray()), min(self._actors(), len(portion))
        pool = data.ActorPoolStrategy(
            min_size=1, max_size=most, initial_size=most, max_tasks_in_flight_per_actor=1,
        )  # fmt: skip
        rows = data.from_items(portion, override_num_blocks=len(portion)).map(
            Seat, fn_constructor_args=(self._work, self._limits), compute=pool, num_cpus=1
        )
        with closing(iter(rows.iter_rows())) as found:
            try:
                yield from map(_unpacked, found)
            except _ray().exceptions.RayError as error:
                raise WorkerError(f"the Ray cluster failed ({error}): see its logs, and run it again") from error


def _unpacked(row: Row) -> Outcome:
    found = pickle.loads(row["found"])  # noqa: S301 - our own
    if isinstance(found, SaysoError):
        raise found
    outcome: Outcome = found
    return outcome


def _portion(packed: Iterator[Row], actors: int) -> list[Row]:
    """The next shards: ``SHARDS`` for each actor, and no more once there are ``BYTES`` for each."""
    portion, size = list[Row](), 0
    while len(portion) < SHARDS * actors and size < BYTES * actors and (row := next(packed, None)):
        portion.append(row)
        size += len(row["shard"])
    return portion


def _quiet(ray: Any) -> Any:
    """Ray Data, which is to say nothing: what fails is raised."""
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = context.print_on_execution_start = False
    context.execution_no_progress_timeout_s = -1
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    return ray.data


def _wait_for_processor() -> None:
    """WorkerError if all of the cluster's processors are taken for long."""
    ray, end = _ray(), time.monotonic() + PATIENCE
    while ray.available_resources().get("CPU", 0) < 1:
        if time.monotonic() > end:
            raise WorkerError(f"no machine of the Ray cluster had a processor free for {PATIENCE:g} s: add one")
        time.sleep(1)
