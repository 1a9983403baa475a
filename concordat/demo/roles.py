"""Who has which role in a made-up partnership, and who owns which of its actions."""

from concordat.demo.group import Group
from concordat.demo.people import OWNERS
from concordat.demo.wording import LEADS, Item
from signatories.models import Membership, Person, Role
from signatories.models.organisation import OrganisationType

IN_PARTNERSHIP = {"coordinator": Role.COORDINATOR, "chair": Role.CHAIR, "board member": Role.BOARD_MEMBER}
LEADING = list(dict.fromkeys(type_ for types in LEADS.values() for type_ in types))


def share(role: str) -> list[OrganisationType]:
    """The kinds of organisation for which that one of the owners works: each a third of those that lead."""
    return LEADING[OWNERS.index(role) :: len(OWNERS)]


def give_roles(group: Group) -> None:
    """The roles of everybody around the partnership, from the day of its first declaration on."""
    for role, given in IN_PARTNERSHIP.items():
        _give(group, role, given, partnership=group.partnership)
    _give(group, "organisation lead", Role.ORGANISATION_LEAD, organisation=group.organisations[OrganisationType.POLICE])
    for role in OWNERS:
        for type_ in share(role):
            _give(group, role, Role.OWNER, organisation=group.organisations[type_])


def _give(group: Group, who: str, role: Role, **place: object) -> None:
    group.batch.add(Membership(person=group.people[who], role=role, from_on=group.declared_on, **place))


def owner_of(group: Group, line: Item, place: int) -> Person | None:
    """Who owns the action at that place of a plan: somebody of its lead. Now and then it needs an owner."""
    types = LEADS[line.lead]
    if not types or place % 29 == 28 or place % 13 == 12:
        return None
    return group.people[OWNERS[LEADING.index(types[0]) % len(OWNERS)]]
