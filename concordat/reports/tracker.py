"""The full tracker: every action of the plans in force, in the columns of the national template, with parsed dates.

A file of one plan is brought in again (`import_plan`) without a difference: the columns that are no part of a plan are
kept as notes (actionplans/importing/understanding/fields.py).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from actionplans.register import Entry, Place, Register
from actionplans.states import ActionState, Confidence
from actionplans.timescale import TimePrecision
from actionplans.tracker import COLUMNS as TEMPLATE
from actionplans.tracker import status_in_words
from concordat.picture import thresholds_of
from concordat.reports.narrowing import lines_wanted
from concordat.reports.questions import ACTION_STATUSES, Question
from concordat.reports.report import Report, readers_of_the_partnership
from concordat.reports.selection import TOLD_REMARKS
from concordat.reports.shapes import Answer, Column, Kind, Shown, Value, column, streamed
from signatories.models import Programme


class Row(NamedTuple):
    """One action, and where what it hangs on is found."""

    entry: Entry
    place: Place
    register: Register


def _section(row: Row) -> Value:
    return row.register.section_of(row.entry) or None


def _status(row: Row) -> Value:
    return status_in_words(row.entry.state, row.entry.merged_into or "")


# What a column of the template holds, and what is said of it: by its key.
FILLED = {
    "reference": (lambda row: row.entry.reference or None, "As the plan numbers it.", Kind.TEXT),
    "section": (_section, "The section of the national template, or the plan’s own heading.", Kind.TEXT),
    "action": (lambda row: row.entry.text, "As the version in force words it.", Kind.LONG_TEXT),
    "led_by": (lambda row: row.register.led_by(row.entry) or None, "Who answers for it on the day.", Kind.TEXT),
    "working_with": (lambda row: row.register.working_with(row.entry) or None, "Who helps on the day.", Kind.TEXT),
    "timescale": (
        lambda row: row.entry.timescale_in_words or None,
        "As written; of a moved date, the last words.",
        Kind.TEXT,
    ),
    "due_on": (lambda row: row.entry.due_on, "The last day of that timescale; empty where there is none.", Kind.DAY),
    "outcome": (lambda row: row.entry.outcome or None, "What will be better for people in a crisis.", Kind.LONG_TEXT),
    "outcome_measure": (lambda row: row.entry.outcome_measure or None, "By what number that shows.", Kind.LONG_TEXT),
    "footprint": (lambda row: row.entry.footprint or None, "Where, if not in the whole area of the plan.", Kind.TEXT),
    "must_do": (lambda row: row.entry.must_do, "Whether it was a national must-do on the day.", Kind.YES_NO),
    "status": (_status, "The last accepted report by the day; of a merged one, into which.", Kind.TEXT),
    "confidence": (lambda row: row.entry.confidence or None, "How sure its owner is to be in time.", Kind.CHOICE),
    "progress": (lambda row: row.entry.last_text or None, "The public text of that report.", Kind.LONG_TEXT),
}
CHOICES = {"confidence": dict(Confidence.choices)}
NAMING = frozenset({"reference", "action"})  # by which people know a row: the number, or where there is none the words
BEFORE: Sequence[Column[Row]] = (
    column("partnership_name", "Name of the partnership", lambda row: row.place.partnership, "Whose plan it is."),
    column("plan_title", "Title of the plan", lambda row: row.place.plan, "A partnership may have several."),
    column("plan_version", "Version of the plan", lambda row: row.place.version, "The one in force on the day."),
)
AFTER: Sequence[Column[Row]] = (
    column(
        "status_word",
        "Status in one word",
        lambda row: row.entry.state,
        "The same from a fixed list, to filter and count by.",
        Kind.CHOICE,
        dict(ActionState.choices),
    ),
    column(
        "is_overdue",
        "Overdue in public",
        lambda row: row.register.is_overdue(row.entry),
        "Open, and so many working days past its due date that the public sees it as overdue.",
        Kind.YES_NO,
    ),
    column("remarks", "Remarks", lambda row: row.register.disagreement(row.entry) or None, TOLD_REMARKS),
    column(
        "starts_on",
        "First day of the timescale",
        lambda row: row.entry.starts_on,
        "Where the timescale has one.",
        Kind.DAY,
    ),
    column(
        "due_precision",
        "Due by the end of a",
        lambda row: row.entry.precision or None,
        "How exact the timescale is.",
        Kind.CHOICE,
        dict(TimePrecision.choices),
    ),
    column(
        "review_every_months",
        "Reviewed every so many months",
        lambda row: row.entry.review_every_months,
        "Of an action without an end.",
        Kind.NUMBER,
    ),
    column("first_due_on", "Due date as first planned", lambda row: row.entry.first_due_on, "", Kind.DAY),
    column(
        "times_moved",
        "Times that the date moved",
        lambda row: row.entry.times_moved,
        "Up to the day.",
        Kind.NUMBER,
    ),
    column(
        "completed_on",
        "Day on which it was completed",
        lambda row: row.entry.completed_on,
        "As reported.",
        Kind.DAY,
    ),
    column(
        "last_reported_on", "Last reported on", lambda row: row.entry.last_update, "The day of that report.", Kind.DAY
    ),
    column(
        "partnership_slug",
        "Partnership in addresses",
        lambda row: row.place.partnership_slug,
        "Never changes, whatever it is called.",
        shown=Shown.TO_PROGRAMS,
    ),
    column(
        "action_id",
        "Action in addresses",
        lambda row: str(row.entry.action_id),
        "Never changes, whatever its number in the plan.",
        shown=Shown.TO_PROGRAMS,
    ),
)
COLUMNS: Sequence[Column[Row]] = (
    *BEFORE,
    *(
        column(*(each.key, each.heading, of, told, kind, CHOICES.get(each.key), each.width), names=each.key in NAMING)
        for each in TEMPLATE
        for of, told, kind in [FILLED[each.key]]
    ),
    *AFTER,
)


TOLD = (
    "An action in a row, as the version of its plan words it that was in force on the day. One that several plans "
    "share has a row in each, and one that was merged into another keeps its row: sums of actions count the first once "
    "and the second not at all. "
    "Reported by the partnerships, not inspected."
)


class _Rows:
    """The actions, as often as they are asked for."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def __iter__(self) -> Iterator[Row]:
        register, places = self.register, self.register.places
        return (Row(entry, places[entry.version_id], register) for entry in register)


def answer(question: Question) -> Answer:
    """The actions on that day, which are read from the database as they are written.

    Raises Programme.DoesNotExist where nothing is loaded.
    """
    programme = Programme.objects.earliest("id")
    register = Register(question.on, thresholds_of(programme), lines_wanted(question, programme), question.status)
    return Answer(
        REPORT.name,
        REPORT.title,
        question.on,
        (streamed("actions", "Actions", COLUMNS, _Rows(register), TOLD),),
        about=question.about,
    )


REPORT = Report(
    name="tracker",
    title="Tracker of actions",
    told="Every action in the columns of the national template, with its dates as understood: a file to work with.",
    answer=answer,
    may_read=readers_of_the_partnership,
    takes=frozenset({"region", "partnership", "organisation", "theme", "status"}),
    statuses=ACTION_STATUSES,
)
