"""The tracker of every partnership of the demo: out as a report, and in again without a difference or a question."""

import pytest

from actionplans.models import ActionPlan, PlanVersion
from actionplans.services import imports
from concordat.reports.catalogue import REPORTS
from concordat.reports.formats import FORMATS
from concordat.reports.questions import question_of
from tests.concordat import test_tracker_of_the_demo as demo

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
drafts = demo.drafts  # a small demo, with a draft of each plan


def test_out_and_in_again_nothing_differs(drafts: list[PlanVersion]) -> None:
    seen, wrong = 0, []
    for draft in (each for each in drafts if _is_the_only_plan(each)):
        question = question_of({"on": demo.ON.isoformat(), "partnership": draft.plan.partnership.slug}, demo.ON)
        for ending in ("csv", "xlsx", "ods"):
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


def _is_the_only_plan(draft: PlanVersion) -> bool:
    """Whether its plan is in force, and no other plan of its partnership would stand in the same file."""
    plans = ActionPlan.objects.filter(partnership=draft.plan.partnership, kind="concordat")
    return [*plans] == [draft.plan] and PlanVersion.objects.live_on(demo.ON).filter(plan=draft.plan).exists()
