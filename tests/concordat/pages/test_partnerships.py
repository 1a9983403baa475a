"""What a visitor reads of a partnership: where it works, who takes part, what it declared and planned."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from concordat.pages.partnerships import plans_by
from concordat.picture import picture
from signatories.models import Partnership
from tests import factories as make
from tests.concordat.pages.conftest import Told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_20_may_2026")]
DECLARED, PLANNED = date(2025, 1, 10), date(2025, 3, 20)


def working(**fields: object) -> Partnership:
    return make.make_partnership(slug="north", name="North partnership", **fields)


def test_its_names_areas_and_boards(told: Told) -> None:
    north = working(also_known_as="The roundtable")
    make.cover(north, make.make_area(name="Northshire"), is_primary=True)
    make.cover(north, make.make_area(name="Southshire"), part="the coast")
    make.cover(north, make.make_area(name="Oldshire"), until_on=date(2023, 4, 1))
    make.make_oversight(partnership=north, board=make.make_board(name="Health Board"))
    make.make_oversight(partnership=north, board=make.make_board(name="Old Board"), until_on=date(2020, 1, 1))
    page = told("/partnerships/north/")
    assert "North partnership Also known as The roundtable." in page
    assert "Northshire (the whole area). Ask this partnership first about the area" in page
    assert "Southshire (a part of it: the coast)" in page
    assert "Where it worked before Oldshire, until 31 March 2023" in page
    assert "Who oversees it Health Board" in page
    assert "Old Board" not in page.split("What has changed here")[0]


def test_members_as_written_link_to_the_body_where_it_is_known(client: Client, told: Told) -> None:
    north = working()
    trust = make.make_organisation(name="Northern Trust", slug="northern-trust")
    make.make_member(partnership=north, organisation=trust, name_as_written="The trust", from_on=date(2024, 2, 1))
    make.make_member(partnership=north, name_as_written="A sub-group")
    make.make_member(partnership=north, name_as_written="A body that left", until_on=date(2024, 1, 1))
    page = told("/partnerships/north/")
    assert "A sub-group The trust (now Northern Trust), since 1 February 2024" in page
    assert "A body that left" not in page.split("What has changed here")[0]
    assert "1 January 2024: A body that left no longer takes part." in page
    assert 'href="/organisations/northern-trust/"' in client.get("/partnerships/north/").content.decode()


def test_the_partnerships_that_belong_with_it(told: Told) -> None:
    north = working(parent=make.make_partnership(name="Whole region"))
    make.make_partnership(name="North bank", parent=north)
    page = told("/partnerships/north/")
    assert "It is part of Whole region" in page
    assert "North bank is part of it" in page


def test_a_partnership_that_has_ended_says_so_and_shows_its_last_day(told: Told) -> None:
    north = working(until_on=date(2023, 4, 1))
    make.cover(north, make.make_area(name="Northshire"), until_on=date(2023, 4, 1))
    page = told("/partnerships/north/")
    assert "This partnership has ended. Its last day was 31 March 2023. This page shows it as it was then." in page
    assert "Where it works Northshire (the whole area)" in page
    assert "has ended" not in told("/partnerships/north/?on=2023-03-31")


def test_before_it_began(told: Told) -> None:
    working(from_on=date(2023, 4, 1))
    page = told("/partnerships/north/?on=2023-03-31")
    assert "This partnership did not exist on 31 March 2023. It began on 1 April 2023." in page


class TestDeclarations:
    def test_what_became_of_each(self, told: Told) -> None:
        north = working()
        make.make_declaration(partnership=north, title="First", published_on=DECLARED, superseded_on=date(2025, 6, 1))
        make.make_declaration(
            partnership=north,
            title="Second",
            published_on=date(2025, 6, 1),
            published_precision="by",
            withdrawn_on=date(2026, 1, 2),
            withdrawn_reason="The council left",
        )
        page = told("/partnerships/north/")
        assert "Second Published by 1 June 2025. Withdrawn on 2 January 2026. Reason: The council left" in page
        assert "First Published on 10 January 2025. Replaced on 1 June 2025." in page

    def test_a_later_fact_is_not_told_of_an_earlier_day(self, told: Told) -> None:
        make.make_declaration(
            partnership=working(), title="First", published_on=DECLARED, withdrawn_on=date(2025, 6, 1)
        )
        page = told("/partnerships/north/?on=2025-05-31")
        assert "First Published on 10 January 2025." in page
        assert "Withdrawn" not in page
        assert "First" not in told("/partnerships/north/?on=2025-01-09")

    @pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
    def test_what_is_not_published_is_not_told(self, told: Told, state: str) -> None:
        make.make_declaration(partnership=working(), title="Secret", state=state)
        page = told("/partnerships/north/")
        assert "Declarations None recorded." in page
        assert "Secret" not in page


class TestPlans:
    def test_how_a_plan_is_carried_out(self, told: Told) -> None:
        plan = make.make_plan(partnership=working(), title="Crisis plan")
        version = make.make_version(plan=plan, published_on=PLANNED, label="Version 3")
        for due_on in (date(2026, 1, 30), date(2027, 1, 30)):
            line = make.make_in_version(version=version, action=make.make_action(plan=plan, due_on=due_on))
            make.make_update(action=line.action, reported_on=date(2026, 4, 1))
        page = told("/partnerships/north/")
        assert "Crisis plan Off track: 0 of 2 actions are done, 1 is overdue." in page
        assert "Version 3, published on 20 March 2025." in page

    def test_the_status_is_that_of_the_national_picture(self) -> None:
        area = make.make_area()
        north = working(areas=[area], update_every_months=12)
        make.make_declaration(partnership=north, areas=[area], published_on=DECLARED)
        plan = make.make_plan(partnership=north, areas=[area])
        version = make.make_version(plan=plan, published_on=PLANNED)
        make.make_in_version(version=version)
        for on in (PLANNED, date(2026, 5, 20), date(2027, 3, 20), date(2027, 3, 21)):
            [line] = plans_by(north, on)
            [stands] = picture(on).areas
            assert line.delivery == stands.delivery

    def test_a_related_plan_does_not_count(self, told: Told) -> None:
        plan = make.make_plan(partnership=working(), title="Five-year plan", kind="related")
        make.make_version(plan=plan, published_on=PLANNED)
        page = told("/partnerships/north/")
        assert "Five-year plan A related plan. It does not count for the Concordat’s map." in page

    def test_a_withdrawn_plan_says_so(self, told: Told) -> None:
        plan = make.make_plan(partnership=working(), title="Crisis plan")
        make.make_version(
            plan=plan, published_on=PLANNED, withdrawn_on=date(2026, 1, 2), withdrawn_reason="It was wrong"
        )
        assert "Crisis plan Withdrawn on 2 January 2026. Reason: It was wrong" in told("/partnerships/north/")

    @pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
    def test_a_version_that_is_not_published_is_not_told(self, told: Told, state: str) -> None:
        plan = make.make_plan(partnership=working(), title="Secret plan")
        make.make_version(plan=plan, state=state, label="Secret version")
        page = told("/partnerships/north/")
        assert "Action plans None recorded." in page
        assert "Secret" not in page


def test_what_people_asked_for_and_what_was_said(told: Told) -> None:
    north = working()
    asking = make.make_commitment(partnership=north, you_said="Answer at night")
    make.make_promise(commitment=asking, we_will="Open all night")
    make.make_statement(partnership=north, person=make.make_person(name="Jo Smith", email="jo@example.org"))
    page = told("/partnerships/north/")
    assert "You said: Answer at night We will: Open all night Promised" in page
    assert "In our words: We work together. Jo Smith, Chief Constable" in page
    assert "jo@example.org" not in page


def test_only_what_was_said_word_for_word_is_a_quotation(client: Client) -> None:
    north = working()
    make.make_statement(partnership=north, text="“Ask us what has changed.”")
    make.make_statement(partnership=north, text="The force will take part.")
    page = client.get("/partnerships/north/").content.decode()
    assert re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page) == ["“Ask us what has changed.”"]
    assert "In our words: The force will take part." in page


@pytest.mark.parametrize("size", [1, 20])
def test_as_many_queries_whatever_there_is_to_tell(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    north = working(parent=make.make_partnership())
    for _ in range(size):
        make.cover(north, make.make_area())
        make.cover(north, make.make_area(), until_on=DECLARED)
        make.make_partnership(parent=north)
        make.make_member(partnership=north, organisation=make.make_organisation())
        make.make_oversight(partnership=north)
        make.make_declaration(partnership=north, published_on=DECLARED)
        version = make.make_version(plan=make.make_plan(partnership=north), published_on=PLANNED)
        make.make_in_version(version=version)
        make.make_promise(commitment=make.make_commitment(partnership=north))
        make.make_statement(partnership=north, organisation=make.make_organisation())
    with django_assert_num_queries(18):
        assert client.get("/partnerships/north/").content.count(b"<li") > 8 * size


def test_an_unknown_partnership_is_not_found(client: Client) -> None:
    assert client.get("/partnerships/nowhere/").status_code == 404


def test_the_day_is_kept_in_links(client: Client) -> None:
    make.make_declaration(partnership=working(), published_on=DECLARED)
    yesterday = date(2026, 5, 20) - timedelta(days=1)
    assert b'/?on=2026-05-19"' in client.get(f"/partnerships/north/?on={yesterday}").content
    links = re.findall(rb'href="([^"]*)"', client.get("/partnerships/north/").content)
    assert [link for link in links if b"?on=" in link] == []


def test_a_parent_that_begins_later_is_not_there_yet(told: Told) -> None:
    working(parent=make.make_partnership(name="The whole coast", from_on=date(2026, 3, 1)))
    assert "It is part of The whole coast" in told("/partnerships/north/")
    assert "The whole coast" not in told("/partnerships/north/?on=2026-02-28")
