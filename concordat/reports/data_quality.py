"""What is missing or doubtful in the records of open actions: counted by plan, and action by action."""

from collections.abc import Callable, Iterator, Sequence

from concordat.reports.numbers import share
from concordat.reports.quality import FLAGS, Flagged, FlaggedActions, OfPlan, of_plans, open_lines
from concordat.reports.questions import Question
from concordat.reports.report import Report, readers_of_the_partnership
from concordat.reports.selection import caveats
from concordat.reports.shapes import Answer, Column, Kind, Shown, Table, Value, column, filled
from concordat.sentences import counted, in_words
from signatories.models import Programme


def _count(flag: str) -> Callable[[OfPlan], Value]:
    return lambda row: row.flags[flag]


def _has(flag: str) -> Callable[[Flagged], Value]:
    return lambda row: flag in row.flags


PLANS: Sequence[Column[OfPlan]] = (
    column("partnership", "Partnership", lambda row: row.partnership, "Whose plan it is, by its name of today."),
    column(
        *("slug", "Address", lambda row: row.slug, "The partnership in the addresses of this site."),
        shown=Shown.TO_PROGRAMS,
    ),
    column("plan", "Plan", lambda row: row.plan, "A plan of which a version is in force on the day."),
    column("open", "Open actions", lambda row: row.open, "Actions that are kept in it and not closed.", Kind.NUMBER),
    column("flagged", "With a flag", lambda row: row.flagged, "Those of which something is missing.", Kind.NUMBER),
    column(
        "percent_flagged",
        "In 100",
        lambda row: share(row.flagged, row.open),
        "Those with a flag, of all open ones; to the nearest.",
        Kind.PERCENT,
    ),
    *(column(flag, name, _count(flag), told, Kind.NUMBER) for flag, (name, told) in FLAGS.items()),
)
ACTIONS: Sequence[Column[Flagged]] = (
    column("partnership", "Partnership", lambda row: row.partnership, "Whose plan it is, by its name of today."),
    column("plan", "Plan", lambda row: row.plan, "The plan in which the action is kept."),
    column(
        *("id", "Action", lambda row: row.id, "The number of the action in the addresses of this site.", Kind.NUMBER),
        shown=Shown.TO_PROGRAMS,
    ),
    column("reference", "No", lambda row: row.reference or None, "Its reference in the version in force.", names=True),
    column(
        *("text", "What will be done", lambda row: row.text, "As the version in force words it."),
        Kind.LONG_TEXT,
        names=True,
    ),
    column("lead", "Led by", lambda row: row.lead, "Who leads it on the day, or the first of several."),
    column("due_on", "Due", lambda row: row.due_on, "Its due day on the day.", Kind.DAY),
    column("last_update", "Last update", lambda row: row.last_update, "The last accepted report.", Kind.DAY),
    *(column(flag, name, _has(flag), told, Kind.YES_NO) for flag, (name, told) in FLAGS.items()),
)


def answer(question: Question) -> Answer:
    """Both tables on that day. 4 queries; the actions are read while they are written.

    Raises Programme.DoesNotExist where nothing is loaded.
    """
    programme = Programme.objects.earliest("id")
    lines = open_lines(question, programme)
    plans = of_plans(lines)
    open_, flagged = sum(row.open for row in plans), sum(row.flagged for row in plans)
    return Answer(
        REPORT.name,
        REPORT.title,
        question.on,
        (
            filled("plans", "Plans", PLANS, plans, "A row for each plan in force with an open action."),
            Table(
                "actions",
                "Open actions with a flag",
                tuple(each.heading for each in ACTIONS),
                Rows(FlaggedActions(lines, question.on)),
                "A row for each. An action that mirrors one of another plan is looked at where it is kept.",
            ),
        ),
        about=question.about,
        summary=(_summary(flagged, open_, question),),
        notes=caveats(question.on, programme.complete_to),
    )


def _summary(flagged: int, open_: int, question: Question) -> str:
    if not open_:
        return f"On {in_words(question.on)}, no open actions are recorded."
    told = f"{flagged:,} of {counted(open_, 'open action')}"
    return f"On {in_words(question.on)}, something is missing or doubtful in {told}."


class Rows:
    """The rows of the actions, made while they are read; they can be gone through again."""

    def __init__(self, actions: FlaggedActions) -> None:
        self.actions = actions

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return (tuple(each.of(action) for each in ACTIONS) for action in self.actions)


REPORT = Report(
    name="data-quality",
    title="Data quality",
    told="Open actions of which the records lack a lead, a date, an owner or a recent report, by plan and one by one.",
    answer=answer,
    may_read=readers_of_the_partnership,
    takes=frozenset({"region", "partnership", "organisation", "theme"}),
)
