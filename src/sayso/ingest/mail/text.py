"""The plain text of an e-mail without quoted replies, signatures and list footers, its hard-wrapped lines joined."""

import re

WROTE = re.compile(r"(?:On|Am|Le|El) .{6,200}(?:wrote|schrieb|écrit|escribió) ?:", re.DOTALL)
ORIGINAL = re.compile(r"-{2,} ?(?:original message|ursprüngliche nachricht) ?-{2,}|_{20,}", re.I)
FORWARDED = re.compile(r"-{2,} ?forwarded message ?-{2,}|begin forwarded message:", re.I)
HEADER = re.compile(r"\*?(?:From|Sent|Date|To|Cc|Subject|Reply-To)\*?: ", re.I)
FOOTER = re.compile(r"_{10,}|-{10,}")
LIST_LINE = re.compile(r"(?i).*\b(?:mailing list|unsubscribe|list-?info)\b")
SENT_FROM = re.compile(r"(?i)(?:sent from my |get outlook for )\w.{0,40}")
QUOTE = re.compile(r"^(?:> ?)+")
LINK = re.compile(r"https?://")
BULLET = re.compile(r"[*•–—-] |\d{1,2}[.)] ")
LONGEST_SIGNATURE = 15
WIDTHS = range(50, 101)


def without_quotes(text: str, *, is_reply: bool) -> str:
    """The message's own words. Lines that begin with ">" are a reply's quotations, else they are block quotes."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines, wrote = _without_wrote(_forwarded(lines))
    if is_reply or wrote:
        kept = [line for line in _before_original(lines) if not line.startswith(">")]
    else:
        kept = [QUOTE.sub("", line) for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_unwrapped(_without_signature(kept)))).strip()


def _forwarded(lines: list[str]) -> list[str]:
    """The lines without the marks and header lines of what was passed on."""
    out: list[str] = []
    in_header = False
    for line in lines:
        if FORWARDED.match(line.strip()):
            in_header = True
        elif not (in_header and (HEADER.match(line) or not line.strip())):
            in_header = False
            out.append(line)
    return out


def _without_wrote(lines: list[str]) -> tuple[list[str], bool]:
    """The lines without "On … wrote:" before a quotation, on one line or two, and whether it was there."""
    for number, line in enumerate(lines):
        for more in (1, 2):
            said = " ".join(part.strip() for part in lines[number : number + more])
            if line.strip() and WROTE.fullmatch(said) and _quoted(lines[number + more :]):
                return lines[:number] + lines[number + more :], True
    return lines, False


def _quoted(lines: list[str]) -> bool:
    return next((line for line in lines if line.strip()), "").startswith(">")


def _before_original(lines: list[str]) -> list[str]:
    """The lines before the message that is answered, if there are any."""
    for number, line in enumerate(lines):
        starts = ORIGINAL.fullmatch(line.strip()) or _is_header_block(lines[number : number + 4])
        if starts and any(before.strip() for before in lines[:number]):
            return lines[:number]
    return lines


def _is_header_block(lines: list[str]) -> bool:
    """Whether these are "From: …", "Sent: …" and the like, as some programs put them above what is answered."""
    return bool(lines) and lines[0].lstrip("*")[:5].lower() == "from:" and sum(map(bool, map(HEADER.match, lines))) > 2


def _without_signature(lines: list[str]) -> list[str]:
    """The lines before "-- ", a mailing list's footer or "Sent from my …"."""
    left: list[str] = []
    cut = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number].strip()
        is_footer = FOOTER.fullmatch(line) is not None and any(map(LIST_LINE.match, left[-3:]))
        if line == "--" or is_footer or (SENT_FROM.fullmatch(line) and not left):
            left, cut = [], number
        if line:
            left.append(line)
        if len(left) > LONGEST_SIGNATURE:
            break
    return lines[:cut]


def unflowed(text: str, *, without_space: bool) -> str:
    """The text with its soft line ends taken back (RFC 3676); ``without_space`` is its DelSp parameter."""
    out: list[str] = []
    soft = False
    for given in text.replace("\r\n", "\n").split("\n"):
        line = given.removeprefix(" ")
        if soft and not line.startswith(">"):
            out[-1] = (out[-1][:-1] if without_space else out[-1]) + line
        else:
            out.append(line)
        soft = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(out)


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines that were broken at a fixed width joined again: those that the next word would not have fitted on."""
    width = max((len(line) for line in lines if not LINK.search(line)), default=0)
    if width not in WIDTHS:
        return lines
    out: list[str] = []
    room = width
    for line in lines:
        first = line.split(maxsplit=1)[:1]
        if room < width and first and not line[0].isspace() and not BULLET.match(line) and len(first[0]) >= room:
            out[-1] = f"{out[-1].rstrip()} {line}"
        else:
            out.append(line)
        room = width - len(line.rstrip()) if first else width
    return out
