"""Which language a report is in, and whether it can be read. Only what is plainly in another language is not."""

import re
from functools import cache
from typing import Any

from sayso.ingest.details.language_names import NAMES
from sayso.terms import Report

ENGLISH, PIDGIN, NO_LANGUAGE = "en", "pcm", "zxx"
FUNCTION_WORDS = frozenset({
    "after", "and", "are", "been", "from", "his", "of", "said", "that", "the", "their", "there", "they", "this", "were",
    "when", "which", "who", "with", "would",
})  # fmt: skip
SAMPLE, LONGEST = 4000, 20_000
FEWEST_ENGLISH, FEWEST_KINDS, LEAST_SHARE = 4, 3, 0.05
FEWEST_WORDS, FEWEST_SMALL = 20, 12
MOST_OTHER_LETTERS, MOST_CAPITALS = 0.3, 0.6
SINGLE, RELATED, ALONGSIDE = 0.3, 0.8, 3
DECLARED, UNLIKE_ENGLISH, PLAINLY_UNLIKE_ENGLISH, SURELY_PIDGIN = 0.2, 0.02, 0.001, 0.95
WITHOUT_SPACES = "\u0e00"
TAGS = {"kik": "ki"}
OLD_TAGS = {"in": "id", "iw": "he", "nb": "no"}
SMALL = re.compile(r"\b[a-z]+\b")
WORD = re.compile(r"[^\W\d_]+")
LINK = re.compile(r"\S*(?://|www\.|@)\S*")


def language_of(text: str) -> str | None:
    """The language of ``text`` as a BCP 47 tag; None if it cannot be told: too short, no letters, too mixed."""
    return _language(text, None)


def unread_language(report: Report) -> str | None:
    """Why the report cannot be read in the language that it is in; None if it can, or if that is not sure.

    What ``report.language`` says counts as far as the text leaves it open.
    """
    declared = (report.language or "").replace("_", "-").partition("-")[0].lower()
    language = _language(report.text, OLD_TAGS.get(declared, declared) or None)
    if language is None or language == ENGLISH:
        return None
    return f"is in {NAMES.get(language, 'another language')} ({language}): only English is read yet"


def _language(text: str, declared: str | None) -> str | None:
    middle = max(0, len(text) // 2 - SAMPLE // 2)
    if _is_english(text[:SAMPLE]) or (middle and _is_english(text[middle : middle + SAMPLE])):
        return ENGLISH
    words = LINK.sub(" ", text[:LONGEST])
    return _classified(words, declared) if _is_enough(words) else None


def _is_english(sample: str) -> bool:
    """Whether the little words are English beyond doubt; most of the letters must be Latin ones."""
    if len(sample.encode("utf-8", "replace")) - len(sample) > MOST_OTHER_LETTERS * len(sample):
        return False
    capitals = sum(map(str.isupper, sample))
    small = SMALL.findall(sample.lower() if capitals > MOST_CAPITALS * sum(map(str.isalpha, sample)) else sample)
    found = [word for word in small if word in FUNCTION_WORDS]
    enough = len(found) >= FEWEST_ENGLISH and len(set(found)) >= FEWEST_KINDS
    return enough and len(found) >= LEAST_SHARE * len(small)


def _is_enough(text: str) -> bool:
    """Whether there are enough words, and enough besides names and what is in capitals, to tell a language."""
    words = small = 0
    for word in WORD.findall(text):
        count = len(word) // 2 if word >= WITHOUT_SPACES else 1
        words += count
        small += 0 if word[0].isupper() else count
    return words >= FEWEST_WORDS and small >= FEWEST_SMALL


def _classified(text: str, declared: str | None) -> str | None:
    """The language that the text is in by its letters, or the one that it is declared to be in, if that is likely."""
    ranked = _identifier().rank(text)
    best, first = str(ranked[0][0]), float(ranked[0][1])
    likely = dict(ranked)
    english = likely[ENGLISH] + (likely[PIDGIN] if best != PIDGIN else 0.0)
    if best == ENGLISH:
        return ENGLISH
    if english > (PLAINLY_UNLIKE_ENGLISH if declared == ENGLISH else UNLIKE_ENGLISH) or best == NO_LANGUAGE:
        return None
    if declared is not None and likely.get(declared, 0.0) >= DECLARED:
        return declared
    if first < (SURELY_PIDGIN if best == PIDGIN else SINGLE) or sum(p for _, p in ranked[:ALONGSIDE]) < RELATED:
        return None
    return TAGS.get(best, best)


@cache
def _identifier() -> Any:
    """What tells languages apart. It takes a second or two to load, so only texts that are not plainly English do."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
