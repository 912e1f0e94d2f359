import base64
import io
import random
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ingest.mail import messages as mail
from sayso.ingest.mail.messages import messages
from sayso.terms import Report, Skipped

BODY = "The mayor of Orrin, Petra Lund, said on Friday that the bridge would be rebuilt."
HEAD = (
    "From: Petra Lund <petra.lund@orrin.example>\r\nSubject: The bridge\r\nMessage-ID: <17@orrin.example>\r\n"
    "Date: Sun, 04 May 2031 09:30:00 +0200\r\n"
)
ARTICLE = (
    "<p>"
    + "</p><p>".join(f"{BODY} It was the {n}th time that she said so to the council." for n in range(4, 9))
    + "</p>"
)
POSTMARK = "From post@orrin.example Sun May  4 09:30:00 2031\n"


def found(data: str | bytes) -> list[Report | Skipped]:
    raw = data.encode() if isinstance(data, str) else data
    return list(messages(io.BytesIO(raw), "box"))


def only(data: str | bytes) -> Report:
    (report,) = found(data)
    assert isinstance(report, Report), report
    return report


def text_of(body: str, extra: str = "") -> str:
    return only(HEAD + extra + "\r\n" + body).text


def test_a_message_of_a_person() -> None:
    report = only(HEAD + "\r\n" + BODY)
    assert (report.text, report.id, report.title, report.published, report.byline, report.outlet) == (
        BODY, "17@orrin.example", "The bridge", "2031-05-04T09:30:00+02:00", "Petra Lund", None,
    )  # fmt: skip
    assert report.raw_sha256 is not None
    assert str(report.extractor).startswith("sayso ")


@pytest.mark.parametrize(
    ("sender", "extra", "is_outlet"),
    [
        ("newsletter@orrinpost.example", "", True), ("no-reply@orrinpost.example", "", True),
        ("morning.briefing@orrinpost.example", "", True), ("jan.orr@orrin.example", "", False),
        ("jan.orr@orrin.example", "List-Unsubscribe: <https://orrin.example/u>\r\n", True),
        ("jan.orr@orrin.example", "List-Unsubscribe: <x>\r\nList-Post: <y>\r\n", False),
    ],
)  # fmt: skip
def test_outlets_are_told_from_people(sender: str, extra: str, is_outlet: bool) -> None:
    report = only(f"From: The Name <{sender}>\r\nSubject: x\r\n{extra}\r\n{BODY}")
    assert (report.outlet, report.byline) == (("The Name", None) if is_outlet else (None, "The Name"))


def test_encoded_headers_and_bodies() -> None:
    made = EmailMessage()
    made["From"] = "Café Orrin <info@orrin.example>"
    made["Subject"] = "Fwd: Re: Gespräche – “beendet”"
    made.set_content("„Nichts ist sicher“, said Zoë.", charset="utf-8", cte="base64")
    report = only(made.as_bytes())
    assert (report.outlet, report.title, report.text) == (
        "Café Orrin", "Gespräche – “beendet”", "„Nichts ist sicher“, said Zoë.",
    )  # fmt: skip


def test_bytes_that_have_no_place_in_a_header() -> None:
    report = only(
        b"From: Caf\xe9 Orrin <info@orrin.example>\nSubject: \xe9t\xe9\n"
        b"Content-Type: text/plain; charset=no\n\n\xe9t\xe9 said so"
    )
    assert (report.outlet, report.title, report.text) == ("Café Orrin", "été", "été said so")


def test_the_plain_part_is_taken_when_it_is_real() -> None:
    made = EmailMessage()
    made["From"] = "a@orrin.example"
    made.set_content(BODY)
    made.add_alternative(f"<html><body><p>{BODY}</p><p>Unsubscribe</p></body></html>", subtype="html")
    assert only(made.as_bytes()).text == BODY


@pytest.mark.parametrize(
    "plain", ["Please use an HTML viewer.", "", "https://orrin.example/view?id=1", f"<html>{ARTICLE}</html>"]
)
def test_the_html_part_is_taken_when_the_plain_one_is_not_real(plain: str) -> None:
    made = EmailMessage()
    made["From"] = "a@orrin.example"
    made.set_content(plain)
    made.add_alternative(f"<html><body><article><h1>The bridge</h1>{ARTICLE}</article></body></html>", subtype="html")
    text = only(made.as_bytes()).text
    assert text.count("Petra Lund") == 5
    assert "<p>" not in text
    assert "viewer" not in text


def test_html_too_short_for_an_article_is_still_text() -> None:
    assert text_of("<p>It rained,</p><p>he said.</p>", "Content-Type: text/html\r\n").split() == [
        "It",
        "rained,",
        "he",
        "said.",
    ]


def test_attachments_are_passed_over() -> None:
    made = EmailMessage()
    made["From"] = "a@orrin.example"
    made.set_content(BODY)
    made.add_attachment("secret words", filename="notes.txt")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    inner = EmailMessage()
    inner.set_content("inner words")
    made.add_attachment(inner)
    assert only(made.as_bytes()).text == BODY


@pytest.mark.parametrize("after", [
    "\r\n\r\nOn Sat, 3 May 2031 at 10:00, Jan Orr <jan@orrin.example> wrote:\r\n> What of it?\r\n>\r\n> Will it be?",
    "\r\n\r\nOn Sat, 3 May 2031 at 10:00, Jan Orr\r\n<jan@orrin.example> wrote:\r\n\r\n> What of it?",
    "\r\n\r\n-- \r\nPetra Lund\r\nTown hall, Orrin",
    "\r\n\r\nSent from my phone",
    "\r\n\r\n-- \r\nPetra Lund\r\n\r\nOn Sat, 3 May 2031, Jan Orr wrote:\r\n" + "> What of it?\r\n" * 30,
    "\r\n\r\n_______________________________________________\r\nBridges mailing list\r\nhttps://lists.orrin.example",
])  # fmt: skip
def test_quoted_replies_and_signatures_are_left_out(after: str) -> None:
    assert text_of(BODY + after) == BODY


@pytest.mark.parametrize("after", [
    "\r\n\r\n-----Original Message-----\r\nFrom: Jan\r\n\r\nold words",
    "\r\n\r\nFrom: Jan Orr\r\nSent: Saturday\r\nTo: Petra\r\nSubject: bridge\r\n\r\nold words",
    "\r\n\r\n> old words",
])  # fmt: skip
def test_what_a_reply_answers_is_left_out(after: str) -> None:
    assert text_of(BODY + after, "In-Reply-To: <16@orrin.example>\r\n") == BODY


def test_block_quotes_of_what_is_no_reply_are_kept() -> None:
    assert text_of(f"She said:\r\n\r\n> {BODY}\r\n\r\nThat was all.") == f"She said:\n\n{BODY}\n\nThat was all."


def test_what_was_passed_on_is_the_text() -> None:
    passed = (
        "---------- Forwarded message ---------\r\nFrom: Orrin Post <x@y.example>\r\nDate: Sun\r\nSubject: B\r\n\r\n"
    )
    assert text_of(passed + BODY) == BODY


def test_hard_and_soft_line_ends_are_taken_back() -> None:
    hard = (
        "The mayor of Orrin, Petra Lund, said on Friday that the old bridge\r\n"
        "would be rebuilt by the summer.\r\n\r\nShort.\r\nLines."
    )
    assert text_of(hard) == hard.replace("bridge\r\n", "bridge ").replace("\r\n", "\n")
    flowed = "The mayor said \r\nso. \r\nOn Friday.\r\n\r\nNobody else."
    assert (
        text_of(flowed, "Content-Type: text/plain; format=flowed\r\n")
        == "The mayor said so. On Friday.\n\nNobody else."
    )


def test_a_mailbox_gives_its_messages_one_by_one() -> None:
    first_body = f"{BODY}\n\n>From here on it rained.\n\nFrom time to time it stopped.\n\n"
    box = f"{POSTMARK}{HEAD}\n{first_body}{POSTMARK}Subject: 2\n\n\n\n{POSTMARK}Subject: 3\n\nlast"
    first, second, third = found(box)
    assert isinstance(first, Report)
    assert first.text == f"{BODY}\n\nFrom here on it rained.\n\nFrom time to time it stopped."
    assert second == Skipped("box, message 2", "has no text to read, or none but what it quotes")
    assert isinstance(third, Report)
    assert third.text == "last"


def test_a_mailbox_is_not_read_ahead() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            some = (f"{POSTMARK}{HEAD}\n{BODY}\n\n" * 9).encode()[: len(buffer)]
            buffer[: len(some)] = some
            return len(some)

    stream = messages(io.BufferedReader(Endless()), "box")
    assert isinstance(next(stream), Report)


def test_what_is_too_large_is_named_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "LARGEST_MESSAGE", 500)
    large = f"{POSTMARK}Subject: 1\n\n{BODY * 9}\n\n"
    skipped, report = found(f"{large}{POSTMARK}Subject: 2\n\nsmall")
    assert isinstance(skipped, Skipped)
    assert "without its attachments" in skipped.reason
    assert isinstance(report, Report)
    (alone,) = found(f"Subject: 1\n\n{BODY * 9}")
    assert isinstance(alone, Skipped)


@pytest.mark.parametrize("data", ["", "just words\n", "\n\nwords"])
def test_what_is_no_mail_is_refused(data: str) -> None:
    assert found(data) == [Skipped("box", "is no e-mail: it has no header lines")]


def test_parts_nested_to_hurt() -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
    assert len(found(f"{HEAD}{deep}\nwords")) == 1


@given(st.binary(max_size=400))
def test_any_bytes_give_reports_or_reasons(data: bytes) -> None:
    assert all(isinstance(item, Report | Skipped) for item in found(HEAD.encode() + data))


@given(st.integers(0, 2**32), st.integers(1, 25))
def test_damage_never_raises(seed: int, changes: int) -> None:
    made = EmailMessage()
    made["From"], made["Subject"], made["Date"] = (
        "Zoë <z@orrin.example>",
        "“Gespräche”",
        "Sun, 04 May 2031 09:30:00 +0200",
    )
    made.set_content(BODY + "ü", cte="quoted-printable")
    made.add_alternative(f"<p>{BODY}</p>", subtype="html")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="ü.pdf")
    chance, data = random.Random(seed), bytearray(made.as_bytes())
    for _ in range(changes):
        data[chance.randrange(len(data))] = chance.randrange(256)
    assert all(isinstance(item, Report | Skipped) for item in found(bytes(data)))


def test_an_encoding_that_python_has_but_that_is_none_of_text() -> None:
    encoded = base64.b64encode(BODY.encode()).decode()
    assert text_of(encoded, "Content-Type: text/plain; charset=hex\r\nContent-Transfer-Encoding: base64\r\n") == BODY
