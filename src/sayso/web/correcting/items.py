"""What people should look at, as questions: with the passages, the answers as forms carry them, and links."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sayso.record.doubtful import Doubt
from sayso.record.named import Known
from sayso.show.lineage import origin_in_words
from sayso.show.unsure import said_by, unsure_claims, unsure_sources
from sayso.show.views.judged import JudgedView
from sayso.terms.weighing import Claim, Saying
from sayso.web.correcting.claim import Anchors, middle_of
from sayso.weighing import Weighed


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report with what stands around them, where they lead, and whose they are."""

    words: str
    by: str
    href: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A button: its words, its key, and what its form carries; ``asks`` is the label of a field for a value, if any."""

    words: str
    fields: Mapping[str, str]
    key: str = ""
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question. ``edit`` leads to where more can be corrected; ``judged`` can be undone one by one."""

    question: str
    passages: tuple[Passage, ...]
    why: str
    answers: tuple[Answer, ...] = ()
    edit: str = ""
    judged: tuple[JudgedView, ...] = ()


def statement_item(doubt: Doubt) -> Item:
    """Is it read rightly?"""
    carried = _carried(doubt)
    answers = (
        Answer("Right", carried | {"verdict": "accept"}, "a"),
        Answer("No statement", carried | {"verdict": "reject"}, "r"),
    )
    called = doubt.speaker.called or doubt.source
    who = doubt.speaker.name or (called and f"“{called}”")
    question = f"Does {who} say this?" if who else "Is this what somebody says, without telling who?"
    return Item(question, (_passage(doubt),), f"{doubt.confidence:.1%} sure", answers, _address(doubt))


def speaker_item(doubt: Doubt) -> Item:
    """Who says it?"""
    carried = _carried(doubt)
    named = carried | {"verdict": "correct", "field": "speaker"}
    found = doubt.speaker.candidates[:9]
    keys = ["a"] if len(found) == 1 else [str(number) for number in range(1, 10)]
    answers = [Answer(f"It is {name}", named | {"value": name}, key) for name, key in zip(found, keys, strict=False)]
    answers.append(Answer("Leave it open", carried | {"verdict": "accept"}, "r"))
    answers.append(Answer("It is this one", named, asks="Somebody else"))
    called = doubt.source or doubt.speaker.called or "nobody named"
    question = f"Who is “{called}”: {' or '.join(found)}?" if len(found) > 1 else f"Is “{called}” {found[0]}?"
    return Item(question, (_passage(doubt),), doubt.speaker.why, tuple(answers), _address(doubt))


def _carried(doubt: Doubt) -> dict[str, str]:
    return {
        "target": "attribution", "report": doubt.report, "spans": json.dumps([list(span) for span in doubt.spans]),
        "cue": json.dumps([list(span) for span in doubt.cue_spans]),
    }  # fmt: skip


def _address(doubt: Doubt) -> str:
    return f"/reports/{doubt.report}?statement={doubt.attribution}#card"


def _passage(doubt: Doubt) -> Passage:
    by = " · ".join((doubt.outlet or "no outlet", (doubt.published or "")[:10] or "no date", doubt.title or doubt.name))
    return Passage(" ".join(doubt.content.split()), by, _address(doubt), doubt.before, doubt.after)


def claim_items(whole: Weighed, reports: Mapping[str, Known]) -> Iterator[Item]:
    """Do two claims of a story say the same?"""
    by_id = {one.id: one for one in whole.story.claims}
    for claim, unsure in unsure_claims(whole.story):
        if unsure.claim in by_id:
            pair = middle_of(claim), middle_of(by_id[unsure.claim])
            passages = tuple(
                _said(one, reports, f"/claims/{of.id}")
                for one, of in zip(pair, (claim, by_id[unsure.claim]), strict=True)
            )
            why = f"{unsure.score:.0%} alike: {'; '.join(reason.detail for reason in unsure.reasons)}"
            yield Item("Do these say the same?", passages, why, _pair("claim", Anchors(reports).value(*pair)))


def source_items(whole: Weighed, reports: Mapping[str, Known]) -> Iterator[Item]:
    """Are two unnamed sources one?"""
    for claim, unsure in unsure_sources(whole.story):
        pair = said_by(claim, unsure)
        names = " and ".join(f"“{origin_in_words(one.origin)}”" for one in pair)
        passages = tuple(_said(one, reports, f"/claims/{claim.id}") for one in pair)
        yield Item(f"Are {names} one source?", passages, unsure.why, _pair("speaker", Anchors(reports).value(*pair)))


def _pair(target: str, value: str) -> tuple[Answer, ...]:
    carried = {"target": target, "value": value}
    no = "Not the same" if target == "claim" else "Two sources"
    yes = "The same" if target == "claim" else "One source"
    return Answer(yes, carried | {"verdict": "same"}, "a"), Answer(no, carried | {"verdict": "not_same"}, "r")


def _said(one: Saying, reports: Mapping[str, Known], href: str) -> Passage:
    known = reports.get(one.report)
    outlet, day = (known.outlet, known.published) if known else (None, None)
    by = " · ".join((origin_in_words(one.origin), outlet or one.report, (day or "")[:10] or "no date"))
    return Passage(" ".join(one.text.split()), by, href)


def names_of(claims: Iterable[Claim]) -> set[str]:
    """The reports of all sayings, as weighing calls them."""
    return {saying.report for claim in claims for saying in claim.sayings}
