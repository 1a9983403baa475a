"""The kinds of object that have a history in the workspace: who sees which, and where its own page is.

A new kind is one line here; the rows that belong to it are told of by concordat/traces/parts.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from actionplans.models import Action, ActionPlan, Commitment, PlanVersion
from concordat.workspace.subjects import SUBJECTS
from signatories.access import Access
from signatories.models import BoardMeeting, Declaration, Document, Partnership, Signature


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its model, the rows whose own side somebody sees on a day, and the address of a row's page."""

    model: type[Model]
    visible_to: Callable[[Access, date], "QuerySet[Any]"]
    address: Callable[[Any], str]


def _documents(access: Access, on: date) -> "QuerySet[Any]":
    """Those about something whose own side the person sees."""
    seen = Q(pk__in=[])
    for model, subjects in SUBJECTS.items():
        rows = subjects.visible_to(access, on).order_by().values("pk")
        seen |= Q(subject_type=model._meta.label_lower, subject_id__in=rows)
    return Document.objects.filter(seen)


def _page(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(name, args=[row.pk])


def _partnership_page(slug: str) -> str:
    return reverse("workspace-partnership", args=[slug])


KINDS = {
    "actions": Kind(Action, lambda access, on: Action.objects.visible_to(access, on), _page("workspace-action")),
    "declarations": Kind(
        Declaration, lambda access, on: Declaration.objects.visible_to(access, on), _page("workspace-declaration")
    ),
    "signatures": Kind(
        Signature,
        lambda access, on: Signature.objects.filter(declaration__in=Declaration.objects.visible_to(access, on)),
        lambda row: reverse("workspace-declaration", args=[row.declaration_id]),
    ),
    "versions": Kind(
        PlanVersion, lambda access, on: PlanVersion.objects.visible_to(access), _page("workspace-version")
    ),
    "plans": Kind(
        ActionPlan,
        lambda access, on: ActionPlan.objects.visible_to(access),
        lambda row: _partnership_page(row.partnership.slug),
    ),
    "partnerships": Kind(
        Partnership, lambda access, on: Partnership.objects.visible_to(access), lambda row: _partnership_page(row.slug)
    ),
    "commitments": Kind(
        Commitment,
        lambda access, on: Commitment.objects.visible_to(access),
        _page("workspace-commitment"),
    ),
    "meetings": Kind(
        BoardMeeting, lambda access, on: BoardMeeting.objects.visible_to(access), _page("workspace-meeting")
    ),
    "documents": Kind(Document, _documents, _page("workspace-document")),
}
KIND_OF = {kind.model: name for name, kind in KINDS.items()}


def history_address(row: Model) -> str:
    """The page with the history of that row; empty if its kind has none."""
    name = KIND_OF.get(type(row))
    return reverse("workspace-history", args=[name, row.pk]) if name else ""
