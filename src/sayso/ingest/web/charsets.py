"""Bytes from the web → text, where somebody has said in which encoding they are, rightly or wrongly."""

from sayso.ingest.decoding import SAMPLE, decode, wide_encoding


def text_of(data: bytes, charset: str | None) -> str:
    """The text; InputError if it is none. What is whole UTF-8, or bears an order mark, is that; else ``charset`` holds.

    Where the bytes are not in ``charset`` either, the encoding is guessed.
    """
    if charset is None or wide_encoding(data[:SAMPLE]) is not None or _is_utf8(data):
        return decode(data)
    try:
        return data.decode(charset)
    except (LookupError, ValueError):
        return decode(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
