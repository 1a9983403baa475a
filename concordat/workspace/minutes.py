"""A board's meeting about one partnership: what there is to talk about, and what was decided."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.agenda import USUAL_MONTHS, Proposal, agenda, proposals_of
from actionplans.models import Action, MeetingDecision, ProgressUpdate
from actionplans.services.decisions import Decided, record_decision
from actionplans.services.reports import in_hand
from actionplans.states import CLOSED
from actionplans.work import Work, work_on
from concordat.accounts import typed
from concordat.accounts.gate import signed_in
from concordat.kernel.dates import add_months, today
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from concordat.picture import thresholds_of
from concordat.sentences import in_words
from concordat.workspace.actions import decisions_on, seen_action
from concordat.workspace.filling import MAX_VERSION
from concordat.workspace.forms import LONG, Day
from concordat.workspace.meetings import days_left, may_change, seen_meeting
from concordat.workspace.overseen import chosen_partnership, visible_partnerships
from concordat.workspace.papers import papers_of
from signatories.access import Access
from signatories.models import BoardMeeting, Partnership
from signatories.services.errors import FasterError, NotAllowedError
from signatories.services.meetings import no_decisions_yet

Kind = MeetingDecision.Kind
# What the choices say to somebody who records a decision.
CHOICES = {
    Kind.AGREED: "Agree the new date that is asked for",
    Kind.MOVED: "Agree another date",
    Kind.NOT_GOING_AHEAD: "It is not going ahead",
    Kind.MERGED: "It is merged into another action",
    Kind.KEPT: "Keep it as it is",
    Kind.ASKED: "Ask the lead organisation to attend or to answer",
    Kind.OTHER: "Something else",
}


class DecisionForm(GovukForm):
    """What the board decided about one action. `seen` counts the decisions on it that the person has seen."""

    kind = forms.ChoiceField(
        label="What did the board decide?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the board decided."},
    )
    new_due_on = Day(label="Which date was agreed?", help_text="For example 27 3 2026. The old date stays on record.")
    merged_into = forms.ChoiceField(label="Which action is it merged into?", required=False)
    reason = PublishedText(
        label="Why? (public)", help_text="Anybody can read this beside the action. Name no person.", at_most=LONG
    )
    note = PublishedText(
        label="Note for the partnership",
        help_text="The public does not see it. Needed for a question to the lead organisation, and for something else.",
        at_most=LONG,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1000)
    report = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MAX_VERSION)
    report_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MAX_VERSION)

    def __init__(self, *args: Any, others: Iterable[Action], proposal: Proposal | None, **options: Any) -> None:
        super().__init__(*args, **options)
        may_agree = proposal is not None or self.data.get("kind") == Kind.AGREED
        offered = {kind: words for kind, words in CHOICES.items() if may_agree or kind != Kind.AGREED}
        self.fields["kind"].choices = list(offered.items())  # type: ignore[attr-defined] # a ChoiceField
        choices = [("", "None"), *((str(each.pk), str(each)) for each in others)]
        self.fields["merged_into"].choices = choices  # type: ignore[attr-defined] # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Say beside its field what the decision lacks."""
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        needed = {
            Kind.MOVED: {"new_due_on": "Say which date was agreed.", "reason": "Say why the date moves."},
            Kind.NOT_GOING_AHEAD: {"reason": "Say why it is not going ahead."},
            Kind.MERGED: {"merged_into": "Say which action it is merged into."},
            Kind.ASKED: {"note": "Write down what the lead organisation is asked."},
            Kind.OTHER: {"note": "Write down what was decided."},
        }
        for field, sentence in needed.get(Kind(kind), {}).items() if kind else ():
            if field in cleaned and not cleaned[field]:
                self.add_error(field, sentence)
        return cleaned

    def decided(self) -> Decided:
        """What was filled in. Only for a form without errors."""
        filled = self.cleaned_data
        return Decided(
            kind=Kind(filled["kind"]),
            note=filled["note"],
            reason=filled["reason"],
            new_due_on=filled["new_due_on"],
            merged_into_id=int(filled["merged_into"]) if filled["merged_into"] else None,
            report_id=filled["report"],
            report_version=filled["report_version"],
        )


def kept_here(partnership: Partnership) -> Any:
    """The actions of the partnership's own plans."""
    return Action.objects.filter(plan__partnership=partnership, mirrors__isnull=True)


@require_safe
@signed_in
def meeting_page(request: Any, pk: int) -> HttpResponse:
    """What there is to talk about, by lead organisation, and what was decided; for one partnership at a time."""
    on = today()
    meeting = seen_meeting(request.access, pk)
    partnerships = visible_partnerships(request.access, meeting)
    partnership = chosen_partnership(partnerships, request.GET.get("partnership", ""))
    why_not = no_decisions_yet(meeting, on)
    context: dict[str, Any] = {
        "meeting": meeting,
        "partnerships": partnerships,
        "partnership": partnership,
        "left": days_left(meeting.papers_due_on, on),
        "is_past": meeting.held_on < on,
        "why_not": why_not,
        "may_change": may_change(request.access, meeting),
    }
    if partnership is not None:
        context |= _to_talk_about(meeting, partnership, on)
        may_record = request.access.coordinates_partnership(partnership.pk)
        context |= papers_of(meeting, partnership, on, coordinates=may_record)
        context |= {"may_record": may_record and not why_not, "writes": may_record}
    return render(request, "workspace/meeting.html", context)


def _to_talk_about(meeting: BoardMeeting, partnership: Partnership, on: date) -> dict[str, Any]:
    """The agenda, the other open actions, and the decisions. Eight queries."""
    actions = kept_here(partnership)
    works = work_on(actions, on, thresholds_of(partnership.programme, partnership.update_every_months))
    following = BoardMeeting.objects.standing().filter(board=meeting.board_id, held_on__gt=meeting.held_on).first()
    next_on = following.held_on if following else add_months(meeting.held_on, USUAL_MONTHS)
    groups = agenda(works, proposals_of(actions), on=on, next_on=next_on)
    decisions = decisions_on(meeting.decisions.filter(action__plan__partnership=partnership))
    listed = {item.work.action.id for group in groups for item in group.items}
    return {
        "groups": groups,
        "count": len(listed),
        "others": [work for work in works if work.action.is_open and work.action.id not in listed],
        "next_on": next_on,
        "has_next": following is not None,
        "decisions": decisions,
        "decided": {each.action_id for each in decisions},
    }


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def decision_page(request: Any, pk: int, action: int) -> HttpResponse:
    """Record what the meeting decided about one action."""
    on = today()
    meeting = seen_meeting(request.access, pk)
    found = _action_at(request.access, meeting, action, on)
    if request.method != "POST":
        sent = typed.kept(request)
        return _page(request, meeting, found, _form(meeting, found, on, sent), on)
    form = _form(meeting, found, on, request.POST)
    if not form.is_valid():
        return _page(request, meeting, found, form, on, status=400)
    seen = form.cleaned_data["seen"]
    try:
        record_decision(meeting, found, form.decided(), seen=seen, by=request.user, on=on, now=timezone.now())
    except FasterError as error:
        return _again(request, meeting, found, on, error)
    except NotAllowedError as error:
        form.add_error(None, str(error))
        return _page(request, meeting, found, form, on, status=400)
    messages.success(request, f"The decision on “{found}” is recorded.")
    return HttpResponseRedirect(_back(meeting, found))


def _back(meeting: BoardMeeting, action: Action) -> str:
    address = reverse("workspace-meeting", args=[meeting.pk])
    return f"{address}?partnership={action.plan.partnership.slug}#decisions"


def _action_at(access: Access, meeting: BoardMeeting, pk: int, on: date) -> Action:
    """The action, for a coordinator of a partnership that the meeting is about.

    Raises Http404 for an action of another partnership, and PermissionDenied for a reader.
    """
    action = seen_action(access, pk, on)
    partnership = action.plan.partnership
    if action.mirrors_id or partnership not in visible_partnerships(access, meeting):
        raise Http404
    if not access.coordinates_partnership(partnership.pk):
        raise PermissionDenied
    return action


def _form(meeting: BoardMeeting, action: Action, on: date, data: Any = None) -> DecisionForm:
    proposal = proposals_of(Action.objects.filter(pk=action.pk)).get(action.pk)
    initial: dict[str, Any] = {"seen": meeting.decisions.filter(action=action).count()}
    if proposal:
        initial |= {"report": proposal.report_id, "report_version": proposal.version}
    closed = ProgressUpdate.objects.accepted().filter(action=OuterRef("pk"), until_on__isnull=True, status__in=CLOSED)
    others = kept_here(action.plan.partnership).published_by(on).filter(~Exists(closed), plan=action.plan_id)
    others = others.exclude(pk=action.pk).order_by("id")
    return DecisionForm(data, initial=initial, others=others, proposal=proposal)


def _again(request: Any, meeting: BoardMeeting, action: Action, on: date, error: FasterError) -> HttpResponse:
    """Somebody was faster: what is there by now, above the form that still holds what was typed."""
    data = request.POST.copy()
    for name, value in _form(meeting, action, on).initial.items():
        data[name] = str(value)
    form = _form(meeting, action, on, data)
    form.add_error(
        None, f"{error} What you typed is still here, and not recorded. Record it again only if it is not there yet."
    )
    return _page(request, meeting, action, form, on, status=409)


def _page(
    request: Any,
    meeting: BoardMeeting,
    action: Action,
    form: DecisionForm,
    on: date,
    status: int = 200,
) -> HttpResponse:
    own = Action.objects.filter(pk=action.pk)
    partnership = action.plan.partnership
    works = work_on(own, on, thresholds_of(partnership.programme, partnership.update_every_months))
    work: Work | None = next(iter(works), None)
    why_not = no_decisions_yet(meeting, on)
    context = {
        "meeting": meeting,
        "action": action,
        "work": work,
        "proposal": proposals_of(own).get(action.pk),
        "report": in_hand(action.pk),
        "decisions": decisions_on(meeting.decisions.filter(action=action)),
        "form": form if not why_not or form.is_bound else None,
        "why_not": why_not,
        "back": _back(meeting, action),
        "held_on": in_words(meeting.held_on),
    }
    return render(request, "workspace/decision.html", context, status=status)
