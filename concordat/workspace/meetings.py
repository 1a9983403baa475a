"""The meetings of the boards that oversee a partnership: listed, planned, moved and cancelled."""

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from concordat.accounts.gate import signed_in
from concordat.kernel.dates import today
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from concordat.sentences import counted, in_words
from concordat.workspace.drafts import DraftForm
from concordat.workspace.filling import Filling, VersionedForm
from concordat.workspace.forms import Day
from signatories.access import Access
from signatories.deadlines import Deadline, next_deadline, usual_papers_day
from signatories.models import Board, BoardMeeting, BoardOversight, Partnership
from signatories.services.errors import NotAllowedError
from signatories.services.meetings import cancel_meeting, change_meeting, plan_meeting

PER_PAGE = 25
LAST_PAST = 12


class MeetingForm(GovukForm):
    """When a board meets, and by when it wants its papers."""

    held_on = Day(label="Date of the meeting", help_text="For example 27 3 2026. It may be in the past.")
    papers_due_on = Day(
        label="Papers due by (optional)",
        help_text="Empty: 10 working days before the meeting. Reports on actions are asked for in time for this day.",
    )
    title = PublishedText(
        label="Title (optional)", help_text="For example: Extraordinary meeting.", at_most=160, lines=False
    )
    place = PublishedText(label="Place (optional)", at_most=200, lines=False)

    def __init__(self, *args: Any, board: Board, access: Access, **options: Any) -> None:
        super().__init__(*args, **options)
        self.board, self.access = board, access

    def clean_held_on(self) -> date:
        """Raises ValidationError for no day, and for one on which the board oversees nothing of the person's."""
        day: date | None = self.cleaned_data["held_on"]
        if day is None:
            raise forms.ValidationError("Say on which day the board meets.")
        if not Board.objects.editable_by(self.access, day).filter(pk=self.board.pk).exists():
            raise forms.ValidationError("The board oversees none of your partnerships on that day.")
        return day

    def clean(self) -> dict[str, Any]:
        """The usual day for the papers where none is given; said beside its field if it comes after the meeting."""
        cleaned = super().clean() or {}
        held_on, papers_due_on = cleaned.get("held_on"), cleaned.get("papers_due_on")
        if held_on and "papers_due_on" in cleaned:
            cleaned["papers_due_on"] = papers_due_on or usual_papers_day(held_on)
            if cleaned["papers_due_on"] > held_on:
                self.add_error("papers_due_on", "The papers cannot be due after the meeting.")
        return cleaned


class ChangeForm(MeetingForm, DraftForm):
    """The same of a meeting that is planned."""


class CancelForm(VersionedForm):
    """Why a meeting does not take place."""

    reason = PublishedText(
        label="Why is it cancelled?",
        help_text="The partnerships that the board oversees read this.",
        at_most=2000,
        required=True,
        error_messages={"required": "Say why the meeting is cancelled."},
    )


class Ahead(NamedTuple):
    """A meeting to come, and the time until its papers are due."""

    meeting: BoardMeeting
    left: str


def days_left(papers_due_on: date, on: date) -> str:
    """How long there is until the papers are due, in words."""
    days = (papers_due_on - on).days
    if days == 0:
        return "today"
    return f"{counted(days, 'day')} left" if days > 0 else f"{counted(-days, 'day')} ago"


def boards_ahead(partnership: Partnership, on: date) -> tuple[list[Ahead], Deadline]:
    """The meetings to come of the boards that oversee a partnership, and its next paper deadline. Two queries."""
    meetings = BoardMeeting.objects.standing().about(frozenset({partnership.pk}))
    to_come = meetings.filter(held_on__gte=on).select_related("board")
    ahead = [Ahead(meeting, days_left(meeting.papers_due_on, on)) for meeting in to_come]
    return ahead, next_deadline(partnership.pk, on)


@require_safe
@signed_in
def meeting_list(request: Any) -> HttpResponse:
    """The boards whose meetings the person reads, each with its meetings to come and those held."""
    if not (request.access.is_national or request.access.reads):
        raise PermissionDenied
    on = today()
    oversight = BoardOversight.objects.on(on).select_related("partnership").order_by("partnership__name")
    boards = Board.objects.visible_to(request.access, on).prefetch_related(
        Prefetch("oversight", oversight, to_attr="overseen"), Prefetch("meetings", to_attr="all_meetings")
    )
    page = Paginator(boards, PER_PAGE).get_page(request.GET.get("page"))
    planned = Board.objects.editable_by(request.access, on).filter(pk__in=[board.pk for board in page])
    context = {
        "page": page,
        "rows": [_row(board, on) for board in page],
        "may_plan": set(planned.values_list("pk", flat=True)),
    }
    return render(request, "workspace/meetings.html", context)


def _row(board: Any, on: date) -> dict[str, Any]:
    """A board with its meetings: those to come by their day, and the last ones held, the latest first."""
    to_come = [each for each in board.all_meetings if each.held_on >= on]
    past = [each for each in reversed(board.all_meetings) if each.held_on < on]
    return {
        "board": board,
        "partnerships": [each.partnership for each in board.overseen],
        "ahead": [Ahead(each, days_left(each.papers_due_on, on)) for each in to_come],
        "past": past[:LAST_PAST],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_meeting(request: Any, slug: str) -> HttpResponse:
    """Plan a meeting of a board, or enter one that was held."""
    on = today()
    board = get_object_or_404(Board.objects.visible_to(request.access, on), slug=slug)
    if not Board.objects.editable_by(request.access, on).filter(pk=board.pk).exists():
        raise PermissionDenied

    def step(form: Any) -> str:
        return _planned(request, plan_meeting(board, **form.cleaned_data, by=request.user))

    return _filling(board, lambda sent: MeetingForm(sent, board=board, access=request.access), step).answer(request)


def _filling(board: Board, make: Any, step: Any, meeting: BoardMeeting | None = None) -> Filling:
    """The form of a meeting, with the partnerships that share it."""
    overseen = BoardOversight.objects.on(today()).filter(board=board).select_related("partnership")
    partnerships = [each.partnership for each in overseen.order_by("partnership__name")]
    return Filling(
        make=make,
        step=step,
        renew=lambda: _renewed(meeting) if meeting else 1,
        beside={NotAllowedError: "held_on"},
        template="workspace/meeting_form.html",
        context={"board": board, "meeting": meeting, "partnerships": partnerships},
    )


def _renewed(meeting: BoardMeeting) -> int:
    meeting.refresh_from_db()
    return meeting.version


def _planned(request: Any, meeting: BoardMeeting) -> str:
    messages.success(request, _saved(meeting))
    return reverse("workspace-meeting", args=[meeting.pk])


def _saved(meeting: BoardMeeting) -> str:
    return (
        f"{meeting.board} meets on {in_words(meeting.held_on)}. "
        f"Its papers are due by {in_words(meeting.papers_due_on)}."
    )


def seen_meeting(access: Access, pk: int) -> BoardMeeting:
    """The meeting, for somebody who reads it. Raises Http404 for everybody else."""
    meeting: BoardMeeting = get_object_or_404(BoardMeeting.objects.visible_to(access).select_related("board"), pk=pk)
    return meeting


def _changed_meeting(access: Access, pk: int) -> BoardMeeting:
    """The meeting, for somebody who may change it. Raises Http404, or PermissionDenied for a reader."""
    meeting = seen_meeting(access, pk)
    if not may_change(access, meeting):
        raise PermissionDenied
    return meeting


def may_change(access: Access, meeting: BoardMeeting) -> bool:
    """Whether that person plans the board's meetings. One query."""
    return BoardMeeting.objects.editable_by(access).filter(pk=meeting.pk).exists()


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change_page(request: Any, pk: int) -> HttpResponse:
    """Move a meeting, or say something else of it."""
    meeting = _changed_meeting(request.access, pk)

    def make(sent: Any) -> ChangeForm:
        return ChangeForm(sent, initial=ChangeForm.filled(meeting), board=meeting.board, access=request.access)

    def step(form: Any) -> str:
        seen = form.cleaned_data["version"]
        return _planned(request, change_meeting(meeting, seen=seen, **form.values(), by=request.user))

    return _filling(meeting.board, make, step, meeting).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def cancel_page(request: Any, pk: int) -> HttpResponse:
    """Say that a meeting does not take place."""
    meeting = _changed_meeting(request.access, pk)

    def step(form: Any) -> str:
        filled = form.cleaned_data
        cancel_meeting(meeting, reason=filled["reason"], seen=filled["version"], by=request.user, on=today())
        messages.success(request, f"The meeting on {in_words(meeting.held_on)} is cancelled.")
        return reverse("workspace-meetings")

    return Filling(
        make=lambda sent: CancelForm(sent, initial={"version": meeting.version}),
        step=step,
        renew=lambda: _renewed(meeting),
        template="workspace/meeting_cancel.html",
        context={"meeting": meeting},
    ).answer(request)
