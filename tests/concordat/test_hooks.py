"""Reports that another program hands in: signed and on time, or nothing happens."""

import time
from typing import Any

import pytest
import time_machine
from django.test import Client

from concordat import hooks
from concordat.hooks import signature_of
from signatories.models import MailReport, MailReportCount, Message
from signatories.outbox.bounces.reading import MOST_BYTES
from signatories.outbox.return_address import mark_of
from tests import mail_reports
from tests.factories import DAY, make_message, noon

pytestmark = pytest.mark.django_db
SECRET, OLDER = "x" * 40, "y" * 40
URL = "/hooks/bounces/"


@pytest.fixture(autouse=True)
def _has_a_secret(settings: Any) -> None:
    settings.BOUNCE_HOOK_SECRETS = [SECRET, OLDER]
    settings.SITE_URL = "https://tracker.example"


@pytest.fixture
def message() -> Message:
    return make_message(mail_state="mailed", mail_moved_at=noon(DAY))


def hand_in(body: bytes, *, secret: str = SECRET, stamp: str = "", browser: Client | None = None, **sent: Any) -> Any:
    """What a program gets that signs the body now, with that secret."""
    stamp = stamp or str(int(time.time()))
    headers = {"X-Concordat-Timestamp": stamp, "X-Concordat-Signature": signature_of(stamp, body, secret)} | sent
    client = browser or Client(enforce_csrf_checks=True)
    return client.post(URL, body, content_type="message/rfc822", headers=headers)


def counted() -> dict[str, int]:
    return dict(MailReportCount.objects.filter(way="hook").values_list("outcome", "count"))


def bounce(message: Message) -> bytes:
    return mail_reports.failure(message_id=f"<digest-{message.pk}@tracker.example>")


@pytest.mark.parametrize("secret", [SECRET, OLDER])
def test_a_signed_report_is_taken_once_without_a_page_or_a_cookie(message: Message, secret: str) -> None:
    answers = [hand_in(bounce(message), secret=secret) for _ in range(2)]
    assert [each.json() for each in answers] == [{"outcome": "taken"}, {"outcome": "again"}]
    message.refresh_from_db()
    assert (message.mail_state, message.recipient.is_reachable) == ("given_up", False)
    assert MailReport.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"X-Concordat-Signature": ""},
        {"X-Concordat-Signature": "sha256=" + "0" * 64},
        {"X-Concordat-Signature": "sha256=é"},
        {"X-Concordat-Timestamp": ""},
        {"X-Concordat-Timestamp": "1"},
        {"X-Concordat-Timestamp": "９" * 10},
        {"X-Concordat-Timestamp": "9" * 400},
    ],
    ids=str,
)
def test_one_that_is_not_signed_changes_nothing_and_is_counted(message: Message, wrong: dict[str, str]) -> None:
    answer = hand_in(bounce(message), **{name: value.encode().decode("latin-1") for name, value in wrong.items()})
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    message.refresh_from_db()
    assert (message.mail_state, message.recipient.is_reachable) == ("mailed", True)
    assert (MailReport.objects.exists(), counted()) == (False, {"forged": 1})


def test_a_signature_of_another_body_or_secret_is_none(message: Message) -> None:
    stamp = str(int(time.time()))
    signed = {"X-Concordat-Signature": signature_of(stamp, b"another", SECRET)}
    assert hand_in(bounce(message), stamp=stamp, **signed).status_code == 403
    assert hand_in(bounce(message), secret="z" * 40).status_code == 403
    assert counted() == {"forged": 2}


@pytest.mark.parametrize(("seconds", "status"), [(-290, 200), (290, 200), (-310, 403), (310, 403)])
def test_what_was_signed_five_minutes_ago_is_too_old(message: Message, seconds: int, status: int) -> None:
    with time_machine.travel(noon(DAY), tick=False):
        stamp = str(int(time.time()) + seconds)
        assert hand_in(bounce(message), stamp=stamp).status_code == status


def test_without_a_secret_nothing_is_there(message: Message, settings: Any) -> None:
    settings.BOUNCE_HOOK_SECRETS = []
    assert hand_in(bounce(message)).status_code == 404
    assert not MailReportCount.objects.exists()


def test_no_more_than_a_megabyte_is_read(message: Message) -> None:
    answer = hand_in(b"x" * (MOST_BYTES + 1))
    assert (answer.status_code, counted()) == (413, {})


@pytest.mark.parametrize("body", [b"", b"\0\xff" * 50, b"Subject: hello\r\n\r\nNo report\r\n"])
def test_what_is_no_report_is_said_so_and_not_sent_again(body: bytes) -> None:
    answer = hand_in(body)
    assert (answer.status_code, answer.json()) == (200, {"outcome": "unreadable"})
    assert counted() == {"unreadable": 1}


def test_a_mark_that_was_made_up_does_nothing_even_if_the_hook_is_signed(message: Message) -> None:
    raw = mail_reports.failure(mark=f"digest-{message.pk}-{'a' * 16}")
    assert hand_in(raw).json() == {"outcome": "forged"}
    assert hand_in(mail_reports.failure(mark=mark_of("digest-999999999"))).json() == {"outcome": "unknown"}
    message.refresh_from_db()
    assert message.mail_state == "mailed"


def test_too_many_from_one_address_wait_a_minute(message: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "AT_MOST", 2)
    there = Client(REMOTE_ADDR="192.0.2.77")
    answers = [hand_in(b"", browser=there) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "60"
    assert hand_in(b"", browser=Client(REMOTE_ADDR="192.0.2.78")).status_code == 200
    assert counted() == {"unreadable": 3}


def test_it_is_read_by_nobody() -> None:
    assert Client().get(URL).status_code == 405
