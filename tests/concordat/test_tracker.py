"""The tracker of a plan as a file: out, and in again without a difference."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from actionplans.models import PlanVersion
from actionplans.tracker import COLUMNS, tracker
from concordat.tracker import lines, workbook
from tests import factories as make
from tests.actionplans.importing.place import ROWS, TODAY, answer, apply, counts, make_draft, upload
from tests.actionplans.importing.place import workbook as plan_file

pytestmark = pytest.mark.django_db
JOINT = "Anytown Council (joint lead); Northshire Police (joint lead)"
MORE = (
    ("B3", "Agree who pays for conveyance", "Somebody Unknown Ltd", "Q2", "Merged into B1", "-", ""),
    ("B4", "Hold an event each year", "All partners", "Ongoing", "Now business as usual", "+2 events", "@home"),
    ("", "Review it\nwith users", JOINT, "TBC", "", "", ""),
)


@pytest.fixture
def draft() -> PlanVersion:
    """A draft with actions of every kind, each question answered."""
    draft = make_draft()
    found = upload(draft, plan_file(*ROWS, *MORE))
    answers = {"Somebody Unknown": "keep", "Is “Somebody": "body", "Which year is meant": "2015-09-30", "TBC": "none"}
    answers |= {"under no heading": "none", "None of": "none"}
    while found.found["questions"]:
        before = len(found.found["questions"])
        found = answer(found, answers)
        assert len(found.found["questions"]) < before, found.found["questions"]
    assert apply(found).state == "applied"
    draft.refresh_from_db()
    return draft


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_out_and_in_again_nothing_differs(draft: PlanVersion, ending: str) -> None:
    rows = tracker(draft, TODAY)
    found = upload(draft, workbook(rows) if ending == "xlsx" else lines(rows), name=f"tracker.{ending}")
    told = [row.understood["differences"] for row in found.rows.filter(change="changed")]
    assert told == []
    assert found.found["questions"] == []
    assert counts(found) == {"new": 0, "changed": 0, "unchanged": 6, "missing": 0}


def test_no_text_is_a_formula() -> None:
    version = make_draft()
    make.make_in_version(version=version, reference="=1+1", text="@SUM(A1)")
    rows = tracker(version, TODAY)
    sheet = load_workbook(BytesIO(workbook(rows))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert [cell.value for cell in sheet[2]][:3:2] == ["=1+1", "@SUM(A1)"]
    assert lines(rows).decode("utf-8-sig").splitlines()[1].startswith("'=1+1,,'@SUM(A1),")


def test_the_day_as_understood_stands_beside_the_text(draft: PlanVersion) -> None:
    cafe = tracker(draft, TODAY)[0]
    headings = [column.heading for column in COLUMNS]
    assert cafe[headings.index("Timescale")] == "March 2016"
    assert cafe[headings.index("Due date as understood")] == date(2016, 3, 31)


def test_it_takes_the_same_queries_however_many_actions(django_assert_num_queries: object) -> None:
    version = make_draft()
    for number in (10, 100):
        for _ in range(number):
            make.make_in_version(version=version)
        with django_assert_num_queries(16):  # type: ignore[operator]
            assert tracker(version, TODAY)


def test_a_blank_table_is_filled_in_and_its_guidance_is_no_part_of_the_plan() -> None:
    book = load_workbook(BytesIO(workbook([], with_guidance=True)))
    assert book.sheetnames == ["Plan", "Guidance"]
    book["Plan"].append(["A1", "A", "Open a café", "Anytown Council", "", "March 2016"])
    held = BytesIO()
    book.save(held)
    found = upload(make_draft(), held.getvalue())
    assert found.found["questions"] == []
    assert found.found["warnings"] == []
    assert counts(found)["new"] == 1
