"""Adding documents about an action, a plan version or a declaration, making them public, and withdrawing them."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction

from concordat.kernel.changes import Actor, create, person, record
from signatories.documents.checking import checked
from signatories.documents.errors import UnfitFileError
from signatories.models import Document
from signatories.services.errors import FasterError, NotAllowedError

FOLDER = "documents"
FASTER = "Somebody has withdrawn it or made it public meanwhile. See how it stands now."
Visibility = Document.Visibility


def add_file(
    subject: models.Model, file: "File[bytes]", *, title: str, by: Actor, now: datetime, html_alternative: str = ""
) -> Document:
    """Keep a file about that row, for the subject's own side alone at first. `now` is in UTC.

    It cannot be part of a larger transaction, for whatever keeps its row from being saved must be known here (else
    `stored` and `add`). Raises NotAllowedError with a sentence for the sender if we do not take such a file, or it is
    there already.
    """
    with stored(file) as document, transaction.atomic(durable=True):
        return add(document, subject, title=title, html_alternative=html_alternative, by=by, now=now)


@contextmanager
def stored(file: "File[bytes]") -> Iterator[Document]:
    """A file in the storage, as a document that is yet to be added (`add`) in a transaction within the block.

    Whatever goes wrong in the block, the commit included, takes the file away again. Raises NotAllowedError with a
    sentence for the sender if we do not take such a file.
    """
    try:
        found = checked(file, file.name or "", file.size)  # type: ignore[arg-type] # a file of Django's reads bytes
    except UnfitFileError as error:
        raise NotAllowedError(str(error)) from error
    stored_as = default_storage.save(unguessable_name(), file)
    try:
        yield Document(
            kind=Document.Kind.FILE,
            stored_as=stored_as,
            format=found.format,
            size=found.size,
            sha256=found.sha256,
            original_name=found.name or f"document.{found.format}",
        )
    except BaseException:
        default_storage.delete(stored_as)
        raise


def add_link(
    subject: models.Model, url: str, *, title: str, by: Actor, now: datetime, html_alternative: str = ""
) -> Document:
    """Keep a link about that row, for the subject's own side alone at first. `now` is in UTC.

    Raises NotAllowedError if it is there already.
    """
    return add(linked(url), subject, title=title, html_alternative=html_alternative, by=by, now=now)


def linked(url: str) -> Document:
    """A link as a document that is yet to be added (`add`)."""
    return Document(kind=Document.Kind.LINK, url=url)


def unguessable_name() -> str:
    """A new name in the storage. It says nothing of the file and has no ending, so that no server runs or shows it."""
    name = secrets.token_hex(24)
    return f"{FOLDER}/{name[:2]}/{name}"


@transaction.atomic
def add(
    document: Document, subject: models.Model, *, title: str, by: Actor, now: datetime, html_alternative: str = ""
) -> Document:
    """Keep a document that is `stored` or `linked` about that row, for the subject's own side alone at first.

    Raises NotAllowedError without a title, or if it is there already.
    """
    document.subject_type, document.subject_id = subject._meta.label_lower, subject.pk
    document.title, document.html_alternative = title.strip(), html_alternative.strip()
    document.uploaded_by, document.uploaded_at = person(by), now
    if not document.title:
        raise NotAllowedError("Give the document a title.")
    try:
        with transaction.atomic():
            return create(document, by=by)
    except IntegrityError as error:
        in_force = Document.objects.about(subject).in_force()
        if not in_force.filter(kind=document.kind, sha256=document.sha256, url=document.url).exists():
            raise
        raise NotAllowedError(f"This {document.get_kind_display().lower()} is here already.") from error


@transaction.atomic
def publish_document(document: Document, *, by: Actor, on: date) -> Document:
    """Make a document public from that day (in London) on.

    Raises FasterError if it is public or withdrawn by now.
    """
    same = Document.objects.in_force().filter(
        pk=document.pk, visibility=Visibility.PARTNERSHIP, removed_at__isnull=True
    )
    if not same.update(visibility=Visibility.PUBLIC, published_on=on):
        raise FasterError(FASTER)
    document.refresh_from_db()
    fields = {"visibility": (Visibility.PARTNERSHIP, Visibility.PUBLIC), "published_on": (None, on)}
    record(document, "published", by=by, fields=fields)
    return document


@transaction.atomic
def withdraw_document(document: Document, *, reason: str, by: Actor, now: datetime) -> Document:
    """Give out a document no more, from now (in UTC) on and for no earlier day either. Its file and row are kept.

    Raises NotAllowedError without a reason, and FasterError if it is withdrawn by now.
    """
    if not reason.strip():
        raise NotAllowedError("Say why it is withdrawn.")
    same = Document.objects.in_force().filter(pk=document.pk)
    if not same.update(withdrawn_at=now, withdrawn_reason=reason.strip()):
        raise FasterError(FASTER)
    document.refresh_from_db()
    record(document, "withdrawn", by=by, why=reason.strip(), fields={"withdrawn_at": (None, now)})
    return document


@transaction.atomic
def remove_file(document: Document, *, by: Actor, now: datetime, why: str) -> None:
    """Delete the file because of what it tells of somebody, from now (in UTC) on. The row stays and says so.

    The file goes before the transaction ends: should that fail, a row without a file is left, never a file that is
    said to be removed. Raises NotAllowedError for a link, and FasterError if it is removed by now.
    """
    if document.kind != Document.Kind.FILE:
        raise NotAllowedError("A link has no file here.")
    if not Document.objects.filter(pk=document.pk, removed_at__isnull=True).update(removed_at=now):
        raise FasterError("Its file is removed already.")
    document.refresh_from_db()
    record(document, "redacted", by=by, why=why, fields={"removed_at": (None, now)})
    default_storage.delete(document.stored_as)
