"""The site as a whole, and the pages of changes and claims."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from concordat.kernel.models import Change, Claim
from tests import factories as make
from tests.admin_pages import address, administrator, open_page, row_address, signed_in


@pytest.fixture
def browser(db: None) -> Client:
    return signed_in(administrator(name="Ada Administrator"))


def test_the_site_says_what_it_is(browser: Client) -> None:
    page = open_page(browser, "/admin/")
    assert "Concordat Tracker administration" in page.words
    assert "Recent actions" not in page.words
    assert open_page(browser, next(url for url, words in page.links.items() if words == "All changes")).status == 200


def test_ones_own_changes_are_one_click_away(browser: Client) -> None:
    ada = administrator()
    mine, other = make.make_change(by=ada), make.make_change()
    links = open_page(signed_in(ada), "/admin/").links
    listed = browser.get(next(url for url, words in links.items() if words == "My changes")).context["cl"].result_list
    assert mine in listed
    assert other not in listed


def test_a_change_says_from_what_to_what_in_words(browser: Client) -> None:
    fields = {"type": ["other", "fire"], "name": ["", "Herts Fire"]}
    row = make.make_organisation()
    change = make.make_change(subject_type="signatories.organisation", subject_id=row.pk, fields=fields)
    words = open_page(browser, row_address(change)).words
    assert "Type other fire and rescue service" in words
    assert "Name (empty) Herts Fire" in words


def test_a_redacted_change_says_so(browser: Client) -> None:
    change = make.make_change(redacted_at=make.noon(make.DAY))
    assert "Personal details were taken out on 1 April 2015, 13:00." in open_page(browser, row_address(change)).words


def test_a_list_of_records_names_and_links_what_they_are_about(browser: Client) -> None:
    row = make.make_organisation(name="Herts Fire")
    make.make_claim(subject_type="signatories.organisation", subject_id=row.pk)
    make.make_claim(subject_type="signatories.gone", subject_id=7)
    page = open_page(browser, address(Claim))
    assert page.links[row_address(row)] == "organisation: Herts Fire"
    assert "signatories.gone: 7" in page.words


def test_names_are_read_with_one_query_for_each_kind_of_row(browser: Client) -> None:
    def change_all(count: int) -> None:
        for _ in range(count):
            for row in (make.make_organisation(), make.make_version(), make.make_boundary()):
                make.make_change(subject_type=row._meta.label_lower, subject_id=row.pk)

    counts = []
    for more in (1, 15):
        change_all(more)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address(Change))
        counts.append(len(queries))
        read = [query["sql"] for query in queries if '"areas_boundary"' in query["sql"]]
        assert len(read) == 1
        assert "geometry" not in read[0]
    assert counts == [12, 12]


@pytest.mark.parametrize("model", [Change, Claim])
def test_records_are_filtered_by_what_they_are_about(browser: Client, model: type[Change] | type[Claim]) -> None:
    builder = make.make_change if model is Change else make.make_claim
    row, other = builder(subject_type="areas.area"), builder(subject_type="signatories.programme")
    listed = browser.get(address(model), {"subject_type": "areas.area"}).context["cl"].result_list
    assert row in listed
    assert other not in listed
