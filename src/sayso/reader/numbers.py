"""Numbers with their qualifiers: digits, words, ranges, dozens, money."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.terms.reading import Qualifier
from sayso.terms.spans import Span

UNITS = {w: n for n, w in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
     "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"])}  # fmt: skip
TENS = {w: n * 10 for n, w in enumerate(
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}  # fmt: skip
SCALES = {"hundred": 100, "dozen": 12, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
          "m": 1e6, "mn": 1e6, "bn": 1e9, "k": 1e3}  # fmt: skip
INDEFINITE: dict[str, float | None] = {
    "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "tens of thousands": 20_000,
    "hundreds of thousands": 200_000, "millions": 2e6, "several dozen": 24, "several hundred": 200,
    "several thousand": 2000, "several million": 2e6, "several": None, "a few dozen": 24, "a few hundred": 200,
}  # fmt: skip
WHOLES = {"both": 2.0, "none": 0.0}
_ALL_DID = r"(?: of (?:them|those|the \w+(?: \w+)?))?\s(?:was|were|is|are|has|have|had)\b"
_WORD = "|".join(sorted([*UNITS, *TENS, "a", "half a"], key=len, reverse=True))
_SCALE = r"hundred|thousand|million|billion|trillion|dozen"
SPELLED = (
    rf"(?:(?:{'|'.join(TENS)})[-\s](?:{'|'.join(list(UNITS)[1:10])})|(?:{_WORD}))(?: and a half)?"
    rf"(?:[-\s](?:{_SCALE})){{1,3}}"
    rf"(?:\s(?:and\s)?(?:(?:{'|'.join(TENS)})[-\s])?(?:{'|'.join(list(UNITS)[1:])})\b|\s(?:and\s)?(?:{'|'.join(TENS)})\b)?"
    rf"|(?:{'|'.join(TENS)})[-\s](?:{'|'.join(list(UNITS)[1:10])})"
    rf"|{'|'.join(sorted([*UNITS, *TENS], key=len, reverse=True))}"
)
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?!\d)(?:\.\d+)?"
ONE = (
    rf"(?:[$€£¥]\s?)?(?:{DIGITS})(?:\s?(?:million|billion|trillion|thousand|hundred|dozen|mn|bn|m|k)\b)?"
    rf"|\b(?:{SPELLED})\b"
)
QUALIFIERS: dict[str, Qualifier] = {
    "more than": "more_than", "over": "more_than", "upwards of": "more_than", "in excess of": "more_than",
    "at least": "at_least", "no fewer than": "at_least", "no less than": "at_least", "not less than": "at_least",
    "a minimum of": "at_least", "nearly": "nearly", "almost": "nearly", "close to": "nearly", "just under": "nearly",
    "fewer than": "nearly", "less than": "nearly", "under": "nearly", "up to": "at_most", "as many as": "at_most",
    "at most": "at_most", "no more than": "at_most", "a maximum of": "at_most", "about": "about", "around": "about",
    "some": "about", "approximately": "about", "roughly": "about", "an estimated": "about", "estimated": "about",
    "nearly about": "about", "circa": "about",
}  # fmt: skip
_QUALIFIER = "|".join(sorted(QUALIFIERS, key=len, reverse=True))
_INDEFINITE = "|".join(sorted(INDEFINITE, key=len, reverse=True))
NUMBER = re.compile(
    r"(?:(?<!\w)(?=\w)|(?=[$€£¥]))(?:"
    rf"(?P<indefinite>\b(?:{_INDEFINITE})\b)|(?P<all>\b(?:both|none)\b(?={_ALL_DID}))"
    rf"|\bbetween (?P<from>{ONE}) and (?P<until>{ONE})"
    rf"|(?:\b(?P<qualifier>{_QUALIFIER})\s+)?(?P<low>{ONE})"
    rf"(?:(?:\s?(?:to|or|–)\s|(?<=\d\d)[-–](?=[1-9]\d))(?P<high>{ONE}))?"
    r"(?P<more>\s+or more\b)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Number:
    """A number in a text. ``currency`` is its sign, if it has one."""

    span: Span
    value: float | None
    low: float | None
    high: float | None
    qualifier: Qualifier
    currency: str | None = None


def numbers(text: str) -> Iterator[Number]:
    """Every number expression of ``text``, whatever it counts, in order."""
    for match in NUMBER.finditer(text):
        span = Span(*match.span())
        if match["indefinite"]:
            yield Number(span, None, INDEFINITE[" ".join(match["indefinite"].lower().split())], None, "indefinite")
        elif match["all"]:
            value = WHOLES[match["all"].lower()]
            yield Number(span, value, value, value, "exact")
        elif match["from"]:
            yield Number(span, None, *_bounds(match["from"], match["until"]), "between", _sign(match["from"]))
        elif match["high"] and (value_of(match["high"]) or 0) > (value_of(match["low"]) or 0):
            yield Number(span, None, *_bounds(match["low"], match["high"]), "between", _sign(match["low"]))
        else:
            yield _single(match)


def _bounds(low: str, high: str) -> tuple[float, float]:
    """Both ends of a range; a scale at its end holds for both ("one to two million")."""
    first, last = value_of(low), value_of(high)
    scale = SCALES.get(high.lower().split()[-1], 1)
    return (first * scale if scale > 1 and first * scale < last else first), last


def _single(match: re.Match[str]) -> Number:
    span = Span(match.start(), match.end("more") if match["more"] else match.end("low"))
    word = " ".join((match["qualifier"] or "").lower().split())
    if not word and match["low"].lower() == "a dozen":
        return Number(span, None, 12, None, "indefinite")
    qualifier: Qualifier = "at_least" if match["more"] else QUALIFIERS.get(word, "exact")
    value = value_of(match["low"])
    low = value if qualifier in ("exact", "more_than", "at_least") else None
    high = value if qualifier in ("exact", "nearly", "at_most") else None
    return Number(span, value, low, high, qualifier, _sign(match["low"]))


def _sign(words: str) -> str | None:
    return words[0] if words[0] in "$€£¥" else None


def value_of(words: str) -> float:
    """The value of a number in digits or words, such as "1.4 million" or "two dozen"."""
    plain = words.lower().strip("$€£¥ ")
    digits = re.match(DIGITS, plain)
    if digits:
        scale = plain[digits.end() :].strip()
        return round(float(digits.group().replace(",", "")) * SCALES.get(scale, 1), 6)
    total = current = 0.0
    for word in re.split(r"[-\s]+", plain):
        if word in SCALES:
            current = (current or 1) * SCALES[word]
            if SCALES[word] >= 1000:
                total, current = total + current, 0.0
        else:
            current += UNITS.get(word, TENS.get(word, 0.5 if word == "half" else 0))
    return total + current
