"""What is understood of a file, as it is kept with the import and shown to the person: the preview."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from actionplans.importing.showing import differences, names_of, shown
from actionplans.importing.understanding.columns import key
from actionplans.importing.understanding.output import row_of
from actionplans.importing.understanding.shapes import Column, Known, Missing, Question, Understood
from actionplans.importing.understanding.words import shortened
from actionplans.models import ImportedRow, PlanImport

# Questions that may stay open when the file is applied: until it is answered there is no date, who leads is kept as
# written (several jointly), and the plan keeps what an empty cell would take away. Nothing of it is a guess.
MAY_WAIT = frozenset({"timescale", "lead", "blank"})
LEFT_OVER = ("note", "left_out", "key")  # rows that are no action, nor a heading of any
SAMPLES = 2  # texts of a column, to tell by what it holds
CITED = 3  # cells of a question of which the text is shown


def lay_out(plan_import: PlanImport, rows: Iterable[ImportedRow], understood: Understood, known: Known) -> None:
    """Set what the import and its rows keep of the preview. Nothing is saved."""
    kept, names_known = list(rows), names_of(known)
    names = [sheet[0] for sheet in plan_import.sheets]
    by_place = {(names[row.sheet], row.number): row for row in kept}
    for row in kept:
        row.became, row.change, row.understood, row.action_id = "", "", {}, None
    for fate in understood.fates:
        by_place[fate.sheet, fate.row].became = fate.what
    for compared in understood.lines:
        row = by_place[compared.line.sheet, compared.line.row]
        told = {**row_of(compared), "shown": shown(compared, names_known)}
        row.change, row.understood = compared.change, told | {"differences": differences(compared, names_known)}
        if told["shown"]["look"]:
            row.understood["look"] = told["shown"].pop("look")
        row.action_id = compared.action.id if compared.action else None
    plan_import.found = found_in(understood, len(kept), Cited(kept, names, understood))
    plan_import.found["counts"] |= {
        "look": sum("look" in row.understood for row in kept),
        "notes": sum(row.became in LEFT_OVER for row in kept),
    }
    plan_import.digest = digest_of(understood)


class Cited:
    """What stands in the first cells that a question or a column is about, and the action of their row."""

    def __init__(self, rows: Sequence[ImportedRow], names: Sequence[str], understood: Understood) -> None:
        asked = [*understood.questions, *(each for each, _ in understood.answered)]
        wanted = {at for each in asked for at in each.cells[:CITED]}
        self._samples = _samples(rows, understood.columns)
        actions = {(one.line.sheet, row): one.line for one in understood.lines for row in one.line.rows}
        self._told: dict[str, dict[str, str]] = {}
        for row in rows:
            for cell in row.cells:
                if cell and cell[0] in wanted:
                    line = actions.get((names[row.sheet], row.number))
                    action = f"{line.reference} {shortened(line.action)}".strip() if line else ""
                    text = shortened(cell[1], 200) if len(cell) > 1 else ""
                    self._told.setdefault(cell[0], {"at": cell[0], "text": text, "action": action})

    def below(self, column: Column) -> list[str]:
        """The first texts of that column."""
        return self._samples.get(column.at, [])

    def of(self, question: Question) -> list[dict[str, str]]:
        """Of that question."""
        return [self._told[at] for at in question.cells[:CITED] if at in self._told]


def _samples(rows: Sequence[ImportedRow], columns: Sequence[Column]) -> dict[str, list[str]]:
    """By the cell of its heading, the first texts of each column, in the rows of actions below it."""
    places = {at: each.index for each in columns if (at := each.at)}
    found: dict[str, list[str]] = {}
    open_ones: dict[int, str] = {}  # by index, the column that it is by now
    sheet = -1
    for row in rows:
        if row.sheet != sheet:
            sheet, open_ones = row.sheet, {}
        for cell in row.cells:
            if cell and cell[0] in places:
                open_ones[places[cell[0]]] = cell[0]
                found.setdefault(cell[0], [])
        if row.became == "action":
            for index, at in open_ones.items():
                text = row.cells[index][1] if index < len(row.cells) and len(row.cells[index]) > 1 else ""
                if text and len(found[at]) < SAMPLES and (short := shortened(text)) not in found[at]:
                    found[at].append(short)
    return found


def found_in(understood: Understood, rows: int, cited: Cited) -> dict[str, Any]:
    """All of the preview but the actions, as JSON holds it."""
    counts = Counter(one.change for one in understood.lines)
    return {
        "counts": {
            "rows": rows,
            "actions": len(understood.lines),
            **{change: counts[change] for change in ("new", "changed", "unchanged")},
            "missing": len(understood.missing),
        },
        "questions": [_question(each, cited) for each in understood.questions],
        "answered": [{**_question(each, cited), "answer": answer} for each, answer in understood.answered],
        "warnings": [[each.at, each.text] for each in understood.warnings],
        "missing": [_missing(each) for each in understood.missing],
        "columns": [
            {
                "key": key(each),
                "at": each.at,
                "heading": each.heading,
                "fields": [str(field) for field in each.fields],
                "is_sure": each.score >= 0.75,
                "samples": cited.below(each),
            }
            for each in understood.columns
        ],
    }


def _missing(each: Missing) -> dict[str, Any]:
    return {
        "id": each.action.id,
        "key": each.key,
        "reference": each.action.reference,
        "text": each.action.text,
        "decision": each.decision,
        "merged_into": each.merged_into,
        "note": each.note,
        "is_open": each.action.is_open,
        "is_public": each.action.is_public,
    }


def _question(question: Question, cited: Cited) -> dict[str, Any]:
    return {
        "key": question.key,
        "kind": question.kind,
        "text": question.text,
        "choices": [[choice.value, choice.label] for choice in question.choices],
        "cells": list(question.cells),
        "cited": cited.of(question),
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
