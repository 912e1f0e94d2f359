"""When it was said: the sentence's own words against the report's date, never finer than the text."""

import re
from datetime import date, timedelta

from sayso.reader.manner import outside
from sayso.terms.reading import Attribution, When
from sayso.terms.report import Report

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Aug\.|Sept\.|Sep\.|Oct\.|Nov\.|Dec\.)"
)
WEEKDAY = re.compile(r"\b(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?\b")
DAY_OF_MONTH = re.compile(rf"\b(?:({_MONTH})\s(\d{{1,2}})|(\d{{1,2}})\s({_MONTH}))(?:,?\s(\d{{4}}))?\b")
IN_MONTH = re.compile(rf"\b(?:in|last|since)\s(?:early |late |mid-)?({_MONTH})(?:\s(\d{{4}}))?\b")
NEAR = {
    "today": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "tonight": 0,
    "yesterday": 1, "last night": 1,
}  # fmt: skip
SPANS = {"last week": ("week", 1), "this week": ("week", 0), "last month": ("month", 1), "this month": ("month", 0),
         "last year": ("year", 1), "this year": ("year", 0)}  # fmt: skip
NEARBY = 70
DATELINE = re.compile(rf"^[^\n]{{0,60}}?\b({_MONTH})\s(\d{{1,2}})(?:,?\s(\d{{4}}))?\b[^\n]{{0,40}}[–—-]")


def report_date(report: Report) -> date | None:
    """The day of the report: its ``published``, else a dateline with a year, else None."""
    if report.published:
        try:
            return date.fromisoformat(report.published[:10])
        except ValueError:
            return None
    found = DATELINE.match(report.text)
    return _day(found[1], found[2], int(found[3])) if found and found[3] else None


def said(report: Report, attribution: Attribution, today: date | None) -> When | None:
    """The interval in which it was said, from the words around the cue; None where they tell nothing."""
    words = outside(report.text, attribution, NEARBY)
    if not words:
        return None
    exact = _written_date(words, today)
    if exact:
        return _one_day(exact)
    if today is None:
        return None
    for phrase, back in NEAR.items():
        if re.search(rf"\b{phrase}\b", words, re.I):
            return _one_day(today - timedelta(days=back))
    weekday = WEEKDAY.search(words)
    if weekday:
        return _one_day(_last_weekday(today, weekday[1].lower()))
    return _span(words, today)


def _one_day(day: date) -> When:
    return When(day.isoformat(), day.isoformat(), "day")


def _last_weekday(today: date, name: str) -> date:
    """The latest day of that name up to today."""
    return today - timedelta(days=(today.weekday() - WEEKDAYS.index(name)) % 7)


def _written_date(words: str, today: date | None) -> date | None:
    found = DAY_OF_MONTH.search(words)
    if not found:
        return None
    month, day = (found[1], found[2]) if found[1] else (found[4], found[3])
    if found[5]:
        return _day(month, day, int(found[5]))
    if today is None:
        return None
    this_year = _day(month, day, today.year)
    return this_year if this_year is None or this_year <= today else _day(month, day, today.year - 1)


def _day(month: str, day: str, year: int) -> date | None:
    try:
        return date(year, MONTHS.index(month[:3].lower()) + 1, int(day))
    except ValueError:
        return None


def _span(words: str, today: date) -> When | None:
    for phrase, (grain, back) in SPANS.items():
        if re.search(rf"\b{phrase}\b", words, re.I):
            return _period(grain, back, today)
    month = IN_MONTH.search(words)
    if month:
        number = MONTHS.index(month[1][:3].lower()) + 1
        year = int(month[2]) if month[2] else today.year - (number > today.month)
        return _month(year, number)
    return None


def _period(grain: str, back: int, today: date) -> When:
    if grain == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return When(monday.isoformat(), (monday + timedelta(days=6)).isoformat(), "week")
    if grain == "year":
        return When(f"{today.year - back}-01-01", f"{today.year - back}-12-31", "year")
    months = today.year * 12 + today.month - 1 - back
    return _month(months // 12, months % 12 + 1)


def _month(year: int, number: int) -> When:
    after = date(year + number // 12, number % 12 + 1, 1)
    return When(date(year, number, 1).isoformat(), (after - timedelta(days=1)).isoformat(), "month")
