"""The word lists: YAML for people to review and extend, loaded strictly."""

from sayso.lexicon.lexicon import Lexicon, default_lexicon, lexicon_with
from sayso.lexicon.loader import load

__all__ = ["Lexicon", "default_lexicon", "lexicon_with", "load"]
