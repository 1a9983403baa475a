"""Documents about an action, a declaration or a plan version: adding, making public, withdrawing, and giving out."""

import logging
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db.models import Model
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from concordat.accounts import typed
from concordat.accounts.gate import signed_in
from concordat.kernel.dates import today
from concordat.limits import too_many_files
from concordat.workspace.document_forms import AddDocumentForm, WithdrawForm
from concordat.workspace.subjects import BY_LABEL, SUBJECTS, Subjects
from signatories.models import Document
from signatories.services import documents
from signatories.services.errors import NotAllowedError

log = logging.getLogger(__name__)
AUTO_ID = "document_%s"  # its fields may stand on a page beside those of another form


def documents_of(subject: Model) -> list[Document]:
    """Those about that row for its own side, withdrawn ones last. One query."""
    rows = Document.objects.about(subject).select_related("uploaded_by")
    return sorted(rows, key=lambda document: document.withdrawn_at is not None)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def documents_page(request: Any, pk: int, model: type[Model]) -> HttpResponse:
    """Show the documents about one row to those who see its own side; take one more from those who may add to it."""
    kind, on = SUBJECTS[model], today()
    subject: Model = get_object_or_404(kind.visible_to(request.access, on), pk=pk)
    may_add = kind.editable_by(request.access, on).filter(pk=pk).exists()
    if request.method != "POST":
        sent = typed.kept(request)
        form = AddDocumentForm(sent, auto_id=AUTO_ID) if may_add else None
        return _list(request, kind, subject, form)
    if not may_add:
        raise PermissionDenied
    form = AddDocumentForm(request.POST, request.FILES, auto_id=AUTO_ID)
    if not form.is_valid():
        return _list(request, kind, subject, form, status=400)
    try:
        document = _add(subject, form, by=request.user)
    except NotAllowedError as error:
        form.add_error("file" if form.cleaned_data["file"] else "url", str(error))
        return _list(request, kind, subject, form, status=400)
    messages.success(request, f"“{document}” is added. The public does not see it yet.")
    return HttpResponseRedirect(f"{kind.back_to(subject)}#documents")


def _add(subject: Model, form: AddDocumentForm, *, by: Any) -> Document:
    said, now = form.cleaned_data, timezone.now()
    shared = {"title": said["title"], "html_alternative": said["html_alternative"], "by": by, "now": now}
    if said["file"]:
        if sentence := too_many_files(by):
            raise NotAllowedError(sentence)
        return documents.add_file(subject, said["file"], **shared)
    return documents.add_link(subject, said["url"], **shared)


def _list(
    request: Any,
    kind: Subjects,
    subject: Model,
    form: AddDocumentForm | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "kind": kind,
        "subject": subject,
        "documents": documents_of(subject),
        "form": form,
        "sends_to": reverse(kind.page, args=[subject.pk]),
        "back": kind.back_to(subject),
    }
    return render(request, "workspace/documents.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def document_page(request: Any, pk: int) -> HttpResponse:
    """One document from its own side. POST `then`: `publish` (who coordinates), or `withdraw` (who may add)."""
    on = today()
    document: Document = get_object_or_404(Document.objects.select_related("uploaded_by"), pk=pk)
    kind = BY_LABEL[document.subject_type]
    subject: Model = get_object_or_404(kind.visible_to(request.access, on), pk=document.subject_id)
    may = {
        "publish": request.access.coordinates_partnership(kind.partnership_of(subject).pk),
        "withdraw": kind.editable_by(request.access, on).filter(pk=subject.pk).exists(),
    }
    form = WithdrawForm(typed.sent_or_kept(request))
    context = {
        "document": document,
        "kind": kind,
        "subject": subject,
        "may": may,
        "back": kind.back_to(subject),
    }
    if request.method != "POST":
        return render(request, "workspace/document.html", {**context, "form": form})
    then = "publish" if request.POST.get("then") == "publish" else "withdraw"
    if not may[then]:
        raise PermissionDenied
    try:
        _change(document, form, then, by=request.user, on=on)
    except NotAllowedError as error:
        document.refresh_from_db()
        form.add_error("reason" if then == "withdraw" and document.withdrawn_at is None else None, str(error))
    if form.errors:
        return render(request, "workspace/document.html", {**context, "form": form}, status=400)
    messages.success(request, f"“{document}” is {'public' if then == 'publish' else 'withdrawn'} now.")
    return HttpResponseRedirect(f"{kind.back_to(subject)}#documents")


def _change(document: Document, form: WithdrawForm, then: str, *, by: Any, on: date) -> None:
    if not form.is_valid():
        return
    if then == "publish":
        documents.publish_document(document, by=by, on=on)
    else:
        documents.withdraw_document(document, reason=form.cleaned_data["reason"], by=by, now=timezone.now())


@require_safe
def document_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The file itself, only ever to be saved: a public one to everybody whom its subject is public for.

    Others to those who see the subject's own side. A withdrawn or removed one is given to nobody.
    """
    document = get_object_or_404(Document.objects.given_out(), pk=pk)
    # The name is made of the title, which may have gone with the file.
    if name != document.file_name and document.removed_at is None:
        raise Http404
    kind, on = BY_LABEL[document.subject_type], today()
    is_open = document.is_public and kind.public_on(on).filter(pk=document.subject_id).exists()
    if not is_open:
        return _to_its_own_side(request, document)
    answer = _given(request, document)
    answer.headers["Cache-Control"] = "no-cache"  # it may be withdrawn
    return answer


@signed_in
def _to_its_own_side(request: Any, document: Document) -> HttpResponse:
    kind = BY_LABEL[document.subject_type]
    get_object_or_404(kind.visible_to(request.access, today()), pk=document.subject_id)
    return _given(request, document)


def _given(request: HttpRequest, document: Document) -> HttpResponse:
    """The file under the type that we found it to be. A browser saves it, and were it to show it, runs nothing.

    Of one that was removed, a page that says so (410).
    """
    if document.removed_at:
        return render(request, "410.html", {"removed_at": document.removed_at}, status=410)
    try:
        file = default_storage.open(document.stored_as)
    except FileNotFoundError:
        log.exception("The file of document %s is not in the storage.", document.pk)
        raise Http404 from None
    answer = FileResponse(file, as_attachment=True, filename=document.file_name, content_type=document.content_type)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer  # type: ignore[return-value] # a streamed answer is no HttpResponse, but views may give it
