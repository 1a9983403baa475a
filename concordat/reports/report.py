"""What every report says of itself: what it is called, who reads it, what can be asked of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from concordat.reports.questions import NAMES, STATUSES, Question
from concordat.reports.shapes import Answer
from signatories.access import Access

MayRead = Callable[[Access, Question], bool]
TO_COME = "This day is still to come: it is told how it will be if nothing changes until then."
WHOLE = "A PDF holds the whole report. Ask for it without a table, or choose another format."


@dataclass(frozen=True, slots=True)
class Report:
    """One report.

    `takes`: the names of a question that it heeds, besides the day; others are refused. `needs`: the one without which
    there is nothing to say. `answer` asks a fixed number of queries, whatever the number of areas, actions or people.
    `of_members`: asked by organisation, it tells of the areas in whose partnerships that takes part; others tell of the
    actions that it leads or works on.
    """

    name: str
    title: str
    told: str  # one sentence on what it is for
    answer: Callable[[Question], Answer]
    may_read: MayRead
    takes: frozenset[str] = frozenset()
    needs: str = ""
    has_pdf: bool = False
    of_members: bool = False
    usual_since: str = ""  # with what it is compared where no day is asked for, if not with the day three months before
    statuses: Mapping[str, str] = field(default_factory=lambda: STATUSES)  # those that it may be asked by


def answered(report: Report, question: Question) -> Answer:
    """What the report comes to, and that its day is still to come where it is. Raises as its `answer` does."""
    answer = report.answer(question)
    return replace(answer, notes=(TO_COME, *answer.notes)) if question.is_to_come else answer


def national_only(access: Access, question: Question) -> bool:
    """Reviewers and administrators."""
    return access.is_national


def anybody_with_a_role(access: Access, question: Question) -> bool:
    """Its figures are public, its arrangement is a service to those who work here."""
    return access.has_a_role


def readers_of_the_partnership(access: Access, question: Question) -> bool:
    """Those who see the partnership's own side; of all partnerships at once, national staff."""
    if question.partnership is None:
        return access.is_national
    return access.reads_partnership(question.partnership.pk)


def leads_of_the_organisation(access: Access, question: Question) -> bool:
    """National staff, and those who lead the organisation."""
    if question.organisation is None:
        return access.is_national
    return access.is_national or access.leads_organisation(question.organisation.pk)


def unfit(report: Report, question: Question, format_: str, table: str = "") -> dict[str, str]:
    """A sentence for each name of the question that the report does not heed, or lacks; empty where it can answer.

    `table`: the one that is asked for, of several; empty for the usual ones of the format.
    """
    given = question.kept.keys() - {"on"}
    refused = {name: f"“{report.title}” cannot be asked by {name}." for name in NAMES if name in given - report.takes}
    if question.status and "status" in report.takes and question.status not in report.statuses:
        refused["status"] = f"“{report.title}” cannot be asked by the status “{question.status}”. Choose another one."
    if report.needs and report.needs not in given:
        refused[report.needs] = f"Say of which {report.needs}."
    if format_ == "pdf" and not report.has_pdf:
        refused["format"] = f"“{report.title}” is not made as a PDF. Choose another format."
    if format_ == "pdf" and table:
        refused["table"] = WHOLE
    return refused
