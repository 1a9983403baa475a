"""For national staff: the areas that lag, one area with whom to contact, and the contact log."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from areas.models import Area, Region
from concordat import national
from concordat.accounts import typed
from concordat.accounts.gate import SignedInRequest, signed_in
from concordat.area.portrait import Portrait, portrait
from concordat.asked import Asked, asked_of
from concordat.facts import national_facts
from concordat.kernel.periods import holds_on
from concordat.lagging import WORDS
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from concordat.sentences import REPORTED, in_words
from concordat.watching import Lagging, has_open_step, lagging_areas
from concordat.workspace.forms import Day
from signatories.models import ContactEntry, Membership, Partnership, Programme, Role
from signatories.services.contacts import Contact, faults, log_contact
from signatories.services.errors import FasterError, NotAllowedError

PER_PAGE = 50
STEPS = {"due": "Due by this day", "open": "Any open step", "none": "No open step"}
ORDERS = {"days": "Longest first", "step": "Next step due first", "name": "By name"}
CHOICES: dict[str, list[str]] = {
    "region": Region.values,
    "rule": list(WORDS),
    "step": list(STEPS),
    "sort": list(ORDERS),
}


def national_only(request: Any) -> None:
    """Raises PermissionDenied (403) for everybody else."""
    if not request.access.is_national:
        raise PermissionDenied


# The list


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address of the list asks for; what makes no sense is refused and left out."""

    region: str = ""
    rule: str = ""
    step: str = ""
    sort: str = "days"
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> dict[str, str]:
        """For the title of the page."""
        return self.refused

    @property
    def error_links(self) -> list[tuple[str, str]]:
        """For the summary at the top of the page."""
        return [(f"#{name}", sentence) for name, sentence in self.refused.items()]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the choice of another day leaves as it is."""
        chosen = {"region": self.region, "rule": self.rule, "step": self.step, "sort": self.sort}
        return [(name, value) for name, value in chosen.items() if value]

    def shown(self, rows: Iterable[Lagging], on: date) -> list[Lagging]:
        """The rows that fit, in the order asked for."""
        found = [row for row in rows if self._fits(row, on)]
        if self.sort == "name":
            return sorted(found, key=lambda row: row.area.name)
        if self.sort == "step":
            return sorted(found, key=lambda row: (row.next_step and row.next_step.next_due_on) or date.max)
        return found

    def _fits(self, row: Lagging, on: date) -> bool:
        due_on = row.next_step.next_due_on if row.next_step else None
        steps = {
            "": True,
            "due": due_on is not None and due_on <= on,
            "open": row.next_step is not None,
            "none": row.next_step is None,
        }
        is_listed = self.rule in ("", *(each.rule.value for each in row.findings))
        return is_listed and self.region in ("", row.area.region) and steps[self.step]


def choice_of(request: HttpRequest) -> Choice:
    """What the address asks for; each refusal is a sentence."""
    given = {name: text for name in CHOICES if (text := request.GET.get(name))}
    refused = {
        name: f"“{text[:40]}” is not a choice here. Choose one from the list."
        for name, text in given.items()
        if text not in CHOICES[name]
    }
    return Choice(**{name: text for name, text in given.items() if name not in refused}, refused=refused)


@require_safe
@signed_in
def lagging_list(request: Any) -> HttpResponse:
    """Every area that lags on the day (`?on=`), the longest first. A fixed number of queries."""
    national_only(request)
    asked, choice = asked_of(request), choice_of(request)
    programme = Programme.objects.order_by("id").first()
    rows = lagging_areas(asked.on, programme) if programme else []
    shown = choice.shown(rows, asked.on)
    context = {
        "asked": asked,
        "on": asked.on,
        "complete_to": programme.complete_to if programme else None,
        "form": choice,
        "choice": choice,
        "total": len(rows),
        "rows": shown,
        "counts": [(rule, words, _count(rows, rule)) for rule, words in WORDS.items()],
        "regions": Region.values,
        "steps": STEPS.items(),
        "orders": ORDERS.items(),
    }
    status = 400 if choice.refused or asked.refusal else 200
    return render(request, "workspace/lagging.html", context, status=status)


def _count(rows: Iterable[Lagging], rule: str) -> int:
    return sum(any(each.rule == rule for each in row.findings) for row in rows)


# One area


@dataclass(frozen=True, slots=True)
class Place:
    """One area on a day, as its page shows it: how it stands, and who works for it."""

    area: national.Area
    portrait: Portrait
    lagging: Lagging | None
    programme: Programme

    @property
    def partnerships(self) -> dict[int, str]:
        """The ids and names of those that work for it, the primary one first."""
        return {each.id: each.name for each in self.portrait.partnerships}

    def entries(self, access: Any) -> Any:
        """The log of the area and of its partnerships, the latest first."""
        about = Q(area=self.area.id) | Q(partnership__in=list(self.partnerships))
        rows = ContactEntry.objects.visible_to(access).filter(about)
        return rows.select_related("partnership", "recorded_by", "corrected_by", "closed_by", "closes", "corrects")

    def open_steps(self, access: Any, on: date) -> list[ContactEntry]:
        """The entries whose next step is still to be taken, the one due first on top."""
        rows = self.entries(access).with_open_step().order_by("next_due_on", "pk")
        return [entry for entry in rows if has_open_step(entry, on)]


def place_of(slug: str, on: date) -> Place:
    """The area with that slug on that day. Raises Http404 for an area that there never was."""
    programme = Programme.objects.order_by("id").first()
    facts = national_facts(programme) if programme else None
    area = next((area for area in facts.areas if area.slug == slug), None) if facts else None
    if programme is None or facts is None or area is None:
        raise Http404("There is no such area.")
    found = lagging_areas(on, programme, only=[area.id], facts=facts)
    return Place(area, portrait(facts, area, programme, on, horizon=on), found[0] if found else None, programme)


class ContactForm(GovukForm):
    """One contact: whom, when, what was said, what comes next."""

    place = forms.ChoiceField(label="Who is it about?", widget=forms.RadioSelect)
    spoken_on = Day(label="When was the contact?", help_text="For example 27 3 2026.")
    how = forms.ChoiceField(
        label="How?",
        choices=ContactEntry.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the contact was made."},
    )
    whom = PublishedText(
        label="With whom?",
        help_text="The role or office, like “coordinator” or “chief executive’s office”. A name only if you need it.",
        at_most=200,
        lines=False,
    )
    said = PublishedText(label="What was said?", help_text="National staff alone read this.", at_most=4000)
    next_step = PublishedText(label="Next step (optional)", at_most=500, lines=False)
    next_due_on = Day(label="The next step is due on (optional)", help_text="For example 27 3 2026.")
    closes = forms.ChoiceField(
        label="Does this take an earlier step?",
        required=False,
        error_messages={"invalid_choice": "Somebody has taken that step meanwhile, or corrected it. Choose again."},
    )
    ticket = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, place: Place, steps: list[ContactEntry], on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on
        self.steps = {str(entry.pk): entry for entry in steps}
        places = [("area", place.area.name), *((str(pk), name) for pk, name in place.partnerships.items())]
        self.fields["place"].choices = places  # type: ignore[attr-defined] # a ChoiceField
        self.fields["closes"].choices = [  # type: ignore[attr-defined] # the same
            ("", "No"),
            *((key, f"Yes: {_step_told(entry)}") for key, entry in self.steps.items()),
        ]
        if not steps and not self.data.get("closes"):
            del self.fields["closes"]

    def clean(self) -> dict[str, Any]:
        """Say beside its field what is wrong."""
        cleaned = super().clean() or {}
        if "spoken_on" in cleaned and cleaned["spoken_on"] is None:
            self.add_error("spoken_on", "Say on which day the contact was.")
        if not {"spoken_on", "how", "whom", "said", "next_step", "next_due_on"} - cleaned.keys():
            for name, sentence in faults(self.contact(), self.on).items():
                self.add_error(name, sentence)
        return cleaned

    def contact(self, corrects: ContactEntry | None = None) -> Contact:
        """What was filled in."""
        filled = self.cleaned_data
        return Contact(
            spoken_on=filled["spoken_on"],
            whom=filled["whom"],
            how=filled["how"],
            said=filled["said"],
            next_step=filled["next_step"],
            next_due_on=filled["next_due_on"],
            corrects=corrects,
            closes=self.steps.get(filled.get("closes", "")),
        )


def _step_told(entry: ContactEntry) -> str:
    due = f" (due on {in_words(entry.next_due_on)})" if entry.next_due_on else ""
    return f"{entry.next_step[:120]}{due}"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def area_page(request: SignedInRequest, slug: str) -> HttpResponse:
    """How the area stands and why it is listed, whom to contact, the log, and a form to add to it."""
    national_only(request)
    asked = asked_of(request)
    place = place_of(slug, asked.on)
    steps = place.open_steps(request.access, asked.on)
    if request.method == "POST":
        form = ContactForm(request.POST, place=place, steps=steps, on=asked.today)
        if form.is_valid() and _log(request, place, form, asked.today):
            messages.success(request, "The contact is in the log.")
            return HttpResponseRedirect(reverse("workspace-national-area", args=[slug]) + "#log")
        return _area(request, asked, place, form, steps)
    sent = typed.kept(request)
    initial = {"place": next((str(pk) for pk in place.partnerships), "area"), "spoken_on": asked.today}
    form = ContactForm(sent, initial=initial | {"ticket": uuid4()}, place=place, steps=steps, on=asked.today)
    return _area(request, asked, place, form, steps)


def _area(
    request: SignedInRequest,
    asked: Asked,
    place: Place,
    form: ContactForm,
    steps: list[ContactEntry],
) -> HttpResponse:
    people = Membership.objects.of_active_people().filter(
        holds_on(asked.on), partnership__in=list(place.partnerships), role__in=[Role.COORDINATOR, Role.CHAIR]
    )
    entries = place.entries(request.access).filter(spoken_on__lte=asked.on)
    context = {
        "asked": asked,
        "on": asked.on,
        "place": place,
        "area": place.area,
        "portrait": place.portrait,
        "reported": REPORTED,
        "complete_to": place.programme.complete_to,
        "people": people.select_related("person", "partnership").order_by("partnership__name", "-role", "person__name"),
        "steps": steps,
        "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
    }
    failed = request.method == "POST" or asked.refusal
    return render(request, "workspace/national_area.html", context, status=_status(form) if failed else 200)


def _status(form: ContactForm) -> int:
    """409 where somebody else was faster, 400 where what was typed makes no sense."""
    return 409 if getattr(form, "was_late", False) else 400


def _log(
    request: SignedInRequest, place: Place, form: ContactForm, on: date, corrects: ContactEntry | None = None
) -> bool:
    """Write it; where that is refused, say why in the form, whose ticket is new then."""
    about = corrects.place if corrects else _chosen(place, form.cleaned_data["place"])
    ticket = form.cleaned_data["ticket"]
    try:
        log_contact(about, form.contact(corrects), by=request.user, on=on, now=timezone.now(), ticket=ticket)
    except NotAllowedError as refusal:
        form.add_error(None, str(refusal))
        form.was_late = isinstance(refusal, FasterError)  # type: ignore[attr-defined] # for the answer's status
        sent = request.POST.copy()
        sent["ticket"] = str(uuid4())
        form.data = sent
        return False
    return True


def _chosen(place: Place, choice: str) -> Area | Partnership:
    if choice == "area":
        return Area.objects.get(pk=place.area.id)
    return Partnership.objects.get(pk=int(choice))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def correct_page(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Correct an entry by a further one, which says it all anew."""
    national_only(request)
    asked = asked_of(request)
    place = place_of(slug, asked.today)
    entry = get_object_or_404(place.entries(request.access), pk=pk)
    sent = typed.sent_or_kept(request)
    told = {name: getattr(entry, name) for name in ("spoken_on", "how", "whom", "said", "next_step", "next_due_on")}
    if hasattr(entry, "closed_by"):
        told |= {"next_step": "", "next_due_on": None}  # it is taken: the correction does not open it again
    form = ContactForm(sent, initial=told | {"ticket": uuid4()}, place=place, steps=[], on=asked.today)
    del form.fields["place"]
    if request.method == "POST" and form.is_valid() and _log(request, place, form, asked.today, entry):
        messages.success(request, "The entry is corrected. The earlier one stays below it.")
        return HttpResponseRedirect(reverse("workspace-national-area", args=[slug]) + "#log")
    context = {"form": form, "entry": entry, "area": place.area}
    return render(
        request, "workspace/correct_contact.html", context, status=_status(form) if request.method == "POST" else 200
    )


# The steps to take, for the first national page


def steps_due(access: Any, on: date, at_most: int) -> list[tuple[ContactEntry, str]]:
    """The open next steps that have a day, the first due on top, each with the slug of an area. Three queries."""
    rows = ContactEntry.objects.visible_to(access).with_open_step().filter(next_due_on__isnull=False)
    rows = rows.select_related("area", "partnership", "recorded_by").prefetch_related("partnership__coverage__area")
    return [(entry, _slug(entry)) for entry in rows.order_by("next_due_on", "pk")[:at_most]]


def _slug(entry: ContactEntry) -> str:
    if entry.area:
        return entry.area.slug
    covers = entry.partnership.coverage.all() if entry.partnership else []
    return next((cover.area.slug for cover in sorted(covers, key=lambda each: (not each.is_primary, each.pk))), "")
