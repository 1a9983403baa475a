"""The columns of a board's paper, table by table. What a record of each is, its first lines say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, TypeVar

from actionplans.agenda import Proposal
from actionplans.reading import ActionOnDay
from actionplans.states import ActionState, Confidence
from actionplans.work import Work
from concordat.area.declared import Declared, Signed
from concordat.area.promises import Asking, Promised
from concordat.reports.papers.facts import Measured
from concordat.reports.papers.since import BECAME, MEASURES, Changed, Completed
from concordat.reports.papers.words import last_heard, latest, led_by, reasons, working_with
from concordat.reports.selection import TOLD_REMARKS
from concordat.reports.shapes import Column, Kind, Shown, Value, column, paper_has
from concordat.sentences import PromiseState

STATES, CONFIDENCES = dict(ActionState.choices), dict(Confidence.choices)
HOPE = "hope"
REF = 8  # letters
DAY = 12  # letters: a day in two lines, so that a table has room on paper
Row = TypeVar("Row")
TOLD_REF = "The number that the plan gives the action."
TOLD_ACTION = "The action in the words of the plan in force."
TOLD_LEAD = "Who leads the action on the day: the accountable organisation first."
TOLD_DUE = "The last day of the time that the plan first gave it; empty where it gave none."
TOLD_REVISED = "The day by which it is due since its date was moved; empty where it was not."


@dataclass(frozen=True, slots=True)
class Line:
    """An action in the paper: with the help that its lead asks for, and which plan it stands in."""

    work: Work
    on: date
    note: str
    plan: str

    @property
    def action(self) -> ActionOnDay:
        return self.work.action

    @property
    def revised(self) -> date | None:
        return self.action.due_on if self.action.times_moved else None


class Number(NamedTuple):
    """One of MEASURES now, and when the board last read of it."""

    measure: str
    now: int | None
    then: int | None


class Asked(NamedTuple):
    """A new date that a report asks for."""

    action: ActionOnDay
    proposal: Proposal


class Indicator(NamedTuple):
    """The measure of an action, as the plan words it, and what reports said that it was."""

    action: ActionOnDay
    measured: Sequence[Measured]


class Promise(NamedTuple):
    """What people said, and one answer to it; None where there is none yet."""

    asking: Asking
    promised: Promised | None


class Signature(NamedTuple):
    """Who signed, and what."""

    declared: Declared
    signed: Signed


def _of_action(action: Callable[[Row], ActionOnDay], width: int = 36) -> tuple[Column[Row], ...]:
    """The columns by which people find an action: its number, its words, who leads it."""
    return (
        column("ref", "Ref", lambda row: action(row).reference or None, TOLD_REF, width=REF, names=True),
        column("action", "Action", lambda row: action(row).text, TOLD_ACTION, Kind.LONG_TEXT, width=width, names=True),
        column("lead", "Led by", lambda row: led_by(action(row)), TOLD_LEAD, width=18),
    )


EXCEPTIONS: Sequence[Column[Line]] = (
    *_of_action(lambda line: line.action),
    column("due", "Due", lambda line: line.action.first_due_on, TOLD_DUE, Kind.DAY, width=DAY),
    column("revised", "Revised", lambda line: line.revised, TOLD_REVISED, Kind.DAY, width=DAY),
    column(
        *("reasons", "Exception", lambda line: "; ".join(reasons(line.work, line.on))),
        "Why it is listed: overdue (from the day after its due day), off track, or without an update.",
        width=16,
    ),
    column(
        *("why", "Why", lambda line: last_heard(line.work)),
        "What the last accepted report said, in public words; with its day, where an update is missing since.",
        Kind.LONG_TEXT,
        width=36,
    ),
    column(
        *("help_needed", "Help needed", lambda line: line.note or None),
        "The note for the partnership in the last accepted report. It is not public.",
        Kind.LONG_TEXT,
        width=28,
    ),
)
NUMBERS: Sequence[Column[Number]] = (
    column(
        "measure",
        "What is counted",
        lambda row: row.measure,
        "How the actions of the plan stand.",
        Kind.CHOICE,
        MEASURES,
        width=44,
    ),
    column("now", "Now", lambda row: row.now, "On the day of the report.", Kind.NUMBER),
    column(
        "then", "Last time", lambda row: row.then, "When the board last read of it: the notes say when.", Kind.NUMBER
    ),
    column(
        *("change", "Change", lambda row: None if row.now is None or row.then is None else row.now - row.then),
        "By how much there are more; fewer are less than none.",
        Kind.CHANGE,
    ),
)
DATE_CHANGES: Sequence[Column[Asked]] = (
    *_of_action(lambda row: row.action),
    column("due", "Due", lambda row: row.action.first_due_on, TOLD_DUE, Kind.DAY),
    column(
        *("holds", "Holds now", lambda row: row.action.due_on),
        "The day by which it is due now, moved or not.",
        Kind.DAY,
    ),
    column(
        "asked_for", "Asked for", lambda row: row.proposal.new_due_on, "The day that the report asks for.", Kind.DAY
    ),
    column("why", "Why", lambda row: row.proposal.reason, "Why it is asked for.", Kind.LONG_TEXT, width=40),
    column(
        *("moved", "Moved before", lambda row: row.action.times_moved),
        "How often its date was moved by the day.",
        Kind.NUMBER,
    ),
)
COMPLETED: Sequence[Column[Completed]] = (
    column("ref", "Ref", lambda row: row.stood.reference or None, TOLD_REF, width=REF, names=True),
    column("action", "Action", lambda row: row.stood.text, TOLD_ACTION, Kind.LONG_TEXT, width=36, names=True),
    column("lead", "Led by", lambda row: row.stood.lead or None, TOLD_LEAD, width=18),
    column("status", "State", lambda row: row.stood.status, "How it was closed.", Kind.CHOICE, STATES),
    column("completed_on", "Completed", lambda row: row.completed_on, "The day that the report gives.", Kind.DAY),
    column(
        "outcome", "What came of it", lambda row: row.outcome or None, "As the report says.", Kind.LONG_TEXT, width=44
    ),
)
CHANGED: Sequence[Column[Changed]] = (
    column("became", "Change", lambda row: row.became.value, "What became of it since.", Kind.CHOICE, BECAME),
    column("ref", "Ref", lambda row: row.stood.reference or None, TOLD_REF, width=REF, names=True),
    column("action", "Action", lambda row: row.stood.text, TOLD_ACTION, Kind.LONG_TEXT, width=36, names=True),
    column("lead", "Led by", lambda row: row.stood.lead or None, TOLD_LEAD, width=18),
    column("why", "Why", lambda row: row.why or None, "The public reason.", Kind.LONG_TEXT, width=50),
)
INDICATORS: Sequence[Column[Indicator]] = (
    *_of_action(lambda row: row.action)[:2],
    column(
        *("measure", "Measure", lambda row: row.action.outcome_measure or None),
        "The number that is to show whether it makes a difference, as the plan words it.",
        Kind.LONG_TEXT,
        width=40,
    ),
    column(
        *("value", "Last value", lambda row: row.measured[-1].value if row.measured else None),
        "As the last report that gives one words it; empty where none was recorded.",
        width=20,
    ),
    column(
        *("value_on", "Of", lambda row: row.measured[-1].on if row.measured else None),
        "The day of that report.",
        Kind.DAY,
        width=DAY,
    ),
    column(
        *("before", "Before", lambda row: row.measured[-2].value if len(row.measured) > 1 else None),
        "The value before the last.",
        width=20,
    ),
)
PROMISES: Sequence[Column[Promise]] = (
    column("you_said", "You said", lambda row: row.asking.you_said, "What people asked for.", Kind.LONG_TEXT, width=44),
    column("made_on", "When", lambda row: row.asking.made_on, "The day, where it is recorded.", Kind.DAY),
    column(
        *("we_will", "We will", lambda row: row.promised.told if row.promised else None),
        "The answer; empty where none was given yet.",
        Kind.LONG_TEXT,
        width=50,
    ),
    column(
        *("state", "State", lambda row: _state(row.promised)),
        "What became of it, by the actions that are to keep it.",
        Kind.CHOICE,
        {HOPE: "Hoped for", **{each.value: each.value for each in PromiseState}},
    ),
    column(
        *("why", "Why not", lambda row: "; ".join(row.promised.reasons) or None if row.promised else None),
        "Why what does not happen does not.",
        Kind.LONG_TEXT,
        width=30,
    ),
)
SIGNATORIES: Sequence[Column[Signature]] = (
    column("name", "Signed as", lambda row: row.signed.name, "The name with which it signed."),
    column("as_type", "Kind of body", lambda row: row.signed.as_type_words, "The kind of body that it signed as."),
    column("role", "Signed by", lambda row: row.signed.signer_role or None, "The office of who signed; no person."),
    column("signed_on", "Signed", lambda row: row.signed.signed_on, "Empty where it is not recorded.", Kind.DAY),
    column(
        *("part", "Part", lambda row: _part(row.signed)),
        "A signatory has duties of its own; a supporter backs the declaration.",
        Kind.CHOICE,
        {"signatory": "Signatory", "supporter": "Supporter", "withdrawn": "Has withdrawn"},
    ),
    column("withdrawn_on", "Withdrawn", lambda row: row.signed.withdrawn_on, "Empty while it stands.", Kind.DAY),
    column("declaration", "Declaration", lambda row: row.declared.title, "What was signed.", width=26),
)
WHOLE_PLAN: Sequence[Column[Line]] = (
    *_of_action(lambda line: line.action, width=26),
    column("due", "Due", lambda line: line.action.first_due_on, TOLD_DUE, Kind.DAY, width=DAY),
    column("revised", "Revised", lambda line: line.revised, TOLD_REVISED, Kind.DAY, width=DAY),
    column("status", "State", lambda line: line.action.state.value, "How it stands.", Kind.CHOICE, STATES, width=12),
    column(
        *("latest", "What was last said", lambda line: latest(line.work)),
        "In public words. “No update provided” where an update is missing.",
        Kind.LONG_TEXT,
        width=20,
    ),
    column(
        *("last_update", "Last update", lambda line: line.action.last_update),
        "The day of the last accepted report.",
        Kind.DAY,
        width=DAY,
    ),
    column(
        *("confidence", "Confidence", lambda line: line.action.confidence and line.action.confidence.value),
        "What its lead says of it; empty where nothing is said.",
        Kind.CHOICE,
        CONFIDENCES,
        width=10,
    ),
    column("remarks", "Remarks", lambda line: line.action.disagreement or None, TOLD_REMARKS, width=12),
    column(
        *("timescale", "When, as written", lambda line: line.action.timescale_text or None),
        "The time in the words of the plan, or of its last move.",
        width=12,
    ),
    column("with", "Working with", lambda line: working_with(line.action), "Who works on it besides.", width=12),
    column(
        *("section", "Section", lambda line: _section(line.action), "The section of the plan template."),
        shown=Shown.NOT_ON_PAPER,
    ),
    column("plan", "Plan", lambda line: line.plan, "The plan in force that it stands in."),
    column(
        *("id", "Number here", lambda line: line.action.id, "Under which the tracker keeps it.", Kind.NUMBER),
        shown=Shown.NOT_ON_PAPER,
    ),
)


def of_one_plan() -> Sequence[Column[Line]]:
    """The columns of the whole plan where one alone is in force: paper does not name it in every row."""
    return paper_has({each.heading.key for each in WHOLE_PLAN} - {"plan"}, WHOLE_PLAN)


def without_values() -> Sequence[Column[Indicator]]:
    """The columns of measures where no value was reported of any: people see no empty columns."""
    empty = {"value", "value_on", "before"}
    return [
        replace(each, heading=replace(each.heading, shown=Shown.TO_PROGRAMS)) if each.heading.key in empty else each
        for each in INDICATORS
    ]


def _state(promised: Promised | None) -> Value:
    if promised is None:
        return None
    return HOPE if promised.is_only_hoped else promised.state.value


def _part(signed: Signed) -> str:
    if signed.withdrawn_on:
        return "withdrawn"
    return "supporter" if signed.is_supporter else "signatory"


def _section(action: ActionOnDay) -> str | None:
    if action.section:
        return f"{action.section.code} {action.section.title}"
    return action.section_text or None
