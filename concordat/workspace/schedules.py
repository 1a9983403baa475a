"""Reports that are made by themselves: begun, changed, paused, resumed, ended, and left by who gets them."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from concordat.accounts.gate import sent_to, signed_in
from concordat.kernel.dates import today
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from concordat.reports import rhythms
from concordat.reports.asking import told_in_words
from concordat.reports.catalogue import REPORTS
from concordat.reports.models import ReportSchedule, Rhythm
from concordat.reports.pages import formats_of
from concordat.reports.questions import Question, SenselessError, question_of
from concordat.reports.report import Report
from concordat.reports.services import schedules
from concordat.sentences import in_words
from concordat.workspace.circle import known_to
from concordat.workspace.differing import number_of
from concordat.workspace.filling import Filling, VersionedForm
from concordat.workspace.forms import Day
from concordat.workspace.orders import UnansweredError, address_of, asked, bom_field, format_of
from signatories.models import Person
from signatories.services.errors import NotAllowedError

PER_PAGE, RUNS = 50, 12
TOLD_OF = 5  # addresses that are at fault
NOT_TO_SEND = "You cannot have it sent to this address. Whose you may name is said above:"
MayGet = Callable[[Collection[Person]], list[Person]]


def _recipients() -> PublishedText:
    return PublishedText(
        label="Who gets it?",
        help_text="Email addresses, one on a line: yours, and those of people in your partnerships or in an "
        "organisation that you lead. A national administrator can name anybody with an account. Each person needs a "
        "role with which they may read the report.",
        at_most=4000,
        required=True,
        error_messages={"required": "Give at least one email address."},
    )


def _until_on() -> Day:
    return Day(label="It ends on", help_text="For example 27 3 2026. Empty: it goes on until you end it.")


class Addressed:
    """A form that says by their addresses who gets it. `may_get` says who of some people can.

    One refusal for every address, whether somebody has it or not: nobody finds out by it who has an account here, nor
    by a change what became of those who get it already.
    """

    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, may_get: MayGet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.may_get = may_get

    def clean_recipients(self) -> list[Person]:
        """The people. Raises ValidationError that names the addresses to which it is not sent."""
        wanted = dict.fromkeys(self.cleaned_data["recipients"].lower().replace(",", " ").replace(";", " ").split())
        if len(wanted) > schedules.MOST_RECIPIENTS:
            raise forms.ValidationError(f"At most {schedules.MOST_RECIPIENTS} people get it.")
        found = {each.email: each for each in Person.objects.filter(email__in=wanted)}
        getting = self.may_get(list(found.values()))
        faults = [address for address in wanted if found.get(address) not in getting]
        if faults:
            named = ", ".join(f"“{address[:100]}”" for address in faults[:TOLD_OF])
            raise forms.ValidationError(f"{NOT_TO_SEND} {named}.")
        return getting


class BeginForm(Addressed, GovukForm):
    """In which rhythm and as which file, from when on, and for whom."""

    rhythm = forms.ChoiceField(
        label="How often is it made?",
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often it is made."},
    )
    format = forms.ChoiceField(
        label="Which file?", widget=forms.RadioSelect, error_messages={"required": "Choose a kind of file."}
    )
    bom = bom_field()
    recipients = _recipients()
    from_on = Day(label="It begins on", help_text="For example 27 3 2026. Empty: today.")
    until_on = _until_on()

    def __init__(self, *args: Any, report: Report, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["format"].choices = [(each.name, each.title) for each in formats_of(report)]  # type: ignore[attr-defined] # its field


class ChangeForm(Addressed, VersionedForm):
    """Other people, or another end."""

    recipients = _recipients()
    until_on = _until_on()


@require_safe
@signed_in
def schedule_list(request: Any) -> HttpResponse:
    """One's own schedules, and those by which one gets something; an administrator sees all. Two queries."""
    on = today()
    rows = ReportSchedule.objects.visible_to(request.access).select_related("owner")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "schedules": [(row, _title(row), _standing(row, on)) for row in page]}
    return render(request, "workspace/schedules.html", context)


def _title(row: ReportSchedule) -> str:
    report = REPORTS.get(row.report)
    return report.title if report else row.report


def _standing(row: ReportSchedule, on: date) -> str:
    """How it stands, in a sentence."""
    if row.is_over(on):
        return f"Ended on {in_words(row.until_on)}." if row.until_on else ""
    if row.paused_on:
        return f"Paused since {in_words(row.paused_on)}. {row.paused_why}".strip()
    day = rhythms.next_due(Rhythm(row.rhythm), from_on=row.from_on, last_period=row.last_period)
    if row.until_on and day >= row.until_on:
        return f"Ends on {in_words(row.until_on)}; none is made before."
    return f"The next is made on {in_words(max(day, on))}."


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def begin_page(request: Any, name: str) -> HttpResponse:
    """Have a report made by itself, asked by the address as its page is; the days there do not count."""
    on = today()
    try:
        report, question = asked(request, name, on)
    except UnansweredError as unanswered:
        return HttpResponseRedirect(unanswered.address)

    def step(form: Any) -> str:
        filled = form.cleaned_data
        row = schedules.begin(
            schedules.Asked(
                report=report,
                question=question,
                format=filled["format"],
                rhythm=Rhythm(filled["rhythm"]),
                from_on=filled["from_on"] or on,
                until_on=filled["until_on"],
                bom=filled["bom"],
            ),
            filled["recipients"],
            by=request.user,
            on=on,
            now=timezone.now(),
        )
        messages.success(request, f"It is set up. {_standing(row, on)}")
        return reverse("workspace-schedule", args=[row.pk])

    initial = {
        "rhythm": Rhythm.MONTH,
        "format": request.GET.get("format", ""),
        "bom": request.GET.get("bom") == "yes",
        "recipients": request.user.email,
    }
    return Filling(
        make=lambda sent: BeginForm(
            sent, report=report, may_get=_may_get(request, report, question, on), initial=initial
        ),
        step=step,
        context={
            "caption": "A regular report",
            "title": report.title,
            "about": f"About {question.about}." if question.about else "",
            "button": "Set it up",
            "address": request.get_full_path(),
            "back": address_of(report, question),
        },
    ).answer(request)


def _may_get(request: Any, report: Report, question: Question, on: date, getting: Sequence[Person] = ()) -> MayGet:
    """Who of some people can get it: whom the person may name and who may read it, and those who get it already."""

    def may_get(people: Collection[Person]) -> list[Person]:
        new = [each.pk for each in people if each not in getting]
        named = known_to(request.access, on).filter(pk__in=new)
        return [*(each for each in people if each in getting), *schedules.may_get(report, question, named, on)]

    return may_get


def _found(request: Any, pk: int) -> ReportSchedule:
    """The schedule, for who has to do with it. Raises Http404 for everybody else."""
    rows = ReportSchedule.objects.visible_to(request.access).select_related("owner")
    row: ReportSchedule = get_object_or_404(rows, pk=pk)
    return row


def _own(request: Any, pk: int) -> ReportSchedule:
    """The schedule, for its owner or an administrator. Raises PermissionDenied for who only gets it."""
    row = _found(request, pk)
    if not _may_edit(request, row):
        raise PermissionDenied
    return row


def _may_edit(request: Any, row: ReportSchedule) -> bool:
    return bool(request.access.is_administrator or row.owner_id == request.user.pk)


@require_safe
@signed_in
def schedule_page(request: Any, pk: int) -> HttpResponse:
    """One schedule: what it makes and for whom; to its owner, what became of the last ones. Seven queries at most."""
    on = today()
    row = _found(request, pk)
    may_edit = _may_edit(request, row)
    runs = row.orders.order_by("-period").prefetch_related("deliveries__person", "deliveries__reply")
    recipients = list(row.recipients.order_by("email", "pk"))
    context = {
        "schedule": row,
        "title": _title(row),
        "about": told_in_words([row.question])[0],
        "format": format_of(row),
        "standing": _standing(row, on),
        "is_over": row.is_over(on),
        "may_edit": may_edit,
        "is_owner": row.owner_id == request.user.pk,
        "gets_it": request.user in recipients,
        "recipients": recipients if may_edit else [],
        "runs": runs[:RUNS] if may_edit else [],
    }
    return render(request, "workspace/schedule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change_page(request: Any, pk: int) -> HttpResponse:
    """Other people get it, or it ends on another day."""
    on = today()
    row = _own(request, pk)
    report, question = _asked_of(row, on)

    def make(sent: Any) -> ChangeForm:
        getting = list(row.recipients.order_by("email", "pk"))
        addresses = [each.email for each in getting if each.email]
        initial = {"version": row.version, "until_on": row.until_on, "recipients": "\n".join(addresses)}
        return ChangeForm(sent, may_get=_may_get(request, report, question, on, getting), initial=initial)

    def step(form: Any) -> str:
        filled = form.cleaned_data
        schedules.change(row, filled["recipients"], filled["until_on"], seen=filled["version"], by=request.user, on=on)
        messages.success(request, f"It is changed. {_standing(row, on)}")
        return reverse("workspace-schedule", args=[row.pk])

    def renew() -> int:
        row.refresh_from_db()
        return row.version

    return Filling(
        make=make,
        step=step,
        renew=renew,
        context={
            "caption": "A regular report",
            "title": report.title,
            "button": "Save it",
            "back": reverse("workspace-schedule", args=[row.pk]),
        },
    ).answer(request)


def _asked_of(row: ReportSchedule, on: date) -> tuple[Report, Question]:
    """What it asks. Raises PermissionDenied where that can be asked no more: then it can only be ended."""
    report = REPORTS.get(row.report)
    if report is None:
        raise PermissionDenied
    try:
        return report, question_of(row.question, on)
    except SenselessError:
        raise PermissionDenied from None


@sent_to
@signed_in
def step(request: Any, pk: int) -> HttpResponse:
    """Pause, resume or end it (`then`); or leave it, for who gets it."""
    on, then = today(), request.POST.get("then", "")
    row = _found(request, pk) if then == "leave" else _own(request, pk)
    try:
        if then == "leave":
            schedules.leave(row, request.user, by=request.user)
        elif then in STEPS:
            STEPS[then](row, seen=number_of(request.POST.get("version")), by=request.user, on=on)
        else:
            raise NotAllowedError("Choose what to do with it.")
    except NotAllowedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, DONE[then])
    stays = ReportSchedule.objects.visible_to(request.access).filter(pk=pk).exists()
    return HttpResponseRedirect(reverse("workspace-schedule", args=[pk]) if stays else reverse("workspace-schedules"))


STEPS: dict[str, Callable[..., None]] = {
    "pause": schedules.pause,
    "resume": schedules.resume,
    "end": schedules.end,
}
DONE = {
    "pause": "It is paused. Nothing is made until you resume it.",
    "resume": "It goes on.",
    "end": "It has ended. What it made stays.",
    "leave": "It is not sent to you any more.",
}
