"""E-mail → reports: single messages (EML), and mailboxes (MBOX) message by message."""

import email
import hashlib
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from typing import BinaryIO

from sayso.errors import InputError
from sayso.ingest.dates import mail_date
from sayso.ingest.decoding import decode
from sayso.ingest.gzips import CutOffError
from sayso.ingest.mail.body import body_of
from sayso.ingest.records import refuse_large
from sayso.terms import Report, Skipped

LARGEST_MESSAGE = 64 * 1024 * 1024
LONGEST_LINE = 1024 * 1024
POSTMARK = re.compile(rb"From (?:- |\S.*\d{1,2}:\d\d.*\b\d{4}\b)")
REPLY_MARK = re.compile(r"(?i)^(?:(?:re|fwd?|aw|wg)\s*:\s*)+")
OUTLET_BOXES = re.compile(
    r"(?i)(?:.*[._-])?(?:alerts?|briefings?|bulletins?|contact|daily|desk|digest|do-?not-?reply|editors?|editorial|hello|"
    r"info|letters?|mail(?:er|ing)?|media|members?|news\w*|no-?reply|notifications?|press\w*|subscriptions?|team|"
    r"updates?|weekly|wire)(?:[._+-].*)?"
)
BROKEN = (MessageError, LookupError, ValueError, TypeError, AttributeError)
WHITESPACE = re.compile(r"\s+")


def messages(stream: BinaryIO, where: str) -> Iterator[Report | Skipped]:
    """A report, or the reason for none, for each message of an EML or MBOX stream; ``where`` names it for a person."""
    first = stream.readline(LONGEST_LINE)
    if not first.startswith(b"From "):
        yield _report_or_reason(_whole(first, stream), where)
        return
    for number, data in enumerate(_split(stream), 1):
        yield _report_or_reason(data, f"{where}, message {number}")


def _whole(first: bytes, stream: BinaryIO) -> bytes | None:
    data = first + stream.read(LARGEST_MESSAGE + 1)
    return data if len(data) <= LARGEST_MESSAGE else None


def _split(stream: BinaryIO) -> Iterator[bytes | None]:
    """The messages of a mailbox whose first postmark has been read; None for one that is too large."""
    kept: list[bytes] = []
    size, after_blank = 0, False
    while line := stream.readline(LONGEST_LINE):
        if after_blank and POSTMARK.match(line):
            yield _message(kept, size)
            kept, size, after_blank = [], 0, False
            continue
        after_blank = not line.strip()
        size += len(line)
        if size <= LARGEST_MESSAGE:
            kept.append(line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line)
    yield _message(kept, size)


def _message(lines: list[bytes], size: int) -> bytes | None:
    return b"".join(lines) if size <= LARGEST_MESSAGE else None


def _report_or_reason(data: bytes | None, where: str) -> Report | Skipped:
    try:
        if data is None:
            raise InputError(f"is larger than {LARGEST_MESSAGE // 2**20} MiB: save it without its attachments")
        return _report(data, where)
    except CutOffError:
        raise
    except InputError as error:
        return Skipped(where, str(error))
    except RecursionError:
        return Skipped(where, "has parts nested too deeply: save its text by itself")


def _report(data: bytes, where: str) -> Report:
    message = email.message_from_bytes(data)
    if not message.keys():
        raise InputError("is no e-mail: it has no header lines")
    body = body_of(message, where)
    refuse_large(body.text)
    name, is_outlet = _sender(message)
    return Report(
        body.text,
        _header(message, "message-id").strip("<> "),
        outlet=name if is_outlet else None,
        byline=None if is_outlet else name,
        title=REPLY_MARK.sub("", _words(_header(message, "subject"))) or None,
        published=mail_date(_header(message, "date")),
        raw_sha256=hashlib.sha256(data).hexdigest(),
        extractor=body.extractor,
    )


def _header(message: Message, name: str) -> str:
    """A header's first value as it was sent, on one line; bytes that should not be there are read as text files are."""
    given = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    return WHITESPACE.sub(" ", given if given.isascii() else _decoded(given)).strip()


def _decoded(given: str) -> str:
    try:
        return decode(given.encode("utf-8", "surrogateescape"))
    except InputError:
        return given.encode("ascii", "replace").decode()


def _words(given: str) -> str:
    """A header's words without their encoding; as they are if that cannot be made out."""
    try:
        text = str(make_header(decode_header(given)))
    except BROKEN:
        text = given
    return WHITESPACE.sub(" ", text.encode("utf-8", "replace").decode("utf-8")).strip()


def _sender(message: Message) -> tuple[str | None, bool]:
    """The name of who sent the message, and whether it is an outlet's rather than a person's."""
    try:
        name, address = getaddresses([_header(message, "from")])[0]
    except (IndexError, *BROKEN):
        return None, False
    to_many = "List-Unsubscribe" in message and "List-Post" not in message
    is_outlet = to_many or OUTLET_BOXES.fullmatch(address.partition("@")[0]) is not None
    return _words(name).strip(" \"'") or None, is_outlet
