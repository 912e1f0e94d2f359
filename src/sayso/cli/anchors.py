"""From what a person types for a claim or a saying to the passage that a judgement names."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sayso.cli.weighed import Told
    from sayso.record.ledger import Ledger
    from sayso.terms import Anchor
    from sayso.terms.weighing import Saying

PASSAGE = re.compile(r"(?P<report>.+):(?P<start>\d+)-(?P<end>\d+)")
ID = re.compile(r"[0-9a-f]{6,16}")


@dataclass(frozen=True)
class Found:
    """A passage, the story that it was found in, if it was looked for by an id, and its words."""

    anchor: "Anchor"
    story: str | None
    text: str


class Finder:
    """Finds passages in a ledger; use it in a ``with``. ``story`` is the one to look in, all if it is empty."""

    def __init__(self, where: str | None, story: str | None) -> None:
        self._where, self._story = where, story or ""
        self._stack = ExitStack()
        self._told: Told | None = None

    def __enter__(self) -> "Finder":
        from sayso.cli.ledgers import opened

        self._ledger: Ledger = self._stack.enter_context(opened(self._where))
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    @property
    def told(self) -> "Told":
        """The ledger's stories, brought up to date once they are needed."""
        from sayso.cli.weighed import told

        if self._told is None:
            self._told = self._stack.enter_context(told(self._where))
        return self._told

    def saying(self, typed: str) -> Found:
        """The saying of that id, or at that passage. UsageError if there is none."""
        found = self.passage(typed) or self.saying_of_id(typed)
        if found is None:
            raise click.UsageError(
                f"there is no saying {typed}: `sayso trace CLAIM` shows the ids; or give REPORT:START-END"
            )
        return found

    def claim(self, typed: str) -> Found:
        """The saying that stands for the claim of that id; else as ``saying``."""
        found = self.told.claim(typed, story=self._story) if ID.fullmatch(typed) else None
        if found is None:
            return self.saying(typed)
        whole, claim = found
        return self._found(next(one for one in claim.sayings if one.id == claim.middle), whole.story.id)

    def passage(self, typed: str) -> Found | None:
        """The passage given as REPORT:START-END; None if it is not given so. UsageError if there is none."""
        from sayso.record.rows import report_id
        from sayso.terms import Anchor, Span

        parts = PASSAGE.fullmatch(typed)
        if parts is None:
            return None
        report, span = self._ledger.report(parts["report"]), Span(int(parts["start"]), int(parts["end"]))
        if report is None:
            raise click.UsageError(f"there is no report {parts['report']}: `sayso search` shows the ids")
        if not span.start < span.end <= len(report.text):
            raise click.UsageError(f"report {parts['report']} has {len(report.text)} characters: there is no {typed}")
        return Found(Anchor(report_id(report), (span,)), None, report.text[span.start : span.end])

    def saying_of_id(self, typed: str) -> Found | None:
        """The saying whose id begins so; None if there is none. UsageError if there are several."""
        if not ID.fullmatch(typed):
            return None
        found = {saying.id: (saying, story) for saying, story in self._sayings() if saying.id.startswith(typed)}
        if len(found) > 1:
            raise click.UsageError(f"several sayings have an id that begins with {typed}: give more of it")
        return next((self._found(*one) for one in found.values()), None)

    def _sayings(self) -> Iterator["tuple[Saying, str]"]:
        for story in self.told.whole_stories():
            if story.id.startswith(self._story) and (whole := self.told.story(story.id)):
                yield from ((saying, story.id) for claim in whole.story.claims for saying in claim.sayings)

    def _found(self, saying: "Saying", story: str) -> Found:
        from sayso.record.rows import report_id
        from sayso.terms import Anchor

        report = self._ledger.report(saying.report)
        if report is None:
            raise click.UsageError(f"report {saying.report} is gone: run `sayso story`, then try again")
        return Found(Anchor(report_id(report), saying.spans), story, saying.text)
