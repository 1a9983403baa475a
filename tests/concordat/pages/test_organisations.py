"""What a visitor reads of an organisation and of a board."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from signatories.models import Board, Organisation
from tests import factories as make
from tests.concordat.pages.conftest import Told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_20_may_2026")]
PAGE = "/organisations/trust/"
PLANNED = date(2025, 3, 20)


@pytest.fixture
def trust() -> Organisation:
    make.the_programme()
    return make.make_organisation(name="Northern Trust", slug="trust", type="mental_health_trust")


def led_by(trust: Organisation, partnership: str = "North", **fields: object) -> make.what.Action:
    """An action in a version in force that the organisation leads."""
    plan = make.make_plan(partnership=make.make_partnership(name=partnership))
    action = make.make_action(plan=plan, lead=trust, **fields)
    make.make_in_version(version=make.make_version(plan=plan, published_on=PLANNED), action=action)
    return action


def test_its_names_published_contacts_and_codes(trust: Organisation, told: Told) -> None:
    contacts = {"public_phone": "01707 1", "public_email": "hello@example.org", "public_address": "1 High Street"}
    Organisation.objects.filter(pk=trust.pk).update(
        website="https://www.example.org/", social_media="@trust", source="Its own site", **contacts
    )
    make.make_organisation_name(organisation=trust, name="NT")
    make.make_organisation_name(organisation=trust, name="Old Trust", until_on=date(2020, 4, 1))
    make.make_organisation_name(organisation=trust, name="Later name", from_on=date(2026, 6, 1))
    make.make_identifier(organisation=trust, scheme="ods", value="RWR")
    page = told(PAGE)
    assert "Mental health NHS trust Northern Trust" in page
    assert "NT Old Trust (until 31 March 2020)" in page
    assert "Later name" not in page
    assert "Telephone 01707 1 Email hello@example.org Address 1 High Street Website example.org" in page
    assert "Social media @trust NHS Organisation Data Service RWR" in page
    assert "Source: Its own site" in page


def test_one_that_has_ended_says_so(trust: Organisation, told: Told) -> None:
    Organisation.objects.filter(pk=trust.pk).update(until_on=date(2022, 7, 1))
    assert "This organisation has ended. Its last day was 30 June 2022." in told(PAGE)


class TestSigned:
    def test_what_it_signed_and_withdrew(self, trust: Organisation, told: Told) -> None:
        declaration = make.make_declaration(title="A promise", published_on=PLANNED)
        make.make_signature(
            declaration=declaration,
            organisation=trust,
            name_as_signed="Old Trust",
            signer_role="Chair",
            signed_on=PLANNED,
            withdrawn_on=date(2026, 1, 2),
            withdrawn_reason="No money",
        )
        page = told(PAGE)
        assert "Signatory, as mental health NHS trust, under the name Old Trust. Signed by its Chair." in page
        assert "Signed on 20 March 2025. Withdrawn on 2 January 2026: No money" in page
        assert "Withdrawn" not in told(f"{PAGE}?on=2026-01-01")
        assert "A promise" not in told(f"{PAGE}?on=2025-03-19")

    @pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
    def test_a_declaration_that_is_not_published_is_not_told(self, trust: Organisation, told: Told, state: str) -> None:
        declaration = make.make_declaration(title="Secret", state=state)
        make.make_signature(declaration=declaration, organisation=trust)
        assert "Secret" not in told(PAGE)


class TestLeads:
    def test_by_partnership_with_state_and_its_part(self, trust: Organisation, told: Told) -> None:
        led_by(trust, "South", text="Train staff")
        late = led_by(trust, "North", text="Open a cafe", due_on=date(2026, 1, 30))
        make.make_update(action=late, reported_on=date(2026, 1, 1), confidence="on_track")
        page = told(PAGE)
        assert "2 actions in plans in force on 20 May 2026." in page
        assert "North Open a cafe In progress Overdue Due by 30 January 2026. It is the lead." in page
        assert "Owner says on track; due date passed 30 January 2026." in page
        assert page.index("Open a cafe") < page.index("Train staff")

    def test_only_of_versions_in_force_and_while_it_leads(self, trust: Organisation, told: Told) -> None:
        led_by(trust, text="Now")
        make.make_in_version(action=make.make_action(text="In a draft", lead=trust))
        left = led_by(trust, text="Handed over")
        left.leads.update(until_on=date(2026, 1, 1))
        page = told(PAGE)
        assert "Now" in page
        assert "In a draft" not in page
        assert "Handed over" not in page
        assert "Handed over" in told(f"{PAGE}?on=2025-12-31")

    def test_fifty_on_a_page(self, trust: Organisation, client: Client, told: Told) -> None:
        for number in range(51):
            led_by(trust, text=f"Thing {number:02}", partnership=f"Partnership {number:02}")
        first, second = told(PAGE), told(f"{PAGE}?page=2")
        assert "51 actions in plans in force on 20 May 2026. These are 1 to 50." in first
        assert "Thing 49" in first
        assert "Thing 50" not in first
        assert "Next 50" in first
        assert "These are 51 to 51." in second
        assert "Thing 50" in second
        assert "Previous 50" in second
        assert b'href="/organisations/trust/?page=2#actions"' in client.get(PAGE).content

    @pytest.mark.parametrize("number", ["0", "-1", "2", "abc", "1.5", "%00", "9" * 30, "9" * 5000])
    def test_a_page_that_there_is_not_is_not_found(self, trust: Organisation, client: Client, number: str) -> None:
        assert client.get(f"{PAGE}?page={number}").status_code == 404


@pytest.mark.parametrize("number", ["01", "0001", "+1", "1_0", " 1", "١", "１", "1.0"])
def test_a_page_has_one_way_to_write_its_number(trust: Organisation, client: Client, number: str) -> None:
    assert client.get(PAGE, {"page": "1"}).status_code == 200
    assert client.get(PAGE, {"page": number}).status_code == 404


def test_partnerships_boards_and_statements(trust: Organisation, told: Told) -> None:
    make.make_member(partnership=make.make_partnership(name="North"), organisation=trust, name_as_written="The trust")
    chair = make.make_person(name="Jo Smith")
    make.make_chair(board=make.make_board(name="Health Board"), organisation=trust, role="Chief nurse", person=chair)
    make.make_statement(organisation=trust, role="Director", person=make.make_person(name="Ann Lee"))
    page = told(PAGE)
    assert "Partnerships it takes part in North (as The trust)" in page
    assert "Boards it chairs Health Board, by its Chief nurse" in page
    assert "We work together. Ann Lee, Director" in page
    assert "Jo Smith" not in page


@pytest.mark.parametrize("size", [1, 20])
def test_as_many_queries_whatever_there_is_to_tell(
    trust: Organisation, client: Client, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    for number in range(size):
        led_by(trust)
        make.make_organisation_name(organisation=trust)
        make.make_identifier(organisation=trust, value=f"X{number}")
        make.make_signature(declaration=make.make_declaration(published_on=PLANNED), organisation=trust)
        make.make_member(organisation=trust)
        make.make_chair(organisation=trust)
        make.make_statement(organisation=trust)
    with django_assert_num_queries(13):
        assert client.get(PAGE).content.count(b"<li") > 4 * size


class TestBoard:
    @pytest.fixture
    def board(self) -> Board:
        make.the_programme()
        return make.make_board(name="Northshire Board", slug="north", kind="community_safety")

    def test_its_kind_chairs_partnerships_and_areas(self, board: Board, told: Told) -> None:
        partnership = make.make_partnership(name="North", areas=[make.make_area(name="Northshire")])
        make.make_oversight(board=board, partnership=partnership)
        make.make_oversight(board=board, partnership=make.make_partnership(name="Gone"), until_on=date(2024, 1, 1))
        office = make.make_organisation(name="Police and Crime Commissioner")
        make.make_chair(board=board, role="Commissioner", organisation=office, person=make.make_person(name="Jo Smith"))
        make.make_chair(board=board, role="Former chair", until_on=date(2024, 1, 1))
        page = told("/boards/north/")
        assert "Community Safety Board Northshire Board" in page
        assert "Who chairs it Commissioner, Police and Crime Commissioner" in page
        assert "Partnerships it oversees North Areas that these work for Northshire (the whole area)" in page
        assert not any(word in page for word in ("Gone", "Former chair", "Jo Smith"))

    @pytest.mark.parametrize("size", [1, 20])
    def test_as_many_queries_whatever_it_oversees(
        self, board: Board, client: Client, django_assert_num_queries: DjangoAssertNumQueries, size: int
    ) -> None:
        for _ in range(size):
            make.make_oversight(board=board, partnership=make.make_partnership(areas=[make.make_area()]))
            make.make_chair(board=board, organisation=make.make_organisation())
        with django_assert_num_queries(6):
            assert client.get("/boards/north/").content.count(b"<li") > 3 * size
