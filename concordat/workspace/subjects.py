"""What documents are about: which of these somebody sees from its own side, may add to, and finds in public."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from actionplans.models import Action, PlanVersion
from signatories.access import Access
from signatories.models import Declaration, Partnership

Rows = Callable[[Access, date], "QuerySet[Any]"]


@dataclass(frozen=True, slots=True)
class Subjects:
    """One kind of subject. Each function gives the rows of which something is true on a day."""

    noun: str  # what its documents are called
    page: str  # the name of the address of its documents
    visible_to: Rows
    editable_by: Rows
    public_on: Callable[[date], "QuerySet[Any]"]
    partnership_of: Callable[[Any], Partnership]

    def back_to(self, subject: Model) -> str:
        """The page of the workspace from which somebody came to its documents."""
        name = "workspace-action" if isinstance(subject, Action) else self.page
        return reverse(name, args=[subject.pk])


def _actions_in_public(on: date) -> "QuerySet[Any]":
    """Those with a page, and those that another plan shows on its own page."""
    published = Action.objects.published_by(on)
    return Action.objects.filter(Q(pk__in=published.values("pk")) | Q(pk__in=published.values("mirrors")))


SUBJECTS: dict[type[Model], Subjects] = {
    Action: Subjects(
        noun="evidence",
        page="workspace-evidence",
        visible_to=lambda access, on: Action.objects.visible_to(access, on).select_related("plan__partnership"),
        editable_by=lambda access, on: Action.objects.editable_by(access, on),
        public_on=_actions_in_public,
        partnership_of=lambda action: action.plan.partnership,
    ),
    Declaration: Subjects(
        noun="documents",
        page="workspace-declaration-documents",
        visible_to=lambda access, on: Declaration.objects.visible_to(access, on).select_related("partnership"),
        editable_by=lambda access, on: Declaration.objects.editable_by(access),
        public_on=lambda on: Declaration.objects.published_by(on),
        partnership_of=lambda declaration: declaration.partnership,
    ),
    PlanVersion: Subjects(
        noun="documents",
        page="workspace-version-documents",
        visible_to=lambda access, on: PlanVersion.objects.visible_to(access).select_related("plan__partnership"),
        editable_by=lambda access, on: PlanVersion.objects.editable_by(access),
        public_on=lambda on: PlanVersion.objects.published_by(on),
        partnership_of=lambda version: version.plan.partnership,
    ),
}
BY_LABEL = {model._meta.label_lower: kind for model, kind in SUBJECTS.items()}
