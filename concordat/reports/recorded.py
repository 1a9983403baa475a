"""What was recorded of one partnership in a period, whenever it happened: its own side, from the record of changes.

The record is only ever added to, so that a period that is over keeps its answer. Drafts of reports are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from actionplans.models import (
    Action,
    ActionInVersion,
    ActionLead,
    ActionOwner,
    ActionPlan,
    Commitment,
    DateChange,
    MeetingDecision,
    PlanCoverage,
    PlanVersion,
    ProgressUpdate,
    Promise,
)
from concordat.kernel.models import Change
from concordat.reports.happenings import Period, london_day
from signatories.models import (
    BoardOversight,
    Declaration,
    DeclarationCoverage,
    Partnership,
    PartnershipCoverage,
    PartnershipMember,
    Signature,
)

# How a report came to be before it was handed in: for those who write it.
DRAFTING = ("created", "drafted", "taken back")
# Each kind with the way to its partnership, and to what it is called.
KINDS: tuple[tuple[type[Model], str, str], ...] = (
    (Partnership, "pk", "name"),
    (PartnershipCoverage, "partnership", "area__name"),
    (PartnershipMember, "partnership", "name_as_written"),
    (BoardOversight, "partnership", "board__name"),
    (Commitment, "partnership", "you_said"),
    (Promise, "commitment__partnership", "we_will"),
    (Declaration, "partnership", "title"),
    (DeclarationCoverage, "declaration__partnership", "area__name"),
    (Signature, "declaration__partnership", "name_as_signed"),
    (ActionPlan, "partnership", "title"),
    (PlanCoverage, "plan__partnership", "area__name"),
    (PlanVersion, "plan__partnership", "label"),
    (Action, "plan__partnership", "text"),
    (ActionInVersion, "action__plan__partnership", "text"),
    (ActionLead, "action__plan__partnership", "action__text"),
    (ActionOwner, "action__plan__partnership", "action__text"),
    (DateChange, "action__plan__partnership", "action__text"),
    (ProgressUpdate, "action__plan__partnership", "action__text"),
    (MeetingDecision, "action__plan__partnership", "action__text"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded change: of what, what was done, which fields it set, why, and who did it."""

    id: int
    on: date
    noun: str
    name: str
    verb: str
    fields: str
    why: str
    by: str


def recorded(partnership: int, period: Period) -> list[Entry]:
    """What was recorded of the partnership, the first first. Two queries for each kind of thing."""
    entries = [entry for kind in KINDS for entry in _of(*kind, partnership, period)]
    return sorted(entries, key=lambda each: each.id)


def _of(model: type[Model], path: str, name: str, partnership: int, period: Period) -> Iterator[Entry]:
    rows: QuerySet[Any, Any] = model._base_manager.filter(**{path: partnership}).order_by()
    label = model._meta.label_lower
    changes = Change.objects.filter(
        period.recorded("recorded_at"), subject_type=label, subject_id__in=rows.values("pk")
    )
    if model is ProgressUpdate:
        changes = changes.exclude(Q(verb__in=DRAFTING))
    names = dict(rows.filter(pk__in=changes.order_by().values("subject_id")).values_list("pk", name))
    told = changes.select_related("by").order_by("pk")
    for change in told:
        fields = ", ".join(_field(model, each) for each in change.fields)
        yield Entry(
            id=change.pk,
            on=london_day(change.recorded_at),
            noun=str(model._meta.verbose_name).capitalize(),
            name=str(names.get(change.subject_id, "")),
            verb=change.verb,
            fields=fields,
            why=change.why,
            by=change.actor,
        )


def _field(model: type[Model], name: str) -> str:
    """What a field is called in words."""
    known = {field.attname: str(field.verbose_name) for field in model._meta.concrete_fields}
    return known.get(name, name.removesuffix("_id").replace("_", " "))
