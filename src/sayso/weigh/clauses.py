"""Cuts a stretch of text into sentences and these into clauses that state one thing each.

There is no parser: a joint (a comma, a dash, "and", "who", "after" …) cuts where both sides have a verb of their own.
"""

import re
from collections.abc import Iterator

from sayso.terms.spans import Span, Spans
from sayso.weigh.wordlists import pattern

SENTENCE_END = re.compile(r"(?:[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])|\s*[\r\n]+\s*)")
SHORT_FORM = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Sen|Rep|Gov|Prof|St|No|vs|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])\.$"
)
JOINT = re.compile(
    r"(?P<mark>\s*;\s+|\s+[–—-]{1,2}\s+|\s*—\s*)"
    r"|(?P<word>,?\s+(?:and|but|or|while|although|though|whereas|because|since|unless|until|after|before|as|when|if)\s+(?:that\s+)?)"
    r"|(?P<relative>,?\s+(?:who|which|whose|whom|where)\s+)"
    r"|(?P<adding>,\s+(?=(?:\w+ly\s+)?\w+ing\b))"
    r"|(?P<comma>,[\"'”’]?\s+)",
    re.IGNORECASE,
)
PAST = re.compile(r"(?<!\w)[a-z]{3,}ed(?!\w)")
EDGE = " \t\r\n,;:–—-…"
RESUMED = re.compile(
    r"(?<=[\w,”’\"'])\s+(?=(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does)\b)"
)
LEADS_ON = re.compile(
    r"(?:^|\W)(?:and|but|or|who|which|that|whom|whose|where|when|what|if|as|than|he|she|it|they|we|I|you|there|this|these|"
    r"said|says|told|believed?|thinks?|not|never|also|only|still|now|be|been)[\s,]*$", re.IGNORECASE
)  # fmt: skip
SUBJECT = 2
LEAD = re.compile(r"that\s+(?!of\b)", re.IGNORECASE)
MARKS = ' \t\r\n,;:“”"‘'
LEAST = 3


def sentences(text: str, span: Span) -> Iterator[Span]:
    """The sentences of ``text`` within ``span``, without the white space around them."""
    start = span.start
    for end in SENTENCE_END.finditer(text, span.start, span.end):
        stop = end.start() + len(end.group().rstrip()) if end.group().strip() else end.start()
        if not SHORT_FORM.search(text, start, stop):
            yield from trimmed(text, Span(start, stop))
            start = end.end()
    yield from trimmed(text, Span(start, span.end))


def clauses(text: str, span: Span) -> Iterator[Spans]:
    """The clauses of every sentence within ``span``, by their starts; none overlaps another.

    One that holds a relative clause ("the men who fled were caught") has two spans, before and after it.
    """
    for sentence in sentences(text, span):
        inner = _embedded(text, sentence)
        if inner is None:
            yield from ((clause,) for clause in _cut(text, sentence))
            continue
        rest = list(_cut(text, Span(inner.end, sentence.end)))
        yield (*trimmed(text, Span(sentence.start, inner.start)), *rest[:1])
        yield from ((clause,) for clause in [*_cut(text, inner), *rest[1:]])


def _embedded(text: str, sentence: Span) -> Span | None:
    """The relative clause between a subject and its verb, if the sentence begins so."""
    joint = next(JOINT.finditer(text, sentence.start, sentence.end), None)
    if joint is None or not joint["relative"] or finite(text[sentence.start : joint.start()]):
        return None
    if len(text[sentence.start : joint.start()].split()) < SUBJECT:
        return None
    for verb in RESUMED.finditer(text, joint.end(), sentence.end):
        inner = text[joint.end() : verb.start()]
        if finite(inner) and not LEADS_ON.search(inner):
            return next(trimmed(text, Span(joint.start(), verb.start())), None)
    return None


def trimmed(text: str, span: Span) -> Iterator[Span]:
    """The span without what is no word at its edges; nothing, where no letter or digit is left."""
    inside = text[span.start : span.end]
    start = span.start + len(inside) - len(inside.lstrip(EDGE))
    end = span.end - (len(inside) - len(inside.rstrip(EDGE)))
    if any(character.isalnum() for character in text[start:end]):
        yield Span(start, end)


def finite(text: str) -> bool:
    """Whether the words look like they hold a finite verb (or a participle that could be one)."""
    return bool(pattern("auxiliaries", "irregular").search(text) or PAST.search(text))


def stands_alone(text: str) -> bool:
    """Whether the words look like a statement that can be understood by itself: a subject of its own and a verb."""
    plain = without_lead(text)
    return finite(plain) and not pattern("leaning").match(plain)


def without_lead(text: str) -> str:
    """The words without quotation marks around them and without the "that" that hangs them on a cue."""
    return LEAD.sub("", text.strip(MARKS)).strip(MARKS) or text


def _cut(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    for joint in JOINT.finditer(text, sentence.start, sentence.end):
        if joint.start() > start and _parts(text, Span(start, joint.start()), joint, sentence.end):
            yield from trimmed(text, Span(start, joint.start()))
            start = joint.start() if joint["relative"] else joint.end()
    yield from trimmed(text, Span(start, sentence.end))


def _parts(text: str, left: Span, joint: re.Match[str], end: int) -> bool:
    if joint["comma"]:
        return False
    following = JOINT.search(text, joint.end(), end)
    right = text[joint.end() : following.start() if following else end]
    if len(text[left.start : left.end].split()) < LEAST or len(right.split()) < LEAST:
        return False
    return bool(joint["adding"] or (finite(text[left.start : left.end]) and finite(right)))
