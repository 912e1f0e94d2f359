"""A judgement: what a person says of what the machine found. It is kept, may be withdrawn, and wins."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sayso.terms.spans import Span, Spans

Verdict = Literal["accept", "reject", "correct", "same", "not_same", "echo", "no_echo"]
Target = Literal["attribution", "figure", "speaker", "claim", "saying"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage by which judgements name a saying: the ledger's id of its report, and code points of its text.

    It outlives a re-reading, which a saying's or a claim's id does not.
    """

    report: str
    spans: Spans

    @classmethod
    def of(cls, value: Any) -> "Anchor | None":
        """The anchor of a judgement's ``value``; None if it is none."""
        if not isinstance(value, dict) or not isinstance(value.get("report"), str):
            return None
        try:
            return cls(value["report"], tuple(Span(int(start), int(end)) for start, end in value["spans"]))
        except (KeyError, TypeError, ValueError):
            return None

    def value(self) -> dict[str, Any]:
        """The anchor as a judgement's value holds it."""
        return {"report": self.report, "spans": [list(span) for span in self.spans]}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One verdict of one person.

    ``report`` is the ledger's id of the report and ``spans`` are the code points of what is judged there, as they were
    when it was first judged: an attribution's content, a figure's own span. ``cue`` are those of the attribution's cue:
    nested attributions often share their content, and only the cue tells them apart. ``field`` and ``value`` say what
    is corrected to what: for an attribution ``speaker`` (a name, a list of names, or None), ``naming``,
    ``affiliation``, ``role``, ``kind``, ``act``, ``stance``, ``form``, ``medium``, ``said_on``, ``relays`` (a list of
    names), or ``source``, ``cue``, ``content`` (spans as [[start, end], …]; None for no source or no cue); for a figure
    ``value``, ``low``, ``high``, ``qualifier``, ``measure``, ``counted``, or ``by`` (the spans of the owner's content,
    which mean the innermost of several, or {"content": spans, "cue": spans}; None for the report's own voice). Without
    a field, ``correct`` adds what is missing: ``value`` is an object of these fields, with ``content`` (and ``source``
    and ``cue``, where it has them) for an attribution, and with ``span`` (as [start, end]) for a figure; ``spans`` and
    ``cue`` stay empty.

    ``same`` and ``not_same`` name two claims or two speakers in ``value``, as a list: a claim by an anchor of one of
    its sayings, {"report": id, "spans": [[start, end], …]}, a speaker by the name ({"name": …}), or by an anchor of
    what it says. Of two speakers that are the same the first gives the name. ``echo`` says of the saying at ``report``
    and ``spans`` that it only repeats the one whose anchor is the ``value``, ``no_echo`` that it repeats none.

    ``made_at`` and ``withdrawn_at`` are ISO 8601 times in UTC; a judgement that was withdrawn no longer counts.
    """

    verdict: Verdict
    target: Target
    who: str
    made_at: str
    report: str | None = None
    spans: Spans = ()
    cue: Spans = ()
    field: str | None = None
    value: Any = None
    note: str = ""
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None

    @property
    def id(self) -> str:
        """The first 16 digits of the hash of what was judged, how, by whom and when."""
        said = {name: value for name, value in asdict(self).items() if not name.startswith("withdrawn")}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]
