"""The actions of a plan version as the table that partnerships know: it is brought in again without a difference.

The columns are those of the national template, and how each action stands. Days are days in London.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from actionplans.importing.known import Facts, facts_of
from actionplans.importing.understanding.as_written import HELPING, LEADING, led_by
from actionplans.importing.understanding.fields import GUIDANCE
from actionplans.importing.understanding.shapes import KnownAction
from actionplans.models import PlanImport, PlanVersion
from actionplans.states import ActionState, Confidence

Value = str | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key for programs, its heading, how wide it is shown (letters), and what to write in it."""

    key: str
    heading: str
    width: int
    guidance: str


COLUMNS = (
    Column("reference", "No", 8, "The number of the action in the plan, such as 1.1 or A1. Each number once."),
    Column(
        "section", "Section", 24, "1 Commissioning, or A, B, C or D of the national plan; or a heading of your own."
    ),
    Column("action", "Action", 60, "What will be done. One action in a row."),
    Column(
        "led_by",
        "Led by",
        28,
        "Who answers for it. Several: write (joint lead) after each, and a semicolon between them.",
    ),
    Column("working_with", "Working with", 28, "Who helps, with a semicolon between them."),
    Column(
        "timescale", "Timescale", 20, "When it is to be done, as you would say it: March 2027, Q2 2026/27, ongoing."
    ),
    Column("due_on", "Due date as understood", 16, "Leave it empty: it is worked out from the timescale."),
    Column("outcome", "Outcome", 36, "What will be better for people in a crisis."),
    Column("outcome_measure", "Outcome measure", 28, "How you will know."),
    Column("footprint", "Where", 18, "Where it applies, if not in the whole area of the plan."),
    Column("must_do", "National must-do", 12, "Yes, if it is one."),
    Column("status", "Status", 18, "One of: " + ", ".join(ActionState.labels) + "."),
    Column("confidence", "In time", 12, "Leave it empty: owners report it."),
    Column(
        "progress", "Progress", 50, "What has happened. Anybody can read this: name no patient and no member of staff."
    ),
)
LABELS = {state.value: str(state.label) for state in ActionState}
NAME, GUIDANCE_NAME = "Plan", "Guidance"


def tracker(version: PlanVersion, on: date) -> list[list[Value]]:
    """The rows of the table, without its headings. A fixed number of queries, whatever the number of actions."""
    facts = facts_of(PlanImport(draft=version, as_at=on), on)
    names = {each.slug: each.name for each in facts.known.organisations}
    standing = [each for each in facts.known.actions if not each.is_left_out]
    return [_row(each, facts, names) for each in standing]


def _row(action: KnownAction, facts: Facts, names: Mapping[str, str]) -> list[Value]:
    line = facts.lines[action.id]
    return [
        action.reference,
        str(line.section) if line.section else line.section_text,
        action.text,
        led_by(action, names, LEADING),
        led_by(action, names, HELPING),
        action.timescale_text,
        _due_on(action, facts),
        action.outcome,
        action.outcome_measure,
        action.footprint,
        "Yes" if action.must_do else "",
        _status(action, facts),
        Confidence(action.confidence).label if action.confidence else "",
        action.progress,
    ]


def _due_on(action: KnownAction, facts: Facts) -> date | None:
    due_on = {**facts.standing[action.id], **facts.lines[action.id].proposes}["timescale"]["due_on"]
    return date.fromisoformat(due_on) if due_on else None


def _status(action: KnownAction, facts: Facts) -> str:
    """How it stands, in words; of a merged one also into which."""
    report = facts.reports.get(action.id)
    target = facts.lines.get(report.merged_into_id or 0) if report else None
    return status_in_words(action.status or ActionState.NOT_STARTED, target.reference if target else "")


def status_in_words(state: str, merged_into: str) -> str:
    """How an action stands as the template writes it: of a merged one the number of the other, if it has one."""
    if state == ActionState.MERGED and merged_into:
        return f"Merged into {merged_into}"
    return LABELS[state]


def guidance() -> list[list[str]]:
    """The sheet beside a blank table. It begins with the sign by which it is known when the file is brought in."""
    return [[GUIDANCE, ""], ["Column", "What to write"], *([each.heading, each.guidance] for each in COLUMNS)]
