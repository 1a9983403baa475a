"""The admin pages of areas and their shapes."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from areas.models import Area, Boundary, BoundaryEpoch
from concordat.kernel.models import Claim
from tests import factories as make
from tests.admin_pages import address, administrator, open_page, queries_of, row_address, signed_in


@pytest.fixture
def browser(db: None) -> Client:
    return signed_in(administrator())


def listed_from(browser: Client, url: str, words: str) -> list[object]:
    """The rows of the list that the page's link with those words leads to."""
    (link,) = (link for link, its in open_page(browser, url).links.items() if its == words)
    return list(browser.get(link).context["cl"].result_list)


def test_an_area_shows_its_codes_and_what_became_of_it(browser: Client) -> None:
    old, new = make.make_area(name="Cumbria", code="E10000006"), make.make_area(name="Cumberland")
    make.make_succession(predecessor=old, successor=new, on=date(2023, 4, 1), part="Allerdale")
    words = open_page(browser, row_address(old)).words
    assert "E10000006" in words
    assert "Cumberland 1 Apr 2023 part of the area Allerdale Confirmed" in words
    assert "Cumbria 1 Apr 2023 part of the area Allerdale Confirmed" in open_page(browser, row_address(new)).words


def test_an_area_leads_to_what_covers_it(browser: Client) -> None:
    area, other = make.make_area(), make.make_area()
    for each in (area, other):
        make.make_partnership(areas=[each])
        make.make_declaration(areas=[each])
        make.make_plan(areas=[each])
        make.make_boundary(area=each)
    claim = make.make_claim(subject_type="areas.area", subject_id=area.pk)
    make.make_claim(subject_type="areas.area", subject_id=other.pk)
    url = row_address(area)
    for words in ("Codes", "Shapes", "Partnerships that work for it", "Declarations for it", "Plans for it"):
        assert [row.area for row in listed_from(browser, url, words)] == [area]
    assert listed_from(browser, url, "Claims") == [claim]


def test_the_list_shows_the_code_of_now_or_the_last_one(browser: Client) -> None:
    barnsley = make.make_area(name="Barnsley", code="E08000016", until_on=date(2025, 4, 1))
    make.make_code(area=barnsley, code="E08000038", kind="metropolitan_district", from_on=date(2025, 4, 1))
    words = open_page(browser, address(Area)).words
    assert "E08000038 Metropolitan district" in words
    assert "E08000016" not in words


@pytest.mark.parametrize("name", ["E08000016", "former barnsley", "arnsle"])
def test_an_area_is_found_by_its_names_and_codes(browser: Client, name: str) -> None:
    barnsley, other = make.make_area(name="Barnsley"), make.make_area()
    make.make_code(area=barnsley, code="E08000016", official_name="Former Barnsley", until_on=date(2025, 4, 1))
    assert list(browser.get(address(Area), {"q": name}).context["cl"].result_list) == [barnsley]
    assert other.name in open_page(browser, address(Area)).words


@pytest.mark.django_db
def test_a_shape_is_never_read(browser: Client) -> None:
    boundary = make.make_boundary()
    make.make_change(subject_type="areas.boundary", subject_id=boundary.pk)
    lists = [address(model) for model in (Boundary, BoundaryEpoch, Claim)]
    with CaptureQueriesContext(connection) as queries:
        for url in [*lists, row_address(boundary), row_address(boundary.epoch), row_address(boundary.area)]:
            assert browser.get(url).status_code == 200
    read = " ".join(query["sql"] for query in queries)
    assert '"areas_boundary"' in read
    assert '"topojson"' not in read
    assert '"geometry"' not in read


def test_shapes_are_filtered_by_their_time(browser: Client) -> None:
    one, other = make.make_boundary(), make.make_boundary()
    url = address(Boundary)
    assert list(browser.get(url, {"epoch": one.epoch_id}).context["cl"].result_list) == [one]
    assert listed_from(browser, row_address(other.epoch), "Shapes of this time") == [other]
    assert len(browser.get(url, {"epoch": "no number"}).context["cl"].result_list) == 2


def test_an_epoch_counts_its_shapes_and_leads_to_its_file(browser: Client) -> None:
    epoch = make.make_epoch(from_on=date(2019, 4, 1), digest="0123456789ab", vintage=2018)
    make.make_boundary(epoch=epoch)
    make.make_boundary(epoch=epoch)
    assert "1 Apr 2019 2018" in open_page(browser, address(BoundaryEpoch)).words
    assert browser.get(address(BoundaryEpoch)).context["cl"].result_list[0].shapes == 2
    assert "/boundaries/2019-04-01-0123456789ab.json" in open_page(browser, row_address(epoch)).links


def test_the_page_of_an_area_takes_the_same_queries_whatever_it_has(browser: Client) -> None:
    area = make.make_area()
    counts = []
    for more in (1, 9):
        for _ in range(more):
            make.make_code(area=area, until_on=date(2020, 4, 1))
            make.make_succession(predecessor=area, part="East")
            make.make_succession(successor=area)
        counts.append(queries_of(browser, row_address(area)))
    assert counts == [6, 6]
