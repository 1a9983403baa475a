"""The holds that somebody sees: of what their partnerships are about. Days in London."""

from django.db.models import Q

from actionplans.chasing.facts import ACTION, PARTNERSHIP
from actionplans.chasing.national import PLAN
from actionplans.models import Action, ActionPlan
from concordat.kernel.periods import DatedQuerySet
from signatories.access import Access
from signatories.models import ChasingHold


def visible_holds(access: Access) -> DatedQuerySet:
    """The holds of the partnerships that the person coordinates; an administrator sees all."""
    rows: DatedQuerySet = ChasingHold.objects.all()
    if access.is_administrator:
        return rows
    found: DatedQuerySet = rows.filter(_of_partnerships(access.coordinates))
    return found


def holds_of(partnership_id: int) -> DatedQuerySet:
    """The holds of one partnership."""
    rows: DatedQuerySet = ChasingHold.objects.filter(_of_partnerships([partnership_id]))
    return rows


def _of_partnerships(ids: "frozenset[int] | list[int]") -> Q:
    """Of the partnership as a whole, of a notice, an action or a plan of it."""
    actions = Action.objects.filter(plan__partnership__in=ids).order_by().values("pk")
    plans = ActionPlan.objects.filter(partnership__in=ids).order_by().values("pk")
    return (
        Q(partnership__in=ids)
        | Q(notice__partnership__in=ids)
        | Q(subject_type=PARTNERSHIP, subject_id__in=ids)
        | Q(subject_type=ACTION, subject_id__in=actions)
        | Q(subject_type=PLAN, subject_id__in=plans)
    )
