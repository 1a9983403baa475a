"""What a plan file would change, as its page lists it."""

from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models.fields.json import KT

from actionplans.importing.previewing import LEFT_OVER
from actionplans.models import Action, ActionInVersion, ImportedRow, PlanImport
from actionplans.states import ActionState, Confidence

PER_PAGE = 50
SHOWN = {
    "new": "New",
    "changed": "Changed",
    "look": "Read, worth a look",
    "missing": "Not in this file",
    "warnings": "Warnings",
    "open": "Data quality: left open",
    "notes": "Kept as notes",
    "unchanged": "Unchanged",
}
NAMES = {
    "section": "Section",
    "reference": "Number",
    "action": "Action",
    "timescale": "When",
    "leads": "Who leads",
    "outcome": "Outcome",
    "outcome_measure": "Measure",
    "footprint": "Where",
    "must_do": "National must-do",
    "left_out": "Left out of this version",
    "status": "How it stands",
    "confidence": "In time?",
    "progress": "Progress",
}
WORDS = dict(ActionState.choices) | dict(Confidence.choices)


def counts_of(found: PlanImport) -> dict[str, int]:
    """How many there are of what."""
    told = {"warnings": len(found.found["warnings"]), "open": len(_left_open(found))}
    return {"look": 0, "notes": 0, **found.found["counts"], **told}


def _left_open(found: PlanImport) -> list[dict[str, Any]]:
    """The open questions without which it may be applied."""
    return [each for each in found.found["questions"] if each.get("may_wait")]


def changes_nothing(found: PlanImport) -> bool:
    """Whether the plan says all of it already."""
    counts = found.found["counts"]
    closes = any(each["decision"] not in (None, "carried") for each in found.found["missing"])
    return counts["actions"] and not (counts["new"] or counts["changed"] or closes)


def part_asked(asked: str, counts: dict[str, int]) -> str:
    """The part that is asked for, or else the first with something in it."""
    return asked if asked in SHOWN else next((name for name in SHOWN if counts[name]), "new")


def page_of(found: PlanImport, show: str, number: str | None) -> "Page[Any]":
    """One page of a part of the preview. Two queries at most, however long the file is."""
    if show in ("missing", "warnings"):
        return Paginator(found.found[show], PER_PAGE).get_page(number)
    if show == "open":
        return Paginator(_left_open(found), PER_PAGE).get_page(number)
    every = ImportedRow.objects.filter(plan_import=found).order_by("position")
    if show == "notes":
        notes = every.filter(became__in=LEFT_OVER).values_list("number", "sheet", "cells")
        page: Page[Any] = Paginator(notes, PER_PAGE).get_page(number)
        page.object_list = [_note(row, found.sheets[sheet][0], cells) for row, sheet, cells in page.object_list]
        return page
    rows = every.filter(understood__has_key="look") if show == "look" else every.filter(change=show)
    page = Paginator(rows.values_list("understood", flat=True), PER_PAGE).get_page(number)
    page.object_list = [_line(each) for each in page.object_list]
    return page


def _note(number: int, sheet: str, cells: list[list[Any]]) -> dict[str, Any]:
    """A row that is no action: where it stands, and what it says."""
    texts = (str(cell[1]) for cell in cells if len(cell) > 1 and cell[1])
    return {"at": f"Row {number} of {sheet}", "text": " · ".join(dict.fromkeys(texts))}


def _line(told: dict[str, Any]) -> dict[str, Any]:
    """One action in words for a person."""
    differences = [
        {"label": NAMES.get(each["field"], each["field"]), "old": _said(each["old"]), "new": _said(each["new"])}
        for each in told["differences"]
    ]
    return {
        **told,
        "status_words": WORDS.get(told["status"] or "", ""),
        "confidence_words": WORDS.get(told["confidence"] or "", ""),
        "differences": differences,
    }


def _said(value: str) -> str:
    return str(WORDS.get(value, value))


def numbers_of(found: PlanImport, on: date) -> dict[str, bool]:
    """The numbers of all actions of the file and of the draft, and whether each is published by then. Three queries.

    What the file calls by a number comes before what the plan called so.
    """
    public = set(Action.objects.filter(plan=found.draft.plan_id).published_by(on).values_list("pk", flat=True))
    # As text: SQLite takes “1.10” within JSON for a number.
    of_file = found.rows.exclude(change="").values_list(KT("understood__reference"), "action")
    of_plan = ActionInVersion.every.filter(version=found.draft_id).values_list("reference", "action")
    return {number: action in public for number, action in (*of_plan, *of_file) if number}
