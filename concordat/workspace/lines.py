"""The actions of a plan version from the inside: listed, added, worded, left out, taken in, and put in order."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, F, Value, When
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actionplans.models import Action, ActionInVersion, PlanVersion
from actionplans.proposals import mark_of, standing
from actionplans.services import lines
from actionplans.states import DONE
from actionplans.work import work_on
from concordat.accounts.gate import signed_in
from concordat.kernel.dates import today
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from concordat.picture import thresholds_of
from concordat.workspace.differing import number_of
from concordat.workspace.filling import Filling, VersionedForm
from concordat.workspace.line_form import LineForm
from concordat.workspace.proposing import told_of
from concordat.workspace.versions import VERSION
from signatories.services.errors import FasterError, NotAllowedError
from signatories.services.review import IN_HAND, OTHER_STATE

PER_PAGE = 50
BESIDE: dict[type[NotAllowedError], str] = {
    lines.ReferenceTakenError: "reference",
    lines.ReasonMissingError: "date_reason",
}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def actions_page(request: Any, pk: int, *, left_out: bool = False) -> HttpResponse:
    """The actions of a version by section, or those left out. POST `up`, `down`, `out` or `in` with a line's id."""
    version = VERSION.seen(request.access, pk, today())
    may_edit = _may_edit(request, version)
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        return _act(request, version)
    every = list(in_plan_order(ActionInVersion.every.filter(version=version)))
    standing = [line for line in every if not line.is_left_out]
    others = [line for line in every if line.is_left_out]
    shown = others if left_out else standing
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "version": version,
        "partnership": version.plan.partnership,
        "page": page,
        "rows": [(line.heading, line, told) for line, told in _with_proposals(page.object_list)],
        "left_out": left_out,
        "unexplained": _unexplained(version) if left_out else (),
        "total": len(standing),
        "others": len(others),
        "may_edit": may_edit and version.state in IN_HAND,
        **_ends(standing),
    }
    return render(request, "workspace/version_actions.html", context)


def in_plan_order(found: Any) -> Any:
    """By the sections of the plan template, then what stands outside of them, each in the plan's own order."""
    place = F("section__position").asc(nulls_last=True)
    own_heading = Case(When(section__isnull=True, then=F("section_text")), default=Value(""))
    return found.select_related("section").order_by(place, "section_id", own_heading, "position", "pk")


def _with_proposals(found: Any) -> list[tuple[ActionInVersion, list[tuple[str, str]]]]:
    """Each line with what it proposes, for those who read along and who review it."""
    told = told_of(found)
    return [(line, told.get(line.pk, [])) for line in found]


def _unexplained(version: PlanVersion) -> set[int]:
    """The lines of those that the public knows and that are left out without a word why. One query."""
    found = ActionInVersion.every.dropped().filter(version=version, left_out_reason="")
    return set(found.values_list("pk", flat=True))


def _ends(standing: Iterable[ActionInVersion]) -> dict[str, set[int]]:
    """The first and the last line of each section: they cannot move up, or down."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for line in standing:
        first.setdefault(line.heading, line.pk)
        last[line.heading] = line.pk
    return {"first": set(first.values()), "last": set(last.values())}


def _may_edit(request: Any, version: PlanVersion) -> bool:
    """Whether the person drafts it. One query."""
    return bool(VERSION.editable(request.access).filter(pk=version.pk).exists())


def _act(request: Any, version: PlanVersion) -> HttpResponse:
    """One step with one line; whoever was faster, nothing typed is lost by it."""
    step = next((name for name in ("up", "down", "out", "in") if name in request.POST), "")
    found = ActionInVersion.every.filter(version=version).select_related("version__plan", "action")
    line = get_object_or_404(found, pk=number_of(request.POST.get(step)))
    if step == "out" and line.action.has_page:  # the public knows it: somebody says why
        return HttpResponseRedirect(reverse("workspace-version-action-out", args=[version.pk, line.pk]))
    seen = number_of(request.POST.get("version"))
    try:
        if step in ("up", "down"):
            lines.move(line, up=step == "up", seen=seen, by=request.user)
        elif step == "out":
            lines.leave_out(line, seen=seen, by=request.user)
        else:
            lines.take_in(line, seen=seen, by=request.user)
    except NotAllowedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"“{line}” {SAID[step]}")
    back = reverse("workspace-version-left-out" if step == "in" else "workspace-version-actions", args=[version.pk])
    page = number_of(request.POST.get("page"))
    return HttpResponseRedirect(f"{back}?page={page}#line-{line.pk}" if page > 1 else f"{back}#line-{line.pk}")


class LeaveOutForm(VersionedForm):
    """Why an action that the public knows is no longer in the plan."""

    reason = PublishedText(
        label="Why is it left out of the plan?",
        help_text="Anybody can read this once the version is published. Name no patient and no member of staff.",
        at_most=2000,
        required=True,
        error_messages={"required": "Say why it is left out."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def leave_out(request: Any, pk: int, line_pk: int) -> HttpResponse:
    """Leave an action out of a draft that people have read in a published version: with a reason."""
    on, version = today(), VERSION.seen(request.access, pk, today())
    if refused := _refused(request, version):
        return refused
    found = ActionInVersion.every.filter(version=version).select_related("version__plan", "action")
    line = get_object_or_404(found, pk=line_pk)
    [*works] = work_on(Action.objects.filter(pk=line.action_id), on, thresholds_of(version.plan.partnership.programme))

    def step(form: Any) -> str:
        filled = form.cleaned_data
        lines.leave_out(line, seen=filled["version"], reason=filled["reason"], by=request.user)
        messages.success(request, f"“{line}” {SAID['out']}")
        return reverse("workspace-version-actions", args=[version.pk])

    def renew() -> int:
        version.refresh_from_db(fields=["version", "state"])
        line.refresh_from_db()
        return int(version.version)

    return Filling(
        make=lambda sent: LeaveOutForm(sent, initial={"version": version.version}),
        step=step,
        renew=renew,
        beside={lines.WhyLeftOutError: "reason"},
        template="workspace/leave_out.html",
        context={
            "version": version,
            "line": line,
            "is_open": bool(works) and works[0].action.is_open,
            "is_done": bool(works) and works[0].action.state in DONE,
        },
    ).answer(request)


SAID = {
    "up": "is one place further up.",
    "down": "is one place further down.",
    "out": "is left out of this version. You can take it in again.",
    "in": "is in this version again.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add(request: Any, pk: int) -> HttpResponse:
    """A new action of a draft."""
    on, version = today(), VERSION.seen(request.access, pk, today())
    if refused := _refused(request, version):
        return refused

    def step(form: Any) -> str:
        line = lines.add_action(version, form.values(), seen=form.cleaned_data["version"], by=request.user, on=on)
        messages.success(request, f"“{line}” is added.{form.understood}")
        return _list(version, line)

    return _filling(version, None, step, on, title="Add an action", button="Add it").answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: Any, pk: int, line_pk: int) -> HttpResponse:
    """An action of a draft: its words, and what the draft proposes for it."""
    on, version = today(), VERSION.seen(request.access, pk, today())
    if refused := _refused(request, version):
        return refused
    found = ActionInVersion.every.filter(version=version).select_related("version__plan", "action")
    line = get_object_or_404(found, pk=line_pk)

    def step(form: Any) -> str:
        _save(line, form, by=request.user, on=on)
        messages.success(request, f"“{line}” is saved.{form.understood}")
        return _list(version, line)

    return _filling(version, line, step, on, title=str(line), button="Save it in the draft").answer(request)


def _save(line: ActionInVersion, form: Any, *, by: Any, on: date) -> None:
    """Save it. Where somebody has meanwhile changed other actions of the draft alone, nobody is asked to choose."""
    values, opened = form.values(), form.cleaned_data["opened"]
    try:
        lines.save_action(line, values, seen=form.cleaned_data["version"], by=by, on=on, opened=opened)
    except FasterError:
        current = ActionInVersion.every.select_related("version__plan", "action").get(pk=line.pk)
        if opened != mark_of(current, standing(current.action, on)):
            raise
        lines.save_action(line, values, seen=current.version.version, by=by, on=on, opened=opened)


def _filling(version: PlanVersion, line: ActionInVersion | None, step: Any, on: date, **words: str) -> Filling:
    was_faster = False

    def make(sent: Any) -> GovukForm:
        """Once both were shown, what was typed is about what stands there now."""
        form = LineForm(sent, version=version, line=line, on=on)
        if sent is not None and was_faster:
            again = sent.copy()
            again["opened"] = form.initial["opened"]
            form.data = again
        return form

    def renew() -> int:
        nonlocal was_faster
        was_faster = True
        version.refresh_from_db(fields=["version", "state"])
        if line:
            line.refresh_from_db()
        return version.version

    context = {
        "caption": f"{version.plan}, {version.label}",
        "about": "Nothing of it is public before this version is published.",
        "back": reverse("workspace-version-actions", args=[version.pk]),
        **words,
    }
    return Filling(make=make, step=step, renew=renew, beside=BESIDE, context=context)


def _refused(request: Any, version: PlanVersion) -> HttpResponse | None:
    """The way back for a coordinator of a version that is no draft now. Raises PermissionDenied for a reader."""
    if not _may_edit(request, version):
        raise PermissionDenied
    if version.state in IN_HAND or request.method == "POST":
        return None
    messages.error(request, OTHER_STATE[PlanVersion.State(version.state)])
    return HttpResponseRedirect(VERSION.address(version))


def _list(version: PlanVersion, line: ActionInVersion) -> str:
    """The page of the list on which a line stands."""
    found = in_plan_order(ActionInVersion.every.filter(version=version, is_left_out=line.is_left_out))
    place = list(found.values_list("pk", flat=True)).index(line.pk)
    name = "workspace-version-left-out" if line.is_left_out else "workspace-version-actions"
    page = place // PER_PAGE + 1
    address = reverse(name, args=[version.pk])
    return f"{address}?page={page}#line-{line.pk}" if page > 1 else f"{address}#line-{line.pk}"
