"""Weighing in a process of its own, so that pages come quickly while a large ledger is brought up to date."""

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from sayso import weighing
from sayso.errors import LedgerError, SaysoError
from sayso.record.ledger import Ledger

LOOK, CALM, KINDLY = 0.1, 1.0, 5
Tell = Callable[[str, int, int], None]
Told = tuple[str, int, int] | str
"""How it goes; or, when all is done, what went wrong, if anything."""


class Weigher:
    """The process; it starts a moment after it is first needed, and again should it have died."""

    def __init__(self, where: str, stop: threading.Event) -> None:
        """``where`` is the ledger; once ``stop`` is set, nothing more is waited for."""
        self._where, self._stop = where, stop
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def refresh(self, tell: Tell) -> None:
        """Have the stories brought up to date. LedgerError if that fails."""
        pipe = self._started()
        try:
            pipe.send(True)
            while isinstance(told := self._received(pipe), tuple):
                tell(*told)
        except (EOFError, OSError) as error:
            self.close()
            raise LedgerError("The weighing process died, perhaps for want of memory; it is begun anew.") from error
        if told:
            raise LedgerError(told)

    def _started(self) -> Connection:
        if self._process is None:
            self._stop.wait(CALM)
        if self._pipe is None or self._process is None or not self._process.is_alive():
            context = get_context("spawn")
            self._pipe, far = context.Pipe()
            self._process = context.Process(target=work, args=(self._where, far), name="weighing", daemon=True)
            self._process.start()
            far.close()
        return self._pipe

    def _received(self, pipe: Connection) -> Told:
        while not pipe.poll(LOOK):
            if self._stop.is_set():
                return ""
        told: Told = pipe.recv()
        return told

    def close(self) -> None:
        """Stop at once: what was being weighed is weighed the next time."""
        if self._process:
            self._process.terminate()
            self._process.join()
            self._process.close()
        if self._pipe:
            self._pipe.close()
        self._process = self._pipe = None


def work(where: str, pipe: Connection) -> None:
    """What the process does: it waits to be asked, weighs, and tells how it goes, until nobody is there to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(KINDLY)
    with suppress(EOFError, OSError), Ledger(where) as ledger:
        while pipe.recv():
            try:
                weighing.refresh(ledger, lambda what, done, whole: pipe.send((what, done, whole)))
                pipe.send("")
            except SaysoError as error:
                pipe.send(str(error))
