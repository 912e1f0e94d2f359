"""The head noun of a source: the word that says what sort of person or thing it is."""

import re

from sayso.lexicon.lexicon import Head
from sayso.lexicon.wordsets import alternatives, wordset
from sayso.reader.lookup import FIRST_NAMES
from sayso.reader.names import Names, is_person_noun
from sayso.reader.runs import OUTLET_WORDS

PREPOSITION = re.compile(
    r"(?<!-)\b(?:of|for|in|from|with|at|on|to|by|near|inside|within|close|familiar|linked|loyal|briefed|including|reporting|"
    r"following|seen|obtained|posted|among|behind|involved|working|speaking|believed|based|representing)\b"
)
QUANTITY = re.compile(
    rf"^(?:(?:an?|the)\s)?(?:(?:large|small|growing|whole)\s)?(?:{alternatives('quantities')}) of "
    r"(?:(?:the|these|those|his|her|its|their)\s)?",
    re.IGNORECASE,
)
NEWS_WORDS = re.compile(
    r"\b(?:(?:media|news|TV|radio|press) (?:reports?|sources)"
    rf"|(?:{alternatives('first_reports')}) reports"
    rf"|^(?:(?!(?:{alternatives('report_kinds')}) )[\w-]+ ){{0,2}}reports|news (?:{alternatives('news_bodies')}))$",
    re.IGNORECASE,
)
COMMON = wordset("generic_bodies") | wordset("firms")
NEWS = Head("news agency", "outlet", named=False, role=False)
REPORTS = Head("reports", "outlet", named=False, role=False)


def head_noun(main: str, names: Names) -> Head | None:
    """The last known noun before a preposition, else a last noun that by its ending is somebody's trade."""
    phrase = PREPOSITION.split(QUANTITY.sub("", main), maxsplit=1)[0]
    if NEWS_WORDS.search(phrase.strip()):
        return REPORTS if phrase.strip().lower().endswith("reports") else NEWS
    ending = re.findall(r"[\w’'-]+", phrase)
    if head := names.lexicon.head_of.get(" ".join(ending[-2:]).lower()):
        return head
    proper = len(ending) > 2 and ending[0].lower() == "the" and all(word[0].isupper() for word in ending[1:])
    if proper and (last := names.lexicon.head_of.get(ending[-1].lower())) and last.kind == "document":
        return None
    plain = next((head for word in reversed(ending[:-1]) if (head := names.lexicon.head_of.get(word))), None)
    if plain and ending[-1][0].isupper() and (plain.kind == "outlet" or plain.word in COMMON):
        return plain
    for at in range(len(ending) - 1, -1, -1):
        word = ending[at]
        if word[0].isupper() and at and ending[at - 1].lower() in FIRST_NAMES and not names.is_title(ending[at - 1]):
            continue
        head = names.lexicon.head_of.get(word.lower())
        if head and not (word[0].isupper() and not phrase.startswith(word) and word in OUTLET_WORDS):
            return head
    return _trade(ending, names)


def _trade(words: list[str], names: Names) -> Head | None:
    """A noun such as "golfer" that no word list has: the last word, or the last before a name."""
    for at in range(len(words) - 1, -1, -1):
        following = words[at + 1] if at + 1 < len(words) else ""
        opens = at == 0 and (following[:1].islower() or not following or names.is_title(following))
        plain = words[at].lower() if opens or following.lower() in FIRST_NAMES else words[at]
        for word in (plain, plain.removesuffix("s")):
            if is_person_noun(word):
                return Head(word, "person", named=False, role=True)
        if plain.islower():
            return None
    return None
