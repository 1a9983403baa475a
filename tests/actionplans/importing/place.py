"""A partnership with a draft of its plan, and plan files brought into it, step by step as a worker does it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO

from django.core.files.base import ContentFile
from openpyxl import Workbook

from actionplans.models import ActionInVersion, PlanImport, PlanVersion, Section
from actionplans.services import imports
from actionplans.services.import_work import step
from tests import factories as make

TODAY = date(2015, 6, 3)
NOW = datetime(2015, 6, 3, 12, tzinfo=UTC)
HEADINGS = ("Ref", "Action", "Lead", "By when", "Status", "Progress", "Outcome")
ROWS = (
    ("A1", "Open a crisis café in Anytown", "Anytown Council", "March 2016", "In progress", "Premises found", "Open"),
    ("B1", "Put a mental health nurse in the control room", "Northshire Police", "June 2015", "Not started", "", ""),
    ("B2", "Agree one number for professionals", "Northshire Police", "31/12/2015", "Completed", "It is live", "One"),
)
Cells = tuple[str, ...]


def make_draft() -> PlanVersion:
    """A first draft without an action, in a partnership of a council and a police force."""
    partnership = make.make_partnership(name="Northshire Partnership")
    for name, kind in (("Anytown Council", "council"), ("Northshire Police", "police")):
        make.make_member(partnership=partnership, organisation=make.make_organisation(name=name, type=kind))
    for code, title in (("A", "Access to support before crisis point"), ("B", "Urgent and emergency access")):
        if not Section.objects.filter(programme=partnership.programme, code=code).exists():
            make.make_section(programme=partnership.programme, code=code, title=title)
    return make.make_version(plan=make.make_plan(partnership=partnership), label="Version 1")


def workbook(*rows: Cells, headings: Cells = HEADINGS) -> bytes:
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(row)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def upload(draft: PlanVersion, content: bytes, *, as_at: date = TODAY, name: str = "plan.xlsx") -> PlanImport:
    """Take a file, and let a worker read it."""
    file = ContentFile(content, name=name)
    draft.refresh_from_db()
    return work(imports.take_file(draft, file, imports.Told(as_at=as_at), by="tests", now=NOW))


def work(plan_import: PlanImport) -> PlanImport:
    """What a worker does next."""
    step(plan_import.pk, by="tests", on=TODAY, now=NOW)
    return PlanImport.objects.select_related("draft__plan__partnership").get(pk=plan_import.pk)


def answer(plan_import: PlanImport, said: Mapping[str, str]) -> PlanImport:
    """Answer each open question whose text holds the words, with that."""
    answers = {
        question["key"]: value
        for question in plan_import.found["questions"]
        for words, value in said.items()
        if words in question["text"]
    }
    return work(imports.answer(plan_import, answers, seen=plan_import.version, by="tests"))


def apply(plan_import: PlanImport) -> PlanImport:
    return work(imports.confirm(plan_import, seen=plan_import.version, by="tests"))


def bring_in(draft: PlanVersion, content: bytes, said: Mapping[str, str] | None = None) -> PlanImport:
    """All the way: taken, answered, applied."""
    found = upload(draft, content)
    if said:
        found = answer(found, said)
    assert found.found["questions"] == []
    found = apply(found)
    assert found.state == "applied", found.notice
    return found


def lines(draft: PlanVersion) -> list[ActionInVersion]:
    return list(draft.actions.select_related("action", "section").order_by("position"))


def counts(plan_import: PlanImport) -> dict[str, int]:
    return {name: plan_import.found["counts"][name] for name in ("new", "changed", "unchanged", "missing")}
