"""Sayso reads news reports and tells, for every statement, on whose say-so it stands.

import sayso
reading = sayso.read("“We will rebuild,” the mayor told Radio Orrin on Friday.")
for attribution in reading.attributions:
    print(attribution.source, attribution.cue, attribution.content)
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.api import read as read
    from sayso.api import read_many as read_many
    from sayso.errors import InputError as InputError
    from sayso.errors import SaysoError as SaysoError
    from sayso.show.json import reading_from_json as reading_from_json
    from sayso.show.json import reading_to_json as reading_to_json
    from sayso.terms import Attribution as Attribution
    from sayso.terms import Figure as Figure
    from sayso.terms import Phrase as Phrase
    from sayso.terms import Reading as Reading
    from sayso.terms import Report as Report
    from sayso.terms import Span as Span
    from sayso.terms import Speaker as Speaker

__version__ = "0.1.0"

_HOMES = {
    "sayso.api": ("read", "read_many"),
    "sayso.errors": ("InputError", "SaysoError"),
    "sayso.show.json": ("reading_from_json", "reading_to_json"),
    "sayso.terms": ("Attribution", "Figure", "Phrase", "Reading", "Report", "Span", "Speaker"),
}

__all__ = [
    "Attribution", "Figure", "InputError", "Phrase", "Reading", "Report", "SaysoError", "Span", "Speaker",
    "__version__", "read", "read_many", "reading_from_json", "reading_to_json",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that importing sayso stays cheap."""
    import importlib

    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    return getattr(importlib.import_module(home), name)
