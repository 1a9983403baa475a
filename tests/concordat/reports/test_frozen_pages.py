"""A frozen paper as a page and as files: the same whatever happens, and for readers of the partnership alone."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from concordat.kernel.passages import Sought
from concordat.reports.formats import FORMATS
from concordat.reports.models import FrozenReport
from concordat.reports.services.freezing import freeze, thawed
from concordat.traces.removing import remove_words
from signatories.models import Membership
from tests import factories as make
from tests.concordat.reports.boards import MEETS, TODAY, Place, make_place, one_more
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Iterator[Place]:
    with time_machine.travel(make.noon(TODAY), tick=False):
        yield make_place()


@pytest.fixture
def frozen(place: Place) -> FrozenReport:
    by = make.make_person(name="Jo Coordinator")
    return freeze(place.meeting, place.partnership, seen=0, by=by, on=TODAY, now=make.noon(TODAY)).report


@pytest.fixture
def reader(client: Client, place: Place) -> Client:
    enter(client, make.make_membership("board_member", partnership=place.partnership).person)
    return client


def page(frozen: FrozenReport, kind: str = "html") -> str:
    return f"/reports/frozen/{frozen.pk}.{kind}"


def body(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_the_page_says_that_it_is_frozen(reader: Client, place: Place, frozen: FrozenReport) -> None:
    one_more(place, "C1", "Found only later", due_on=date(2026, 9, 1))
    told = plain(reader.get(page(frozen)))
    assert "Board paper as at 2 November 2026" in told
    assert "Frozen on 2 November 2026 at 12:00 by Jo Coordinator. It never changes." in told
    assert "the same report by today’s records" in told
    assert "B1 Nurse in the control room Northshire Police 31 August 2026" in told
    assert "Found only later" not in told
    live = f"/reports/board.html?partnership={place.partnership.slug}&meeting={place.meeting.pk}&on=2026-11-02"
    assert "Found only later" in plain(reader.get(live))


def test_one_that_was_replaced_says_so(reader: Client, place: Place, frozen: FrozenReport) -> None:
    one_more(place, "C1", "One more")
    later = freeze(place.meeting, place.partnership, seen=1, by="test", on=TODAY, now=make.noon(TODAY)).report
    assert f'href="/reports/frozen/{later.pk}.html"' in reader.get(page(frozen)).text
    assert "has replaced it" not in plain(reader.get(page(later)))
    assert "paper 2 of this meeting" in plain(reader.get(page(later)))


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_the_same_later(reader: Client, place: Place, frozen: FrozenReport, kind: str) -> None:
    before = body(reader.get(page(frozen, kind)))
    make.make_update(action=place.actions["B1"], reported_on=TODAY, status="completed")
    answer = reader.get(page(frozen, kind))
    assert body(answer) == before
    assert f'filename="concordat-board-northshire-2026-11-02-frozen.{kind}"' in answer.headers[
        "Content-Disposition"
    ].replace(place.partnership.slug, "northshire")


def test_its_files_hold_the_same_cells(reader: Client, frozen: FrozenReport) -> None:
    lines = list(csv.DictReader(io.StringIO(body(reader.get(page(frozen, "csv"))).decode())))
    told = json.loads(body(reader.get(page(frozen, "json"))))
    assert [line["ref"] for line in lines] == [row["ref"] for row in told["rows"]] == ["B1", "B2"]
    assert told["on"] == "2026-11-02"
    assert told["notes"][0].startswith("Frozen on 2 November 2026 at 12:00 by Jo Coordinator, and not changed since")
    assert lines[1]["help_needed"] == told["rows"][1]["help_needed"] == "We need a room"
    plan = json.loads(body(reader.get(page(frozen, "json") + "?table=plan")))
    assert [row["ref"] for row in plan["rows"]] == ["B1", "B2", "B3", "B4", "B5", "B6"]


@pytest.mark.parametrize("address", ["csv?table=nothing", "doc", "html/"])
def test_what_there_is_not(reader: Client, frozen: FrozenReport, address: str) -> None:
    kind, _, query = address.partition("?")
    assert reader.get(f"{page(frozen, kind)}?{query}").status_code == 404
    assert reader.get(f"/reports/frozen/{frozen.pk + 1}.html").status_code == 404
    assert reader.get("/reports/frozen/99999999999999999999.html").status_code == 404


@pytest.mark.parametrize("kind", ["html", *FORMATS])
def test_access_is_asked_at_each_download(reader: Client, place: Place, frozen: FrozenReport, kind: str) -> None:
    assert reader.get(page(frozen, kind)).status_code == 200
    Membership.objects.filter(partnership=place.partnership).update(until_on=TODAY)
    elsewhere = make.make_membership("board_member")
    Membership.objects.filter(pk=elsewhere.pk).update(person=Membership.objects.exclude(pk=elsewhere.pk).last().person)
    assert reader.get(page(frozen, kind)).status_code == 404


def test_where_words_were_removed_it_says_when(reader: Client, place: Place, frozen: FrozenReport) -> None:
    by = make.make_person(is_staff=True, is_superuser=True)
    when = make.noon(MEETS)
    remove_words(Sought("a room"), frozen, category="person", reason="Asked", by=by, now=when)
    told = plain(reader.get(page(frozen)))
    assert "Personal data was removed here on 2 December 2026." in told
    assert "We need [removed]" in told
    assert "a room" not in str(thawed(frozen))


@pytest.mark.parametrize("size", [1, 60])
def test_a_fixed_number_of_queries(reader: Client, place: Place, size: int) -> None:
    for number in range(size):
        one_more(place, f"D{number}", "More", due_on=date(2026, 9, 1))
    frozen = freeze(place.meeting, place.partnership, seen=0, by="test", on=TODAY, now=make.noon(TODAY)).report
    reader.get("/workspace/account/")
    with CaptureQueriesContext(connection) as queries:
        assert "More" in reader.get(page(frozen)).text
    assert len(queries) == 7
