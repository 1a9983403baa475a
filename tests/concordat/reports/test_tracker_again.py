"""The tracker of every partnership of the demo: out as a report, and in again without a difference or a question."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from actionplans.models import PlanVersion
from actionplans.services import import_work, imports
from concordat.reports.catalogue import REPORTS
from concordat.reports.formats import FORMATS
from concordat.reports.questions import question_of
from tests import factories as make
from tests.concordat import test_tracker_of_the_demo as demo

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
drafts = demo.drafts  # a small demo, with a draft of each plan


def test_out_and_in_again_nothing_differs(drafts: list[PlanVersion]) -> None:
    seen, wrong = 0, []
    for draft in (each for each in drafts if _is_in_force(each)):
        question = question_of({"on": demo.ON.isoformat(), "partnership": draft.plan.partnership.slug}, demo.ON)
        for ending in ("csv", "xlsx"):
            content = b"".join(FORMATS[ending].write(REPORTS["tracker"].answer(question), bom=True))
            found = demo.brought_in(draft, content, ending)
            differing = [row.understood["differences"] for row in found.rows.filter(change__in=["changed", "new"])]
            questions = [each["text"] for each in found.found["questions"]]
            missing = [each["text"] for each in found.found["missing"] if each["is_open"]]
            seen += found.found["counts"]["unchanged"]
            if found.state != "ready" or differing or questions or missing:
                wrong.append((str(draft.plan), ending, found.refusal, differing, questions, missing))
            imports.abandon(found, seen=found.version, by="tests")
    assert wrong == []
    assert seen >= 30


def _is_in_force(draft: PlanVersion) -> bool:
    """Whether its plan is a concordat plan in force, and the draft proposes nothing yet."""
    versions = PlanVersion.objects.live_on(demo.ON).filter(plan=draft.plan, plan__kind="concordat")
    return versions.exists() and not draft.actions.exclude(proposes={}).exists()


def test_rows_of_other_plans_in_the_same_file_are_left_out() -> None:
    partnership = make.make_partnership(name="Essex")
    section = make.make_section(code="A", title="Access")
    drafts = []
    for title in ("North", "South"):
        plan = make.make_plan(partnership=partnership, title=title)
        version = make.make_version(plan=plan, published_on=date(2025, 1, 5))
        for number in (1, 2):
            action = make.make_action(
                plan=plan, reference=f"A{number}", text=f"Open a crisis cafe in the {title} ({number})"
            )
            make.make_in_version(version=version, action=action, section=section, position=number)
        drafts.append(demo.draft_of(plan))
    question = question_of({"on": demo.ON.isoformat(), "partnership": partnership.slug}, demo.ON)
    for ending in ("csv", "xlsx", "ods"):
        content = b"".join(FORMATS[ending].write(REPORTS["tracker"].answer(question)))
        found = demo.brought_in(drafts[1], content, ending)
        assert found.found["counts"]["unchanged"] == 2
        assert found.found["counts"]["new"] == found.found["counts"]["changed"] == 0
        [[_, told]] = found.found["warnings"]
        assert told == "These are rows of other plans too (North). Only those of “South” were taken over."
        imports.abandon(found, seen=found.version, by="tests")


@pytest.mark.parametrize(("said", "new"), [("same", 1), ("none", 0)])
def test_rows_of_another_partnership_are_asked_about_once(said: str, new: int) -> None:
    north, south = make.make_partnership(name="North"), make.make_partnership(name="South")
    plans = [make.make_plan(partnership=each, title="Crisis care action plan") for each in (north, south)]
    version = make.make_version(plan=plans[0], published_on=date(2025, 1, 5))
    action = make.make_action(plan=plans[0], reference="A1", text="Open a crisis cafe in the town")
    make.make_in_version(version=version, action=action, section=make.make_section(code="A", title="Access"))
    question = question_of({"on": demo.ON.isoformat(), "partnership": north.slug}, demo.ON)
    content = b"".join(FORMATS["xlsx"].write(REPORTS["tracker"].answer(question)))
    found = demo.brought_in(make.make_version(plan=plans[1]), content, "xlsx")
    (asked,) = [each for each in found.found["questions"] if each["kind"] == "plan"]
    assert asked["text"] == (
        "The rows of this file are of another plan: “Crisis care action plan” of North. "
        "Is that “Crisis care action plan” under another name?"
    )
    assert not asked["may_wait"]
    found = imports.answer(found, {asked["key"]: said}, seen=found.version, by="tests")
    import_work.step(found.pk, by="tests", on=demo.ON, now=make.noon(demo.ON))
    found.refresh_from_db()
    assert (found.found["counts"]["new"], found.rows.filter(became="action").count()) == (new, new)


def test_by_the_two_commands(tmp_path: Path) -> None:
    version = make.make_version(published_on=date(2025, 1, 5))
    section = make.make_section(code="A", title="Access")
    action = make.make_action(plan=version.plan, reference="A1", text="Open a crisis cafe in the town", due_on=demo.ON)
    make.make_in_version(version=version, action=action, section=section, timescale_text="3 November 2025")
    make.make_update(action=action, reported_on=date(2025, 10, 1), public_text="=Premises were found")
    slug, file, told = version.plan.partnership.slug, tmp_path / "tracker.csv", StringIO()
    call_command("report", "tracker", partnership=slug, output=str(file))
    assert file.read_text(encoding="utf-8").startswith("partnership_name,plan_title,plan_version,reference,section,")
    call_command("import_plan", str(file), partnership=slug, dry_run=True, stdout=told)
    assert told.getvalue() == "Would be applied: 0 new, 0 changed, 1 unchanged; 0 not in this file.\n"
