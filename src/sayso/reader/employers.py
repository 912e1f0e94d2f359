"""Whom somebody speaks for, by the words around a person's name."""

import re

from sayso.reader.bodies import affiliation
from sayso.reader.names import POSSESSIVE, RUN, Names, runs

EMPLOYER = re.compile(
    r"\b(?:analyst|researcher|expert|specialist|spokes\w+|director|fellow|professor|lecturer|economist|scientist|"
    r"advis[eo]r|correspondent|editor|reporter|journalist|lawyer|head|manager|engineer)\b[^,;.]*?"
    r"\b(?:for|at|with|from) (?:the |an? |[\w.’]+[’']s )?(?:[\w.]+-based )?(?:[a-z-]+ ){0,3}(?=[A-Z])"
)


BODY = r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*"
HEAD_OF = re.compile(
    r"\b(?:[Hh]ead|[Cc]hair\w*|[Dd]irector|[Ll]eader|[Mm]ember|[Ff]ounder|[Cc]hief executive|"
    r"[Ss]ecretary[- ][Gg]eneral|[Ss]pokes\w+|[Ll]awyer|[Cc]ommander) "
    rf"(?:of|for) (?:the )?({BODY}(?: (?:of|for|and) (?:the )?{BODY})*)"
)
WHEREABOUTS = re.compile(r"\b(?:in|on|about|near|from|to) (?:the )?[A-Z][\w.’'-]*")

BEFORE_ROLE = re.compile(rf"(?:the )?({RUN.pattern})(?:[’']s)? ((?:(?!the |an? )[a-z-]+ )*[a-z-]+)(?: ,|$)")


def belonging(words: str, names: Names) -> str | None:
    """What the words around a person's name say that the person belongs to; not where the person is."""
    return employer(words, names) or affiliation(WHEREABOUTS.sub(",", words), names)


def employer(words: str, names: Names) -> str | None:
    """The body that "an analyst at the Marden Institute" or "a spokesman for Acme" speaks for."""
    found = EMPLOYER.search(words)
    if not found:
        return _headed(words, names) or _before_role(words, names)
    for kind, record, span in names.known(words[found.end() :]):
        if span.start == 0:
            return str(record.affiliation or record.name) if kind == "body" else str(record.name)
    run = next(iter(runs(words, found.end())), None)
    return run.text if run and run.span.start == found.end() and not names.full(run.words[-1]) else None


def _headed(words: str, names: Names) -> str | None:
    """The body that "chairman of the Harbour Board" heads, unless a word list knows better."""
    found = HEAD_OF.search(words)
    if not found or next(names.known(found[1]), None):
        return None
    body = POSSESSIVE.sub("", found[1]).rstrip(".")
    return None if names.full(body.split()[-1]) else body


def _before_role(words: str, names: Names) -> str | None:
    """The body right before a role ("Acme spokeswoman", "Tarn City's mayor")."""
    found = BEFORE_ROLE.match(words.strip(" ,"))
    if not found or not names.is_title(found[2].split()[-1]):
        return None
    run = next(runs(found[1]), None)
    if run is None or run.text in names.lexicon.country_of or names.is_title(run.words[-1]):
        return None
    once = len(run.words) == 1 and names.text.count(run.text) < 2
    return None if once or names.full(run.words[-1]) else run.text
