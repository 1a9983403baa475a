"""The admin pages of people: no password is seen, and nobody gains rights or loses their own."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from concordat.kernel.models import Change
from signatories.models import Person
from signatories.outbox.links import token_of
from tests import factories as make
from tests.admin_pages import address, administrator, edit, open_page, row_address, send, signed_in
from tests.sign_in import PASSWORD, make_account


@pytest.fixture
def ada(db: None) -> Person:
    return administrator(name="Ada Administrator")


@pytest.fixture
def browser(ada: Person) -> Client:
    return signed_in(ada)


@pytest.fixture
def helper(db: None) -> Client:
    """Signed in as somebody who may edit people, and has no other rights."""
    person = make.make_person(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=["view_person", "change_person"]))
    return signed_in(person)


def test_no_password_is_shown_or_set(browser: Client) -> None:
    person = make.make_person(password="pbkdf2_sha256$1$salt$secrethash")
    make.make_change(
        subject_type="signatories.person", subject_id=person.pk, fields={"password": ["", person.password]}
    )
    change = Change.objects.get()
    for url in (row_address(person), row_address(person, "history"), row_address(change), address(Person)):
        assert "secrethash" not in browser.get(url).content.decode()
    assert edit(browser, person, name="New", password="other") is None
    person.refresh_from_db()
    assert person.password == "pbkdf2_sha256$1$salt$secrethash"


def test_somebody_new_cannot_sign_in_before_an_invitation(browser: Client) -> None:
    url = address(Person, "add")
    assert send(browser, url, open_page(browser, url), name="Jo Smith", email="Jo@Example.ORG") is None
    jo = Person.objects.get(name="Jo Smith")
    assert (jo.email, jo.has_usable_password()) == ("jo@example.org", False)
    assert Change.objects.about(jo).get().verb == "created"


def test_somebody_quoted_needs_no_address(browser: Client) -> None:
    url = address(Person, "add")
    for name in ("Jo Smith", "Jo Miller"):
        assert send(browser, url, open_page(browser, url), name=name) is None
    assert [person.email for person in Person.objects.filter(name__startswith="Jo")] == [None, None]


def test_an_administrator_needs_an_address(browser: Client) -> None:
    page = edit(browser, make.make_person(email=None), is_staff="on")
    assert page is not None
    assert page.errors["email"] == "A national administrator needs an address to sign in."


@pytest.mark.parametrize("right", ["is_active", "is_staff", "is_superuser"])
def test_nobody_locks_themselves_out(browser: Client, ada: Person, right: str) -> None:
    page = edit(browser, ada, **{right: None})
    assert page is not None
    assert page.errors[right] == "You cannot take this from yourself. Ask another national administrator."
    other = administrator()
    assert edit(browser, other, **{right: None}) is None
    assert Change.objects.about(other).get().fields == {right: [True, False]}


def test_one_may_change_ones_own_name(browser: Client, ada: Person) -> None:
    assert edit(browser, ada, name="Ada Lovelace") is None


def test_somebody_without_all_rights_gives_none(helper: Client) -> None:
    person = make.make_person()
    assert edit(helper, person, is_staff="on", is_superuser="on", name="New") is None
    person.refresh_from_db()
    assert (person.name, person.is_staff, person.is_superuser) == ("New", False, False)


def test_somebody_without_all_rights_does_not_change_somebody_with_them(helper: Client, ada: Person) -> None:
    page = open_page(helper, row_address(ada))
    assert "_save" not in page.buttons
    response = helper.post(row_address(ada), {"name": ada.name, "email": "mine@example.org", "why": "Mine"})
    assert response.status_code == 403
    ada.refresh_from_db()
    assert ada.email != "mine@example.org"


def test_people_without_an_account_are_told_apart(browser: Client) -> None:
    quoted, other = make.make_person(email=None), make.make_person()
    listed = browser.get(address(Person), {"email__isempty": "1"}).context["cl"].result_list
    assert quoted in listed
    assert other not in listed


def test_a_new_address_is_the_only_one_that_opens_the_account(browser: Client) -> None:
    person = make_account(email="old@example.org")
    assert edit(browser, person, email="New@Example.org") is None
    outcomes = [
        Client().post("/accounts/login/", {"login": email, "password": PASSWORD}).status_code
        for email in ("old@example.org", "new@example.org")
    ]
    assert outcomes == [200, 302]


@pytest.mark.parametrize(
    "changed",
    [{"email": "right@example.org"}, {"email": ""}, {"is_active": None}],
    ids=["another address", "no address", "closed"],
)
def test_a_wrong_address_that_is_mended_leaves_the_old_mailbox_nothing(
    browser: Client, changed: dict[str, str | None]
) -> None:
    person = make_account(email="wrong@example.org")
    inside = listed(signed_in(person), person)
    link = make.make_link(message=make.make_message(recipient=person), expires_at=timezone.now() + timedelta(days=9))
    mailed = f"/u/{token_of(link)}/"
    assert (inside.get("/workspace/account/").status_code, Client().get(mailed).status_code) == (200, 200)
    assert edit(browser, person, name="New") is None
    assert Client().get(mailed).status_code == 200
    assert edit(browser, person, **changed) is None
    assert Client().get(mailed).status_code == 410
    assert "/login" in inside.get("/workspace/account/").headers["Location"]
    assert [row.verb for row in Change.objects.about(link)] == ["taken back"]


def listed(client: Client, person: Person) -> Client:
    """That browser among those in which the person is signed in, as the sign-in page puts it there."""
    UserSession.objects.create(user=person, session_key=client.session.session_key, ip="192.0.2.1", user_agent="x")
    return client


def test_who_mends_their_own_address_stays_signed_in_here_alone(browser: Client, ada: Person) -> None:
    elsewhere = listed(signed_in(ada), ada)
    listed(browser, ada)
    assert elsewhere.get(address(Person)).status_code == 200
    assert edit(browser, ada, email="ada@new.example.org") is None
    assert browser.get(address(Person)).status_code == 200
    assert "/login" in elsewhere.get(address(Person)).headers["Location"]
