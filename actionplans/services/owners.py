"""Who answers for actions: what becomes of it when a role ends or somebody leaves. Days are days in London."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from actionplans.models import ActionLead, ActionOwner
from concordat.kernel.changes import Actor, change
from concordat.kernel.models import Change
from concordat.kernel.periods import holds_on
from signatories.access import Access, access_of
from signatories.models import Membership, Person, Role
from signatories.posts import Leading, organisations_around
from signatories.services import invitations, people

WHO_LEAD = (ActionLead.Role.LEAD, ActionLead.Role.JOINT)


def organisations_that_lead(partnerships: Collection[int], on: date) -> frozenset[int]:
    """The organisations that lead an action in a plan of these partnerships on that day. One query."""
    leads = ActionLead.objects.filter(
        holds_on(on), role__in=WHO_LEAD, action__plan__partnership__in=partnerships, organisation__isnull=False
    )
    return frozenset(leads.values_list("organisation_id", flat=True).distinct())


def leading_of(person: Person, on: date) -> Leading:
    """The organisations that lead an action, as one who coordinates sees them. For others there are none."""
    coordinates = access_of(person, on).coordinates
    if not coordinates:
        return Leading()
    elsewhere = ActionLead.objects.filter(holds_on(on), role__in=WHO_LEAD, organisation__isnull=False)
    elsewhere = elsewhere.exclude(action__plan__partnership__in=coordinates)
    return Leading(
        organisations_that_lead(coordinates, on),
        frozenset(elsewhere.values_list("organisation_id", flat=True).distinct()),
    )


def may_readdress(access: Access, person: Person, on: date) -> bool:
    """Whether somebody may give that person another address, by which they then sign in. Five queries at most.

    Beside national administrators: who speaks for every place where the person has a role, so that nobody comes by a
    right that they do not have themselves. A coordinator speaks for owners of the organisations around the partnership
    only where these answer for no action elsewhere.
    """
    if access.is_administrator:
        return True
    if person.is_superuser or person.is_staff:
        return False
    roles = list(Membership.objects.on(on).filter(person=person))
    others = [each for each in roles if not _speaks_for(access, each)]
    if not roles or any(each.role != Role.OWNER for each in others):
        return False
    if not others:
        return True
    around = organisations_that_lead(access.coordinates, on) | organisations_around(access.coordinates, on)
    elsewhere = ActionOwner.objects.on(on).filter(person=person)
    elsewhere = elsewhere.exclude(action__plan__partnership__in=access.coordinates)
    return all(each.organisation_id in around for each in others) and not elsewhere.exists()


def _speaks_for(access: Access, role: Membership) -> bool:
    if role.partnership_id is not None:
        return role.partnership_id in access.coordinates
    return role.organisation_id in access.leads


@transaction.atomic
def leave(person: Person, *, by: Person, now: datetime, why: str) -> int:
    """Close somebody's account and hand their actions back: those then need an owner. Gives how many there were.

    The open invitations that they made are taken back.
    Raises NotAllowedError as `people.close_account` does.
    """
    people.close_account(person, by=by, now=now, why=why)
    invitations.take_back_those_of(person, by=by, now=now)
    return _hand_back(ActionOwner.objects.filter(person=person), by=by, on=people.day_of(now), why=why)


@transaction.atomic
def end_role(membership: Membership, *, by: Person, now: datetime, why: str = "") -> int:
    """End somebody's role today. The actions for which they may answer by no other role are handed back.

    The open invitations that the person made and may no longer make are taken back.
    Gives how many actions need an owner now. Raises NotAllowedError as `people.end_role` does.
    """
    on = people.day_of(now)
    Membership.objects.select_for_update().get(pk=membership.pk)  # who gives an action at this moment is waited for
    own = ActionOwner.objects.filter(person=membership.person_id, until_on__isnull=True)
    before = list(own.may_report(on).values_list("pk", flat=True))
    people.end_role(membership, by=by, now=now, why=why)
    left = leading_of(membership.person, on)
    invitations.take_back_those_of(membership.person, by=by, now=now, leading=left)
    lost = own.filter(pk__in=before).exclude(pk__in=own.may_report(on).values("pk"))
    return _hand_back(lost, by=by, on=on, why=why)


def hand_back_unled(actions: Collection[int], *, on: date, by: Actor, why: str) -> int:
    """End the ownerships of those who may not answer for the action on that day."""
    own = ActionOwner.objects.filter(action__in=actions, until_on__isnull=True)
    return _hand_back(own.exclude(pk__in=own.may_report(on).values("pk")), by=by, on=on, why=why)


def _hand_back(owned: "QuerySet[ActionOwner]", *, by: Actor, on: date, why: str) -> int:
    """End these ownerships. One that began today ends tomorrow: it holds for one day at least."""
    rows = list(owned.filter(until_on__isnull=True))
    for row in rows:
        row.until_on = on if row.from_on is None or row.from_on < on else row.from_on + timedelta(days=1)
    ActionOwner.objects.bulk_update(rows, ["until_on"], batch_size=400)
    changes = (change(row, "ended", by=by, why=why, fields={"until_on": (None, row.until_on)}) for row in rows)
    Change.objects.bulk_create(changes, batch_size=400)
    return len(rows)
