"""The engine for many machines: Ray brings shards to actors, each of which watches a process of its own that reads.

An actor is a ``Pool`` of one process, so documents that end a process are found and left out just as on one machine.
Ray itself tries nothing again: what an actor or a machine takes with it goes back to the jobs that wait.
"""

import os
import socket
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from types import TracebackType
from typing import Any, Self

from sayso.batch.engine import Jobs
from sayso.batch.limits import Limits
from sayso.batch.pool import Pool
from sayso.batch.reading import Job, Loss, Outcome, Work
from sayso.batch.shards import Shard
from sayso.errors import InputError, WorkerError

Ref = Any  # of ray.ObjectRef, which is generic only in its stubs
PATIENCE, REACHED = 600.0, 10.0
MOST_UNSEATED = 20
LOST = "was lost with its machine"
NEEDED = "--engine ray needs Ray: pip install 'sayso[ray]', or leave the option out"


def _ray() -> Any:
    """Ray, whose functions are only partly typed."""
    import ray

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

    def here(self) -> None:
        """Answers once the actor is in its place."""

    def read(self, shard: Shard) -> Outcome:
        """What the shard gave."""
        return next(self._pool.run([shard]))


class Cluster:
    """``actors`` on the Ray cluster at ``address``, else on one that is started here; by default one a processor."""

    def __init__(
        self, work: Work, limits: Limits | None = None, actors: int | None = None, address: str | None = None
    ) -> None:
        """InputError if Ray is not installed."""
        if find_spec("ray") is None:
            raise InputError(NEEDED)
        self._work, self._limits, self._wanted, self._address = work, limits or Limits(), actors, address
        self._started, self._unseated = False, 0
        self._idle: list[Any] = []
        self._coming: dict[Ref, Any] = {}
        self._busy: dict[Ref, tuple[Any, Job]] = {}

    def __enter__(self) -> Self:
        ray = _ray()
        if not ray.is_initialized():
            self._start()
        return self

    def _start(self) -> None:
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
        ray = _ray()
        for actor in [*self._idle, *self._coming.values(), *(actor for actor, _ in self._busy.values())]:
            ray.kill(actor)
        if self._started:
            ray.shutdown()

    def run(self, shards: Iterable[Shard]) -> Iterator[Outcome]:
        """What each shard gave, as it is done."""
        jobs = Jobs(shards)
        while self._set_to_work(jobs):
            for ref in self._heard():
                if ref in self._coming:
                    self._seated(ref)
                elif (outcome := self._answer(ref, jobs)) is not None:
                    yield outcome

    def _set_to_work(self, jobs: Jobs) -> bool:
        """Give every idle actor a shard, and ask for further ones if more wait; whether anything is to be done."""
        while self._idle and jobs.at_least(1):
            actor, job = self._idle.pop(), jobs.next()
            self._busy[actor.read.remote(job.shard)] = actor, job
        while len(self._busy) + len(self._coming) < self._most() and jobs.at_least(len(self._coming) + 1):
            actor = self._actor()
            self._coming[actor.here.remote()] = actor
        return bool(self._busy) or jobs.at_least(1)

    def _most(self) -> int:
        ray = _ray()
        return self._wanted or max(1, int(ray.cluster_resources().get("CPU", 1)))

    def _actor(self) -> Any:
        ray = _ray()
        return ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Seat).remote(self._work, self._limits)

    def _heard(self) -> list[Ref]:
        ray = _ray()
        waited = [*self._busy, *self._coming]
        ready, _ = ray.wait(waited, num_returns=1, timeout=None if self._busy else PATIENCE)
        if not ready:
            raise WorkerError(f"no machine of the Ray cluster had a processor free for {PATIENCE:g} s: add one")
        return list(ready)

    def _seated(self, ref: Ref) -> None:
        ray = _ray()
        actor = self._coming.pop(ref)
        try:
            ray.get(ref)
        except ray.exceptions.RayError as error:
            self._unseated += 1
            if self._unseated > MOST_UNSEATED:
                raise WorkerError(f"no process can be started on the Ray cluster ({error}): see its logs") from error
        else:
            self._unseated = 0
            self._idle.append(actor)

    def _answer(self, ref: Ref, jobs: Jobs) -> Outcome | None:
        ray = _ray()
        actor, job = self._busy.pop(ref)
        try:
            outcome: Outcome = ray.get(ref)
        except ray.exceptions.RayTaskError as error:
            ray.kill(actor)
            raise WorkerError(f"reading failed on the Ray cluster ({error.cause}): see its logs") from error
        except ray.exceptions.RayError:
            ray.kill(actor)
            jobs.again(job.after(Loss(None, LOST)))
            return None
        self._idle.append(actor)
        return outcome
