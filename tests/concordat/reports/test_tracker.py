"""The tracker as a report: the template's columns with facts, for those who see the partnership's own side."""

import csv
import json
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from actionplans.importing.understanding import headings
from actionplans.importing.understanding.fields import Field
from actionplans.tracker import COLUMNS as TEMPLATE
from concordat.reports import board, organisation
from concordat.reports.formats import FORMATS
from concordat.reports.questions import Question, question_of
from concordat.reports.shapes import Answer, Shown, column, filled
from concordat.reports.tracker import COLUMNS, REPORT
from tests import factories as make
from tests.concordat.reports.conftest import TODAY, Place

KEYS = [each.heading.key for each in COLUMNS]


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def lines(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content(response).decode(), newline="")))


def asked(**given: str) -> Question:
    return question_of({"on": TODAY.isoformat(), **given}, TODAY)


def rows_of(question: Question) -> list[dict[str, Any]]:
    return list(REPORT.answer(question).table().dicts)


def test_every_column_of_the_template_is_there_by_its_name_and_its_key() -> None:
    headings_by_key = {each.heading.key: each.heading for each in COLUMNS}
    assert [headings_by_key[each.key].name for each in TEMPLATE] == [each.heading for each in TEMPLATE]
    assert len(headings_by_key) == len(COLUMNS)


def test_an_import_knows_every_column_by_its_name_and_its_key() -> None:
    template = {each.key for each in TEMPLATE}
    for heading in (each.heading for each in COLUMNS):
        fields = {headings.best(text) for text in (heading.key, heading.name)}
        assert {score for _, score in fields} == {1.0}, heading.key
        assert len({field for field, _ in fields}) == 1, heading.key
        if heading.key not in template:
            assert {field for field, _ in fields} == {Field.NOTES}
        assert headings.is_plain(heading.key)
        assert headings.combined(heading.name) == ()


def test_a_coordinator_has_it_as_lines_of_text(place: Place, as_: Callable[[str], Client]) -> None:
    make.make_update(action=place.action, reported_on=date(2026, 10, 1), public_text="=She has begun")
    response = as_("coordinator").get(f"/reports/tracker.csv?partnership={place.partnership.slug}")
    name = f"concordat-tracker-{place.partnership.slug}-2026-11-02.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    [row] = lines(response)
    assert list(row) == KEYS
    assert row["partnership_slug"] == place.partnership.slug
    assert (row["reference"], row["action"]) == ("B1", "Mental health nurse in the control room")
    assert (row["led_by"], row["status"], row["status_word"]) == ("Northshire Police", "In progress", "in_progress")
    assert (row["progress"], row["last_reported_on"]) == ("'=She has begun", "2026-10-01")
    assert (row["is_overdue"], row["due_on"], row["action_id"]) == ("No", "", str(place.action.pk))


def test_the_same_in_a_workbook_and_as_json(place: Place, as_: Callable[[str], Client]) -> None:
    make.make_date_change(action=place.action, decided_on=date(2026, 2, 1), due_on=date(2026, 6, 30))
    client = as_("board member")
    address = f"/reports/tracker.{{}}?partnership={place.partnership.slug}"
    [told] = json.loads(content(client.get(address.format("json"))))["rows"]
    assert (told["due_on"], told["times_moved"], told["is_overdue"]) == ("2026-06-30", 1, True)
    assert (told["timescale"], told["confidence"], told["completed_on"]) == ("30 June 2026", None, None)
    book = load_workbook(BytesIO(content(client.get(address.format("xlsx")))))
    head, row = book["Actions"].values
    assert head == tuple(each.heading.name for each in COLUMNS if each.heading.shown is Shown.EVERYWHERE)
    shown = dict(zip(KEYS, row, strict=False))  # without the last two, which are for programs
    assert (shown["due_on"].date(), shown["times_moved"], shown["is_overdue"]) == (date(2026, 6, 30), 1, "Yes")
    assert (shown["due_precision"], shown["status_word"]) == ("day", "Not started")


def test_what_is_unknown_is_null_and_an_empty_cell(place: Place, as_: Callable[[str], Client]) -> None:
    version = place.action.in_versions.get().version
    bare = make.make_action(plan=version.plan, outcome="", outcome_measure="", footprint="")
    given = {"reference": "", "section": None, "section_text": "", "timescale_text": ""}
    make.make_in_version(version=version, action=bare, **given)
    client, address = as_("coordinator"), f"/reports/tracker.{{}}?partnership={place.partnership.slug}"
    told = json.loads(content(client.get(address.format("json"))))
    row = next(each for each in told["rows"] if each["action_id"] == str(bare.pk))
    unknown = ("reference", "section", "led_by", "working_with", "timescale", "outcome", "outcome_measure")
    assert [row[key] for key in (*unknown, "footprint", "progress", "remarks")] == [None] * 10
    assert "" not in [*row.values(), *(each["told"] for each in told["columns"])]
    line = next(each for each in lines(client.get(address.format("csv"))) if each["action_id"] == str(bare.pk))
    assert {line[key] for key in unknown} == {""}


@pytest.mark.parametrize(
    ("confidence", "due_on", "told"),
    [
        ("on_track", date(2026, 10, 30), "Owner says on track; due date passed 30 October 2026"),
        ("on_track", TODAY, None),
        ("off_track", date(2026, 10, 30), None),
    ],
)
def test_an_owner_whom_the_records_contradict_is_told_of(
    place: Place, as_: Callable[[str], Client], confidence: str, due_on: date, told: str | None
) -> None:
    make.make_update(action=place.action, reported_on=date(2026, 10, 1), confidence=confidence)
    make.make_date_change(action=place.action, decided_on=date(2026, 2, 1), due_on=due_on)
    assert [row["remarks"] for row in rows_of(asked())] == [told]
    page = as_("reviewer").get("/reports/tracker.html").content.decode()
    assert ("Owner says on track; due date passed" in page) is (told is not None)
    [row] = organisation.REPORT.answer(asked(organisation=place.police.slug)).table().dicts
    assert row["remarks"] == told
    appendix = board.answer(asked(partnership=place.partnership.slug)).table("plan").dicts
    assert [row["remarks"] for row in appendix] == [told]


def test_no_report_tells_programs_of_an_empty_text() -> None:
    empty = filled("x", "X", [column("a", "A", lambda row: row, "")], ["", None, "-"])
    answer = Answer("x", "X", TODAY, (empty,))
    assert [row["a"] for row in json.loads(b"".join(FORMATS["json"].write(answer)))["rows"]] == [None, None, "-"]


READERS = {"coordinator", "board member", "reviewer", "administrator"}


@pytest.mark.parametrize("kind", ["html", "csv", "json", "xlsx", "ods"])
@pytest.mark.parametrize("role", ["owner", "lead", "nobody", *sorted(READERS)])
def test_of_one_partnership_those_read_it_who_see_its_own_side(
    place: Place, as_: Callable[[str], Client], role: str, kind: str
) -> None:
    client, own = as_(role), f"/reports/tracker.{kind}?partnership={place.partnership.slug}"
    elsewhere = f"/reports/tracker.{kind}?partnership={make.make_partnership().slug}"
    national = {"reviewer", "administrator"}
    choosing = READERS if kind == "html" else national  # a page lets its reader choose the partnership first
    expected = (
        200 if role in READERS else 404,
        200 if role in national else 404,
        200 if role in choosing else 403,
    )
    if role == "nobody":
        expected = (403, 403, 403)  # there is nothing here for those without a role
    found = tuple(client.get(each).status_code for each in (own, elsewhere, f"/reports/tracker.{kind}"))
    assert found == expected


def test_nobody_reads_it_who_has_not_signed_in(client: Client, place: Place) -> None:
    response = client.get("/reports/tracker.csv")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_it_can_be_narrowed(place: Place) -> None:
    north = make.make_area(region="North East")
    plan = make.make_plan(areas=[north], title="Plan of the North")
    version = make.make_version(plan=plan, published_on=date(2026, 1, 5))
    theme, council = make.make_theme(slug="training"), make.make_organisation(name="Council")
    themed, shared = (make.make_in_version(version=version, reference=each).action for each in ("A1", "A2"))
    themed.themes.add(theme)
    make.make_lead(action=shared, organisation=council, role="working_with")
    make.make_lead(action=themed, organisation=council, until_on=date(2026, 3, 1))
    mirror = make.make_action(plan=place.action.plan, mirrors=shared)
    make.make_in_version(version=place.action.in_versions.get().version, action=mirror, reference="B2")
    make.make_update(action=shared, reported_on=date(2026, 9, 1), status="paused")
    for given, references in (
        ({}, {"A1", "A2", "B1", "B2"}),
        ({"region": "North East"}, {"A1", "A2"}),
        ({"region": "London"}, set()),
        ({"theme": "training"}, {"A1"}),
        ({"organisation": council.slug}, {"A2", "B2"}),
        ({"organisation": council.slug, "on": "2026-02-01"}, {"A1", "A2", "B2"}),
        ({"partnership": place.partnership.slug}, {"B1", "B2"}),
        ({"status": "paused"}, {"A2", "B2"}),
        ({"status": "paused", "on": "2026-08-31"}, set()),
        ({"status": "not_started"}, {"A1", "B1"}),
        ({"on": "2026-01-04"}, set()),
    ):
        assert {row["reference"] for row in rows_of(asked(**given))} == references, given


def test_it_is_asked_by_the_status_of_an_action_and_of_no_area(place: Place, as_: Callable[[str], Client]) -> None:
    client = as_("reviewer")
    assert "paused" in client.get("/reports/tracker.html").content.decode()
    response = client.get("/reports/tracker.csv?status=amber")
    told = "“Tracker of actions” cannot be asked by the status “amber”. Choose another one.\n"
    assert (response.status_code, response.content.decode()) == (400, told)
    response = client.get("/reports/national.csv?status=paused")
    assert (response.status_code, "by the status “paused”" in response.content.decode()) == (400, True)


def test_it_takes_the_same_queries_however_many_actions(
    place: Place, django_assert_num_queries: Callable[[int], Any]
) -> None:
    version = place.action.in_versions.get().version
    for number in (10, 50):
        for _ in range(number):
            make.make_lead(action=make.make_in_version(version=version).action)
        for kind in ("csv", "xlsx"):
            question = asked()
            with django_assert_num_queries(6):
                assert b"".join(FORMATS[kind].write(REPORT.answer(question)))
