"""What a file without a telling name holds, by its first bytes."""

import codecs
import json
import re

from sayso.errors import InputError
from sayso.ingest.decoding import wide_encoding
from sayso.ingest.gzips import MAGIC
from sayso.ingest.records import BLANK

BYTES = ((MAGIC, ".gz"), (b"%PDF-", ".pdf"), (b"WARC/0.", ".warc"), (b"WARC/1.", ".warc"), (b"PAR1", ".parquet"))
RECORD = re.compile(r'\{\s*(?:["}]|$)|\[\s*(?:\{|$)')
NINJS = re.compile(r'(?i)"(?:body_\w+|bodies|headlines|versioncreated|pubstatus)"\s*:')
HTML = re.compile(r"(?is)(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b")
FEED = re.compile(r"(?is)(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b")
MAILBOX = re.compile(r"From (?:- |\S).*\d{4}.*\r?\n(?:>?[\w-]+: )")
MAIL_HEADER = re.compile(r"(?im)^(from|date|subject|message-id|mime-version|received|return-path|to|content-type): ?\S")
FEWEST_HEADERS = 3


def suffix_of(head: bytes) -> str:
    """The suffix that a file beginning so should have; ".txt" if nothing else fits. InputError for a feed."""
    known = next((suffix for start, suffix in BYTES if head.startswith(start)), None)
    if known is not None:
        return known
    text = start_of(head)
    if RECORD.match(text):
        return ".json" if looks_like_json(text) else ".jsonl"
    if HTML.match(text):
        return ".html"
    if FEED.match(text):
        raise InputError('is a feed, not a report: watch it with "sayso watch"')
    return ".mbox" if MAILBOX.match(text) else ".eml" if _is_mail(text) else ".txt"


def start_of(head: bytes) -> str:
    """The letters that a stream begins with, from the first that is not blank."""
    decoder = codecs.getincrementaldecoder(wide_encoding(head) or "utf-8")("replace")
    return decoder.decode(head).lstrip(BLANK)


def looks_like_json(text: str) -> bool:
    """Whether what opens as JSON does is one value over many lines, or ninjs, rather than one object a line."""
    if text.startswith("["):
        return True
    first, _, rest = text.partition("\n")
    if rest.lstrip(BLANK).startswith("{"):
        return False
    if NINJS.search(text if not rest else first):
        return True
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return bool(rest.strip(BLANK)) or first.rstrip() in {"{", "["}
    return False


def _is_mail(text: str) -> bool:
    """Whether the text begins with an e-mail's header lines."""
    top = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    found = {match.lower() for match in MAIL_HEADER.findall(top)}
    return len(found) >= FEWEST_HEADERS and "from" in found and re.match(r"[\w-]+: ?", top) is not None
