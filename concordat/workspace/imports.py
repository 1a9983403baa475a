"""A plan file from the inside: sent, read, its questions answered, looked at, applied."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db.models.fields.json import KT
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.importing.understanding.fields import LABELS
from actionplans.models import ImportMemory, PlanImport, PlanVersion
from actionplans.services import import_work, imports
from concordat.accounts import typed
from concordat.accounts.gate import sent_to, signed_in
from concordat.at_work import PLAN_FILES
from concordat.handing import hand_to_worker
from concordat.kernel.dates import today
from concordat.kernel.models import Redaction
from concordat.look.forms import GovukForm
from concordat.tasks import take_import
from concordat.workspace.differing import number_of
from concordat.workspace.import_answers import (
    MEANINGS,
    Asked,
    answers_in,
    asked_of,
    asks_for_a_body,
    grouped,
    offer_bodies,
    offer_colours,
)
from concordat.workspace.import_bodies import bodies_of
from concordat.workspace.import_form import StartForm
from concordat.workspace.import_preview import (
    PER_PAGE,
    SHOWN,
    changes_nothing,
    counts_of,
    numbers_of,
    page_of,
    part_asked,
)
from concordat.workspace.versions import VERSION
from signatories.services.errors import FasterError, NotAllowedError
from signatories.services.review import IN_HAND, OTHER_STATE

REMOVED = "This file told of somebody and is removed. Its rows are kept without those words."
AT_ONCE = 300  # rows: so small a file is understood anew while the person waits


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def start(request: Any, pk: int) -> HttpResponse:
    """Send a plan file for a draft version, or paste the table; one that is open already is gone on with."""
    on, version = today(), VERSION.seen(request.access, pk, today())
    if not VERSION.editable(request.access).filter(pk=pk).exists():
        raise PermissionDenied
    open_one = version.imports.open().first()
    if open_one and request.method != "POST":
        return HttpResponseRedirect(_address(open_one))
    if version.state not in IN_HAND and request.method != "POST":
        messages.error(request, OTHER_STATE[PlanVersion.State(version.state)])
        return HttpResponseRedirect(VERSION.address(version))
    memory = ImportMemory.objects.filter(partnership=version.plan.partnership_id).first()
    initial = {"as_at": on, "quarters": memory.quarters if memory else ""}
    initial["default_year"] = str(memory.default_year or "") if memory else ""
    if request.method != "POST":
        sent = typed.kept(request)
        return _start_page(request, version, StartForm(sent, on=on, initial=initial), was_kept=sent is not None)
    form = StartForm(request.POST, request.FILES, on=on, initial=initial)
    if form.is_valid():
        try:
            return HttpResponseRedirect(_address(_take(version, form, request.user)))
        except NotAllowedError as error:
            form.add_error(None, str(error))
    return _start_page(request, version, form, status=400)


def _take(version: PlanVersion, form: StartForm, by: Any) -> PlanImport:
    file, now = form.cleaned_data["file"], timezone.now()
    if file:
        taken = imports.take_file(version, file, form.told(), by=by, now=now)
    else:
        taken = imports.take_paste(version, form.cleaned_data["pasted"], form.told(), by=by, now=now)
    hand_to_worker(take_import, taken.pk)
    return taken


def _start_page(
    request: Any, version: PlanVersion, form: GovukForm, status: int = 200, *, was_kept: bool = False
) -> HttpResponse:
    context = {
        "version": version,
        "form": form,
        "who": typed.who(request.user),
        "was_kept": was_kept,
        "before": version.imports.exclude(state=PlanImport.State.ABANDONED)[:10],
    }
    return render(request, "workspace/import_start.html", context, status=status)


@require_safe
@signed_in
def import_page(request: Any, pk: int) -> HttpResponse:
    """How far it is; once it is read, all that it would change, before anything is written."""
    found = _found(request, pk)
    context: dict[str, Any] = {"import": found, "version": found.draft}
    if found.is_at_work:
        return render(request, "workspace/import_progress.html", context | _how_far(found))
    if not found.found:
        return render(request, "workspace/import_ended.html", context)
    counts = counts_of(found)
    show = part_asked(request.GET.get("show", ""), counts)
    context |= {
        "show": show,
        "choices": [(name, words, counts[name]) for name, words in SHOWN.items()],
        "counts": counts,
        "must": len(found.must_be_answered),
        "questions": len(found.found["questions"]),
        "changes_nothing": changes_nothing(found),
        "page": page_of(found, show, request.GET.get("page")),
        "column_count": len(found.found["columns"]),
    }
    return render(request, "workspace/import_preview.html", context)


@require_safe
@signed_in
def progress(request: Any, pk: int) -> HttpResponse:
    """How far it is, for the page that waits."""
    found = _found(request, pk)
    told = {**_how_far(found), "at_work": found.is_at_work, "words": found.get_state_display()}
    answer = JsonResponse(told)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _how_far(found: PlanImport) -> dict[str, object]:
    """How much is done of what a worker is at, and what it does now; nothing while it waits for a worker."""
    is_waiting = found.state in (PlanImport.State.RECEIVED, PlanImport.State.CONFIRMED)
    done, what = (0, "") if is_waiting else PLAN_FILES.told(found.pk)
    return {"done": done, "what": what}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def questions(request: Any, pk: int) -> HttpResponse:
    """The questions that the file leaves open, and those that are answered. POST answers those of one page."""
    found = _found(request, pk)
    if (found.is_at_work and request.method != "POST") or not found.found:
        return HttpResponseRedirect(_address(found))
    page = Paginator(found.found["questions"], PER_PAGE).get_page(request.GET.get("page"))
    gone = found.found["missing"]
    told = {"missing": gone, "numbers": numbers_of(found, today()) if gone else None}
    open_ones = asked_of(page.object_list, first=page.start_index(), **told)
    answered = asked_of(found.found["answered"], first=100_000, **told) if page.number == 1 else []
    _offer(found, [*open_ones, *answered])
    if request.method != "POST":
        _show_typed(typed.kept(request), [*open_ones, *answered])
        return _questions_page(request, found, page, open_ones, answered)
    groups, others = grouped(open_ones), grouped(answered)
    answers = answers_in(groups, request.POST) | answers_in(others, request.POST)
    if any(each.error for each in [*open_ones, *answered]):
        return _questions_page(request, found, page, open_ones, answered, status=400)
    if not answers:
        messages.error(request, "Nothing was answered yet. Choose an answer, then save it.")
        return HttpResponseRedirect(request.get_full_path())
    try:
        imports.answer(found, answers, seen=number_of(request.POST.get("version")), by=request.user)
    except (FasterError, NotAllowedError) as error:
        found.refresh_from_db()
        return _questions_page(request, found, page, open_ones, answered, status=409, refused=str(error))
    return _understand_anew(found, "Your answers are saved.", request)


def _offer(found: PlanImport, asked: list[Asked]) -> None:
    """More to choose from than the file suggests. Four queries at most."""
    if any(asks_for_a_body(each) for each in asked):
        offer_bodies(asked, bodies_of(found.draft.plan.partnership, today()))
    if any(each.kind == "rag_key" for each in asked):
        rows = found.rows.exclude(change="")
        offer_colours(asked, rows.values_list(KT("understood__rag_text"), KT("understood__action")))


def _show_typed(sent: Any, questions: list[Asked]) -> None:
    """Show what was typed before the session ended."""
    if sent is not None:
        answers_in(grouped(questions), sent)


def _questions_page(
    request: Any,
    found: PlanImport,
    page: Any,
    open_ones: list[Asked],
    answered: list[Asked],
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    context = {
        "import": found,
        "version": found.draft,
        "page": page,
        "groups": grouped(open_ones),
        "answered": grouped(answered),
        "faults": [each for each in [*open_ones, *answered] if each.error],
        "refused": refused,
        "may_answer": found.state == PlanImport.State.READY,
        "meanings": MEANINGS,
        "who": typed.who(request.user),
    }
    return render(request, "workspace/import_questions.html", context, status=status)


def _understand_anew(found: PlanImport, said: str, request: Any) -> HttpResponse:
    """At once for a small file, else by a worker; and then to the next questions, or to the preview."""
    if found.found["counts"]["rows"] <= AT_ONCE:
        import_work.step(found.pk, by=request.user, on=today(), now=timezone.now(), alive=PLAN_FILES.alive)
        found.refresh_from_db()
    else:
        hand_to_worker(take_import, found.pk)
    messages.success(request, said)
    has_more = not found.is_at_work and found.found["questions"]
    return HttpResponseRedirect(reverse("workspace-import-questions", args=[found.pk]) if has_more else _address(found))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def columns(request: Any, pk: int) -> HttpResponse:
    """What each column was taken for. POST corrects it."""
    found = _found(request, pk)
    if (found.is_at_work and request.method != "POST") or not found.found:
        return HttpResponseRedirect(_address(found))
    context: dict[str, Any] = {
        "import": found,
        "version": found.draft,
        "columns": _columns(found.found["columns"]),
        "fields": [(str(name), label) for name, label in LABELS.items()],
        "may_answer": found.state == PlanImport.State.READY,
        "who": typed.who(request.user),
    }
    if request.method != "POST":
        return render(request, "workspace/import_columns.html", context)
    chosen = {key: request.POST.get(each["name"], "") for each in context["columns"] for key in each["keys"]}
    known = {str(name) for name in LABELS}
    answers = {key: value for key, value in chosen.items() if value in known}
    try:
        if answers:
            imports.answer(found, answers, seen=number_of(request.POST.get("version")), by=request.user)
    except NotAllowedError as error:
        return render(request, "workspace/import_columns.html", {**context, "refused": str(error)}, status=409)
    if not answers:
        return HttpResponseRedirect(_address(found))
    return _understand_anew(found, "The columns are as you said.", request)


def _columns(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The columns in their order; those of equal tables, headed and read alike, once: they are corrected together."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for number, each in enumerate(told):
        held = ", ".join(str(LABELS[name]) for name in LABELS if str(name) in each["fields"]) or "Nothing"
        # A column without a heading is like no other.
        alike = (each["heading"].casefold(), held) if each["heading"] else (each["at"],)
        one = found.setdefault(alike, {**each, "name": f"c{number}", "held": held, "keys": [], "samples": []})
        one["keys"].append(each["key"])
        one["samples"] += [text for text in each.get("samples", ()) if text not in one["samples"]]
    return [{**each, "samples": each["samples"][:2], "others": len(each["keys"]) - 1} for each in found.values()]


@sent_to
@signed_in
def apply(request: Any, pk: int) -> HttpResponse:
    """Apply it as it was shown."""
    found = _found(request, pk)
    try:
        imports.confirm(found, seen=number_of(request.POST.get("version")), by=request.user)
    except NotAllowedError as error:
        messages.error(request, str(error))
    else:
        hand_to_worker(take_import, found.pk)
    return HttpResponseRedirect(_address(found))


@sent_to
@signed_in
def abandon(request: Any, pk: int) -> HttpResponse:
    """Give it up."""
    found = _found(request, pk)
    try:
        imports.abandon(found, seen=number_of(request.POST.get("version")), by=request.user)
    except NotAllowedError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(_address(found))
    messages.success(request, "The file is not brought in. Nothing of the plan was changed.")
    return HttpResponseRedirect(VERSION.address(found.draft))


@require_safe
@signed_in
def file(request: Any, pk: int) -> HttpResponse:
    """The file as it was sent, only ever to be saved."""
    found = _found(request, pk)
    if found.pasted:
        return HttpResponse(found.pasted, content_type="text/plain; charset=utf-8", headers=_to_save("pasted.txt"))
    if Redaction.objects.filter(
        subject_type=found._meta.label_lower, subject_id=found.pk, field=Redaction.FILE
    ).exists():
        return HttpResponse(f"{REMOVED}\n", content_type="text/plain; charset=utf-8", headers=_to_save("removed.txt"))
    try:
        held = default_storage.open(found.stored_as)
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(
        held, as_attachment=True, filename=found.original_name, content_type="application/octet-stream"
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer  # type: ignore[return-value] # a streamed answer is no HttpResponse, but views may give it


def _to_save(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}


def _found(request: Any, pk: int) -> PlanImport:
    """The import, for a coordinator of its partnership. Raises Http404 for outsiders, PermissionDenied for readers."""
    every = PlanImport.objects.select_related("draft__plan__partnership", "uploaded_by", "confirmed_by")
    found = get_object_or_404(every.visible_to(request.access), pk=pk)
    if not PlanImport.objects.editable_by(request.access).filter(pk=pk).exists():
        raise PermissionDenied
    return found


def _address(found: PlanImport) -> str:
    return reverse("workspace-import", args=[found.pk])
