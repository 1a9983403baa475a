"""The gate before every page of the workspace."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from concordat.accounts import typed
from concordat.accounts.gate import has_a_page
from concordat.accounts.gate import signed_in as gate
from concordat.kernel.dates import today
from signatories.access import Access
from tests import addresses
from tests.admin_pages import Page
from tests.factories import make_membership, make_person
from tests.sign_in import make_account, signed_in

URL = "/workspace/people/"

pytestmark = pytest.mark.django_db


def test_who_is_not_signed_in_comes_back_afterwards(client: Client) -> None:
    response = client.get(f"{URL}?q=Jo&page=2")
    assert response.headers["Location"] == "/accounts/login/?next=%2Fworkspace%2Fpeople%2F%3Fq%3DJo%26page%3D2"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("sent_from", "back"),
    [
        ("", "/workspace/"),
        ("http://testserver/workspace/actions/7/?page=2#form", "/workspace/actions/7/?page=2"),
        ("http://testserver/areas/", "/workspace/"),
        ("http://evil.example/workspace/people/", "/workspace/"),
        ("http://[", "/workspace/"),
    ],
)
def test_who_has_sent_something_comes_back_to_a_page_that_can_be_read(
    client: Client, sent_from: str, back: str
) -> None:
    there = client.post("/workspace/no-change/", headers={"referer": sent_from}).headers["Location"]
    assert parse_qs(urlsplit(there).query)["next"] == [back]
    browser = signed_in(make_account(is_superuser=True, second_factor=True), second_factor=False)
    there = browser.post("/workspace/no-change/", headers={"referer": sent_from}).headers["Location"]
    assert parse_qs(urlsplit(there).query)["next"] == [back]


@pytest.mark.parametrize("step", ["no-change/", "actions/7/take-back/", "people/invitations/7/send/"])
def test_the_way_back_leads_to_no_address_that_cannot_be_read(client: Client, step: str) -> None:
    headers = {"referer": f"http://testserver/workspace/{step}"}
    there = client.post(f"/workspace/{step}", {"who": typed.who(make_person())}, headers=headers).headers["Location"]
    assert parse_qs(urlsplit(there).query)["next"] == ["/workspace/"]


def test_every_step_that_cannot_be_read_is_known_as_one() -> None:
    browser = signed_in(make_account(is_superuser=True))
    for _, address in addresses.workspace():
        assert (browser.get(address).status_code == 405) is not has_a_page(address), address


def test_a_part_of_a_page_leads_to_sign_in_as_a_whole(client: Client) -> None:
    in_place = {"HX-Request": "true", "Referer": "http://testserver/workspace/"}
    answer = client.get("/workspace/actions/7/", headers=in_place)
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=%2Fworkspace%2F"
    browser = signed_in(make_account(is_superuser=True, second_factor=True), second_factor=False)
    answer = browser.get("/workspace/actions/7/", headers=in_place)
    assert answer.headers["HX-Redirect"] == "/accounts/second-factor/confirm/?next=%2Fworkspace%2F"


@pytest.mark.parametrize("role", ["coordinator", "national_reviewer"])
def test_these_roles_set_a_second_factor_up_first(role: str) -> None:
    person = make_account()
    make_membership(person=person, role=role)
    assert signed_in(person, second_factor=False).get(URL).headers["Location"] == "/accounts/second-factor/"


def test_a_national_administrator_does_too() -> None:
    browser = signed_in(make_account(is_superuser=True), second_factor=False)
    assert browser.get(URL).headers["Location"] == "/accounts/second-factor/"


def test_who_has_one_and_has_not_used_it_in_this_session_is_asked_for_it() -> None:
    browser = signed_in(make_account(is_superuser=True, second_factor=True), second_factor=False)
    assert browser.get(URL).headers["Location"] == "/accounts/second-factor/confirm/?next=%2Fworkspace%2Fpeople%2F"


@pytest.mark.parametrize("role", ["owner", "organisation_lead", "chair", "board_member"])
def test_other_roles_need_none(role: str) -> None:
    person = make_account()
    make_membership(person=person, role=role)
    assert signed_in(person, second_factor=False).get("/workspace/account/").status_code == 200


def test_who_has_no_role_is_told_so_and_can_sign_out() -> None:
    person = make_account()
    make_membership("owner", person=person, until_on=today())
    make_membership("owner", person=person, from_on=today() + timedelta(days=1))
    browser = signed_in(person, second_factor=False)
    response = browser.get(URL)
    assert response.status_code == 403
    assert "You have no role here at present" in Page(response).words
    assert "Sign out" in Page(response).words
    assert browser.get("/workspace/account/").status_code == 200


def test_whose_account_is_closed_is_out_at_once() -> None:
    person = make_membership("owner").person
    browser = signed_in(person)
    assert browser.get("/workspace/account/").status_code == 200
    person.is_active = False
    person.save()
    assert browser.get("/workspace/account/").headers["Location"].startswith("/accounts/login/")


def test_the_view_is_told_what_the_person_may_do(rf: RequestFactory) -> None:
    seen: list[Access] = []

    @gate
    def view(request: Any) -> HttpResponse:
        seen.append(request.access)
        return HttpResponse()

    membership = make_membership("owner")
    request = rf.get("/")
    request.user = membership.person
    request.session = {}  # type: ignore[assignment]
    view(request)
    assert seen[0].owns_in == {membership.organisation_id}


class TestAdministration:
    def test_leads_to_the_same_sign_in(self, client: Client) -> None:
        assert client.get("/admin/login/").headers["Location"] == "/accounts/login/?next=%2Fadmin%2F"
        asked = client.get("/admin/login/?next=/admin/signatories/person/").headers["Location"]
        assert asked == "/accounts/login/?next=%2Fadmin%2Fsignatories%2Fperson%2F"
        assert client.get("/admin/login/?next=//evil.example/").headers["Location"].endswith("=%2Fadmin%2F")

    def test_a_second_factor_is_needed(self) -> None:
        ada = make_account(is_staff=True, is_superuser=True)
        browser = signed_in(ada, second_factor=False)
        assert browser.get("/admin/", follow=True).redirect_chain[-1] == ("/accounts/second-factor/", 302)
        assert signed_in(ada).get("/admin/").status_code == 200
        assert signed_in(ada).get("/admin/login/?next=/admin/signatories/").headers["Location"] == "/admin/signatories/"

    def test_a_password_is_changed_where_everybody_changes_theirs(self) -> None:
        ada = signed_in(make_account(is_staff=True, is_superuser=True))
        assert ada.get("/admin/password_change/").headers["Location"] == "/accounts/password/change/"

    def test_who_may_not_enter_is_told_so(self) -> None:
        assert signed_in(make_person()).get("/admin/", follow=True).status_code == 403
