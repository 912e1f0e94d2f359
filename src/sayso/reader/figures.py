"""Figures: numbers that count people and things that matter, what happened to them, and whose they are."""

import re
from collections.abc import Sequence

from sayso.lexicon import default_lexicon
from sayso.lexicon.wordsets import alternatives
from sayso.reader.manner import sentence, strongest_cue
from sayso.reader.measures import counted_words, is_thing, is_vehicle, matters, measure_of
from sayso.reader.numbers import Number, numbers
from sayso.terms.reading import Attribution, Figure, Measure, Period
from sayso.terms.report import Report
from sayso.terms.spans import Span

MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
NOT_BEFORE = re.compile(
    rf"(?:\b{MONTH}\s?|\b[A-Z]{{1,4}}[-‑]?|\b(?:{alternatives('numbered')})\s?[“\"]?|\baged [\d, ]+(?:and )?|"
    r"[#@+]|\d[/.:,-]|\w[-–])$"
)
NOT_AFTER = re.compile(
    rf"(?:\s?(?:%|percent|per cent|percentage|degrees|a\.?m\b|p\.?m\b|o[’']clock|years? old|st\b|nd\b|rd\b|th\b)|"
    rf"[:/]\d|[-–]\d|-(?:{alternatives('unit_compounds')})|\s{MONTH}(?:\s|$|,)|[A-Za-z]|"
    rf"\s?(?:{alternatives('units')}|pounds?\b(?! of))\b)"
)
YEAR = re.compile(r"(?:19|20)\d\d$")
MONEY_AFTER = re.compile(rf"\s?(?:US |U\.S\. )?(?:{alternatives('currencies')})\b", re.I)
TERM = re.compile(
    r"[\s-](?:years?|months?)[’']?(?:\s(?P<jail>(?:in|behind)\s(?:[\w.]+[’']?s?\s){0,3}?(?:prison|jail|bars|custody|detention)"
    r"|(?:\w+\s)?(?:sentence|jail term|prison term))\b)?"
)
TERM_BEFORE = re.compile(
    r"\b(?:sentenced (?:\w+ )?to|jailed (?:\w+ )?for|imprisoned for|sentences? of|terms? of|serv(?:ed|ing|es)|gave \w+)"
    r"\s(?:an?\s)?$"
)
SMALL, NEAR, FAR = 10, 90, 260
FAR_VERB = re.compile(r"(?:\s[\w’'-]+){1,6}[^.;]{10,}?,\s((?:is|are|was|were|has|have|had|remain)\b)")
PLACE = re.compile(
    r"\b(?:in|at|near|from) (?:the )?(?:[a-z]+ ){0,3}(?:of )?([A-Z][\w’'-]+(?: (?:of |de |al-)?[A-Z][\w’'-]+){0,3})"
)
MONTH_OR_DAY = re.compile(rf"(?:{MONTH}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")
HOPES = re.compile(r"\bhop(?:e[sd]?|ing)\b", re.I)
UNTOLD = re.compile(r"\s(?:(?:have|had|were|are|others?|more|of them|managed|escaped|fled|remain)\b)")
DAILY = re.compile(
    r"\b(?:a|per|each|every) day\b(?! (?:after|before|earlier|later|ago))|\bdaily\b|\bovernight\b|"
    r"\b(?:last|past|previous) (?:24|48|twenty-four) hours\b|\bin a single day\b|\bin one day\b", re.I
)  # fmt: skip
CUMULATIVE = re.compile(
    rf"\bsince (?:the|{MONTH}|last|early|late|mid|\d|fighting|war|his|her|its|their)|\bso far\b|\bto date\b|"
    r"\bin total\b|\btotal of\b|\bin all(?=[,.;]|$)|\baltogether\b|\bdeath toll\b|\btoll (?:\w+ )?(?:to|at)\b|"
    r"\bover the (?:past|last) (?:year|month)",
    re.I,
)
JOINED = re.compile(r"\s[\w\s’'-]{3,50}\band\s$")
PART_AFTER = re.compile(r"\s(?:of them|of whom|of those|of these)\b")
PART_BEFORE = re.compile(r"\bincluding(?: at least| about| more than)?\s$")


def find_figures(report: Report, attributions: Sequence[Attribution]) -> tuple[Figure, ...]:
    """The report's figures in order. ``attributions`` tells whose each is: the innermost whose content holds it."""
    out: list[Figure] = []
    owners, sources = Owners(attributions), _source_starts(attributions)
    said: dict[str | None, str | None] = {a.id: a.said_on for a in attributions}
    for number in numbers(report.text):
        if number.span.start in sources:
            continue
        found = _figure(report.text, number)
        if found is not None:
            measure, counted = found
            whole, owner = _whole(report.text, number.span, out), owners.of(number.span)
            measure = _shared_measure(report.text, number.span, measure, whole, out)
            out.append(Figure(
                f"f{len(out) + 1}", number.span, report.text[number.span.start : number.span.end], number.value,
                number.low, number.high, number.qualifier, measure, counted, owner,
                said.get(owner), _place(report.text, number.span), number.currency, whole.id if whole else None,
                _period(report.text, number.span),
            ))  # fmt: skip
    return tuple(out)


def _whole(text: str, span: Span, before: Sequence[Figure]) -> Figure | None:
    """The figure that this one is a part of, as in "27 hostages, 10 of them foreigners"."""
    if not before or span.start - before[-1].span.end > NEAR or "." in text[before[-1].span.end : span.start]:
        return None
    part = PART_AFTER.match(text, span.end) or PART_BEFORE.search(text[before[-1].span.end : span.start])
    return before[-1] if part else None


def _shared_measure(text: str, span: Span, measure: Measure, whole: Figure | None, before: Sequence[Figure]) -> Measure:
    """The number's own measure, or that of its whole, or of the number that it is joined to ("two men and three …")."""
    if whole is not None:
        own, distance = measure_of("", text[span.end : sentence(text, *span)[1]])
        return own if PART_AFTER.match(text, span.end) and distance < SMALL else whole.measure
    if not before or measure not in ("other", "held") or not JOINED.fullmatch(text[before[-1].span.end : span.start]):
        return measure
    between = text[before[-1].span.end : span.start]
    return before[-1].measure if before[-1].measure != "money" and measure_of(between, "")[0] == "other" else measure


def _place(text: str, span: Span) -> str | None:
    """The place that the words after the number name ("in the town of Orrin"), within its clause."""
    _, last = sentence(text, span.start, span.end)
    found = PLACE.search(text, span.end, min(last, span.end + NEAR))
    return found[1] if found and not MONTH_OR_DAY.match(found[1]) else None


def _period(text: str, span: Span) -> Period | None:
    """Whether the number's sentence makes it a toll of one day or one that has been added up."""
    first, last = sentence(text, span.start, span.end)
    around = text[max(first, span.start - NEAR) : min(last, span.end + NEAR)]
    return "daily" if DAILY.search(around) else "cumulative" if CUMULATIVE.search(around) else None


def _source_starts(attributions: Sequence[Attribution]) -> frozenset[int]:
    """Where sources begin: the number that opens one ("two officials") counts speakers and is kept with them."""
    return frozenset(span.start for a in attributions if a.source for span in a.source.spans)


def _figure(text: str, number: Number) -> tuple[Measure, str | None] | None:
    """What the number measures and counts, or None if it is no figure."""
    start, end = number.span
    if number.currency or MONEY_AFTER.match(text, end):
        return "money", counted_words(text[end : end + 60])
    if term := _prison_term(text, number.span):
        return "duration", term
    if _is_no_count(text, number):
        return None
    first, last = sentence(text, start, end)
    before, after = text[max(first, start - 80) : start], text[end : min(last, end + 140)]
    measure, distance = measure_of(before, after)
    if measure == "other" and (verb := FAR_VERB.match(text, end, min(last, end + FAR))):
        measure, distance = measure_of("", text[verb.start(1) : last])
    counted = counted_words(after)
    if is_thing(counted):
        measure = "vehicles" if is_vehicle(counted) else "other"
    if number.value == 1 and number.qualifier == "exact":
        person = re.match(
            r"\s(?:person|people|man|woman|child|soldier|civilian|officer|policeman|hostage|of the \w+)\b", after
        )
        return (measure, counted) if person and measure != "other" and distance < 6 else None
    people = number.qualifier == "indefinite" and UNTOLD.match(after)
    if measure == "other" and not (people or matters(counted)):
        return None
    if not counted and distance > 1 and number.qualifier == "exact" and (number.value or 0) < SMALL and distance > 3:
        return None
    return measure, counted


def _prison_term(text: str, span: Span) -> str | None:
    """The unit and what it is spent on, of a number that tells how long somebody is imprisoned; None of any other."""
    found = TERM.match(text, span.end)
    if not found or not (found["jail"] or _before_term(text, span, found.end())):
        return None
    return found[0].strip(" -’'")


def _before_term(text: str, span: Span, end: int) -> bool:
    """Whether a sentence or the serving of one stands before the number; "served two years as" tells of an office."""
    return bool(TERM_BEFORE.search(text[max(span.start - 40, 0) : span.start])) and text[end : end + 4] != " as "


def _is_no_count(text: str, number: Number) -> bool:
    start, end = number.span
    words = text[start:end]
    plain_year = YEAR.match(words) and number.qualifier in ("exact", "about", "more_than")
    if plain_year and not re.match(
        r"\s(?:people|men|women|children|civilians|soldiers|students)\b", text[end : end + 12]
    ):
        return True
    if NOT_AFTER.match(text, end) or NOT_BEFORE.search(text[max(start - 24, 0) : start]):
        return True
    return bool(re.match(r",\s", text[end : end + 2]) and re.search(r"[a-z],\s$", text[max(start - 3, 0) : start]))


def _tells(attribution: Attribution) -> bool:
    """Whether somebody says something here, rather than hoping for it or agreeing to it."""
    cue = attribution.cue.text if attribution.cue else ""
    wished = (attribution.act == "believe" and attribution.source is not None) or HOPES.search(cue)
    unknown = attribution.source is None and cue and not strongest_cue(cue.lower(), default_lexicon())
    return not (wished or unknown) and attribution.act != "accept"


class Owners:
    """Whose a place in the text is. Places must be asked for in order."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        """Take the contents of ``attributions``, enclosing ones first."""
        self._waiting = sorted(
            ((span, sum(s.end - s.start for s in a.content.spans), -number, a.id)
             for number, a in enumerate(attributions) if _tells(a) for span in a.content.spans),
            reverse=True,
        )  # fmt: skip
        self._open: list[tuple[Span, int, int, str]] = []

    def of(self, span: Span) -> str | None:
        """The id of the attribution with the smallest content that holds ``span``, the most nested of equals."""
        while self._waiting and self._waiting[-1][0].start <= span.start:
            self._open.append(self._waiting.pop())
        self._open = [item for item in self._open if item[0].end > span.start]
        holding = [item[1:] for item in self._open if item[0].contains(span)]
        return min(holding)[2] if holding else None
