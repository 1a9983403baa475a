"""What mails said is kept for the programme's time, then emptied; the rows stay."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta

from concordat.kernel.models import Change
from concordat.tasks import empty_old_mails
from signatories.models import MailReport, Message, Reply
from signatories.outbox import keeping
from signatories.outbox.keeping import empty_old
from tests.factories import DAY, make_mail_report, make_message, make_programme, make_reply, noon

pytestmark = pytest.mark.django_db
NOW = noon(DAY)
OLD = NOW - relativedelta(months=12) - timedelta(days=1)


@pytest.fixture(autouse=True)
def _programme() -> None:
    make_programme()


def digest(at: datetime = OLD, **fields: Any) -> Message:
    return make_message(
        **({"mail_state": "mailed", "mail_moved_at": at, "subject": "Late", "text": "Jo is late"} | fields)
    )


def texts() -> list[str]:
    return [row.text for row in Message.objects.order_by("pk")]


def test_after_twelve_months_the_text_is_emptied_and_the_record_left() -> None:
    old, young = digest(), digest(NOW - timedelta(days=300))
    reply = make_reply(mail_state="mailed", mail_moved_at=OLD)
    assert empty_old(by="test", now=NOW) == 2
    assert texts() == ["", "Jo is late"]
    old.refresh_from_db()
    reply.refresh_from_db()
    assert (old.subject, old.mail_state, old.mail_moved_at, old.emptied_on) == ("Late", "mailed", OLD, DAY)
    assert (reply.text, reply.emptied_on) == ("", DAY)
    for row in (old, reply):
        change = Change.objects.about(row).get()
        assert (change.verb, change.why, change.fields) == (
            "emptied",
            "Kept for 12 months",
            {"emptied_on": [None, DAY.isoformat()]},
        )
    assert not Change.objects.about(young).exists()


def test_twice_is_once() -> None:
    digest()
    assert [empty_old(by="test", now=NOW), empty_old(by="test", now=NOW)] == [1, 0]
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "fields"),
    [
        ("received", {}),
        ("mailing", {}),
        ("failed", {"mail_failure": "x", "mail_next_at": NOW}),
    ],
)
def test_what_has_still_to_go_keeps_its_text(state: str, fields: dict[str, Any]) -> None:
    digest(mail_state=state, **fields)
    assert empty_old(by="test", now=NOW) == 0
    assert texts() == ["Jo is late"]


@pytest.mark.parametrize("state", ["given_up", "uncertain", "dropped"])
def test_what_ended_otherwise_is_emptied_too(state: str) -> None:
    digest(mail_state=state)
    empty_old(by="test", now=NOW)
    assert texts() == [""]


def test_the_programme_says_for_how_long() -> None:
    make_programme().__class__.objects.update(mail_kept_months=24)
    digest()
    assert (empty_old(by="test", now=NOW), texts()) == (0, ["Jo is late"])


def test_what_servers_said_goes_with_it() -> None:
    old = make_mail_report(received_at=OLD, diagnostic="550 jo@example.org")
    young = make_mail_report(received_at=NOW, diagnostic="550 ann@example.org")
    empty_old(by="test", now=NOW)
    said = dict(MailReport.objects.values_list("pk", "diagnostic"))
    assert said == {old.pk: "", young.pk: "550 ann@example.org"}


def test_many_are_emptied_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    for _ in range(5):
        digest()
    assert empty_old(by="test", now=NOW) == 5
    assert (texts(), Change.objects.count()) == ([""] * 5, 5)


def test_the_beat_does_it() -> None:
    digest(noon(date(2015, 1, 1)))
    empty_old_mails()
    assert texts() == [""]
    assert not Reply.objects.exists()
