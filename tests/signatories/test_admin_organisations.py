"""The admin pages of organisations, with their names and their codes."""

import pytest
from django.test import Client

from concordat.kernel.models import Change
from signatories.models import Organisation, OrganisationIdentifier
from tests import factories as make
from tests.admin_pages import address, administrator, edit, open_page, row_address, send, signed_in


@pytest.fixture
def browser(db: None) -> Client:
    return signed_in(administrator())


@pytest.mark.parametrize("words", ["herts police", "constabulary", "r7x"])
def test_it_is_found_by_names_and_codes(browser: Client, words: str) -> None:
    row, other = make.make_organisation(name="Herts Police"), make.make_organisation()
    make.make_organisation_name(organisation=row, name="Hertfordshire Constabulary")
    make.make_identifier(organisation=row, value="R7X")
    assert list(browser.get(address(Organisation), {"q": words}).context["cl"].result_list) == [row]
    assert other.name in open_page(browser, address(Organisation)).words


def test_it_is_added_with_its_names_and_codes(browser: Client) -> None:
    url = address(Organisation, "add")
    values = {"name": "Herts Police", "slug": "herts-police", "type": "police", "website": "herts.police.uk"}
    rows = {"names-0-name": "Constabulary", "identifiers-0-scheme": "gss", "identifiers-0-value": "E23000027"}
    assert send(browser, url, open_page(browser, url), **values, **rows) is None
    row = Organisation.objects.get(slug="herts-police")
    assert row.website == "https://herts.police.uk"
    for each in (row, row.names.get(), row.identifiers.get()):
        (change,) = Change.objects.about(each)
        assert change.verb == "created"


def test_its_address_and_its_end_are_not_typed(browser: Client) -> None:
    row = make.make_organisation(slug="herts-police")
    assert edit(browser, row, slug="other", until_on="2026-01-01", name="New") is None
    row.refresh_from_db()
    assert (row.slug, row.until_on, row.name) == ("herts-police", None, "New")


def test_a_code_belongs_to_one_organisation(browser: Client) -> None:
    make.make_identifier(scheme="ods", value="R7X")
    row = make.make_organisation()
    page = edit(browser, row, **{"identifiers-0-scheme": "ods", "identifiers-0-value": "R7X"})
    assert page is not None
    assert page.errors["identifiers-0-value"] == "An organisation has this code already."
    assert OrganisationIdentifier.objects.count() == 1


def test_a_name_is_given_once(browser: Client) -> None:
    row = make.make_organisation_name(name="Constabulary").organisation
    page = edit(browser, row, **{"names-1-name": "Constabulary"})
    assert page is not None
    assert page.errors["names-1-name"] == "This organisation has this name already."


def test_a_name_ends_after_it_began(browser: Client) -> None:
    row = make.make_organisation()
    dates = {"names-0-from_on": "2015-04-01", "names-0-until_on": "2015-04-01"}
    page = edit(browser, row, **{"names-0-name": "Constabulary"}, **dates)
    assert page is not None
    assert page.errors["names-0-until_on"] == "The end must be after the first day."


def test_a_row_of_the_page_is_ended_and_never_deleted(browser: Client) -> None:
    name = make.make_organisation_name()
    url = row_address(name.organisation)
    assert not [field for field in open_page(browser, url).values if field.endswith("-DELETE")]
    edit(browser, name.organisation, **{"names-0-DELETE": "on", "names-0-until_on": "2020-04-01"})
    name.refresh_from_db()
    assert name.until_on is not None
