"""One organisation across England: every action that it leads or works on, and how these stand by partnership."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from actionplans.models import ActionLead
from actionplans.models.action import LEADING
from actionplans.progress import ActionGroup, Tally, tally
from actionplans.register import Entry, Place, Register
from actionplans.states import ActionState, Confidence
from concordat.picture import thresholds_of
from concordat.reports.narrowing import lines_wanted
from concordat.reports.questions import ACTION_STATUSES, Question
from concordat.reports.report import Report, leads_of_the_organisation
from concordat.reports.selection import TOLD_REMARKS
from concordat.reports.shapes import Answer, Column, Kind, Shown, Table, column, filled
from concordat.sentences import counted
from signatories.models import Programme


@dataclass(frozen=True, slots=True)
class Item:
    """One action, and the part that the organisation has in it."""

    entry: Entry
    place: Place
    role: str
    section: str
    group: ActionGroup
    disagreement: str


@dataclass(frozen=True, slots=True)
class Share:
    """What the organisation has to do in one partnership: so many as lead, and how all of them stand."""

    partnership: str
    slug: str
    leads: int
    numbers: Tally


ITEMS: Sequence[Column[Item]] = (
    column("partnership", "Partnership", lambda item: item.place.partnership, "Whose plan it stands in."),
    column("plan", "Plan", lambda item: item.place.plan, "A partnership may have several."),
    column("reference", "No", lambda item: item.entry.reference or None, "As the plan numbers it.", names=True),
    column(
        "section", "Section", lambda item: item.section or None, "Of the national template, or the plan’s own heading."
    ),
    column(
        *("action", "Action", lambda item: item.entry.text, "As the version in force on the day words it."),
        Kind.LONG_TEXT,
        names=True,
    ),
    column(
        "role",
        "Its part in it",
        lambda item: item.role,
        "On the day.",
        Kind.CHOICE,
        dict(ActionLead.Role.choices),
    ),
    column("timescale", "Timescale", lambda item: item.entry.timescale_in_words or None, "As written."),
    column("due_on", "Due", lambda item: item.entry.due_on, "The last day of that timescale.", Kind.DAY),
    column(
        "status",
        "Status",
        lambda item: item.entry.state,
        "By the last accepted report until the day.",
        Kind.CHOICE,
        dict(ActionState.choices),
    ),
    column(
        "confidence",
        "In time",
        lambda item: item.entry.confidence or None,
        "How sure its owner is.",
        Kind.CHOICE,
        dict(Confidence.choices),
    ),
    column(
        "is_overdue",
        "Overdue in public",
        lambda item: item.group.is_overdue,
        "Open, and so many working days past its due date that the public sees it as overdue.",
        Kind.YES_NO,
    ),
    column("remarks", "Remarks", lambda item: item.disagreement or None, TOLD_REMARKS),
    column("must_do", "National must-do", lambda item: item.entry.must_do, "On the day.", Kind.YES_NO),
    column("last_reported_on", "Last reported on", lambda item: item.entry.last_update, "", Kind.DAY),
    column(
        "progress",
        "Progress",
        lambda item: item.entry.last_text or None,
        "The public text of that report.",
        Kind.LONG_TEXT,
    ),
    column(
        *("action_id", "Action in addresses", lambda item: str(item.entry.action_id), "Never changes."),
        shown=Shown.TO_PROGRAMS,
    ),
)
SHARES: Sequence[Column[Share]] = (
    column("partnership", "Partnership", lambda share: share.partnership, "Whose plans these stand in."),
    column("leads", "Leads", lambda share: share.leads, "Those that it leads, alone or jointly.", Kind.NUMBER),
    column("total", "Actions", lambda share: share.numbers.total, "Without those merged into others.", Kind.NUMBER),
    column("done", "Done", lambda share: share.numbers.done, "Completed, or now business as usual.", Kind.NUMBER),
    column("open", "Open", lambda share: share.numbers.open, "Not started, in progress or paused.", Kind.NUMBER),
    column("overdue", "Overdue", lambda share: share.numbers.overdue, "Overdue in public.", Kind.NUMBER),
    column(
        "not_going_ahead",
        "Not going ahead",
        lambda share: share.numbers.not_going_ahead,
        "Among the actions; dropped for a reason that is public.",
        Kind.NUMBER,
    ),
    column("last_update", "Last update", lambda share: share.numbers.last_update, "Accepted by the day.", Kind.DAY),
)


def answer(question: Question) -> Answer:
    """What the organisation has to do, as at that day. Six queries, however many actions.

    Raises Programme.DoesNotExist where nothing is loaded.
    """
    programme = Programme.objects.earliest("id")
    register = Register(question.on, thresholds_of(programme), lines_wanted(question, programme), question.status)
    items = [_item(entry, register, question) for entry in register]
    return Answer(
        REPORT.name,
        REPORT.title,
        question.on,
        (
            filled("items", "Actions", ITEMS, items, "By partnership; one shared by several plans is in each of them."),
            _by_partnership(items),
        ),
        about=question.about,
        summary=(_sentence(items, question),),
        notes=("How actions stand is reported by the partnerships, not inspected.",),
    )


def _item(entry: Entry, register: Register, question: Question) -> Item:
    organisation = question.organisation.pk if question.organisation else None
    role = next(lead.role for lead in entry.leads if lead.organisation == organisation)
    place = register.places[entry.version_id]
    told = register.disagreement(entry)
    return Item(entry, place, role, register.section_of(entry), register.group_of(entry), told)


def _by_partnership(items: Sequence[Item]) -> Table:
    shares = [
        Share(name, slug, _led(own), tally(each.group for each in once(own)))
        for (name, slug), group in groupby(items, lambda item: item.place[:2])
        for own in [list(group)]
    ]
    return filled("partnerships", "By partnership", SHARES, shares, "An action that several plans share counts once.")


def once(items: Iterable[Item]) -> list[Item]:
    """Each action once, though several plans have it."""
    return list({item.entry.mirrors or item.entry.action_id: item for item in items}.values())


def _led(items: Iterable[Item]) -> int:
    """How many it leads, counted as `Tally.total` does: without those merged into others."""
    return sum(item.role in LEADING and item.entry.state != ActionState.MERGED for item in once(items))


def _sentence(items: Sequence[Item], question: Question) -> str:
    partnerships = len({item.place.partnership_slug for item in items})
    numbers = tally(item.group for item in once(items))
    if not items:
        return f"{question.organisation} leads no action and works on none that is recorded for the day."
    return (
        f"{question.organisation} has a part in {counted(numbers.total, 'action')} of "
        f"{counted(partnerships, 'partnership')} and leads {_led(items):,} of them: "
        f"{numbers.done:,} done, {numbers.open:,} open, {numbers.overdue:,} of these overdue."
    )


REPORT = Report(
    name="organisation",
    title="An organisation across England",
    told="Every action that one organisation leads or works on, by partnership: for bodies that serve many areas.",
    answer=answer,
    may_read=leads_of_the_organisation,
    takes=frozenset({"organisation", "region", "partnership", "theme", "status"}),
    statuses=ACTION_STATUSES,
    needs="organisation",
)
