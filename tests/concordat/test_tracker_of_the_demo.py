"""The tracker of every plan of the demo: out, and in again without a difference and without a question."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from actionplans.models import ActionPlan, PlanImport, PlanVersion
from actionplans.services import drafting, imports
from actionplans.services.import_work import step
from actionplans.tracker import tracker
from concordat.tracker import lines, workbook
from tests.factories import make_area

ON, NOW = date(2025, 11, 3), datetime(2025, 11, 3, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafts() -> list[PlanVersion]:
    """A draft of each plan of a small demo."""
    for number in range(10):
        make_area(name=f"Shire {number}", slug=f"shire-{number}", code=f"E1000000{number}")
    call_command("load_demo", partnerships=5, actions=10, on=ON.isoformat(), stdout=StringIO())
    return [draft for plan in ActionPlan.objects.order_by("pk") if (draft := draft_of(plan)) is not None]


def draft_of(plan: ActionPlan) -> PlanVersion | None:
    """The draft in hand, or a new one of a plan that has been published."""
    in_hand = plan.versions.filter(published_on=None).exclude(state__in=["abandoned", "withdrawn"]).first()
    if in_hand is None:
        in_hand = drafting.begin_version(plan, by="tests", on=ON) if plan.versions.exists() else None
    if in_hand is not None and in_hand.state != "draft":
        PlanVersion.objects.filter(pk=in_hand.pk).update(state="draft", submitted_at=None, publish_on=None)
        in_hand.refresh_from_db()
    return in_hand


def brought_in(draft: PlanVersion, content: bytes, ending: str) -> PlanImport:
    file = ContentFile(content, name=f"tracker.{ending}")
    row = imports.take_file(draft, file, imports.Told(as_at=ON), by="tests", now=NOW)
    step(row.pk, by="tests", on=ON, now=NOW)
    return PlanImport.objects.select_related("draft__plan__partnership").get(pk=row.pk)


def test_out_and_in_again_nothing_differs(drafts: list[PlanVersion]) -> None:
    assert len(drafts) >= 6
    wrong = []
    for draft in drafts:
        rows = tracker(draft, ON)
        for ending, content in (("xlsx", workbook(rows)), ("csv", lines(rows))) if rows else ():
            found = brought_in(draft, content, ending)
            differing = [row.understood["differences"] for row in found.rows.filter(change__in=["changed", "new"])]
            questions = [each["text"] for each in found.found["questions"]]
            missing = [each["text"] for each in found.found["missing"] if each["is_open"]]
            if found.state != "ready" or differing or questions or missing:
                wrong.append((str(draft.plan), ending, found.refusal, differing, questions, missing))
            imports.abandon(found, seen=found.version, by="tests")
    assert wrong == []
