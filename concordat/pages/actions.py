"""An action's own page: what was promised, how it stands, what was reported, and every date that moved."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from actionplans.models import Action, ActionInVersion, Commitment, DateChange, PlanVersion, ProgressUpdate, Promise
from actionplans.models.timed import Timed
from actionplans.reading import ActionOnDay, actions_on
from actionplans.states import CLOSED, ActionState, Confidence
from actionplans.timescale import Confidence as Sureness
from actionplans.timescale import Kind
from concordat.asked import Asked, asked_of
from concordat.caching import public_page
from concordat.pages import happened
from concordat.pages.dated import dated_page, horizon
from concordat.picture import thresholds_of
from concordat.sentences import counted, in_words
from concordat.traces.parts import removals_of
from signatories.models import Document
from signatories.models.declaration import Standing


@dataclass(frozen=True, slots=True)
class Told:
    """An accepted update as anybody may read it. `merged_into`: its id if that action has a page, else None."""

    reported_on: date
    state: ActionState
    confidence: Confidence | None
    text: str
    completed_on: date | None
    outcome: str
    reason: str
    is_reopening: bool
    merged_into: int | None


@public_page("on")
def action_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The action on the day. One that never stood in a published version has no page."""
    asked = asked_of(request)
    public = Action.objects.published_by(horizon(asked))
    action = get_object_or_404(public.select_related("plan__partnership__programme", "mirrors__plan"), pk=pk)
    lines = list(lines_by(action, asked.on))
    wordings = [line for line in lines if not line.is_left_out]
    shared = {"action": action, "plan": action.plan, "partnership": action.plan.partnership}
    programme = action.plan.partnership.programme
    if not wordings:
        first = PlanVersion.objects.filter(pk__in=action.in_versions.values("version")).earliest_day()
        return dated_page(request, "pages/action.html", asked, programme, first=first, **shared)
    return dated_page(request, "pages/action.html", asked, programme, **shared, **_read(action, lines, asked))


def _read(action: Action, lines: list[ActionInVersion], asked: Asked) -> dict[str, object]:
    """What the page tells of an action that is published on the day."""
    wordings = [line for line in lines if not line.is_left_out]
    on, source = asked.on, action.mirrors or action
    updates = list(ProgressUpdate.objects.public_by(on).filter(action=source).order_by("reported_on", "id"))
    moves = [(move, moved_sentence(move)) for move in moves_of(source, on)]
    current = next((each for each in wordings if each.version.standing_on(on) == Standing.LIVE), None)
    return {
        "wording": current or wordings[0],
        "is_live": current is not None,
        "wordings": wordings,
        "reading": read_action(action, current or wordings[0], on),
        "source": source if source != action and is_public(source, on) else None,
        "updates": updates_told(updates, on),
        "documents": list(Document.objects.about(source).public_by(on)),
        "understood": understood_sentence(moves[0][0] if moves else source),
        "moves": moves,
        "happened": happened.of_action(lines, moves, updates, on),
        "removals": removals_of(action),
        "themes": action.themes.all(),
        "promises": promises_served(action, on),
        "mirrored_by": Action.objects.published_by(on)
        .filter(mirrors=source)
        .exclude(pk=action.pk)
        .select_related("plan__partnership"),
    }


def read_action(action: Action, wording: ActionInVersion, on: date) -> ActionOnDay:
    """The action as that version words it and as it stands on the day. Two queries."""
    partnership = action.plan.partnership
    thresholds = thresholds_of(partnership.programme, partnership.update_every_months)
    [reading] = actions_on([wording.version_id], on, thresholds, only=[action.pk])
    return reading


def lines_by(action: Action, on: date) -> QuerySet[ActionInVersion, ActionInVersion]:
    """The action in each version published by the day, the newest first: how it is worded, or that it is left out."""
    every = ActionInVersion.every.filter(action=action, version__published_on__lte=on)
    lines = every.select_related("version", "section")
    return lines.order_by("-version__published_on", "-version_id")


def is_public(action: Action, on: date) -> bool:
    """Whether the action stands in a version published by the day."""
    return Action.objects.published_by(on).filter(pk=action.pk).exists()


def updates_told(updates: list[ProgressUpdate], on: date) -> list[Told]:
    """Accepted updates in the order of their days, as they are told: the newest first. One query."""
    targets = {update.merged_into_id for update in updates if update.merged_into_id}
    public = set(Action.objects.published_by(on).filter(pk__in=targets).values_list("pk", flat=True))
    return list(told(updates, public))[::-1]


def told(updates: Iterable[ProgressUpdate], public: Collection[int]) -> Iterable[Told]:
    """Updates in the order of their days, as they are told. An open state after a closed one is a reopening."""
    was_closed = False
    for update in updates:
        is_closed = update.status in CLOSED
        yield Told(
            reported_on=update.reported_on,
            state=ActionState(update.status),
            confidence=Confidence(update.confidence) if update.confidence and not is_closed else None,
            text=update.public_text,
            completed_on=update.completed_on,
            outcome=update.outcome_note,
            reason=update.reason,
            is_reopening=was_closed and not is_closed,
            merged_into=update.merged_into_id if update.merged_into_id in public else None,
        )
        was_closed = is_closed


def moves_of(action: Action, on: date) -> QuerySet[DateChange, DateChange]:
    """The dates moved by the day, the newest first."""
    return action.date_changes.filter(decided_on__lte=on).order_by("-decided_on", "-id")


def moved_sentence(move: DateChange) -> str:
    """From when to when a date was moved: “Moved from 31 March 2015 to 31 March 2016, 12 months later.”"""
    if move.due_on is None:
        return f"{_from(move)} No due date since then."
    if move.old_due_on is None:
        return f"Given a due date: {in_words(move.due_on)}."
    return f"Moved from {in_words(move.old_due_on)} to {in_words(move.due_on)}{slip(move.old_due_on, move.due_on)}."


def _from(move: DateChange) -> str:
    return f"The due date of {in_words(move.old_due_on)} was taken away." if move.old_due_on else "Reworded."


def slip(old: date, new: date) -> str:
    """By how much a date moved, in whole months or else in days: “, 12 months later”; empty if it did not."""
    if old == new:
        return ""
    # From the last day of a month to the last day of another is whole months, though the days differ in number.
    apart = relativedelta(max(old, new) + relativedelta(days=1), min(old, new) + relativedelta(days=1))
    months = apart.years * 12 + apart.months
    far = counted(months, "month") if months else counted(abs((new - old).days), "day")
    return f", {'about ' if months and apart.days else ''}{far} {'later' if new > old else 'earlier'}"


def understood_sentence(timescale: Timed) -> str:
    """How a written timescale is read: “We read this as a quarter; the last day is 30 June 2015.”"""
    if not timescale.timescale_text:
        return ""
    if timescale.timescale_kind == Kind.RECURRING:
        months = timescale.review_every_months
        often = f", every {counted(months, 'month')}" if months else ""
        return f"We read this as something done again and again{often}."
    if timescale.due_on is None:
        return "We read no certain day in this."
    unsure = "" if timescale.timescale_confidence == Sureness.SURE else " We are not sure of this."
    return (
        f"We read this as {Kind(timescale.timescale_kind).label}; the last day is {in_words(timescale.due_on)}.{unsure}"
    )


def promises_served(action: Action, on: date) -> QuerySet[Promise, Promise]:
    """The promises made in public by the day that the action is to keep."""
    shown = Commitment.objects.shown_on(on)
    return (
        action.promises.filter(commitment__in=shown.values("pk"))
        .select_related("commitment__partnership")
        .order_by("commitment_id", "position")
    )
