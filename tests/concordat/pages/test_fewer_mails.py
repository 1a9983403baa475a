"""The page behind “Get fewer reminders”."""

import pytest
from django.test import Client

from actionplans.chasing.digest import fewer_token
from signatories.models import ChasingOptOut
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_opening_it_changes_nothing_and_the_button_does_once() -> None:
    person, browser = make_person(), Client(enforce_csrf_checks=True)
    address = f"/fewer-mails/{fewer_token(person)}/"
    assert "Send me fewer reminders" in browser.get(address).content.decode()
    assert not ChasingOptOut.objects.exists()
    for _ in range(2):
        # As a mail program does it: no page before, no cookie (RFC 8058).
        page = browser.post(address, {"List-Unsubscribe": "One-Click"})
        assert "You get fewer reminders" in page.content.decode()
        for way_back in ('href="/workspace/reminders/#fewer"', "ask your coordinator", 'href="/contact/"'):
            assert way_back in page.content.decode()
    assert [row.person for row in ChasingOptOut.objects.all()] == [person]


@pytest.mark.parametrize("token", ["nonsense", "MQ:1xWLrr:uJ6KeubG1Jwv5ygRQ_6RPPog0NPf"])
def test_a_link_that_nobody_signed_does_nothing(token: str) -> None:
    page = Client().post(f"/fewer-mails/{token}/")
    assert page.status_code == 404
    assert "This link does not work" in page.content.decode()
    assert not ChasingOptOut.objects.exists()


def test_nor_does_that_of_somebody_who_left() -> None:
    person = make_person(is_active=False)
    assert Client().post(f"/fewer-mails/{fewer_token(person)}/").status_code == 404
    assert not ChasingOptOut.objects.exists()
