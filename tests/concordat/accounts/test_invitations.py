"""The page behind the link of an invitation, up to the first page of the workspace."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from concordat.kernel.models import Change
from concordat.tasks import mail_invitation
from signatories.models import Invitation, Membership, Person, SignIn
from signatories.services.invitations import token_of
from tests.admin_pages import Page, open_page
from tests.factories import make_invitation, make_partnership, make_person
from tests.sign_in import PASSWORD, make_account, signed_in

pytestmark = pytest.mark.django_db


def invitation(**fields: Any) -> Invitation:
    """An invitation of today to chair a partnership."""
    now = timezone.now()
    given = {"role": "chair", "email": "jo@example.org", "invited_at": now, "expires_at": now + timedelta(days=14)}
    return make_invitation(invited_by=make_person(name="Ada Ask", is_superuser=True), **(given | fields))


def url(row: Invitation) -> str:
    return f"/invitations/{token_of(row)}/"


def test_the_link_of_the_mail_makes_an_account_and_leads_into_the_workspace(settings: Any, client: Client) -> None:
    settings.SITE_URL = "http://testserver"
    row = invitation(name="Jo Smith", partnership=make_partnership(name="Northshire partnership"))
    mail_invitation(row.pk)
    found = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    assert found
    page = open_page(client, found[1])
    assert "Ada Ask asks you to be: Chair, Northshire partnership" in page.words
    assert page.values["name"] == ["Jo Smith"]
    done = client.post(found[1], {"name": "Jo Smith", "password": PASSWORD})
    assert done.headers["Location"] == "/workspace/"
    account = open_page(client, "/workspace/account/").words
    assert "Signed in as Jo Smith" in account
    assert "Chair, Northshire partnership" in account
    assert list(SignIn.objects.values_list("how", flat=True)) == ["invitation"]
    assert Client().post("/accounts/login/", {"login": "Jo@example.org", "password": PASSWORD}).status_code == 302


def test_opening_it_changes_nothing(client: Client) -> None:
    row = invitation()
    for _ in range(3):
        assert client.get(url(row)).status_code == 200
    assert (Person.objects.count(), Membership.objects.count(), Change.objects.count()) == (1, 0, 0)
    assert "no-store" in client.get(url(row))["Cache-Control"]


def test_a_coordinator_sets_a_second_factor_up_next(client: Client) -> None:
    row = invitation(role="coordinator")
    client.post(url(row), {"name": " Jo   Smith ", "password": ""})
    assert Person.objects.get(email="jo@example.org").name == "Jo Smith"
    led = client.get("/workspace/people/", follow=True)
    assert led.redirect_chain == [("/accounts/second-factor/", 302)]
    assert client.get("/accounts/second-factor/app/add/").status_code == 200


def test_an_account_that_is_there_is_not_opened_by_the_link(client: Client) -> None:
    person = make_account(email="jo@example.org", second_factor=True)
    row = invitation()
    page = open_page(client, url(row))
    assert "You have an account with the address jo@example.org already" in page.words
    assert "name" not in page.values
    done = client.post(url(row), follow=True)
    assert done.redirect_chain == [("/accounts/login/?next=%2Fworkspace%2F", 302)]
    assert "You have the new role. Sign in to use it." in Page(done).words
    assert "_auth_user_id" not in client.session
    assert Membership.objects.get(person=person).role == "chair"


def test_who_is_signed_in_stays_so() -> None:
    browser = signed_in(make_account(email="jo@example.org"))
    assert "You have a new role" in Page(browser.post(url(invitation()))).words


def test_somebody_else_who_is_signed_in_is_signed_out_first() -> None:
    browser = signed_in(make_account(email="ada@example.org"))
    browser.post(url(invitation()), {"name": "Jo"})
    assert browser.session["_auth_user_id"] == str(Person.objects.get(email="jo@example.org").pk)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": ""}, "Fill in “Your name”."),
        ({"name": "x" * 121}, "This has 121 characters. Make it 120 or fewer."),
        ({"name": "Jo\x07"}, "This has characters that cannot be shown."),
        ({"name": "Jo \u202etwo"}, "This has marks that turn the direction of the text."),
        ({"name": "Jo", "password": "short"}, "too short"),
        ({"name": "Jo", "password": "password1234"}, "too common"),
        ({"name": "Jo", "password": "jo@example.org"}, "too similar"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_happens(client: Client, given: dict[str, str], sentence: str) -> None:
    row = invitation()
    response = client.post(url(row), given)
    assert response.status_code == 400
    assert sentence in Page(response).words
    assert not Person.objects.filter(email="jo@example.org").exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"revoked_at": timezone.now()}, "This invitation was taken back."),
        ({"accepted_at": timezone.now()}, "This invitation has been used."),
        (
            {
                "invited_at": timezone.now() - timedelta(days=20),
                "expires_at": timezone.now() - timedelta(days=6),
            },
            "This invitation has run out.",
        ),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_does_not_open_says_why_and_who_to_ask(
    client: Client, fields: dict[str, Any], sentence: str, method: str
) -> None:
    response = getattr(client, method)(url(invitation(**fields)), {"name": "Jo"})
    assert response.status_code == 410
    assert sentence in Page(response).words
    assert "ask Ada Ask , who sent it" in Page(response).words
    assert not Membership.objects.exists()


@pytest.mark.parametrize("token", ["x", "a:b:c", "%3Cscript%3E"])
def test_a_broken_link_says_so_and_names_nobody(client: Client, token: str) -> None:
    response = client.get(f"/invitations/{token}/")
    assert response.status_code == 410
    assert "This link is not whole." in Page(response).words
    assert "ask whoever invited you" in Page(response).words
