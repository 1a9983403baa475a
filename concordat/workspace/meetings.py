"""The meetings of the boards that oversee a partnership: listed, planned, moved and cancelled."""

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from concordat.accounts import typed
from concordat.accounts.gate import signed_in
from concordat.kernel.dates import today
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from concordat.sentences import counted, in_words
from concordat.workspace.differing import differing, with_version
from concordat.workspace.drafts import MAX_VERSION, DraftForm
from concordat.workspace.forms import Day
from signatories.access import Access
from signatories.deadlines import Deadline, next_deadline, usual_papers_day
from signatories.models import Board, BoardMeeting, BoardOversight, Partnership
from signatories.services.errors import FasterError, NotAllowedError
from signatories.services.meetings import cancel_meeting, change_meeting, plan_meeting

PER_PAGE = 25
LAST_PAST = 12


class MeetingForm(GovukForm):
    """When a board meets, and by when it wants its papers."""

    held_on = Day(label="Date of the meeting", help_text="For example 27 3 2027. It may be in the past.")
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


class CancelForm(GovukForm):
    """Why a meeting does not take place."""

    reason = PublishedText(
        label="Why is it cancelled?",
        help_text="The partnerships that the board oversees read this.",
        at_most=2000,
        required=True,
        error_messages={"required": "Say why the meeting is cancelled."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_VERSION)


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
    sent = typed.sent_or_kept(request)
    form = MeetingForm(sent, board=board, access=request.access)
    if request.method != "POST":
        return _form_page(request, board, form)
    if not form.is_valid():
        return _form_page(request, board, form, status=400)
    try:
        meeting = plan_meeting(board, **form.cleaned_data, by=request.user)
    except NotAllowedError as error:
        form.add_error("held_on", str(error))
        return _form_page(request, board, form, status=400)
    messages.success(request, _saved(meeting))
    return HttpResponseRedirect(reverse("workspace-meeting", args=[meeting.pk]))


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
    sent = typed.sent_or_kept(request)
    form = _change_form(request, meeting, sent)
    if request.method != "POST":
        return _form_page(request, meeting.board, form, meeting=meeting)
    if not form.is_valid():
        return _form_page(request, meeting.board, form, meeting=meeting, status=400)
    values = dict(form.cleaned_data)
    try:
        change_meeting(meeting, seen=values.pop("version"), **values, by=request.user)
    except FasterError as error:
        return _beside(request, meeting, error)
    except NotAllowedError as error:
        form.add_error("held_on", str(error))
        return _form_page(request, meeting.board, form, meeting=meeting, status=400)
    messages.success(request, _saved(meeting))
    return HttpResponseRedirect(reverse("workspace-meeting", args=[pk]))


def _change_form(request: Any, meeting: BoardMeeting, sent: Any) -> ChangeForm:
    filled = ChangeForm.filled(meeting)
    return ChangeForm(sent, initial=filled, board=meeting.board, access=request.access)


def _beside(request: Any, meeting: BoardMeeting, error: NotAllowedError) -> HttpResponse:
    """Somebody was faster: their words beside those that were typed, which stay in the form."""
    form = _change_form(request, meeting, with_version(request.POST, meeting.version))
    form.add_error(None, f"{error} What you typed is still here, and not saved.")
    differences = differing(form, _change_form(request, meeting, None))
    return _form_page(request, meeting.board, form, meeting=meeting, status=409, differences=differences)


def _form_page(request: Any, board: Board, form: MeetingForm, status: int = 200, **context: Any) -> HttpResponse:
    overseen = BoardOversight.objects.on(today()).filter(board=board).select_related("partnership")
    context |= {
        "board": board,
        "form": form,
        "partnerships": [each.partnership for each in overseen.order_by("partnership__name")],
    }
    return render(request, "workspace/meeting_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def cancel_page(request: Any, pk: int) -> HttpResponse:
    """Say that a meeting does not take place."""
    meeting = _changed_meeting(request.access, pk)
    sent = typed.sent_or_kept(request)
    form = CancelForm(sent, initial={"version": meeting.version})
    if request.method != "POST":
        return _cancel(request, meeting, form)
    if not form.is_valid():
        return _cancel(request, meeting, form, status=400)
    reason, seen = form.cleaned_data["reason"], form.cleaned_data["version"]
    try:
        cancel_meeting(meeting, reason=reason, seen=seen, by=request.user, on=today())
    except FasterError as error:
        form = CancelForm(with_version(request.POST, meeting.version))
        form.add_error(None, str(error))
        return _cancel(request, meeting, form, status=409)
    except NotAllowedError as error:
        form.add_error(None, str(error))
        return _cancel(request, meeting, form, status=400)
    messages.success(request, f"The meeting on {in_words(meeting.held_on)} is cancelled.")
    return HttpResponseRedirect(reverse("workspace-meetings"))


def _cancel(request: Any, meeting: BoardMeeting, form: CancelForm, status: int = 200) -> HttpResponse:
    context = {"meeting": meeting, "form": form}
    return render(request, "workspace/meeting_cancel.html", context, status=status)
