"""The preview as programs read it: `import_plan … --dry-run --json`. The keys are stable; unknown is null."""

from datetime import date
from typing import Any

from actionplans.importing.understanding.answers import OF_MANY
from actionplans.importing.understanding.comparison import progress_text
from actionplans.importing.understanding.shapes import Compared, Question, Understood
from actionplans.importing.understanding.words import shortened
from actionplans.timescale import Timescale

# One question for the whole file; the others stand at each cell that they are about.
OF_THE_FILE = frozenset({"rag_key", "column"})


def as_json(understood: Understood) -> dict[str, Any]:
    """Plain values for `json.dumps`. Names of persons are not in it."""
    return {
        "rows": [row_of(one) for one in understood.lines],
        "questions": [entry for question in understood.questions for entry in _question(question)],
        "warnings": [{"cell": one.at or None, "text": one.text} for one in understood.warnings],
        "missing": [one.action.reference or shortened(one.action.text) for one in understood.missing],
    }


def row_of(compared: Compared) -> dict[str, Any]:
    """One action of the file, beside what the plan has of it."""
    line = compared.line
    return {
        "source": {"sheet": line.sheet, "row": line.row, "rows": list(line.rows)},
        "section": line.place.code,
        "section_text": line.place.text or None,
        "reference": line.reference or None,
        "action": line.action,
        "leads": [{"text": one.text, "organisation": one.organisation, "role": one.role} for one in line.leads],
        "timescale": _timescale(line.timescale, line.revised),
        "status": line.status,
        "confidence": line.confidence,
        "merged_into": line.merged_into or None,
        "rag_text": line.rag_text or None,
        "outcome": line.outcome or None,
        "outcome_measure": line.measure or None,
        "progress": progress_text(line) or None,
        "footprint": line.footprint or None,
        "priority": line.priority or None,
        "must_do": line.must_do,
        "completed_on": _day(line.completed.end) if line.completed else None,
        "change": compared.change,
        "differences": [{"field": one.name, "old": one.old, "new": one.new} for one in compared.differences],
        "kept": list(compared.kept),
    }


def _timescale(timescale: Timescale, revised: tuple[Timescale, ...] = ()) -> dict[str, Any]:
    """A timescale. A parser may tell more than the class demands: what was revised, and milestones."""
    own_revised: tuple[Timescale, ...] = getattr(timescale, "revised", ())
    milestones: tuple[Timescale, ...] = getattr(timescale, "milestones", ())
    return {
        "text": timescale.text or None,
        "kind": timescale.kind.value,
        "start": _day(timescale.start),
        "end": _day(timescale.end),
        "precision": timescale.precision.value if timescale.precision else None,
        "confidence": timescale.confidence.value,
        "review_every_months": timescale.review_every_months,
        "alternatives": [_timescale(other) for other in timescale.alternatives],
        "revised": [_timescale(other) for other in (*own_revised, *revised)],
        "milestones": [{**_timescale(one), "label": getattr(one, "label", "") or None} for one in milestones],
    }


def _question(question: Question) -> list[dict[str, Any]]:
    """The question at each of its cells; the answer to its key settles all of them at once."""
    is_one = question.kind in OF_THE_FILE or question.key.startswith(OF_MANY)
    cells = question.cells[:1] if is_one else question.cells
    return [
        {
            "cell": cell or None,
            "kind": question.kind,
            "text": question.text,
            "choices": [choice.value for choice in question.choices],
            "labels": {choice.value: choice.label for choice in question.choices},
            "key": question.key,
        }
        for cell in cells
    ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
