"""The body of an e-mail: which part is meant to be read, and its text without what was quoted and signed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from sayso import __version__
from sayso.errors import InputError
from sayso.ingest.content_types import known_charset
from sayso.ingest.mail.text import unflowed, without_quotes
from sayso.ingest.markup import plain
from sayso.ingest.web.charsets import text_of
from sayso.terms import Report

MOST_PARTS = 1000
LEAST_SHARE = 0.3
IS_MARKUP = re.compile(r"(?is)\s*(?:<!doctype html|<html\b|<body\b|<div\b|<table\b)")
LINK = re.compile(r"\S*https?://\S*")
REPLY = re.compile(r"(?i)\s*(?:re|aw|sv|antw)\s*:")


@dataclass(frozen=True)
class Body:
    """The text of a message, and what took it."""

    text: str
    extractor: str


def body_of(message: Message, where: str) -> Body:
    """The text of the message; InputError if it has none. Attachments are passed over."""
    parts = list(_parts(message))
    texts = [_flowing(part) for part in parts if part.get_content_type() == "text/plain"]
    pages = [part for part in parts if part.get_content_type() == "text/html"]
    given = "\n\n".join(text for text in texts if text.strip())
    if pages and not _is_real(given, plain(_text(pages[0]))):
        return _of_page(pages[0], where)
    if IS_MARKUP.match(given):
        return _own(plain(given))
    return _own(without_quotes(given, is_reply=_is_reply(message)))


def _own(text: str) -> Body:
    if not text.strip():
        raise InputError("has no text to read, or none but what it quotes")
    return Body(text, f"sayso {__version__}")


def _parts(message: Message) -> Iterator[Message]:
    """The parts that are not made of parts, but attachments and attached messages."""
    waiting, taken = [message], 0
    while waiting and taken < MOST_PARTS:
        part = waiting.pop()
        taken += 1
        if part.get_content_maintype() == "multipart" and isinstance(held := part.get_payload(), list):
            waiting += reversed([inner for inner in held if isinstance(inner, Message)])
        elif part.get_content_maintype() == "text" and not _is_attached(part):
            yield part


def _is_attached(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or part.get_filename() is not None
    except (ValueError, LookupError, TypeError, AttributeError):  # a header that cannot be made out
        return True


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    return text_of(data, _charset(part)) if isinstance(data, bytes) else ""


def _flowing(part: Message) -> str:
    """The text of a plain part, without the soft line ends that it may say it has."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return _text(part)
    return unflowed(_text(part), without_space=str(part.get_param("delsp", "")).lower() == "yes")


def _charset(part: Message) -> str | None:
    try:
        given = part.get_content_charset()
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    return known_charset(given)


def _is_real(text: str, page: str) -> bool:
    """Whether the plain part says what the HTML part says, rather than "this message needs an HTML viewer"."""
    words = len(LINK.sub("", text).split())
    return words > 0 and not IS_MARKUP.match(text) and words >= LEAST_SHARE * len(LINK.sub("", page).split())


def _of_page(part: Message, where: str) -> Body:
    """The article of an HTML part; all of its text if no article is found in it."""
    from sayso.ingest.html.page import html_report

    data = part.get_payload(decode=True)
    found = html_report(data, where, charset=_charset(part)) if isinstance(data, bytes) else None
    if isinstance(found, Report) and found.text.strip():
        return Body(found.text, found.extractor or f"sayso {__version__}")
    return _own(plain(_text(part)))


def _is_reply(message: Message) -> bool:
    return "In-Reply-To" in message or REPLY.match(str(message.get("Subject", ""))) is not None
