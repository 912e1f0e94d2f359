"""From a form to the judgements that it asks for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sayso.errors import InputError
from sayso.record.allowed import ABOUT_ONE, check
from sayso.record.ledger import Ledger
from sayso.record.rows import report_id
from sayso.record.rules import OWN, is_spans, spans_of
from sayso.record.speaker import spoken
from sayso.record.speaking import Who
from sayso.terms import Judgement, Spans
from sayso.web.correcting.fields import changed, meant

MOST = 20_000
GONE = "is about a statement that is no longer there: load the report again, and judge what is there now"
Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A form, who sent it, and when."""

    form: Form
    who: str
    now: str

    def get(self, name: str) -> str:
        """What the form has under that name."""
        return self.form.get(name, "").strip()

    def under(self, prefix: str) -> dict[str, str]:
        """What the form has under names that begin so, without the beginning."""
        return {name.removeprefix(prefix): value for name, value in self.form.items() if name.startswith(prefix)}


def this_moment() -> str:
    """When a judgement is made: to the microsecond, so that of two the later one is the last word."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def asked(ledger: Ledger, what: Asked) -> list[Judgement]:
    """The judgements that a form asks for, checked. InputError says what is wrong with it."""
    if any(len(value) > MOST for value in what.form.values()):
        raise InputError(f"has more than {MOST:,} characters in one field: shorten it")
    made = _again(ledger, what) or _of_one(ledger, what) or _of_names(ledger, what) or [_of_weighed(what)]
    for one in made:
        report = ledger.report(one.report) if one.report else None
        if one.report and report is None:
            raise InputError(f"is about report {one.report}, which is not in this ledger: add the report first")
        check(one, report.text if report else None)
    return made


def _again(ledger: Ledger, what: Asked) -> list[Judgement]:
    """What was judged before, once more."""
    if not what.get("again"):
        return []
    from sayso.record.latest import of_ids

    with ledger.looking() as connection:
        found = of_ids(connection, what.get("again").split(","))
    if not found:
        raise InputError(f"repeats {what.get('again')}, which is not in this ledger: judge anew")
    plain: dict[str, Any] = {"who": what.who, "made_at": what.now, "withdrawn_at": None, "withdrawn_by": None}
    return [replace(one, **plain) for one in found.values()]


def _of_one(ledger: Ledger, what: Asked) -> list[Judgement]:
    """Judgements of a statement or a figure."""
    if what.get("target") not in (*ABOUT_ONE, ""):
        return []
    judged = ledger.judged(what.get("report"))
    if judged is None:
        raise InputError(GONE)
    bare = Judgement(
        what.get("verdict"), what.get("target") or "attribution", what.who, what.now,  # type: ignore[arg-type]
        report_id(judged.reading.report), note=what.get("note"),
    )  # fmt: skip
    text = judged.reading.report.text
    if what.get("verdict") == "add":
        return [_added(replace(bare, verdict="correct"), what, text)]
    if what.get("spans"):
        bare = replace(bare, spans=_spans("spans", what), cue=_spans("cue", what))
    else:
        place, target = judged.place(what.get("thing")), judged.target(what.get("thing"))
        if place is None or target is None:
            raise InputError(GONE)
        bare = replace(bare, target=target, spans=place.spans, cue=place.cue)
    return _corrected(bare, what, text) if bare.verdict == "correct" else [bare]


def _corrected(bare: Judgement, what: Asked, text: str) -> list[Judgement]:
    now, before = what.under("f."), what.under("was.")
    if what.get("field"):
        name = what.get("field")
        now, before = {name: what.get("value")}, {}
        return [replace(bare, field=name, value=meant(name, now, before, text))]
    names = changed(bare.target, now, before)
    if not names:
        raise InputError("changes nothing: change a field first, or press “Right” if all of it is right")
    return [replace(bare, field=name, value=meant(name, now, before, text)) for name in names]


def _added(bare: Judgement, what: Asked, text: str) -> Judgement:
    now = what.under("f.")
    own = OWN[bare.target]
    if not (now.get(own) or now.get(f"{own}_at")):
        raise InputError("adds something without its words: choose them in the text, or copy them into the form")
    names = [name for name in changed(bare.target, now, {}) if name != own]
    value = {own: meant(own, now, {}, text)} | {name: meant(name, now, {}, text) for name in names}
    return replace(bare, value=value)


def _of_names(ledger: Ledger, what: Asked) -> list[Judgement]:
    """Whether two speakers, both called by their names, are one."""
    if what.get("target") != "speaker" or "other" not in what.form:
        return []
    one, other = what.get("one"), what.get("other")
    with ledger.looking() as connection:
        if not (other and spoken(connection, Who(other, "named"))):
            raise InputError(f"names “{other}”, who says nothing in this ledger: write the name as its page has it")
    if one == other:
        raise InputError("names one speaker twice: give the name of another one")
    value: Any = [{"name": one}, {"name": other}]
    made = Judgement(what.get("verdict"), "speaker", what.who, what.now, note=what.get("note"), value=value)  # type: ignore[arg-type]
    return [made]


def _of_weighed(what: Asked) -> Judgement:
    """A judgement of claims, speakers or sayings."""
    made = Judgement(
        what.get("verdict"), what.get("target"), what.who, what.now, note=what.get("note"),  # type: ignore[arg-type]
        value=_json("value", what),
    )  # fmt: skip
    if what.get("target") == "saying":
        return replace(made, report=what.get("report"), spans=_spans("spans", what))
    return made


def _spans(name: str, what: Asked) -> Spans:
    value = _json(name, what)
    if value and not is_spans(value):
        raise InputError(f'has "{name}" that are none: load the page again, and send the form once more')
    return spans_of(value)


def _json(name: str, what: Asked) -> Any:
    try:
        return json.loads(what.get(name)) if what.get(name) else None
    except (ValueError, RecursionError):
        raise InputError(f'has a "{name}" that can\'t be read: load the page again, and send it once more') from None
