"""Addresses that take no mails: stopped once, mended by another address or by a word, each with its trace."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from concordat.kernel.models import Change
from signatories.models import MailStop, Message, Notice, Person
from signatories.services import addresses
from signatories.services.errors import NotAllowedError
from tests.factories import DAY, make_link, make_mail_report, make_message, make_notice, make_person, noon
from tests.sign_in import PASSWORD, make_account

pytestmark = pytest.mark.django_db
NOW = noon(DAY)


@pytest.fixture
def ada() -> Person:
    return make_person(name="Ada", is_superuser=True)


@pytest.fixture
def olive() -> Person:
    person = make_account(name="Olive", email="olive@example.org")
    addresses.stop(person, MailStop.BOUNCED, by="test", on=DAY, why="It came back.")
    return person


def told(person: Person) -> list[tuple[str, dict[str, Any]]]:
    return [(change.verb, change.fields) for change in Change.objects.about(person)]


class TestStopping:
    def test_once_and_the_record_names_no_address(self, olive: Person) -> None:
        assert not addresses.stop(olive, MailStop.COMPLAINED, by="test", on=DAY, why="Again")
        assert (olive.mail_stopped_on, olive.mail_stopped_why) == (DAY, "bounced")
        assert told(olive) == [
            ("mails stopped", {"mail_stopped_on": [None, "2015-04-01"], "mail_stopped_why": ["", "bounced"]})
        ]


class TestWritingAgain:
    def test_once_with_its_trace(self, olive: Person, ada: Person) -> None:
        addresses.write_again(olive, by=ada)
        assert (olive.mail_stopped_on, olive.is_reachable) == (None, True)
        assert told(olive)[1] == (
            "mails again",
            {"mail_stopped_on": ["2015-04-01", None], "mail_stopped_why": ["bounced", ""]},
        )
        with pytest.raises(NotAllowedError, match="not stopped"):
            addresses.write_again(olive, by=ada)

    def test_what_came_back_waits_once_more_and_what_arrived_does_not(self, olive: Person, ada: Person) -> None:
        back, arrived, refused = (
            make_message(recipient=olive, day=DAY.replace(day=number), mail_state=state)
            for number, state in ((1, "given_up"), (8, "mailed"), (15, "given_up"))
        )
        make_mail_report(of=back, person=olive)
        make_mail_report(of=arrived, person=olive, kind="soft")
        for message in (back, arrived, refused):
            make_notice(recipient=olive, message=message)
        addresses.write_again(olive, by=ada)
        assert [row.message for row in Notice.objects.order_by("pk")] == [None, arrived, refused]
        assert Message.objects.count() == 3


class TestAnotherAddress:
    def test_mails_go_there_and_the_person_signs_in_with_it_alone(self, olive: Person, ada: Person) -> None:
        browser = Client()
        browser.post("/accounts/login/", {"login": "olive@example.org", "password": PASSWORD})
        assert browser.get("/workspace/account/").status_code == 200
        link = make_link(message=make_message(recipient=olive))
        addresses.change(olive, " Olive@New.example.org ", by=ada, now=NOW)
        olive.refresh_from_db()
        assert (olive.email, olive.is_reachable) == ("olive@new.example.org", True)
        assert [row.email for row in EmailAddress.objects.filter(user=olive)] == ["olive@new.example.org"]
        link.refresh_from_db()
        assert link.revoked_at == NOW
        assert "/login" in browser.get("/workspace/account/").headers["Location"]
        assert [verb for verb, _ in told(olive)] == ["mails stopped", "address changed", "mails again"]
        assert told(olive)[1][1] == {"email": ["olive@example.org", "olive@new.example.org"]}

    @pytest.mark.parametrize(
        ("email", "sentence"),
        [
            ("no address", "Give an email address"),
            ("", "Give an email address"),
            ("OLIVE@example.org", "This is the address that they have"),
            ("Ann@Example.org", "Another person has this address"),
        ],
    )
    def test_one_that_is_none_or_taken_is_refused(self, olive: Person, ada: Person, email: str, sentence: str) -> None:
        make_person(email="ann@example.org")
        with pytest.raises(NotAllowedError, match=sentence):
            addresses.change(olive, email, by=ada, now=NOW)
        olive.refresh_from_db()
        assert (olive.email, len(told(olive))) == ("olive@example.org", 1)

    def test_not_of_somebody_whose_mails_arrive(self, ada: Person) -> None:
        nora = make_person(email="nora@example.org")
        with pytest.raises(NotAllowedError, match="not stopped"):
            addresses.change(nora, "else@example.org", by=ada, now=NOW)
        nora.refresh_from_db()
        assert nora.email == "nora@example.org"
