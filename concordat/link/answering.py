"""Answering for one action by a signed link. Where somebody else was faster, both versions are shown."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from actionplans.models import ProgressUpdate
from actionplans.services import handover, link_answers, reports
from actionplans.services.link_answers import SignInError
from actionplans.services.reports import Answer
from concordat.link.forms import FORMS, HandOverForm, Opened, UnchangedForm, at_first
from concordat.link.opening import NOT_IN_IT, Row, Visit, by_link, refused, row_of
from concordat.link.pages import is_owned, not_answerable
from concordat.link.standing import Kind
from concordat.look.forms import GovukForm
from concordat.workspace.differing import saved_last
from concordat.workspace.forms import ReportForm, differences, filled
from concordat.workspace.owners import may_assign
from signatories.services.errors import FasterError, NotAllowedError

State = ProgressUpdate.State
GONE = "The report that was in hand when you opened this page is gone. Read yours again, and send it once more."
NO_SUCH_ANSWER = "This answer does not fit the action."


@dataclass(frozen=True, slots=True)
class Step:
    """An answer that is given: by whom, on what, of which kind."""

    request: Any
    visit: Visit
    row: Row
    kind: Kind

    def show(self, form: GovukForm | None, status: int = 200, **context: Any) -> HttpResponse:
        """Its page."""
        told = {"visit": self.visit, "row": self.row, "kind": self.kind, "form": form, **context}
        return render(self.request, "link/answer.html", told, status=status)

    @property
    def sent(self) -> Any:
        """What was filled in; None while the page is only read."""
        return self.request.POST if self.request.method == "POST" else None

    @property
    def who(self) -> dict[str, Any]:
        """By whom and when, for the services."""
        return {"by": self.visit.person, "on": self.visit.on}


@by_link("GET", "HEAD", "POST")
def answer_page(request: Any, visit: Visit, pk: int, kind: str) -> HttpResponse:
    """The form of one kind of answer; what was filled in is handed in."""
    row = row_of(visit, pk)
    if row is None:
        return refused(request, NOT_IN_IT, 404)
    if kind not in {str(each) for each in Kind}:
        return refused(request, NO_SUCH_ANSWER, 404)
    step = Step(request, visit, row, Kind(kind))
    if not row.is_answerable:
        # Whoever presses the button twice has handed it over by the first time.
        return (
            _done(step)
            if step.kind is Kind.HAND_OVER and step.sent is not None
            else not_answerable(request, visit, row)
        )
    if step.kind is Kind.HAND_OVER:
        return _hand_over(step)
    return _unchanged(step) if step.kind is Kind.NO_CHANGE else _report(step)


def _done(step: Step) -> HttpResponse:
    """Back to the list, by an address that says nothing of the link."""
    did = "handed" if step.kind is Kind.HAND_OVER else "sent"
    return HttpResponseRedirect(f"../?{did}={step.row.action.pk}")


def _report(step: Step) -> HttpResponse:
    action = step.row.action
    needs_sign_in = step.kind.closes and step.row.needs_sign_in
    if needs_sign_in and step.sent is None:
        return step.show(None, needs_sign_in=True)
    current = reports.in_hand(action.pk)
    returned = current if current and current.state == State.RETURNED else None
    initial = at_first(step.kind, returned, link_answers.last_accepted(action.pk))
    form = FORMS[step.kind](step.sent, initial=initial, action=action, on=step.visit.on)
    keeps = form.keeps()
    kept = link_answers.kept(returned, keeps, step.visit.on) if returned else {}
    context: dict[str, Any] = {"report": current, "stays": [keeps[name] for name, value in kept.items() if value]}
    if step.sent is None:
        return step.show(form, **context)
    if not form.is_valid():
        return step.show(form, 400, **context, needs_sign_in=needs_sign_in)
    try:
        link_answers.hand_in(action, form.answer(), keeps=keeps, seen=form.seen(), **step.who, now=step.visit.now)
    except FasterError:
        return _both(step, form, replace(form.answer(), **kept))
    except NotAllowedError as error:
        form.add_error(None, str(error))
        is_sign_in = isinstance(error, SignInError)
        return step.show(form, 403 if is_sign_in else 400, **context, needs_sign_in=is_sign_in)
    return _done(step)


def _unchanged(step: Step) -> HttpResponse:
    action = step.row.action
    accepted = ProgressUpdate.objects.accepted().filter(action=action).order_by("-reported_on", "-pk")
    last = list(accepted[: reports.UNCHANGED_AT_MOST])
    form = UnchangedForm(step.sent, initial={"accepted": step.row.accepted})
    context: dict[str, Any] = {
        "asks_why": reports.asks_why(last),
        "report": reports.in_hand(action.pk),
        "last": last[:1],
    }
    if step.sent is None:
        return step.show(form, **context)
    if not form.is_valid():
        return step.show(form, 400, **context)
    why = form.cleaned_data["why"]
    try:
        link_answers.no_change(action, seen=form.seen(), why=why, **step.who, now=step.visit.now)
    except FasterError:
        return _both(step, form, reports.unchanged(last[0], why))
    except NotAllowedError as error:
        form.add_error("why" if context["asks_why"] else None, str(error))
        return step.show(form, 400, **context)
    return _done(step)


def _hand_over(step: Step) -> HttpResponse:
    action, visit = step.row.action, step.visit
    if not is_owned(step.row, visit):
        return refused(step.request, NO_SUCH_ANSWER, 404)
    within = None if may_assign(visit.access, action, visit.on) else visit.access.owns_in
    others = handover.offered(action, visit.on, within).exclude(owned_actions__in=action.owners.on(visit.on))
    form = HandOverForm(step.sent, people=others)
    if step.sent is None or not form.is_valid():
        return step.show(form, 400 if step.sent is not None else 200)
    try:
        link_answers.hand_over(action, to=form.cleaned_data["person"], **step.who)
    except NotAllowedError as error:
        form.add_error(None, str(error))
        return step.show(form, 400)
    return _done(step)


def _both(step: Step, form: Opened, yours: Answer) -> HttpResponse:
    """Somebody else was faster, or a draft is in hand: both versions, and a button that sends one's own after all."""
    action = step.row.action
    current, last = reports.in_hand(action.pk), link_answers.last_accepted(action.pk)
    theirs = current or last
    seen = step.request.POST.copy()
    seen["version"] = str(current.version) if current else ""
    seen["accepted"] = str(last.pk if last else 0)
    form.data = seen
    if theirs is None:  # what was in hand is gone again
        form.add_error(None, GONE)
        return step.show(form, 409)
    mine = ReportForm(
        initial=filled(ProgressUpdate(**yours.as_fields())),
        action=action,
        others=[theirs.merged_into] if theirs.merged_into else [],
        on=step.visit.on,
    )
    context = {
        "visit": step.visit,
        "row": step.row,
        "kind": step.kind,
        "form_data": form,
        "theirs": theirs,
        "saved": saved_last(theirs, step.visit.person),
        "differences": differences(mine, theirs),
    }
    return render(step.request, "link/both.html", context, status=409)
