"""The sheet for a meeting: by lead organisation, what is due, overdue or without an update, with space for notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from actionplans.agenda import Item, LeadItems, Reason, agenda, leads_of
from actionplans.reading import ActionOnDay
from concordat.reports.papers import facts
from concordat.reports.papers.columns import REF, TOLD_REF
from concordat.reports.papers.words import latest, led_by
from concordat.reports.questions import Question
from concordat.reports.report import Report, readers_of_the_partnership
from concordat.reports.shapes import Answer, Column, Kind, column, filled
from concordat.sentences import counted, in_words


@dataclass(frozen=True, slots=True)
class Row:
    """One action to talk about."""

    item: Item

    @property
    def action(self) -> ActionOnDay:
        return self.item.work.action


COLUMNS: Sequence[Column[Row]] = (
    column(
        *("lead", "Led by", lambda row: led_by(row.action)),
        "Who answers for it, or as the plan says; empty where none is recorded. In the order of the first.",
        width=20,
    ),
    column("ref", "Ref", lambda row: row.action.reference or None, TOLD_REF, width=REF, names=True),
    column(
        *("action", "Action", lambda row: row.action.text),
        "In the words of the plan in force.",
        Kind.LONG_TEXT,
        width=38,
        names=True,
    ),
    column(
        *("reasons", "To talk about", lambda row: "; ".join(_reasons(row.item))),
        f"Why it is on the sheet: {', '.join(reason.label.lower() for reason in Reason)}.",
        width=18,
    ),
    column("due", "Due", lambda row: row.action.due_on, "The day that holds; empty where there is none.", Kind.DAY),
    column(
        *("latest", "What was last said", lambda row: latest(row.item.work)),
        "In public words. “No update provided” where an update is missing.",
        Kind.LONG_TEXT,
        width=36,
    ),
    column("notes", "Notes", lambda row: None, "Empty: space to write in.", width=36),
)


BY_LEAD = "By lead organisation, the most urgent first. What several lead stands once, under the first, and names all."


def answer(question: Question) -> Answer:
    """The sheet for the meeting asked for, or for the next one. Seven queries.

    Raises BoardMeeting.DoesNotExist for a meeting that is not about the partnership.
    """
    partnership = question.partnership
    assert partnership is not None  # noqa: S101 - the report needs one
    meetings = facts.meetings_for(question, partnership)
    plans = facts.plans_on(partnership, question.on)
    waiting = facts.waiting_on({action.id for action in plans.actions if action.mirrors is None}, question.on)
    opened = facts.asked_since(partnership, question.on)
    works = facts.works_on(partnership, plans, waiting, opened)
    kept_here = [work for work in works if work.action.mirrors is None]
    groups = agenda(kept_here, facts.proposals_in(waiting), on=question.on, next_on=meetings.next_on)
    rows = list(_rows(groups))
    meeting = meetings.meeting
    leads = {lead for row in rows for lead in leads_of(row.action)}
    told = f"{counted(len(rows), 'action')} of {counted(len(leads), 'lead organisation')}"
    return Answer(
        name=REPORT.name,
        title=REPORT.title,
        on=question.on,
        about=f"{partnership}; {meeting}" if meeting else str(partnership),
        summary=(
            _meets(meetings),
            f"To talk about: {told}, due until {in_words(meetings.next_on)} or for another reason below.",
        ),
        notes=("Actions that another partnership’s plan keeps are not on this sheet.",),
        tables=(filled("items", "To talk about", COLUMNS, rows, BY_LEAD),),
    )


def _meets(meetings: facts.Meetings) -> str:
    if meetings.meeting is None:
        return "No meeting of a board is planned."
    day = in_words(meetings.meeting.held_on)
    if meetings.is_past:
        return f"The board met on {day}; this sheet is of a later day."
    return f"The board meets on {day}."


def _reasons(item: Item) -> Iterator[str]:
    """Why it is on the sheet, in words; with the new day that a report asks for."""
    for reason in item.reasons:
        if reason is Reason.NEW_DATE and item.proposal:
            yield f"Asks for {in_words(item.proposal.new_due_on)}"
        else:
            yield reason.label


def _rows(groups: Sequence[LeadItems]) -> Iterator[Row]:
    for group in groups:
        for item in sorted(group.items, key=lambda item: (item.work.urgency, item.work.action.due_on or date.max)):
            yield Row(item)


REPORT = Report(
    name="meeting",
    title="Meeting sheet",
    told="For a meeting: what is overdue, due or without an update, by lead organisation, with space for notes.",
    answer=answer,
    may_read=readers_of_the_partnership,
    takes=frozenset({"partnership", "meeting"}),
    needs="partnership",
    has_pdf=True,
)
