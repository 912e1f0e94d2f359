"""Texts by meaning: a small vector for each, and the nearest of up to millions."""

from sayso.meaning.vectors import Meaning, default_meaning, similar, top

__all__ = ["Meaning", "default_meaning", "similar", "top"]
