"""How much a process that reads may take, and how it is held to it."""

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MEMORY = 2 * 2**30
SECONDS = 300.0
LATE = 30.0
FIRST_TO_GO = "1000"


@dataclass(frozen=True, slots=True)
class Limits:
    """The bytes of memory that a process may take, and the seconds that one document may."""

    memory: int = MEMORY
    seconds: float = SECONDS

    @property
    def starved(self) -> str:
        """Why a document is given up that needs more memory."""
        return f"needs more than the {self.memory // 2**20} MiB that a process may take: allow more with --memory"

    @property
    def late(self) -> str:
        """Why a document is given up that takes longer."""
        return f"was not done within {self.seconds:g} seconds: allow more with --seconds"

    def hold(self) -> None:
        """Hold this process to the memory, where the system can; if the system itself runs short, it is to go first."""
        os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # the others claim a gigabyte before they need it
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO)
        with suppress(ImportError, ValueError, OSError):
            import resource

            hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
            resource.setrlimit(resource.RLIMIT_DATA, (self.memory, hard))

    def alarm(self) -> None:
        """Let the system end this process if it is still at the same document when whoever watches it is gone."""
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, self.seconds + LATE)


def calm() -> None:
    """Take the alarm back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


def died(code: int | None) -> str:
    """How a process ended, by its exit code, to follow "it"."""
    if code is None or code >= 0:
        return f"ended with status {code}"
    return f"was ended by {signal.Signals(-code).name if -code in signal.valid_signals() else f'signal {-code}'}"
