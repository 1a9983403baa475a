"""Who may give and end which role: the table of docs/roles.md, row by row."""

from collections.abc import Callable
from typing import Any

import pytest

from signatories.access import Access
from signatories.models import Organisation, Partnership, Role
from signatories.models.membership import OF_A_PARTNERSHIP, OF_AN_ORGANISATION
from signatories.posts import Leading, Post, may_choose_lead, may_end, may_give, organisations_around
from tests.factories import (
    DAY,
    make_declaration,
    make_member,
    make_membership,
    make_organisation,
    make_partnership,
    make_person,
    make_signature,
)

POLICE, COUNCIL = Organisation(pk=1, name="Police"), Organisation(pk=2, name="Council")
NORTH, SOUTH = Partnership(pk=1, name="North"), Partnership(pk=2, name="South")
AROUND_NORTH = {1}
EVERY_POST = [
    *(Post(role, organisation=where) for role in OF_AN_ORGANISATION for where in (POLICE, COUNCIL)),
    *(Post(role, partnership=where) for role in OF_A_PARTNERSHIP for where in (NORTH, SOUTH)),
    Post(Role.NATIONAL_REVIEWER),
]
ADMINISTRATOR = Access(is_administrator=True)
COORDINATOR, LEAD = Access(coordinates=frozenset({1})), Access(leads=frozenset({1}))
OTHERS = {
    "nobody": Access(),
    "owner": Access(owns_in=frozenset({1})),
    "chair": Access(chairs=frozenset({1})),
    "board member": Access(sits_on=frozenset({1})),
    "reviewer": Access(is_reviewer=True),
}


def given(access: Access) -> set[str]:
    return {str(post) for post in EVERY_POST if may_give(access, post, around=AROUND_NORTH)}


def ended(access: Access) -> set[str]:
    return {str(post) for post in EVERY_POST if may_end(access, post)}


LOCAL = {"Coordinator, North", "Chair, North", "Board member, North"}


def test_a_national_administrator_gives_and_ends_every_role() -> None:
    every = {str(post) for post in EVERY_POST}
    assert (given(ADMINISTRATOR), ended(ADMINISTRATOR)) == (every, every)


def test_a_coordinator_gives_roles_in_the_partnership_and_in_the_organisations_around_it() -> None:
    assert given(COORDINATOR) == LOCAL | {"Owner of actions, Police", "Organisation lead, Police"}
    assert ended(COORDINATOR) == LOCAL


def test_an_organisation_lead_gives_roles_and_ends_ownership_in_the_organisation() -> None:
    assert given(LEAD) == {"Owner of actions, Police", "Organisation lead, Police"}
    assert ended(LEAD) == {"Owner of actions, Police"}


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_gives_or_ends_any(who: str) -> None:
    assert given(OTHERS[who]) == ended(OTHERS[who]) == set()


@pytest.mark.parametrize(
    ("post", "is_whole"),
    [
        (Post(Role.OWNER, organisation=POLICE), True),
        (Post(Role.OWNER), False),
        (Post(Role.OWNER, partnership=NORTH), False),
        (Post(Role.CHAIR, partnership=NORTH), True),
        (Post(Role.CHAIR, organisation=POLICE), False),
        (Post(Role.CHAIR, organisation=POLICE, partnership=NORTH), False),
        (Post(Role.NATIONAL_REVIEWER), True),
        (Post(Role.NATIONAL_REVIEWER, partnership=NORTH), False),
    ],
    ids=str,
)
def test_a_role_has_its_place(post: Post, is_whole: bool) -> None:
    assert post.is_whole is is_whole


@pytest.mark.django_db
def test_around_a_partnership_are_its_members_and_who_signed(django_assert_num_queries: Callable[..., object]) -> None:
    north, member, signatory = make_partnership(), make_organisation(), make_organisation()
    make_member(partnership=north, organisation=member)
    make_member(partnership=north, organisation=make_organisation(), until_on=DAY)
    make_member(partnership=north)
    declaration = make_declaration(partnership=north)
    make_signature(declaration=declaration, organisation=signatory)
    make_signature(declaration=declaration, withdrawn_on=DAY, withdrawn_reason="x")
    make_member(organisation=make_organisation())
    make_signature()
    make_person()
    with django_assert_num_queries(2):
        assert organisations_around({north.pk}, DAY) == {member.pk, signatory.pk}


@pytest.mark.django_db
class TestWhoChoosesTheLead:
    def may(self, body: Organisation, here: Partnership, **given: Any) -> bool:
        access = Access(coordinates=frozenset({here.pk}))
        return may_choose_lead(access, body, DAY, **({"leading": Leading()} | given))

    def test_a_coordinator_where_there_is_none_and_the_organisation_is_in_no_other_partnership(self) -> None:
        here, body = make_partnership(), make_organisation()
        make_member(partnership=here, organisation=body)
        make_signature(declaration=make_declaration(partnership=here), organisation=body)
        make_member(organisation=body, until_on=DAY)
        make_signature(organisation=body, withdrawn_on=DAY, withdrawn_reason="x")
        make_membership("organisation_lead", organisation=body, until_on=DAY)
        make_membership("organisation_lead", organisation=body, person=make_person(is_active=False))
        assert self.may(body, here, leading=Leading(here={body.pk}))

    def test_no_coordinator_where_there_is_one_or_another_partnership(self) -> None:
        here, led, member, signed, leads = make_partnership(), *(make_organisation() for _ in range(4))
        make_membership("organisation_lead", organisation=led)
        make_member(organisation=member)
        make_signature(organisation=signed)
        for body in (led, member, signed, leads):
            assert not self.may(body, here, leading=Leading(elsewhere={leads.pk}))

    def test_the_lead_and_a_national_administrator_always(self) -> None:
        body = make_membership("organisation_lead").organisation
        make_member(organisation=body)
        for access in (ADMINISTRATOR, Access(leads=frozenset({body.pk}))):
            assert may_choose_lead(access, body, DAY, leading=Leading(elsewhere={body.pk}))
