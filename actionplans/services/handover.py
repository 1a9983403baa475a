"""Who answers for an action: giving it to somebody, and taking it from somebody. All days are days in London."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import IntegrityError, models, transaction

from actionplans.models import Action, ActionLead, ActionOwner
from actionplans.models.action import LEADING, may_answer
from actionplans.participants import takes_part
from concordat.kernel.changes import Actor, create, revise
from signatories.models import Membership, PartnershipMember, Person
from signatories.models.membership import OF_AN_ORGANISATION
from signatories.services.errors import NotAllowedError


def candidates(action: Action, on: date, within: Collection[int] | None = None) -> models.QuerySet[Person]:
    """Who may answer for it on that day (`may_answer`) and sign in. `within`: by a role in these organisations."""
    answers = may_answer(
        on,
        action=action.pk,
        partnership=action.plan.partnership_id,
        person=models.OuterRef("pk"),
        within=within,
    )
    return Person.objects.filter(answers, is_active=True).order_by("name", "id")


def offered(action: Action, on: date, within: Collection[int] | None = None) -> models.QuerySet[Person]:
    """Those of the candidates among whom somebody chooses, each with the roles by which they may answer (`answers_in`).

    Where an organisation leads the action these are its people; else those who take part in the partnership, for its
    members work in other partnerships too, with people of their own. Two queries, and one for the roles.
    """
    leads = ActionLead.objects.on(on).filter(action=action, role__in=LEADING, organisation__isnull=False)
    found, here = candidates(action, on, within), leads.values("organisation")
    if not leads.exists():
        partnership = action.plan.partnership_id
        here = PartnershipMember.objects.on(on).filter(partnership=partnership).values("organisation")
        found = found.filter(takes_part([partnership], on)) if within is None else found
    roles = Membership.objects.on(on).filter(role__in=OF_AN_ORGANISATION, organisation__in=here)
    roles = roles.select_related("organisation").order_by("organisation__name", "pk")
    return found.prefetch_related(models.Prefetch("memberships", roles, to_attr="answers_in"))


@transaction.atomic
def give(action: Action, *, to: Person, by: Actor, on: date, why: str = "") -> ActionOwner:
    """Let somebody answer for an action from that day on, beside those who do already. `why`: for the record.

    Raises NotAllowedError if the action is kept in another plan, the person has no role by which they
    may answer for it, or answers for it already.
    """
    if action.mirrors_id:
        raise NotAllowedError("This action is kept in another plan; its owners are there.")
    _hold_roles(to)
    if not candidates(action, on).filter(pk=to.pk).exists():
        raise NotAllowedError(f"{to} has no role in an organisation that may answer for this action.")
    try:
        with transaction.atomic():
            return create(ActionOwner(action=action, person=to, from_on=on), by=by, why=why)
    except IntegrityError as error:
        raise NotAllowedError(f"{to} answers for this action already.") from error


@transaction.atomic
def release(action: Action, *, person: Person, by: Actor, on: date, why: str = "") -> None:
    """Somebody answers for an action no more from that day on. It then needs an owner, if nobody else does.

    Raises NotAllowedError if the person does not answer for it.
    """
    owner = ActionOwner.objects.filter(action=action, person=person, until_on__isnull=True).first()
    if owner is None:
        raise NotAllowedError(f"{person} does not answer for this action.")
    # A day is the smallest time that a role can last: one that began today ends tomorrow.
    earliest = owner.from_on + timedelta(days=1) if owner.from_on else on
    revise(owner, by=by, verb="ended", why=why, until_on=max(on, earliest))


@transaction.atomic
def hand_over(action: Action, *, from_person: Person, to: Person, by: Actor, on: date, why: str = "") -> ActionOwner:
    """Somebody else answers for an action from that day on, instead of the one who did.

    Raises NotAllowedError as `give` and `release` do, having changed nothing.
    """
    _hold_roles(to)
    release(action, person=from_person, by=by, on=on, why=why)
    return give(action, to=to, by=by, on=on, why=why)


def _hold_roles(person: Person) -> None:
    """Lock the person's roles: who ends one at the same moment waits, and then finds what was given (on PostgreSQL).

    Before anything else is locked, as where a role ends (`owners.end_role`): so nobody waits in a circle.
    """
    list(Membership.objects.filter(person=person).order_by("pk").select_for_update().values_list("pk"))
