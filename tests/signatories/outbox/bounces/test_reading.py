"""Reading reports that came in by mail: what they say, and that nothing that somebody made up breaks it."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signatories.models.mail_report import Kind
from signatories.outbox.bounces.reading import MOST_BYTES, read
from signatories.outbox.bounces.status_words import came_back
from tests import mail_reports


@pytest.mark.parametrize(
    ("action", "status", "kind", "is_final"),
    [
        ("failed", "5.1.1", Kind.HARD, True),
        ("failed", "5.7.1 (delivery not authorised)", Kind.SOFT, True),
        ("failed", "5.3.4", Kind.SOFT, True),
        ("failed", "5.2.1", Kind.HARD, True),
        ("Failed", "4.2.2", Kind.SOFT, True),
        ("delayed", "4.4.1", None, False),  # it may arrive yet
        ("delayed", "5.0.0", None, False),
        ("failed", "", Kind.HARD, True),  # by the code within the server's words
        ("delivered", "2.0.0", None, False),
        ("relayed", "2.1.5", None, False),
        ("expanded", "", None, False),
    ],
)
def test_what_a_delivery_status_says(action: str, status: str, kind: Kind | None, is_final: bool) -> None:
    report = read(mail_reports.failure(action=action, status=status))
    assert report
    assert (report.kind, report.is_final) == (kind, is_final)


@pytest.mark.parametrize("kind", ["message/delivery-status", "message/global-delivery-status"])
@pytest.mark.parametrize("headers_alone", [True, False])
def test_of_which_mail_it_is_to_whom_and_when(kind: str, headers_alone: bool) -> None:
    raw = mail_reports.failure(
        mark="digest-7-abcdefghijklmnop",
        message_id="<digest-7@tracker.example>",
        recipient="Olive@Example.org",
        to="bounces+digest-7-abcdefghijklmnop@tracker.example",
        at=datetime(2026, 6, 2, 9, 30, tzinfo=UTC),
        headers_alone=headers_alone,
        kind=kind,
    )
    report = read(raw)
    assert report
    assert (report.status, report.diagnostic) == ("5.1.1", "smtp; 550 5.1.1 no such mailbox")
    origin = report.origin
    assert origin.recipients == {"olive@example.org"}
    assert origin.marks.count("digest-7-abcdefghijklmnop") == 2  # the return address, and the head sent back
    assert "<digest-7@tracker.example>" in origin.message_ids
    assert origin.sent_at == datetime(2026, 6, 2, 9, 30, tzinfo=UTC)


def test_of_several_recipients_the_worst_counts() -> None:
    raw = mail_reports.failure(action="delayed", status="4.4.1")
    raw = raw.replace(
        b"\r\n--=-b\r\nContent-Type: text/rfc822-headers",
        b"\r\nFinal-Recipient: rfc822; jo@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        b"\r\n--=-b\r\nContent-Type: text/rfc822-headers",
    )
    report = read(raw)
    assert report
    assert (report.kind, report.status) == (Kind.HARD, "5.1.1")


@pytest.mark.parametrize(
    ("feedback", "kind"),
    [("abuse", Kind.COMPLAINT), ("fraud", Kind.COMPLAINT), ("not-spam", None), ("auth-failure", None)],
)
def test_what_a_complaint_says(feedback: str, kind: Kind | None) -> None:
    report = read(mail_reports.complaint(mark="digest-7-abcdefghijklmnop", feedback=feedback))
    assert report
    assert (report.kind, report.status, report.is_final) == (kind, feedback, False)
    assert report.origin.recipients == {"olive@example.org"}
    assert "digest-7-abcdefghijklmnop" in report.origin.marks


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 100,
        b"no mail at all",
        mail_reports.out_of_office(),
        b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n--x--",
        b"Content-Type: message/feedback-report\r\n\r\nVersion: 1\r\n",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n" * 5000,
        mail_reports.failure() + b"x" * MOST_BYTES,
    ],
    ids=["nothing", "nulls", "words", "away", "no fields", "no kind", "many parts", "too large"],
)
def test_what_is_no_report_is_none(raw: bytes) -> None:
    assert read(raw) is None


def test_nested_ever_deeper_it_is_given_up() -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000))
    assert read(deep) is None


REPORTS = [
    mail_reports.failure(mark="digest-7-abcdefghijklmnop", message_id="<digest-7@tracker.example>"),
    mail_reports.failure(kind="message/global-delivery-status", headers_alone=False),
    mail_reports.complaint(mark="digest-7-abcdefghijklmnop"),
]
BITS = [b"\r\n", b":", b";", b"=", b"--=-b", b"\xff\xfe", b"\0", b"=?utf-8?b?", b"base64", b'"', b"<", b"\r\n\r\n"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(REPORTS), st.integers(0, 2**32))
def test_a_damaged_report_never_raises(raw: bytes, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - nothing secret
    for _ in range(dice.randint(1, 8)):
        at, length = dice.randrange(len(raw) + 1), dice.choice([0, 1, 5, 200])
        raw = raw[:at] + dice.choice([b"", *BITS]) + raw[at + length :]
    report = read(raw)
    assert report is None or report.origin.identity


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("5.1.1", "It came back: there is no such mailbox (5.1.1)."),
        ("4.2.2", "It came back: the mailbox is full (4.2.2)."),
        ("5.7.26", "It came back: the mail server refuses mails from here (5.7.26)."),
        ("5.0.0", "It came back: the mail server did not say why (5.0.0)."),
        ("", "It came back: the mail server did not say why."),
    ],
)
def test_a_code_in_plain_words(status: str, words: str) -> None:
    assert came_back(status) == words
