"""One's own reminders: away with a day of return and a deputy, what is put off, and fewer of them."""

from collections import Counter
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actionplans.models import Action
from concordat.accounts.gate import sent_to, signed_in
from concordat.kernel.dates import today
from concordat.look.forms import GovukForm
from concordat.workspace.filling import Filling, VersionedForm
from concordat.workspace.forms import Day
from concordat.workspace.holding import end_or_tell
from concordat.workspace.silence import day_in_words, own
from signatories.models import ChasingOptOut, ChasingPause, Person
from signatories.outbox import holding
from signatories.outbox.deputies import colleagues

FEW = 8  # people among whom one chooses with all in sight
NOBODY = "Nobody: what is due waits until I am back"


class DeputyForm(GovukForm):
    """Until when, and who stands in."""

    until_on = Day(
        label="The day you are back",
        help_text="For example 27 3 2026. From that day on your reminders come to you again.",
    )
    deputy = forms.TypedChoiceField(
        label="Who stands in for you?",
        help_text="They get your reminders until then, and can report on those of your actions that their organisation "
        "leads. Colleagues with a role in your organisation, or with the same role in your partnership. Tell them "
        "before you go.",
        required=False,
        error_messages={"invalid_choice": "Choose a person from the list."},
    )

    def __init__(self, *args: Any, people: list[Person], on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on, found = on, {str(each.pk): each for each in people}
        choice: Any = self.fields["deputy"]
        choice.widget = forms.RadioSelect() if len(people) <= FEW else forms.Select()
        choice.choices = [("", NOBODY), *zip(found, _told_apart(people), strict=True)]
        choice.coerce, choice.empty_value = found.get, None

    def clean_until_on(self) -> date:
        """Raises ValidationError for no day and for one that is not to come."""
        day: date | None = self.cleaned_data["until_on"]
        if day is None:
            raise forms.ValidationError("Say on which day you are back.")
        if day <= self.on:
            raise forms.ValidationError("The day you are back must be in the future.")
        return day


class PauseForm(DeputyForm):
    """A pause, from today or a later day on."""

    from_on = Day(label="The first day you are away", help_text="For example 27 3 2026. Empty: today.")
    field_order = ("from_on", "until_on", "deputy")

    def clean_from_on(self) -> date:
        """Raises ValidationError for a day that has passed."""
        day: date = self.cleaned_data["from_on"] or self.on
        if day < self.on:
            raise forms.ValidationError("The first day cannot be in the past.")
        return day

    def clean(self) -> dict[str, Any]:
        """Said beside its field if the return is not after the first day."""
        cleaned = super().clean() or {}
        first, back = cleaned.get("from_on"), cleaned.get("until_on")
        if first and back and back <= first:
            self.add_error("until_on", "The day you are back must be after the first day.")
        return cleaned


class ChangeForm(DeputyForm, VersionedForm):
    """Another day of return, or another deputy."""


def _told_apart(people: list[Person]) -> list[str]:
    """Their names; of two with one name the address too."""
    names = Counter(each.name for each in people)
    return [f"{each.name}, {each.email}" if names[each.name] > 1 else each.name for each in people]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def reminders_page(request: Any) -> HttpResponse:
    """When I am away, for whom I stand in, what I have put off; and the form of a pause."""
    on, person = today(), request.user
    people = list(colleagues(person, on))

    def step(form: Any) -> str:
        row = holding.pause(person, **form.cleaned_data, by=person)
        messages.success(request, _paused(row, on))
        return reverse("workspace-reminders")

    mine = own(person, on)
    actions = {row.pk: row for row in Action.objects.filter(pk__in=mine.put_off)}
    return Filling(
        make=lambda sent: PauseForm(sent, people=people, on=on, initial={} if mine.now else {"from_on": on}),
        step=step,
        template="workspace/reminders.html",
        context={
            "own": mine,
            "put_off": [(actions[pk], until) for pk, until in mine.put_off.items()],
            "fewer": ChasingOptOut.objects.on(on).filter(person=person).exists(),
            "on": on,
        },
    ).answer(request)


def _paused(row: ChasingPause, on: date) -> str:
    until = day_in_words(row.until_on)
    since = "" if row.from_on == on else f" from {day_in_words(row.from_on)}"
    return f"Your reminders are paused{since} until {until}. {row.deputy or 'Nobody'} stands in for you."


def _own_pause(request: Any, pk: int, on: date) -> ChasingPause:
    """Somebody's own pause that has not ended. Raises Http404 for everybody else."""
    rows = ChasingPause.objects.filter(holding.not_ended(on), person=request.user, subject_type="")
    row: ChasingPause = get_object_or_404(rows.select_related("person", "deputy"), pk=pk)
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def pause_page(request: Any, pk: int) -> HttpResponse:
    """Come back on another day, or let somebody else stand in."""
    on = today()
    row = _own_pause(request, pk, on)
    people = list(colleagues(request.user, on))

    def make(sent: Any) -> ChangeForm:
        initial = {"version": row.version, "until_on": row.until_on, "deputy": str(row.deputy_id or "")}
        return ChangeForm(sent, people=people, on=on, initial=initial)

    def step(form: Any) -> str:
        values = dict(form.cleaned_data)
        seen = values.pop("version")
        holding.change_pause(row, **values, seen=seen, by=request.user, on=on)
        messages.success(request, _paused(row, on))
        return reverse("workspace-reminders")

    def renew() -> int:
        row.refresh_from_db()
        return row.version

    return Filling(
        make=make,
        step=step,
        renew=renew,
        context={
            "caption": "Your reminders",
            "title": "Change when you are away",
            "about": f"You are away from {day_in_words(row.from_on)}.",
            "button": "Save it",
            "back": reverse("workspace-reminders"),
        },
    ).answer(request)


@sent_to
@signed_in
def end_pause(request: Any, pk: int) -> HttpResponse:
    """Get my reminders again from now on; or be away on none of the days to come."""
    on = today()
    row = _own_pause(request, pk, on)
    was_ahead = row.from_on is not None and row.from_on > on
    told = "You are not away on those days." if was_ahead else "Your reminders come to you again."
    end_or_tell(request, [row], on=on, told=told)
    return HttpResponseRedirect(reverse("workspace-reminders"))


@sent_to
@signed_in
def fewer(request: Any) -> HttpResponse:
    """Get only the reminders that are needed (`then`: `fewer`), or all of them again."""
    on, person = today(), request.user
    if request.POST.get("then") == "fewer":
        holding.want_fewer(person, by=person, on=on)
        messages.success(request, "You get only the reminders that are needed from now on.")
        return HttpResponseRedirect(reverse("workspace-reminders"))
    rows = ChasingOptOut.objects.filter(person=person, until_on__isnull=True)
    end_or_tell(request, rows, on=on, told="You get all reminders again.")
    return HttpResponseRedirect(reverse("workspace-reminders"))
