"""The admin pages of declarations: read-only, and each leads to all that belongs to it."""

import pytest
from django.test import Client

from signatories.models import Declaration, PlanExpectation, Signature
from tests import factories as make
from tests.admin_pages import address, administrator, open_page, queries_of, row_address, signed_in


@pytest.fixture
def browser(db: None) -> Client:
    return signed_in(administrator())


def full_declaration(**fields: str) -> Declaration:
    """One with an area, an expected plan, a signature and a claim."""
    row = make.make_declaration(areas=[make.make_area(name="Hull")], published_on=make.DAY, **fields)
    make.make_expectation(declaration=row, label="The Hull plan")
    make.make_signature(declaration=row, name_as_signed="NHS Hull CCG")
    make.make_claim(subject_type="signatories.declaration", subject_id=row.pk, text="Signed in Hull")
    return row


def test_a_declaration_shows_all_that_belongs_to_it(browser: Client) -> None:
    row = full_declaration()
    page = open_page(browser, row_address(row))
    for words in ("Hull the whole area", "The Hull plan", "NHS Hull CCG"):
        assert words in page.words
    assert row_address(row.partnership) in page.links


@pytest.mark.parametrize("words", ["Signatures", "Plans it expects", "Claims"])
def test_a_declaration_leads_to_its_lists(browser: Client, words: str) -> None:
    row = full_declaration()
    full_declaration(title="Another")
    (link,) = (link for link, its in open_page(browser, row_address(row)).links.items() if its == words)
    (listed,) = browser.get(link).context["cl"].result_list
    assert row.pk in {getattr(listed, "declaration_id", None), getattr(listed, "subject_id", None)}


def test_the_list_counts_who_stands_by_it(browser: Client) -> None:
    row = make.make_declaration()
    make.make_signature(declaration=row)
    make.make_signature(declaration=row)
    make.make_signature(declaration=row, withdrawn_on=make.DAY, withdrawn_reason="They left")
    assert browser.get(address(Declaration)).context["cl"].result_list[0].signed == 2


@pytest.mark.parametrize("model", [Declaration, Signature])
def test_a_region_is_one_filter_away(browser: Client, model: type[Declaration] | type[Signature]) -> None:
    north, south = (make.make_declaration(areas=[make.make_area(region=region)]) for region in ("North West", "London"))
    signatures = {each: make.make_signature(declaration=each) for each in (north, south)}
    prefix = "" if model is Declaration else "declaration__"
    query = {f"{prefix}coverage__area__region__exact": "North West"}
    (found,) = browser.get(address(model), query).context["cl"].result_list
    assert found == (north if model is Declaration else signatures[north])


def test_an_expected_plan_says_whether_it_is_there(browser: Client) -> None:
    expectation = make.make_expectation(label="The Hull plan", areas=[make.make_area(name="Hull")])
    assert "none yet" in open_page(browser, address(PlanExpectation)).words
    make.make_plan(title="Plan for Hull", fulfils=expectation)
    assert "Plan for Hull" in open_page(browser, address(PlanExpectation)).words
    assert "Hull" in open_page(browser, row_address(expectation)).words


def test_the_page_of_a_declaration_takes_the_same_queries_whatever_it_has(browser: Client) -> None:
    row, counts = make.make_declaration(), []
    for more in (1, 9):
        for _ in range(more):
            make.cover(row, make.make_area())
            make.make_expectation(declaration=row)
            make.make_signature(declaration=row)
        counts.append(queries_of(browser, row_address(row)))
    assert counts == [7, 7]
