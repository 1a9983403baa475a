"""The change log between two days: what happened, what was entered late; and of one partnership what was recorded.

What happened is public; what was recorded is the partnership's own side, for its readers.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from actionplans.models import ActionInVersion, ActionLead, DateChange, ProgressUpdate
from actionplans.states import ActionState
from concordat import national, signup
from concordat.facts import national_facts
from concordat.kernel.sources import Precision
from concordat.reports.happenings import SUBJECTS, Happening, Period, Subject, london_day, sources
from concordat.reports.questions import Question
from concordat.reports.recorded import Entry, recorded
from concordat.reports.report import Report, anybody_with_a_role, readers_of_the_partnership
from concordat.reports.selection import caveats
from concordat.reports.shapes import Answer, Column, Kind, Table, column, filled
from concordat.sentences import counted, in_words
from signatories.access import Access
from signatories.models import PartnershipCoverage, Programme

PRECISIONS = {Precision.DAY.value: "On that day", Precision.BY.value: "By that day"}
STATES = dict(ActionState.choices)

HAPPENED: Sequence[Column[Happening]] = (
    column("on", "Happened on", lambda row: row.on, "The day on which it happened.", Kind.DAY),
    column(
        "precision",
        "How exact",
        lambda row: (Precision.BY if row.is_by else Precision.DAY).value,
        "Whether it happened on that day, or by that day at the latest.",
        Kind.CHOICE,
        PRECISIONS,
    ),
    column("subject", "About", lambda row: row.subject.value, "What it is about.", Kind.CHOICE, SUBJECTS),
    column("partnership", "Partnership", lambda row: row.partnership, "Whose it is; empty for an area."),
    column("name", "Which", lambda row: row.about, "What it happened to, by its name of today.", Kind.LONG_TEXT),
    column("what", "What happened", lambda row: row.what, "In words.", Kind.LONG_TEXT),
    column("why", "Why", lambda row: row.why or None, "The public reason, where one was given.", Kind.LONG_TEXT),
    column(
        "recorded_on",
        "Recorded on",
        lambda row: row.recorded_on,
        "The day on which it was recorded; empty where that is not known, or for what follows from other records.",
        Kind.DAY,
    ),
)
RECORDED: Sequence[Column[Entry]] = (
    column("recorded_on", "Recorded on", lambda row: row.on, "The day on which it was recorded.", Kind.DAY),
    column("noun", "About", lambda row: row.noun, "What was changed."),
    column("name", "Which", lambda row: row.name or None, "By its name of today.", Kind.LONG_TEXT),
    column("what", "What was done", lambda row: row.verb, "In words."),
    column("fields", "What it changed", lambda row: row.fields or None, "What was set or altered.", Kind.LONG_TEXT),
    column("why", "Why", lambda row: row.why or None, "The reason that was given.", Kind.LONG_TEXT),
    column("by", "By", lambda row: row.by, "Who did it."),
)


def answer(question: Question) -> Answer:
    """The log of the days after `since` until `on`. A fixed number of queries, one more table for a partnership.

    Raises Programme.DoesNotExist where nothing is loaded.
    """
    programme = Programme.objects.earliest("id")
    period = Period(question.since, question.on)
    found = sorted(_found(question, programme, period), key=attrgetter("on", "subject", "about", "what"))
    happened = [each for each in found if period.holds(each.on)]
    late = [each for each in found if not period.holds(each.on)]
    tables = [
        filled("happened", "What happened", HAPPENED, happened, f"In the days after {in_words(question.since)}."),
        filled(
            "late",
            "Earlier, and recorded only then",
            HAPPENED,
            late,
            f"What had happened by {in_words(question.since)} and was recorded in the days after it.",
        ),
    ]
    if question.partnership is not None:
        tables.append(_own(question.partnership.pk, period))
    told = f"{counted(len(happened), 'change')} from {in_words(question.since)} to {in_words(question.on)}"
    return Answer(
        REPORT.name,
        REPORT.title,
        question.on,
        tuple(tables),
        since=question.compared_with,
        about=question.about,
        summary=(f"{told}; {_late(len(late))}.",),
        notes=caveats(question.on, programme.complete_to),
    )


def _late(number: int) -> str:
    """Of what had happened before. What happened in these days may have been recorded after them too: its rows say."""
    if not number:
        return "of what had happened before, nothing was recorded only then"
    return f"{counted(number, 'earlier one')} {'was' if number == 1 else 'were'} recorded only then"


def _own(partnership: int, period: Period) -> Table:
    told = "The partnership’s own side: what was recorded in these days, whenever it happened. Drafts are left out."
    return filled("recorded", "What was recorded", RECORDED, recorded(partnership, period), told)


def _found(question: Question, programme: Programme, period: Period) -> Iterator[Happening]:
    """What is to be told of the question: of a theme or an organisation's actions the actions alone."""
    there = _in_region(question, programme, period)
    yield from _of_actions(question, programme, period, there)
    if question.theme or question.organisation:
        return
    for source in sources(programme, question.on, question.partnership, question.region):
        for each in source.happenings(period):
            if there is None or not source.whose or each.partnership_id in there:
                yield each
    if question.partnership is None:
        yield from _of_areas(national_facts(programme), question, period)


def _in_region(question: Question, programme: Programme, period: Period) -> frozenset[int] | None:
    """The partnerships (ids) that work in the region of the question in these days, or until their first; None where it
    names none.
    """
    if not question.region:
        return None
    rows = PartnershipCoverage.objects.filter(partnership__programme=programme, area__region=question.region)
    rows = rows.exclude(from_on__gt=period.on).exclude(until_on__lte=period.since)
    return frozenset(rows.values_list("partnership_id", flat=True))


def _of_actions(
    question: Question, programme: Programme, period: Period, there: frozenset[int] | None
) -> Iterator[Happening]:
    """How actions came to stand otherwise, and how their dates moved; of these partnerships. Two queries."""
    of_them = Q() if there is None else Q(action__plan__partnership__in=there)
    columns = ("action__plan__partnership__name", "reference", "text")
    reports = _public(ProgressUpdate.objects.accepted().filter(of_them), question, programme)
    told = _told(period, "reported_on", "accepted_at")
    for whose, reference, text, status, day, at, why, said in (
        reports.annotate(before=Coalesce(_status_before(), Value(ActionState.NOT_STARTED.value)))
        .filter(told, ~Q(status=F("before")))
        .order_by("reported_on", "pk")
        .values_list(*columns, "status", "reported_on", "accepted_at", "reason", "public_text")
    ):
        name = f"{reference} {text}".strip()
        recorded_on = london_day(at) if at else None
        yield Happening(day, Subject.ACTION, whose, name, f"Reported: {STATES[status]}", why or said, recorded_on)
    moves = _public(DateChange.objects.filter(of_them), question, programme)
    for whose, reference, text, old, new, day, at, why in (
        moves.filter(_told(period, "decided_on", "recorded_at"))
        .order_by("decided_on", "pk")
        .values_list(*columns, "old_due_on", "due_on", "decided_on", "recorded_at", "reason")
    ):
        name = f"{reference} {text}".strip()
        what = f"Due day moved from {_day(old)} to {_day(new)}"
        yield Happening(day, Subject.ACTION, whose, name, what, why, london_day(at))


def _day(day: date | None) -> str:
    return in_words(day) if day else "no day"


def _told(period: Period, happened: str, recorded: str) -> Q:
    """Whether a row happened in the period, or before it and was recorded in it."""
    within = Q(**{f"{happened}__gt": period.since, f"{happened}__lte": period.on})
    return within | (Q(**{f"{happened}__lte": period.since}) & period.recorded(recorded))


def _public(rows: QuerySet[Any, Any], question: Question, programme: Programme) -> QuerySet[Any, Any]:
    """Of actions that stand in a version published by the day, in the words of the newest, as the question asks."""
    on = question.on
    lines = ActionInVersion.objects.filter(version__published_on__lte=on, action=OuterRef("action"))
    newest = lines.order_by("-version__published_on", "-version_id")
    found: QuerySet[Any, Any] = rows.annotate(
        reference=Subquery(newest.values("reference")[:1]), text=Subquery(newest.values("text")[:1])
    ).filter(text__isnull=False, action__plan__partnership__programme=programme)
    if question.partnership:
        found = found.filter(action__plan__partnership=question.partnership)
    if question.theme:
        found = found.filter(action__themes=question.theme)
    if question.organisation:
        working = ActionLead.objects.on(on).filter(organisation=question.organisation, action=OuterRef("action"))
        found = found.filter(Exists(working))
    return found


def _status_before() -> Subquery:
    """How the action of a report stood before it, by the accepted report before; null where it is the first."""
    earlier = Q(reported_on__lt=OuterRef("reported_on")) | Q(reported_on=OuterRef("reported_on"), pk__lt=OuterRef("pk"))
    rows = ProgressUpdate.objects.accepted().filter(earlier, action=OuterRef("action"))
    return Subquery(rows.order_by("-reported_on", "-pk").values("status")[:1])


def _of_areas(facts: national.Facts, question: Question, period: Period) -> Iterator[Happening]:
    """How areas came to stand otherwise in signing up."""
    for area in facts.areas:
        if area.is_planned or question.region not in ("", area.region):
            continue
        steps = signup.timeline(facts, area.id)
        for before, after in pairwise(steps):
            was, now = before.sign_up.status, after.sign_up.status
            if was is not now and period.holds(after.on):
                is_by = after.precision == Precision.BY
                what = f"From {was.value} to {now.value} in signing up"
                yield Happening(after.on, Subject.AREA, None, area.name, what, after.sign_up.reason, None, is_by)


def _may_read(access: Access, question: Question) -> bool:
    """Everybody with a role; of one partnership, which has its own side in it, its readers."""
    if question.partnership is None:
        return anybody_with_a_role(access, question)
    return readers_of_the_partnership(access, question)


REPORT = Report(
    name="changes",
    title="Change log",
    told="What happened between two days, and what from before was recorded only then; of one partnership also what "
    "was recorded.",
    answer=answer,
    may_read=_may_read,
    takes=frozenset({"since", "region", "partnership", "organisation", "theme"}),
)
