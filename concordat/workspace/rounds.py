"""Review rounds: the national pages that run them, and the page on which a coordinator answers."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from areas.models import Area, AreaCode, Region
from concordat.accounts import typed
from concordat.accounts.gate import SignedInRequest, signed_in
from concordat.kernel.dates import today
from concordat.look.fields import PublishedText, Rows
from concordat.look.forms import GovukForm
from concordat.rounds import NONE, WORDS, answers_of, counted, moves_of
from concordat.sentences import in_words
from concordat.watching import lagging_areas
from concordat.workspace.filling import Filling, VersionedForm
from concordat.workspace.forms import Day
from concordat.workspace.lagging import national_only
from signatories.models import Partnership, Programme, ReviewRound
from signatories.services import rounds
from signatories.services.errors import FasterError, NotAllowedError

PER_PAGE = 50


@require_safe
@signed_in
def round_list(request: Any) -> HttpResponse:
    """Every round, the latest first. Two queries."""
    national_only(request)
    on = today()
    rows = ReviewRound.objects.visible_to(request.access, on).annotate(areas=Count("scope"))
    page = Paginator(rows.order_by("-opens_on", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "on": on, "rows": [(row, row.state_on(on)) for row in page]}
    return render(request, "workspace/rounds.html", context)


# Opening one


class RoundForm(GovukForm):
    """What is asked, of whom, and by when."""

    title = PublishedText(
        label="Title", help_text="For example: October refresh.", at_most=120, lines=False, required=True
    )
    asks = PublishedText(label="What do you ask?", help_text="The coordinators read this.", at_most=4000, required=True)
    opens_on = Day(label="It opens on", help_text="Today or later. For example 27 3 2026.")
    due_on = Day(label="Answers are due on", help_text="For example 27 3 2026.")
    scope = forms.ChoiceField(
        label="Which areas?",
        choices=[
            ("all", "Every area"),
            ("lagging", "Those that lag today"),
            ("regions", "Those of the regions ticked below"),
            ("areas", "Those ticked one by one below"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which areas are asked."},
    )
    regions = forms.MultipleChoiceField(
        label="Regions", choices=Region.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    areas = Rows(label="Areas", queryset=Area.objects.none(), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, on: date, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on, self.programme = on, programme
        existing = AreaCode.objects.existing_on(on).values("area")
        self.fields["areas"].queryset = Area.objects.filter(pk__in=existing)  # type: ignore[attr-defined] # its field

    def clean(self) -> dict[str, Any]:
        """Say beside its field what is wrong with the days and the areas."""
        cleaned = super().clean() or {}
        for name, label in (("opens_on", "opens"), ("due_on", "wants its answers")):
            if name in cleaned and cleaned[name] is None:
                self.add_error(name, f"Say on which day it {label}.")
        if cleaned.get("opens_on") and cleaned.get("due_on"):
            for name, sentence in rounds.faults(cleaned["opens_on"], cleaned["due_on"], self.on).items():
                self.add_error(name, sentence)
        wanted = cleaned.get("scope")
        if wanted in ("regions", "areas") and not cleaned.get(wanted):
            self.add_error(wanted, f"Tick at least one of the {wanted}.")
        return cleaned

    def chosen(self) -> list[Area]:
        """The areas in scope."""
        scope, every = self.cleaned_data["scope"], self.fields["areas"].queryset  # type: ignore[attr-defined] # as above
        if scope == "lagging":
            return list(every.filter(pk__in=[each.area.id for each in lagging_areas(self.on, self.programme)]))
        if scope == "regions":
            return list(every.filter(region__in=self.cleaned_data["regions"]))
        return list(self.cleaned_data["areas"] if scope == "areas" else every)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def open_page(request: SignedInRequest) -> HttpResponse:
    """The form that opens a round."""
    national_only(request)
    on, programme = today(), Programme.objects.order_by("id").first()
    if programme is None:
        raise Http404("No programme is loaded yet.")

    def step(form: Any) -> str:
        filled = {name: form.cleaned_data[name] for name in ("title", "asks", "opens_on", "due_on")}
        row = rounds.open_round(programme=programme, areas=form.chosen(), by=request.user, on=on, **filled)
        asked = "is open" if row.opens_on <= on else f"opens on {in_words(row.opens_on)}"
        messages.success(request, f"“{row}” {asked}.")
        return reverse("workspace-round", args=[row.pk])

    initial = {"opens_on": on, "scope": "all"}
    return Filling(
        make=lambda sent: RoundForm(sent, initial=initial, on=on, programme=programme),
        step=step,
        template="workspace/open_round.html",
    ).answer(request)


# One round


class StepForm(VersionedForm):
    """What is said on one of the steps of a round; each needs no more than its own field."""

    due_on = Day(label="Answers are now due on", help_text="For example 27 3 2026.")
    due_reason = PublishedText(label="Why does the day move?", help_text="The coordinators read this.", at_most=1000)
    cancel_reason = PublishedText(label="Why is it cancelled?", at_most=1000)


Step = Callable[[ReviewRound, dict[str, Any], Any, date], None]


def _move(row: ReviewRound, filled: dict[str, Any], by: Any, on: date) -> None:
    if filled["due_on"] is None:
        raise NotAllowedError("Say on which day the answers are due.")
    rounds.move_due_day(row, seen=filled["version"], due_on=filled["due_on"], reason=filled["due_reason"], by=by, on=on)


def _close(row: ReviewRound, filled: dict[str, Any], by: Any, on: date) -> None:
    rounds.close_round(row, seen=filled["version"], by=by, on=on)


def _cancel(row: ReviewRound, filled: dict[str, Any], by: Any, on: date) -> None:
    rounds.cancel_round(row, seen=filled["version"], reason=filled["cancel_reason"], by=by, on=on)


# Each step: what it does, the field that it is about, and what is said when it is done.
STEPS: dict[str, tuple[Step, str | None, str]] = {
    "move": (_move, "due_on", "has a new day for answers"),
    "close": (_close, None, "is closed"),
    "cancel": (_cancel, "cancel_reason", "is cancelled"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def round_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One round: what every area answered, with counts. POST `then`: one of STEPS."""
    national_only(request)
    on = today()
    row = get_object_or_404(ReviewRound.objects.visible_to(request.access, on), pk=pk)
    if request.method != "POST":
        sent = typed.kept(request)
        return _round(request, row, StepForm(sent), on)
    form, then = StepForm(request.POST), request.POST.get("then", "")
    if then not in STEPS:
        form.add_error(None, "Choose what to do with it.")
    if not form.is_valid():
        return _round(request, row, form, on, status=400)
    step, field, done = STEPS[then]
    try:
        step(row, form.cleaned_data, request.user, on)
    except NotAllowedError as refusal:
        row.refresh_from_db()
        is_late = isinstance(refusal, FasterError)
        form.add_error(None if is_late else field, str(refusal))
        return _round(request, row, form, on, status=409 if is_late else 400)
    messages.success(request, f"“{row}” {done}.")
    return HttpResponseRedirect(reverse("workspace-round", args=[row.pk]))


def _round(
    request: SignedInRequest,
    row: ReviewRound,
    form: StepForm,
    on: date,
    status: int = 200,
) -> HttpResponse:
    answers = answers_of(row, on)
    wanted = request.GET.get("answer", "")
    counts = counted(answers)
    context = {
        "round": row,
        "moves": moves_of(row),
        "state": row.state_on(on),
        "takes_steps": row.closed_on is None and row.cancelled_on is None,
        "has_opened": row.opens_on <= on,
        "answers": [each for each in answers if wanted not in WORDS or each.response == wanted],
        "wanted": wanted if wanted in WORDS else "",
        "total": len(answers),
        "counts": [(response, words, counts[response]) for response, words in WORDS.items()],
        "form": form,
        "on": on,
    }
    return render(request, "workspace/round.html", context, status=status)


# The coordinator's answer


class AnswerForm(GovukForm):
    """For which areas the plan holds as it is, and why."""

    areas = forms.TypedMultipleChoiceField(
        label="Nothing has changed for",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick the areas for which nothing has changed."},
    )
    note = PublishedText(
        label="Why does the plan still hold?",
        help_text="National staff read this. Two sentences are enough.",
        at_most=2000,
        required=True,
        error_messages={"required": "Say why the plan still holds."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer_page(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What a partnership's areas answered in a round; its coordinator says where nothing has changed."""
    on = today()
    partnership = get_object_or_404(Partnership.objects.visible_to(request.access), slug=slug)
    row = get_object_or_404(ReviewRound.objects.visible_to(request.access, on), pk=pk)
    rows = rounds.scope_of(row, partnership, on)
    if not rows:
        raise Http404("The round does not ask this partnership.")
    may_answer = request.access.coordinates_partnership(partnership.pk)
    if request.method == "POST" and not may_answer:
        raise PermissionDenied
    answers = answers_of(row, on, rows)
    waiting = [each for each in answers if each.response == NONE]

    def make(sent: Any) -> AnswerForm:
        form = AnswerForm(sent, initial={"areas": [each.area.pk for each in waiting]})
        form.fields["areas"].choices = [(each.area.pk, each.area.name) for each in waiting]  # type: ignore[attr-defined] # its field
        return form

    def step(form: Any) -> str:
        said = {"areas": form.cleaned_data["areas"], "note": form.cleaned_data["note"]}
        rounds.confirm_no_change(row, partnership, **said, by=request.user, on=on)
        messages.success(request, "Thank you. Your answer is with the national staff.")
        return str(request.path)

    context = {
        "round": row,
        "moves": moves_of(row),
        "state": row.state_on(on),
        "takes_answers": row.takes_answers(on),
        "partnership": partnership,
        "answers": answers,
        "waiting": len(waiting),
        "may_answer": may_answer,
    }
    return Filling(make=make, step=step, template="workspace/round_answer.html", context=context).answer(request)
