"""PDF files for tests, written by hand."""

import hashlib
from collections.abc import Sequence

Line = tuple[float, float, float, str]

PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
ID = b"0123456789abcdef"
ALLOWED = -4
UPRIGHT = "1 0 0 1"


def pdf(
    pages: Sequence[Sequence[Line]],
    info: dict[str, str] | None = None,
    *,
    size: tuple[int, int] = (612, 792),
    rotate: int = 0,
    matrix: str = UPRIGHT,
    lock: str | None = None,
) -> bytes:
    """A PDF of pages with lines (x, y, size, text) in Helvetica; with a password as ``lock`` it is encrypted (RC4)."""
    key = None if lock is None else _key(lock)
    objects = [b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for lines in pages:
        drawn = b"".join(_drawn(line, matrix) for line in lines)
        number = len(objects) + 1
        data = drawn if key is None else rc4(_object_key(key, number), drawn)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data))
        objects.append(
            b"<< /Type /Page /Parent 1 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F1 2 0 R >> >> >>" % (*size, rotate, number)
        )
        kids.append(b"%d 0 R" % (number + 1))
    objects[0] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects.append(b"<< /Type /Catalog /Pages 1 0 R >>")
    objects.append(b"<< %s >>" % b" ".join(b"/%s %s" % (k.encode(), _string(v)) for k, v in (info or {}).items()))
    return _file(objects, b"" if lock is None else _lock(lock))


def _drawn(line: Line, matrix: str) -> bytes:
    x, y, size, text = line
    return b"BT /F1 %g Tf %s %g %g Tm %s Tj ET\n" % (size, matrix.encode(), x, y, _string(text))


def _string(text: str) -> bytes:
    return b"<%s>" % text.encode("windows-1252").hex().encode()


def _file(objects: list[bytes], lock: bytes) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    count = len(objects)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count + 1, b"".join(places))
    trailer = b"trailer << /Size %d /Root %d 0 R /Info %d 0 R %s>>" % (count + 1, count - 1, count, lock)
    return out + table + trailer + b"\nstartxref\n%d\n%%%%EOF" % len(out)


def _owner(password: str) -> bytes:
    return rc4(hashlib.md5(PAD).digest()[:5], (password.encode() + PAD)[:32])  # noqa: S324 - the format wants it


def _key(password: str) -> bytes:
    given = (password.encode() + PAD)[:32] + _owner(password) + ALLOWED.to_bytes(4, "little", signed=True) + ID
    return hashlib.md5(given).digest()[:5]  # noqa: S324


def _object_key(key: bytes, number: int) -> bytes:
    return hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]  # noqa: S324


def _lock(password: str) -> bytes:
    owner, user = _owner(password).hex().encode(), rc4(_key(password), PAD).hex().encode()
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >> " % (owner, user, ALLOWED)
    return lock + b"/ID [<%s> <%s>] " % (ID.hex().encode(), ID.hex().encode())


def rc4(key: bytes, data: bytes) -> bytes:
    """RC4, which old PDF encryption uses."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
