"""People who share a surname, told apart by title, kin or first name."""

from collections.abc import Sequence

from sayso.lexicon.wordsets import wordset
from sayso.reader.names import Names

MEN = wordset("words_for_men") | wordset("names_of_men")
WOMEN = wordset("words_for_women") | wordset("names_of_women")


def gender_of(words: Sequence[str | None]) -> str | None:
    """The pronoun, he or she, that the first telling word of ``words`` asks for."""
    for word in filter(None, words):
        plain = word.strip(".").lower()
        if plain in MEN or plain in WOMEN:
            return "he" if plain in MEN else "she"
    return None


def titled_name(names: Names, titles: Sequence[str], last: str) -> str | None:
    """The full name in the text that "Mrs" and ``last`` mean; None if all who share it are of the other sex."""
    wanted = gender_of(titles)
    known = names.people.get(last.lower(), ())
    fitting = [name for name in known if wanted in (None, gender_of([name.split()[0]]) or wanted)]
    if wanted is None or len(fitting) == len(known):
        return names.full(last)
    return fitting[0] if fitting else None
