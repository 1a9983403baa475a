"""Who takes part in a partnership, as its coordinators see it (docs/roles.md). Days are days in London."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q

from actionplans.models import ActionOwner, ProgressUpdate
from signatories.models import Invitation, Membership, Role


def coordinators_of(partnerships: Collection[int]) -> Q:
    """Whoever coordinates one of them or once did: the people who invite for it."""
    held = Membership.objects.filter(role=Role.COORDINATOR, partnership__in=partnerships)
    return Q(invited_by__in=held.values("person"))


def takes_part(partnerships: Collection[int], on: date, person: str = "pk") -> Q:
    """Whether somebody (`person` leads there) takes part in one of these partnerships on that day.

    They have a role in it, answer for one of its actions, have reported on one, or were invited by its coordinators.
    """
    who, within = OuterRef(person), "action__plan__partnership__in"
    roles = Membership.objects.on(on).filter(partnership__in=partnerships, person=who)
    owns = ActionOwner.objects.on(on).filter(**{within: partnerships}, person=who)
    reports = ProgressUpdate.objects.filter(**{within: partnerships}, author=who)
    reports = reports.exclude(state=ProgressUpdate.State.DRAFT)
    invited = Invitation.objects.filter(coordinators_of(partnerships), accepted_by=who)
    return Q(Exists(roles)) | Q(Exists(owns)) | Q(Exists(reports)) | Q(Exists(invited))
