"""Whom somebody speaks for, by the words around a person's name."""

import re

from sayso.lexicon.wordsets import alternatives
from sayso.reader.bodies import affiliation, whole_body
from sayso.reader.names import Names
from sayso.reader.runs import POSSESSIVE, RUN, runs
from sayso.terms.spans import Span

EMPLOYER = re.compile(
    rf"\b(?:{alternatives('employed')})\b[^,;.]*?"
    r"\b(?:for|at|with|from) (?:the |an? |[\w.’]+[’']s )?(?:[\w.]+-based )?(?:[a-z-]+ ){0,3}(?=[A-Z])"
)
BODY = r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*"
HEAD_OF = re.compile(
    rf"\b(?i:{alternatives('heading')}) (?:of|for) (?:the )?({BODY}(?: (?:of|for|and) (?:the )?{BODY})*)"
)
OF_BODY = re.compile(rf" , of the ({RUN.pattern})")
OF_OTHERS = re.compile(
    r"\bwhose\b[^,;]*|\bwho (?:\w+ ){1,2}(?:being )?(?:held|killed|captured|kidnapped|abducted|accused)\b[^,;]*"
)
WHEREABOUTS = re.compile(r"\b(?:in|on|about|near|from|to) (?:the )?[A-Z][\w.’'-]*")

BEFORE_ROLE = re.compile(rf"(?:the )?({RUN.pattern})(?:[’']s)? ((?:(?!the |an? )[a-z-]+ )*[a-z-]+)(?: ,|$)")


def belonging(words: str, names: Names) -> str | None:
    """What the words around a person's name say that the person belongs to; not where the person is."""
    words = OF_OTHERS.sub("", words)
    of_body = OF_BODY.search(words)
    if of_body and names.lexicon.country_of.get(of_body[1]) is None and not names.full(of_body[1].split()[-1]):
        first = next(names.known(of_body[1]), None)
        if first is None:
            return of_body[1]
    return employer(words, names) or affiliation(WHEREABOUTS.sub(",", words), names)


def employer(words: str, names: Names) -> str | None:
    """The body that "an analyst at the Marden Institute" or "a spokesman for Acme" speaks for."""
    found = EMPLOYER.search(words)
    headed = _headed(words, names)
    if headed or not found:
        return headed or _before_role(words, names) or _before_title(words, names)
    for kind, record, span in names.known(words[found.end() :]):
        if span.start == 0 and not (kind == "country" and _goes_on(words[found.end() :], span.end, names)):
            return str(record.affiliation or record.name) if kind == "body" else str(record.name)
    run = next(iter(runs(words, found.end())), None)
    if run is None or run.span.start != found.end() or names.full(run.words[-1]) not in (None, run.text):
        return None
    return whole_body(words, run, names) or run.text


def _goes_on(words: str, end: int, names: Names) -> bool:
    """Whether a country is only the start of a body's name ("North Korea Leadership Watch")."""
    following = next(iter(runs(words, end)), None)
    near = following is not None and following.span.start <= end + 1
    return near and following is not None and names.is_body_word(following.words[-1]) and len(following.words) > 1


def _headed(words: str, names: Names) -> str | None:
    """The body that "chairman of the Harbour Board" heads, unless a word list knows better."""
    found = HEAD_OF.search(words)
    if not found:
        return None
    kind, _, span = next(names.known(found[1]), (None, None, Span(0, 0)))
    if kind and not (kind == "country" and _goes_on(found[1], span.end, names)):
        return None
    body = POSSESSIVE.sub("", found[1]).rstrip(".")
    return None if names.full(body.split()[-1]) else body


def _before_role(words: str, names: Names) -> str | None:
    """The body right before a role ("Acme spokeswoman", "Tarn City's mayor")."""
    found = BEFORE_ROLE.match(" ".join(words.split()).strip(" ,"))
    if not found or not names.is_title(found[2].split()[-1]):
        return None
    run = next(runs(found[1]), None)
    if run is None or run.text in names.lexicon.country_of or names.is_title(run.words[-1]):
        return None
    once = len(run.words) == 1 and names.text.count(run.text) < 2 and not found[2].split()[-1].startswith("spokes")
    return None if once or names.full(run.words[-1]) else run.text


def _before_title(words: str, names: Names) -> str | None:
    """The body right before a title with a capital ("Acme CEO", "Orrin Society President")."""
    bare = " ".join(words.split()).strip(" ,").removeprefix("the ")
    run = next(runs(bare), None)
    if run is None or run.span.start or not names.is_title(run.words[-1]):
        return None
    body = list(run.words)
    while body and names.is_title(body[-1]):
        body.pop()
    text = " ".join(body)
    alone = any(" ".join(other.words) == text for other in names.runs)
    known = text in names.lexicon.country_of or next(names.known(text), None)
    return None if not body or known or not alone or names.full(body[-1]) else text
