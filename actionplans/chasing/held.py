"""What is held of a partnership."""

from django.db.models import Q

from actionplans.chasing.facts import ACTION, PARTNERSHIP
from actionplans.chasing.national import PLAN
from actionplans.models import Action, ActionPlan
from concordat.kernel.periods import DatedQuerySet
from signatories.models import ChasingHold


def holds_of(partnership_id: int) -> DatedQuerySet:
    """The holds of one partnership as a whole, or of a notice, an action or a plan of it."""
    actions = Action.objects.filter(plan__partnership=partnership_id).order_by().values("pk")
    plans = ActionPlan.objects.filter(partnership=partnership_id).order_by().values("pk")
    rows: DatedQuerySet = ChasingHold.objects.filter(
        Q(partnership=partnership_id)
        | Q(notice__partnership=partnership_id)
        | Q(subject_type=PARTNERSHIP, subject_id=partnership_id)
        | Q(subject_type=ACTION, subject_id__in=actions)
        | Q(subject_type=PLAN, subject_id__in=plans)
    )
    return rows
