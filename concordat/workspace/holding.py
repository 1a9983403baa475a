"""Reminders of one action put off by who answers for it; held, with a reason, by the coordinator. Days in London."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actionplans.chasing import putting_off
from actionplans.chasing.facts import ACTION, PARTNERSHIP
from actionplans.chasing.national import PLAN
from actionplans.chasing.policy import Rule
from actionplans.chasing.reasons import name_of
from actionplans.models import Action
from concordat.accounts.gate import sent_to, signed_in, way_back
from concordat.kernel.dates import today
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from concordat.sentences import in_words
from concordat.workspace.actions import seen_action
from concordat.workspace.chased import named
from concordat.workspace.filling import MAX_VERSION, Filling
from concordat.workspace.forms import Day
from concordat.workspace.silence import day_in_words
from signatories.models import ChasingHold, ChasingOptOut, ChasingPause, Notice, Partnership, Person
from signatories.outbox import holding
from signatories.services.errors import FasterError, NotAllowedError


class PutOffForm(GovukForm):
    """For how long."""

    until_on = forms.TypedChoiceField(
        label="When shall we remind you again?",
        widget=forms.RadioSelect,
        coerce=date.fromisoformat,
        error_messages={"required": "Choose a day.", "invalid_choice": putting_off.NOT_THEN},
    )

    def __init__(self, *args: Any, days: list[date], on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        choice: Any = self.fields["until_on"]
        choice.choices = [(day.isoformat(), _distance(day, on)) for day in days]


def _distance(day: date, on: date) -> str:
    """“In 2 weeks, on 16 November 2026”."""
    weeks, rest = divmod((day - on).days, 7)
    length = f"{(day - on).days} days" if rest else "a week" if weeks == 1 else f"{weeks} weeks"
    return f"In {length}, on {in_words(day)}"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def put_off_page(request: Any, pk: int) -> HttpResponse:
    """Be reminded of an action later, for who answers for it."""
    on = today()
    action = seen_action(request.access, pk, on)
    sentence = putting_off.why_not(request.user, action, on)
    days = putting_off.days_offered(action, on)
    if sentence == putting_off.NOT_YOURS or not days:
        raise PermissionDenied
    page = reverse("workspace-action", args=[pk])
    if sentence:
        messages.error(request, sentence)
        return HttpResponseRedirect(page)
    running = putting_off.put_off_by(request.user, on).filter(subject_id=pk).first()

    def step(form: Any) -> str:
        row = putting_off.put_off(action, until_on=form.cleaned_data["until_on"], by=request.user, on=on)
        messages.success(request, f"We remind you of “{action}” again from {day_in_words(row.until_on)} on.")
        return page

    initial = {"until_on": str(running.until_on)} if running else {}
    return Filling(
        make=lambda sent: PutOffForm(sent, days=days, on=on, initial=initial),
        step=step,
        context={
            "caption": "Remind me later",
            "title": action.text,
            "about": "Until that day we do not remind you of this action. The last notice before a board’s papers are "
            "due comes all the same. Its date does not move.",
            "button": "Remind me then",
            "back": page,
        },
    ).answer(request)


@sent_to
@signed_in
def end_put_off(request: Any, pk: int) -> HttpResponse:
    """Be reminded of an action again from now on."""
    on = today()
    action = seen_action(request.access, pk, on)
    rows = putting_off.put_off_by(request.user, on).filter(subject_id=pk)
    end_or_tell(request, rows, on=on, told=f"We remind you of “{action}” again.")
    return HttpResponseRedirect(reverse("workspace-action", args=[pk]))


def end_or_tell(request: Any, rows: Iterable[ChasingPause | ChasingOptOut], *, on: date, told: str) -> None:
    """End what is one's own and say so; or say why not, where one was faster in another window."""
    faults = set()
    for row in rows:
        try:
            holding.end(row, by=request.user, on=on)
        except NotAllowedError as error:
            faults.add(str(error))
    if faults:
        messages.error(request, " ".join(sorted(faults)))
    else:
        messages.success(request, told)


class HoldForm(GovukForm):
    """Why, and until when. `version`: of the hold that the person saw, 0 for none."""

    reason = PublishedText(
        label="Why are reminders held?",
        help_text="Whoever sees the partnership’s own side, or answers for the action, reads this. It is not public. "
        "Say nothing about anybody’s health.",
        at_most=2000,
        required=True,
        error_messages={"required": "Say why reminders are held."},
    )
    until_on = Day(
        label="Until when? (optional)",
        help_text="For example 27 3 2026. From that day on they go again. Empty: until somebody releases them.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MAX_VERSION)

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on

    def clean_until_on(self) -> date | None:
        """Raises ValidationError for a day that is not to come."""
        day: date | None = self.cleaned_data["until_on"]
        if day is not None and day <= self.on:
            raise forms.ValidationError("Choose a day in the future.")
        return day


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def hold_action(request: Any, pk: int) -> HttpResponse:
    """Let no reminder go about one action."""
    action = seen_action(request.access, pk, today())
    if not request.access.coordinates_partnership(action.plan.partnership_id):
        raise PermissionDenied
    about = "Nobody is reminded of this action, and nothing about it goes to anybody over their heads."
    return _hold_page(request, action, action.text, about, reverse("workspace-action", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def hold_partnership(request: Any, slug: str) -> HttpResponse:
    """Let no reminder go about a whole partnership."""
    partnership = get_object_or_404(Partnership.objects.visible_to(request.access), slug=slug)
    if not request.access.coordinates_partnership(partnership.pk):
        raise PermissionDenied
    about = "No reminder about any action, plan or paper of this partnership goes to anybody."
    page = reverse("workspace-partnership", args=[slug])
    return _hold_page(request, partnership, str(partnership), about, page)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def hold_notice(request: Any, pk: int) -> HttpResponse:
    """Let one remark not go: an escalation, above all."""
    rows = Notice.objects.filter(partnership__in=Partnership.objects.visible_to(request.access))
    row = get_object_or_404(rows.select_related("partnership", "recipient"), pk=pk)
    partnership: Any = row.partnership
    if not request.access.coordinates_partnership(partnership.pk):
        raise PermissionDenied
    title = f"{name_of(Rule(row.rule))}, {in_words(row.due_on)}, to {named(row.recipient, request.access)}"
    about = "This reminder alone does not go. What else there is to say about it does."
    page = reverse("workspace-chasing-partnership", args=[partnership.slug]) + "#held"
    return _hold_page(request, row, title, about, page)


def _hold_page(request: Any, subject: Model, title: str, about: str, page: str) -> HttpResponse:
    on, person = today(), request.user

    def current() -> ChasingHold | None:
        return holding.holds_of(subject, on).first()

    def make(sent: Any) -> HoldForm:
        row = current()
        told = {"reason": row.reason, "until_on": row.until_on, "version": row.version} if row else {"version": 0}
        return HoldForm(sent, on=on, initial=told)

    def step(form: Any) -> str:
        row = _held(subject, current(), **form.cleaned_data, by=person, on=on)
        until = f" until {in_words(row.until_on)}" if row.until_on else ""
        messages.success(request, f"Reminders of “{title}” are held{until}.")
        return page

    def renew() -> int:
        row = current()
        return row.version if row else 0

    is_held = current() is not None
    return Filling(
        make=make,
        step=step,
        renew=renew,
        context={
            "caption": "Change the hold" if is_held else "Hold reminders",
            "title": title,
            "about": f"{about} What is due meanwhile goes once they are released, if it still holds then.",
            "button": "Save it" if is_held else "Hold them",
            "back": page,
        },
    ).answer(request)


def _held(
    subject: Model,
    row: ChasingHold | None,
    *,
    reason: str,
    until_on: date | None,
    version: int,
    by: Person,
    on: date,
) -> ChasingHold:
    """Hold it, or change the hold that the person saw. Raises FasterError if there is another by now, or none."""
    if row is None and not version:
        return holding.hold(subject, reason=reason, from_on=on, until_on=until_on, by=by)
    if row is None or not version:
        raise FasterError(holding.FASTER)
    return holding.change_hold(row, reason=reason, until_on=until_on, seen=version, by=by, on=on)


@sent_to
@signed_in
def release(request: Any, pk: int) -> HttpResponse:
    """End a hold: what waits goes with the next mails."""
    row = get_object_or_404(ChasingHold.objects.select_related("partnership", "notice__partnership"), pk=pk)
    partnership, page = _place_of(row)
    if partnership is None or not request.access.reads_partnership(partnership.pk):
        raise Http404
    if not request.access.coordinates_partnership(partnership.pk):
        raise PermissionDenied
    try:
        holding.release(row, by=request.user, on=today())
    except NotAllowedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Reminders are released.")
    pressed_on = way_back(request)
    return HttpResponseRedirect(page if pressed_on == reverse("workspace") else pressed_on)


def _place_of(row: ChasingHold) -> tuple[Partnership | None, str]:
    """The partnership whose coordinators hold and release it, and the page of what is held."""
    if row.subject_type == ACTION:
        action = Action.objects.select_related("plan__partnership").get(pk=row.subject_id)
        return action.plan.partnership, reverse("workspace-action", args=[action.pk])
    partnership = row.partnership or (row.notice.partnership if row.notice else None)
    if way := {PLAN: "plans", PARTNERSHIP: "pk"}.get(row.subject_type):
        partnership = Partnership.objects.get(**{way: row.subject_id})
    page = reverse("workspace-partnership", args=[partnership.slug]) if partnership else ""
    return partnership, page
