"""Reports of mail servers and mailboxes, as they come in by mail."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime

from tests.factories import DAY, noon


def failure(
    *,
    mark: str = "",
    to: str = "bounces@tracker.example",
    status: str = "5.1.1",
    action: str = "failed",
    recipient: str = "olive@example.org",
    diagnostic: str = "smtp; 550 5.1.1 no such mailbox",
    message_id: str = "",
    report_id: str = "<report-1@mx.example>",
    at: datetime | None = None,
    headers_alone: bool = True,
    kind: str = "message/delivery-status",
) -> bytes:
    """A delivery status (RFC 3464) about a mail with that mark and Message-ID in its head."""
    head = [f"X-Concordat-Mail: {mark}"] if mark else []
    head += [f"Message-ID: {message_id}"] if message_id else []
    original = ["From: Concordat Tracker <concordat@tracker.example>", *head, "Subject: Due date passed", ""]
    returned = "text/rfc822-headers" if headers_alone else "message/rfc822"
    own = ["Date: " + format_datetime(at or noon(DAY)), f"To: {to}"]
    return _report(
        [*own, f"Message-ID: {report_id}"] if report_id else own,
        "delivery-status",
        kind,
        [
            "Reporting-MTA: dns; mx.example",
            "",
            f"Final-Recipient: rfc822; {recipient}",
            f"Action: {action}",
            f"Status: {status}",
            f"Diagnostic-Code: {diagnostic}",
        ],
        returned,
        original if headers_alone else [*original, "Hello Olive,"],
    )


def complaint(
    *, mark: str, feedback: str = "abuse", recipient: str = "olive@example.org", report_id: str = "<arf-1@mail.example>"
) -> bytes:
    """A complaint (RFC 5965) about the mail with that mark."""
    return _report(
        ["Date: " + format_datetime(noon(DAY)), "To: bounces@tracker.example", f"Message-ID: {report_id}"],
        "feedback-report",
        "message/feedback-report",
        [
            f"Feedback-Type: {feedback}",
            "User-Agent: SomeGenerator/1.0",
            "Version: 1",
            f"Original-Rcpt-To: <{recipient}>",
        ],
        "message/rfc822",
        [f"X-Concordat-Mail: {mark}", "Subject: Due date passed", "", "Hello Olive,"],
    )


def _report(
    head: Sequence[str], report: str, kind: str, machine: Sequence[str], returned: str, original: Sequence[str]
) -> bytes:
    lines = [
        "From: Mail Delivery System <mailer-daemon@mx.example>",
        "Subject: Undelivered mail returned to sender",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/report; report-type={report}; boundary="=-b"',
        *head,
        *("", "--=-b", "Content-Type: text/plain; charset=utf-8", "", "Your mail did not arrive.", ""),
        *("--=-b", f"Content-Type: {kind}", "", *machine, ""),
        *("--=-b", f"Content-Type: {returned}", "", *original, ""),
        *("--=-b--", ""),
    ]
    return "\r\n".join(lines).encode()


def out_of_office() -> bytes:
    """An answer of a person's mailbox that is no report."""
    return b"From: olive@example.org\r\nTo: bounces@tracker.example\r\nSubject: Away\r\n\r\nI am away until Monday.\r\n"
