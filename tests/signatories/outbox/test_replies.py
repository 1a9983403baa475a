"""Answers at once to what somebody handed in: what they say, to whom, and that they go once."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core import mail as outbox

from actionplans.services.reports import return_report
from concordat.tasks import mail_replies, mail_reply
from signatories.models import Reply
from signatories.outbox.replies import mail
from signatories.services import mailing, review
from signatories.services.declarations import publish
from tests.factories import DAY, make_action, make_declaration, make_person, make_reply, make_update

pytestmark = pytest.mark.django_db

# A Saturday: what somebody did is answered at once.
NOW = datetime(2026, 6, 6, 20, 0, tzinfo=UTC)


def test_who_wrote_a_report_is_told_that_it_came_back_and_why() -> None:
    olive, cora = make_person(name="Olive", email="olive@example.org"), make_person(name="Cora")
    action = make_action(reference="A1.1", text="Open a crisis café")
    report = make_update(action=action, state="submitted", author=olive)
    return_report(report, version=report.version, comment="Say which town.", by=cora)
    row = Reply.objects.get()
    mail(row.pk, by="test", now=NOW)
    mail(row.pk, by="test", now=NOW)
    (letter,) = outbox.outbox
    assert (letter.to, letter.subject) == (["olive@example.org"], "Your report came back: A1.1 Open a crisis café")
    assert "The coordinator asks: Say which town." in letter.body
    assert f"/workspace/actions/{action.pk}/" in letter.body
    assert "Cora" not in letter.body


def test_an_action_of_several_lines_stands_in_a_subject_of_one() -> None:
    action = make_action(text="Open a crisis café:\n- evenings\r\nBcc: everybody@example.org")
    report = make_update(action=action, state="submitted", author=make_person(email="olive@example.org"))
    return_report(report, version=report.version, comment="Say which town.", by=make_person())
    mail(Reply.objects.get().pk, by="test", now=NOW)
    (letter,) = outbox.outbox
    assert letter.subject == "Your report came back: Open a crisis café: - evenings Bcc: everybody@example.org"
    assert letter.message()["Bcc"] is None


def test_who_submitted_is_told_that_it_is_returned_or_published() -> None:
    cora, ada = make_person(name="Cora"), make_person(is_superuser=True)
    returned = make_declaration(state="submitted", submitted_by=cora, title="North")
    review.return_with_comment(returned, seen=returned.version, comment="Who signed?", by=ada)
    published = make_declaration(state="submitted", submitted_by=cora, title="South")
    publish(published, on=DAY, precision="day", by=ada, seen=published.version)
    told = list(Reply.objects.order_by("id"))
    assert [(row.recipient, row.subject) for row in told] == [
        (cora, "Returned with comments: North"),
        (cora, "Published: South"),
    ]
    assert "The national reviewer asks: Who signed?" in told[0].text
    assert f"/declarations/{published.pk}/" in told[1].text


def test_nobody_is_told_of_what_they_did_themselves_nor_who_left_nor_of_history() -> None:
    ada, gone = make_person(is_superuser=True), make_person(is_active=False)
    for person in (ada, gone, None):
        document = make_declaration(state="submitted", submitted_by=person)
        publish(document, on=DAY, precision="day", by=ada, seen=document.version)
    publish(make_declaration(submitted_by=make_person()), on=date(2014, 12, 31), precision="day", by="load_history")
    assert not Reply.objects.exists()


def test_a_return_that_fails_tells_nobody() -> None:
    report = make_update(state="submitted", author=make_person())
    make_update(action=report.action, state="returned", author=report.author)
    with pytest.raises(Exception, match="in hand already"):
        return_report(report, version=report.version, comment="Say more.", by=make_person())
    assert not Reply.objects.exists()


@pytest.mark.parametrize("left", [{"is_active": False}, {"email": None}])
def test_who_has_left_meanwhile_is_not_written_to(left: dict[str, Any]) -> None:
    row = make_reply(recipient=make_person(**left))
    mail(row.pk, by="test", now=NOW)
    row.refresh_from_db()
    assert (row.mail_state, outbox.outbox) == ("dropped", [])


def test_what_is_refused_for_good_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise mailing.RefusedForGoodError("The mail server refused it: SMTPRecipientsRefused")

    monkeypatch.setattr(mailing, "send", refuse)
    row = make_reply()
    mail(row.pk, by="test", now=NOW)
    row.refresh_from_db()
    assert (row.mail_state, row.mail_failure) == ("given_up", "The mail server refused it: SMTPRecipientsRefused")


def test_the_sweep_picks_up_what_was_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(mail_reply, "delay", asked.append)
    waiting = make_reply()
    make_reply(mail_state="mailed")
    make_reply(mail_state="given_up")
    mail_replies()
    assert asked == [waiting.pk]
