"""Stories that were opened lately: a story is unpacked once, for all who look at it or at one of its claims."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from sayso.terms.weighing import Claim
from sayso.weighing import Weighed

STORIES, REPORTS = 512, 20_000


@dataclass(frozen=True, slots=True)
class Open:
    """A story, its claims by their ids, and the state of the ledger's row that it was unpacked from."""

    whole: Weighed
    claims: dict[str, Claim]
    state: str


class Opened:
    """Stories by their ids, and their claims; the ones that nobody asked for longest are closed first."""

    def __init__(self) -> None:
        """Nothing is open yet."""
        self._stories: OrderedDict[str, Open] = OrderedDict()
        self._story_of: dict[str, str] = {}
        self._reports = 0
        self._lock = Lock()

    def story(self, id: str) -> Weighed | None:
        """The story, if it is open."""
        with self._lock:
            found = self._stories.get(id)
            if found:
                self._stories.move_to_end(id)
            return found.whole if found else None

    def claim(self, id: str) -> tuple[Weighed, Claim] | None:
        """The claim with its story, if that is open."""
        with self._lock:
            found = self._stories.get(self._story_of.get(id, ""))
            return (found.whole, found.claims[id]) if found else None

    def put(self, whole: Weighed, state: str) -> None:
        """Keep a story open that was found in this state."""
        with self._lock:
            self._drop(whole.story.id)
            claims = {claim.id: claim for claim in whole.story.claims}
            self._stories[whole.story.id] = Open(whole, claims, state)
            self._story_of |= dict.fromkeys(claims, whole.story.id)
            self._reports += len(whole.story.reports)
            while len(self._stories) > STORIES or (self._reports > REPORTS and len(self._stories) > 1):
                self._drop(next(iter(self._stories)))

    def _drop(self, id: str) -> None:
        there = self._stories.pop(id, None)
        if there:
            self._reports -= len(there.whole.story.reports)
            for claim in there.claims:
                if self._story_of.get(claim) == id:
                    del self._story_of[claim]

    def check(self, states: Callable[[list[str]], dict[str, str]]) -> None:
        """Close what has changed: ``states`` gives the states by now of stories by their ids."""
        with self._lock:
            known = {story: found.state for story, found in self._stories.items()}
        now = states(list(known)) if known else {}
        with self._lock:
            for story, state in known.items():
                if now.get(story) != state:
                    self._drop(story)
