"""What a visitor reads of a declaration: the promise, who signed and who did not, and the plans that should follow."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from signatories.models import Declaration
from signatories.models.organisation import OrganisationType
from tests import factories as make
from tests.concordat.pages.conftest import Told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_20_may_2026")]
DECLARED = date(2025, 1, 10)


def declared(**fields: object) -> Declaration:
    partnership = make.make_partnership(name="North partnership")
    return make.make_declaration(
        **({"partnership": partnership, "title": "A promise", "published_on": DECLARED} | fields)
    )


def page_of(declaration: Declaration, on: str = "") -> str:
    return f"/declarations/{declaration.pk}/{f'?on={on}' if on else ''}"


def test_what_it_promises_for_which_areas_and_where_it_is_published(told: Told) -> None:
    one = declared(
        summary="We help at the first door.",
        made_on=date(2025, 1, 8),
        published_precision="by",
        source="https://example.org/declaration",
        areas=[make.make_area(name="Northshire")],
    )
    make.cover(one, make.make_area(name="Southshire"), part="the coast")
    page = told(page_of(one))
    assert "A promise" in page
    assert "This declaration is in force on 20 May 2026." in page
    assert "We help at the first door." in page
    assert "Date on the declaration 8 January 2025" in page
    assert "Published By 10 January 2025; the exact day is not recorded" in page
    assert "Northshire (the whole area) Southshire (a part of it: the coast)" in page
    assert "Source: example.org/declaration" in page
    assert "Partnership North partnership" in page


class TestNeverPublished:
    @pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
    def test_it_has_no_page(self, client: Client, state: str) -> None:
        one = declared(published_on=None, state=state, title="Secret")
        response = client.get(page_of(one))
        assert response.status_code == 404
        assert b"Secret" not in response.content

    def test_nor_has_one_whose_day_is_still_to_come(self, client: Client, told: Told) -> None:
        one = declared(published_on=date(2026, 5, 21))
        assert client.get(page_of(one)).status_code == 404
        assert "in force" in told(page_of(one, "2026-05-21"))


def test_before_its_publication_the_page_says_when_it_was(client: Client, told: Told) -> None:
    one = declared(summary="We help.")
    page = told(page_of(one, "2025-01-09"))
    assert "was not yet published on 9 January 2025. It was published on 10 January 2025. See it on that day" in page
    assert "We help." not in page
    assert f'href="/declarations/{one.pk}/?on=2025-01-10"'.encode() in client.get(page_of(one, "2025-01-09")).content


class TestWhatBecameOfIt:
    def test_replaced(self, told: Told) -> None:
        one = declared(superseded_on=date(2026, 1, 2), areas=[area := make.make_area(name="Northshire")])
        one.coverage.update(until_on=date(2026, 1, 2))
        other = declared(published_on=date(2026, 1, 2), title="A better promise", supersedes=one, areas=[area])
        page = told(page_of(one))
        assert "no longer in force. Replaced on 2 January 2026. See A better promise" in page
        assert "Northshire" in page, "the areas it was for while it was in force"
        assert "Takes the place of A promise" in told(page_of(other))
        assert "in force on 1 January 2026" in told(page_of(one, "2026-01-01"))

    def test_withdrawn_with_its_reason(self, told: Told) -> None:
        one = declared(withdrawn_on=date(2026, 1, 2), withdrawn_reason="The council left")
        assert "no longer in force. Withdrawn on 2 January 2026. Reason: The council left" in told(page_of(one))

    def test_a_draft_that_is_to_replace_it_is_not_told(self, told: Told) -> None:
        one = declared()
        declared(published_on=None, title="Secret", supersedes=one)
        assert "Secret" not in told(page_of(one))


class TestSignatures:
    def test_who_signed_with_role_type_and_day_and_never_a_person(self, told: Told) -> None:
        one = declared()
        trust = make.make_organisation(name="New Trust", type=OrganisationType.MENTAL_HEALTH_TRUST)
        make.make_signature(
            declaration=one,
            organisation=trust,
            name_as_signed="Old Trust",
            signer_role="Chief executive",
            signed_on=date(2025, 1, 5),
        )
        page = told(page_of(one))
        assert "1 signature is recorded here." in page
        assert "Old Trust (now New Trust), as mental health NHS trust. Chief executive, 5 January 2025." in page

    def test_supporters_and_those_who_withdrew_stand_apart(self, told: Told) -> None:
        one = declared()
        make.make_signature(declaration=one, organisation=make.make_organisation(name="A charity"), kind="supporter")
        make.make_signature(
            declaration=one,
            organisation=make.make_organisation(name="Leavers"),
            withdrawn_on=date(2026, 2, 1),
            withdrawn_reason="No money",
        )
        page = told(page_of(one))
        assert "Supporters They back the declaration, without a duty of their own. A charity" in page
        assert "Signed once, and withdrawn Leavers" in page
        assert "Withdrawn on 1 February 2026." in page

    def test_one_signed_after_the_day_is_not_told(self, told: Told) -> None:
        one = declared()
        make.make_signature(
            declaration=one, organisation=make.make_organisation(name="Latecomer"), signed_on=date(2026, 3, 1)
        )
        assert "Latecomer" not in told(page_of(one, "2026-02-28"))
        assert "Latecomer" in told(page_of(one))

    def test_who_has_not_signed_by_type(self, told: Told) -> None:
        make.the_programme().__class__.objects.update(core_signatory_types=["police", "ambulance_trust"])
        one = declared()
        make.make_signature(declaration=one, organisation=make.make_organisation(type=OrganisationType.POLICE))
        assert (
            "Who has not signed These kinds of body should sign too. No signature of them is in force: ambulance"
            in (told(page_of(one)))
        )

    def test_where_no_signature_is_recorded_nobody_is_missing(self, told: Told) -> None:
        make.the_programme().__class__.objects.update(core_signatory_types=["police", "ambulance_trust"])
        page = told(page_of(declared()))
        assert "Who signed is not recorded, so nobody can be called missing." in page
        assert "ambulance" not in page


def test_the_plans_that_it_expects_and_which_of_them_exist(told: Told) -> None:
    one = declared()
    north, south = make.make_area(name="Northshire"), make.make_area(name="Southshire")
    expected = make.make_expectation(declaration=one, label="North plan", areas=[south, north])
    make.make_expectation(declaration=one, label="South plan", areas=[south])
    drafted = make.make_expectation(declaration=one, label="West plan", areas=[south])
    plan = make.make_plan(partnership=one.partnership, title="Plan of the north", fulfils=expected)
    make.make_version(plan=plan, published_on=date(2025, 5, 1))
    make.make_version(plan=make.make_plan(title="Secret", fulfils=drafted))
    page = told(page_of(one))
    assert "North plan, for Northshire, Southshire Published: Plan of the north." in page
    assert "South plan, for Southshire No published plan is recorded." in page
    assert "Secret" not in page
    assert "Plan of the north" not in told(page_of(one, "2025-04-30"))


@pytest.mark.parametrize("size", [1, 20])
def test_as_many_queries_whatever_there_is_to_tell(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    one = declared(areas=[make.make_area() for _ in range(size)])
    for _ in range(size):
        make.make_signature(declaration=one)
        expected = make.make_expectation(declaration=one, areas=[make.make_area()])
        plan = make.make_plan(partnership=one.partnership, fulfils=expected)
        make.make_version(plan=plan, published_on=DECLARED)
        declared(published_on=date(2025, 6, 1), supersedes=one)
    with django_assert_num_queries(13):
        assert client.get(page_of(one)).content.count(b"<li") > 3 * size


@pytest.mark.parametrize("pk", ["0", "007", "-1", "x", "9" * 18, "9" * 400])
def test_what_is_no_declaration_is_not_found(client: Client, pk: str) -> None:
    assert client.get(f"/declarations/{pk}/").status_code == 404
