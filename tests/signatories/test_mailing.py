"""Handing one mail to the mail server: what an error says of it."""

import smtplib
import traceback
from typing import Any

import pytest
from django.core.mail import EmailMessage

from concordat.tasks import mail_person
from signatories.services import mailing

ADDRESS = "ada@example.org"


class Server:
    """A mail server that refuses in its own words."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass

    def send_messages(self, messages: Any) -> None:
        raise self.error


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such person")}),
        smtplib.SMTPServerDisconnected(f"while sending to {ADDRESS}"),
        OSError(f"while sending to {ADDRESS}"),
    ],
)
def test_no_error_that_a_log_shows_quotes_an_address(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(mailing, "get_connection", lambda: Server(error))
    with pytest.raises((mailing.NotSentError, mailing.UncertainError)) as raised:
        mailing.send(EmailMessage(subject="A code", body="123456", to=[ADDRESS]))
    assert ADDRESS not in "".join(traceback.format_exception(raised.value))


def test_a_mail_that_was_never_sent_leaves_no_address_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such person")})
    monkeypatch.setattr(mailing, "get_connection", lambda: Server(refusal))
    failed = mail_person.apply(kwargs={"to": ADDRESS, "subject": "A code", "body": "123456"}, retries=3)
    assert failed.state == "FAILURE"
    assert ADDRESS not in str(failed.traceback)
    assert ADDRESS not in caplog.text
