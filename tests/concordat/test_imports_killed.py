"""Plan files through the real broker and a real worker, which is killed in the middle of its work."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from actionplans.models import Action, ActionInVersion, PlanImport, ProgressUpdate
from actionplans.services import imports
from concordat.at_work import PLAN_FILES
from concordat.kernel.models import Change
from concordat.tasks import take_import, take_imports
from tests import services
from tests.actionplans.importing.place import NOW, ROWS, TODAY, make_draft, workbook

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MANY = [
    (f"B{number}", f"Agree the number {number} of the protocol with every partner", "Northshire Police", "June 2016")
    for number in range(100, 2100)
]


def in_state(row: PlanImport, state: str) -> bool:
    row.refresh_from_db()
    return row.state == state


def begin() -> PlanImport:
    draft = make_draft()
    content = workbook(*ROWS, *[(*row, "In progress", "It goes on", "") for row in MANY])
    file = ContentFile(content, name="plan.xlsx")
    return imports.take_file(draft, file, imports.Told(as_at=TODAY), by="tests", now=NOW)


def test_a_worker_that_is_killed_loses_nothing_and_does_nothing_twice() -> None:
    row, database = begin(), connection.settings_dict["NAME"]
    with services.worker(database, "doomed") as worker:
        take_import.apply_async([row.pk], queue="doomed")
        services.wait_until(lambda: in_state(row, "reading"), "the claim")
        services.kill(worker)
    assert in_state(row, "reading")
    assert not row.rows.exists()
    with services.worker(database, "celery,doomed") as worker:
        PlanImport.objects.exclude(claimed_at=None).update(claimed_at=timezone.now() - timedelta(hours=1))
        take_imports()
        services.wait_until(lambda: in_state(row, "ready"), "the preview", 60)
        assert row.found["counts"]["new"] == len(ROWS) + len(MANY)
        imports.confirm(row, seen=row.version, by="tests")
        take_import.apply_async([row.pk], queue="doomed")
        services.wait_until(lambda: in_state(row, "applying") and PLAN_FILES.told(row.pk)[0] >= 50, "the writing", 60)
        services.kill(worker)
    assert in_state(row, "applying")
    assert not Action.objects.exists()
    assert not ProgressUpdate.objects.exists()
    with services.worker(database):
        PlanImport.objects.exclude(claimed_at=None).update(claimed_at=timezone.now() - timedelta(hours=1))
        take_imports()
        take_imports()
        services.wait_until(lambda: in_state(row, "applied"), "the plan", 60)
    assert Action.objects.count() == ActionInVersion.objects.count() == len(ROWS) + len(MANY)
    assert ProgressUpdate.objects.count() == len(MANY) + 2
    assert Change.objects.filter(subject_type="actionplans.planimport", verb="applied").count() == 1
