"""What is understood of a file, as it is kept with the import and shown to the person: the preview."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from actionplans.importing.understanding.output import row_of
from actionplans.importing.understanding.shapes import Question, Understood
from actionplans.models import ImportedRow, PlanImport

# Questions that may stay open when the file is applied: until it is answered there is no date, who leads is kept as
# written (several jointly), and the plan keeps what an empty cell would take away. Nothing of it is a guess.
MAY_WAIT = frozenset({"timescale", "lead", "blank"})


def lay_out(plan_import: PlanImport, rows: Iterable[ImportedRow], understood: Understood) -> None:
    """Set what the import and its rows keep of the preview. Nothing is saved."""
    kept = list(rows)
    names = [sheet[0] for sheet in plan_import.sheets]
    by_place = {(names[row.sheet], row.number): row for row in kept}
    for row in kept:
        row.became, row.change, row.understood, row.action_id = "", "", {}, None
    for fate in understood.fates:
        by_place[fate.sheet, fate.row].became = fate.what
    for compared in understood.lines:
        row = by_place[compared.line.sheet, compared.line.row]
        row.change, row.understood = compared.change, row_of(compared)
        row.action_id = compared.action.id if compared.action else None
    plan_import.found = found_in(understood, len(kept))
    plan_import.digest = digest_of(understood)


def found_in(understood: Understood, rows: int) -> dict[str, Any]:
    """All of the preview but the actions, as JSON holds it."""
    counts = Counter(one.change for one in understood.lines)
    return {
        "counts": {
            "rows": rows,
            "actions": len(understood.lines),
            **{change: counts[change] for change in ("new", "changed", "unchanged")},
            "missing": len(understood.missing),
        },
        "questions": [_question(each) for each in understood.questions],
        "answered": [{**_question(each), "answer": answer} for each, answer in understood.answered],
        "warnings": [[each.at, each.text] for each in understood.warnings],
        "missing": [
            {
                "id": each.action.id,
                "key": each.key,
                "reference": each.action.reference,
                "text": each.action.text,
                "decision": each.decision,
                "merged_into": each.merged_into,
                "note": each.note,
                "is_open": each.action.is_open,
            }
            for each in understood.missing
        ],
        "columns": [
            {
                "key": each.key,
                "at": each.at,
                "heading": each.heading,
                "fields": [str(field) for field in each.fields],
                "is_sure": each.score >= 0.75,
            }
            for each in understood.columns
        ],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "kind": question.kind,
        "text": question.text,
        "choices": [[choice.value, choice.label] for choice in question.choices],
        "cells": list(question.cells),
        "may_wait": question.kind in MAY_WAIT,
    }


def digest_of(understood: Understood) -> str:
    """Tells whether what would be applied is what the person was shown."""
    shown = [
        [row_of(each) for each in understood.lines],
        [[each.action.id, each.decision, each.merged_into, each.note] for each in understood.missing],
        [each.key for each in understood.questions],
    ]
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()
