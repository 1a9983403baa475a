"""Handing one mail to the mail server: what an error says of it."""

import smtplib
import traceback
from typing import Any

import pytest
from django.core.mail import EmailMessage

from concordat.tasks import TAKES, mail_enquiry, mail_invitation, mail_message, mail_person, mail_reply
from signatories.services import mailing

ADDRESS = "ada@example.org"
CODE = {"to": ADDRESS, "subject": "A code", "body": "123456"}


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
    failed = mail_person.apply(kwargs=CODE)
    assert failed.state == "FAILURE"
    assert ADDRESS not in str(failed.traceback)
    assert ADDRESS not in caplog.text


@pytest.mark.parametrize(
    ("answer", "waits"),
    [((450, b"4.7.1 come back"), [20, 60, 180, 300]), ((550, b"5.1.1 no such mailbox"), [])],
    ids=["a server that asks for five minutes takes it while it is good", "one that refuses for good is asked once"],
)
def test_a_code_is_tried_again_while_it_is_good(
    monkeypatch: pytest.MonkeyPatch, answer: tuple[int, bytes], waits: list[int]
) -> None:
    refusal = smtplib.SMTPRecipientsRefused({ADDRESS: answer})
    monkeypatch.setattr(mailing, "get_connection", lambda: Server(refusal))
    waited: list[int] = []
    retry = mail_person.retry

    def noted(**how: Any) -> Any:
        waited.append(how["countdown"])
        return retry(**how)

    monkeypatch.setattr(mail_person, "retry", noted)
    assert mail_person.apply(kwargs=CODE).state == "FAILURE"
    assert waited[: len(waits)] == waits
    assert sum(waits[:-1]) < 300 <= sum(waits) < mail_person.expires if waits else not waited


def test_no_mail_holds_a_worker_for_ever() -> None:
    jobs = (mail_person, mail_reply, mail_message, mail_invitation, mail_enquiry)
    assert {job.time_limit for job in jobs} == {TAKES}
