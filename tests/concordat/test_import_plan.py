"""`manage.py import_plan`: a preview as JSON, answers from a file, all or nothing."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from actionplans.models import Action, PlanImport, PlanVersion
from tests import factories as make
from tests.actionplans.importing.place import ROWS, make_draft, workbook

pytestmark = pytest.mark.django_db
UNCLEAR = ("C1", "Train every officer", "Police; Council", "March 2016", "", "", "")
AS_AT = "2015-06-03"


@pytest.fixture
def draft() -> PlanVersion:
    return make_draft()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(workbook(*ROWS))
    return path


def run(file: Path, draft: PlanVersion, **options: Any) -> str:
    told = StringIO()
    where = {"partnership": draft.plan.partnership.slug, "as_at": AS_AT}
    call_command("import_plan", str(file), stdout=told, **{**where, **options})
    return told.getvalue()


def kept_files() -> list[str]:
    return sorted(str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def test_a_dry_run_says_all_and_changes_nothing(file: Path, draft: PlanVersion) -> None:
    before = kept_files()
    told = json.loads(run(file, draft, dry_run=True, json=True))
    cafe = told["rows"][0]
    assert (cafe["reference"], cafe["section"], cafe["change"], cafe["status"]) == ("A1", "A", "new", "in_progress")
    assert cafe["timescale"]["end"] == "2016-03-31"
    assert cafe["source"] == {"sheet": "Sheet", "row": 2, "rows": [2]}
    assert (told["questions"], told["missing"]) == ([], [])
    assert not Action.objects.exists()
    assert not PlanImport.objects.exists()
    assert kept_files() == before


def test_applied_and_then_nothing_new(file: Path, draft: PlanVersion) -> None:
    assert "Applied: 3 new, 0 changed, 0 unchanged; 0 not in this file." in run(file, draft)
    assert draft.actions.count() == 3
    assert "Applied: 0 new, 0 changed, 3 unchanged" in run(file, draft)
    assert Action.objects.count() == 3


def test_with_an_open_question_nothing_is_changed(file: Path, draft: PlanVersion) -> None:
    file.write_bytes(workbook(*ROWS, UNCLEAR))
    with pytest.raises(CommandError, match=r"(?s)open, so nothing was changed.*Several lead here"):
        run(file, draft)
    assert not Action.objects.exists()
    assert not PlanImport.objects.exists()


def test_answers_from_a_file_by_key_or_by_cell(file: Path, draft: PlanVersion, tmp_path: Path) -> None:
    file.write_bytes(workbook(*ROWS, UNCLEAR))
    asked = json.loads(run(file, draft, dry_run=True, json=True))["questions"]
    by_key = {each["key"]: each["choices"][-1] for each in asked if each["kind"] == "lead"}
    by_cell = {each["cell"]: each["choices"][-1] for each in asked if each["kind"] != "lead"}
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(by_key | by_cell))
    assert "Applied: 4 new" in run(file, draft, answers=str(answers))


def test_a_plan_and_a_draft_are_begun_where_there_is_none(file: Path, draft: PlanVersion) -> None:
    beside = make.make_partnership(programme=draft.plan.partnership.programme)
    for member in draft.plan.partnership.members.all():
        make.make_member(partnership=beside, organisation=member.organisation)
    call_command("import_plan", str(file), partnership=beside.slug, label="Plan of 2015", stdout=StringIO())
    version = PlanVersion.objects.get(plan__partnership=beside)
    assert (version.label, version.state, version.actions.count()) == ("Plan of 2015", "draft", 3)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"partnership": "nowhere"}, "There is no partnership “nowhere”."),
        ({"plan": 999_999}, "has no plan 999999."),
        ({"as_at": "2015-02-31"}, "2015-02-31"),
        ({"as_at": "2099-01-01"}, "--as-at is a day to come."),
        ({"answers": "/nowhere.json"}, "The answers cannot be read from /nowhere.json"),
        ({"label": "Plan \ud800"}, "--label holds a character that is none."),
        ({"label": "Plan \0"}, "--label holds a character that is none."),
    ],
)
def test_bad_input_is_one_plain_sentence(
    file: Path, draft: PlanVersion, options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(file, draft, **options)
    assert not Action.objects.exists()


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ('[{"key": ["a"], "answer": "x"}]', "must be an object of texts"),
        ('[{"key": {}, "answer": "x"}]', "must be an object of texts"),
        ('[{"answer": "x"}]', "must be an object of texts"),
        ('{"a": null}', "must be an object of texts"),
        ('["a"]', "must be an object of texts"),
        ("[" * 100_000, "are no JSON"),
        ('{"\\ud800": "b"}', "hold a character that is none"),
        ('{"a": "\\ud800"}', "hold a character that is none"),
        ('{"a\\u0000": "b"}', "hold a character that is none"),
    ],
)
def test_answers_that_are_none_are_one_plain_sentence(
    file: Path, draft: PlanVersion, tmp_path: Path, written: str, sentence: str
) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(written)
    with pytest.raises(CommandError, match=f"The answers in .* {sentence}"):
        run(file, draft, answers=str(answers))
    assert not Action.objects.exists()


@pytest.mark.parametrize(("content", "sentence"), [(b"", "This file is empty"), (b"%PDF-1.4 %%EOF", "PDF")])
def test_a_file_that_is_no_plan(draft: PlanVersion, tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        run(path, draft)
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run(tmp_path / "gone.xlsx", draft)
    assert not PlanImport.objects.exists()


def test_what_may_be_answered_is_printed_and_some_of_it_may_stay_open(tmp_path: Path, draft: PlanVersion) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(workbook(*ROWS, ("A3", "Train every officer", "Police; Council", "March 2016", "", "", "")))
    told = run(path, draft, dry_run=True)
    assert "joint: Joint, no single lead" in told
    with pytest.raises(CommandError, match="Or apply it with --leave-open") as refused:
        run(path, draft)
    assert "joint: Joint, no single lead" in str(refused.value)
    assert "Applied: 4 new" in run(path, draft, leave_open=True)


def test_quarters_and_the_year_are_told(tmp_path: Path, draft: PlanVersion) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(workbook(("A1", "Train every officer", "Northshire Police", "Q2", "", "", "")))
    told = json.loads(run(path, draft, dry_run=True, json=True, quarters="nhs", default_year=2015))
    assert told["rows"][0]["timescale"]["end"] == "2015-09-30"
    with pytest.raises(CommandError, match="--default-year is a year from 2000 to 2050"):
        run(path, draft, dry_run=True, default_year=1915)
