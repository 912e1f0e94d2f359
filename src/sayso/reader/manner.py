"""How it is said: act, stance, form and medium."""

import re

from sayso.lexicon import Lexicon
from sayso.lexicon.lexicon import CueWord
from sayso.lexicon.wordsets import alternatives
from sayso.reader.tidy import Quotations
from sayso.terms.reading import Act, Attribution, Form, Stance

WORD = re.compile(r"[\w’'-]+")
SILENCE = re.compile(
    r"(?:declin|refus)\w*(?: \w+)? (?:to )?(?:comment|say|discuss|answer|specify|provide|give|identify|name|"
    r"confirm|speak|reveal)"
    r"|would not (?:say|comment|discuss|confirm|elaborate|name)|(?:did|do|does|has|have) not (?:immediately )?"
    r"(?:respond|comment|repl|return)|no comment"
)
CALLED = re.compile(r"\b(?:what (?:it|he|she|they|\w+) (?:called|described|termed)|so-called)\b", re.I)
ACCUSATION = re.compile(r"\b(?:allegation|accusation|claim|charge|report|rumou?r|suggestion|criticism)s?\b", re.I)
HEARSAY = re.compile(r"\breportedly\b", re.I)
LONGEST = 4
WRITTEN = re.compile(rf"\b(?:{alternatives('written_media')})\b", re.I)


def act_and_stance(text: str, attribution: Attribution, lexicon: Lexicon) -> tuple[Act, Stance]:
    """What is done by saying it, and the author's distance, from the cue and the words after it."""
    if attribution.cue is None:
        return "state", "neutral"
    cue = attribution.cue.text.lower()
    follows = text[attribution.cue.end : attribution.cue.end + 40].lower()
    if SILENCE.search(cue + follows[:24]):
        return "refuse_comment", "neutral"
    word = strongest_cue(cue, lexicon)
    if word is None:
        return "state", "distanced" if CALLED.search(cue) else "neutral"
    stance: Stance = "neutral" if HEARSAY.search(cue) else word.stance
    act = word.act
    if act == "confirm" and re.search(r"\b(?:not|unable|never)\b", cue):
        return "state", "neutral"
    if act == "reject" and ACCUSATION.search(attribution.content.text[:60] + follows):
        return "deny", stance
    return act, stance


def strongest_cue(cue: str, lexicon: Lexicon) -> CueWord | None:
    """The longest phrase of the cue that the lexicon knows; of equals the last verb that is more than "say"."""
    words = WORD.findall(cue)
    for size in range(min(LONGEST, len(words)), 0, -1):
        known = [
            record
            for at in range(len(words) - size + 1)
            if (record := lexicon.cue_of.get(" ".join(words[at : at + size])))
        ]
        if known:
            telling = [r for r in known if r.act != "state" or r.stance != "neutral"]
            return (telling or known)[0]
    return None


def form(attribution: Attribution, marks: Quotations) -> Form:
    """Direct if all of the content stands in quotation marks, mixed if some of it does."""
    quoted = total = 0
    for span in attribution.content.spans:
        inside = [(max(q.start, span.start), min(q.end, span.end)) for q in marks.around(span)]
        total += _letters(marks.text, span.start, span.end)
        quoted += sum(_letters(marks.text, start, end) for start, end in inside if start < end)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.95 * total else "mixed"


def _letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end]))


def medium(attribution: Attribution, rest: str, lexicon: Lexicon) -> str | None:
    """The way of saying that the words of the sentence outside the content name; ``rest`` is what `outside` gives."""
    if attribution.cue is None:
        return None
    around = attribution.cue.text + " " + rest
    if attribution.source:
        around += " " + attribution.source.text
    found = lexicon.medium_words.search(around)
    if found:
        return lexicon.medium_of[found.group().lower()]
    written = WRITTEN.search(attribution.source.text) if attribution.source else None
    return written.group().lower() if written else None


def outside(text: str, attribution: Attribution, reach: int = 400) -> str:
    """The words of the cue's sentence, at most ``reach`` characters away, that are neither source, cue nor content."""
    if attribution.cue is None:
        return ""
    first = min(attribution.cue.start, attribution.source.start if attribution.source else attribution.cue.start)
    start, end = sentence(text, first, max(attribution.cue.end, first), reach)
    taken = [span for part in (attribution.content, attribution.source, attribution.cue) if part for span in part.spans]
    joins = [m.end() for m in JOINED_CLAUSE.finditer(text, start, first)]
    free = [at for at in joins if not any(span.start <= at <= span.end for span in taken)]
    out, at = [], free[-1] if free else start
    for span in sorted(taken):
        if span.end <= at or span.start >= end:
            continue
        out.append(text[at : max(span.start, at)])
        at = max(at, span.end)
    return " ".join((" ".join(out) + " " + text[at:end]).split()) if at <= end else " ".join(out)


JOINED_CLAUSE = re.compile(r"(?:,|;|\s[–—-])\s(?:and|but|while|whereas)\s")
STOP = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z“\"‘])|\n")


def sentence(text: str, start: int, end: int, reach: int = 400) -> tuple[int, int]:
    """The sentence around two places, at most ``reach`` characters to each side."""
    low, high = max(start - reach, 0), min(end + reach, len(text))
    before = [m.end() for m in STOP.finditer(text, low, start + 1) if m.end() <= start]
    after = STOP.search(text, end, high)
    return (before[-1] if before else low), (after.start() + 1 if after else high)
