"""Back to where one was: an address of this server, with what was done told in it."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sayso.terms import Judgement
from sayso.web.correcting.notice import KEPT, UNDONE


def own(back: str) -> str:
    """The address if it is of this server, else the desk's."""
    plain = back.isprintable() and back.startswith("/") and back[1:2] not in ("/", "\\")
    return back if plain and not urlsplit(back).netloc else "/"


def telling(back: str, done: Iterable[Judgement], name: str = KEPT) -> str:
    """The address of this server that was given, and what was done in it."""
    parts = urlsplit(own(back))
    rest = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key not in (KEPT, UNDONE)]
    ids = ",".join(one.id for one in done)
    query = urlencode([*rest, *([(name, ids)] if ids else [])], safe=",")
    return urlunsplit(("", "", parts.path, query, parts.fragment))
