"""A report together with a file or a link that shows what it says: both are saved, or neither."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files import File
from django.db import transaction

from actionplans.models import Action, ProgressUpdate
from actionplans.services.reports import Answer, save_report
from concordat.kernel.changes import Actor
from signatories.models import Document
from signatories.services import documents
from signatories.services.errors import NotAllowedError


class EvidenceError(NotAllowedError):
    """The evidence cannot be taken; nothing of the report is saved either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file or a link (one of them) with its title."""

    title: str
    file: "File[bytes] | None" = None
    url: str = ""
    html_alternative: str = ""


def save_with_evidence(
    action: Action,
    answer: Answer,
    evidence: Evidence | None,
    *,
    version: int | None,
    hand_in: bool,
    by: Actor,
    on: date,
    now: datetime,
) -> ProgressUpdate:
    """Save a report as `save_report` does, and the evidence of its action in the same transaction.

    Raises EvidenceError if the evidence is the reason why not, and else as `save_report` does.
    """
    with ExitStack() as kept_if_saved:
        document = kept_if_saved.enter_context(_stored(evidence.file)) if evidence and evidence.file else None
        kept_if_saved.enter_context(transaction.atomic())
        report = save_report(action, answer, version=version, hand_in=hand_in, by=by, on=on, now=now)
        if evidence:
            said = {"title": evidence.title, "html_alternative": evidence.html_alternative}
            with _told_as_evidence():
                documents.add(document or documents.linked(evidence.url), action, **said, by=by, now=now)
        return report


@contextmanager
def _stored(file: "File[bytes]") -> Iterator[Document]:
    """The file in the storage for the length of the block (`documents.stored`)."""
    with ExitStack() as stack:
        with _told_as_evidence():
            document = stack.enter_context(documents.stored(file))
        yield document


@contextmanager
def _told_as_evidence() -> Iterator[None]:
    try:
        yield
    except NotAllowedError as error:
        raise EvidenceError(str(error)) from error
