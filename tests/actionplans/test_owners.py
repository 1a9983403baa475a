"""What becomes of somebody's actions when a role ends or they leave."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from actionplans.models import Action, ActionInVersion, ActionOwner
from actionplans.progress import Thresholds
from actionplans.services.handover import candidates, give
from actionplans.services.owners import end_role, leading_of, leave, organisations_that_lead
from actionplans.work import work_on
from concordat.kernel.models import Change
from signatories.access import access_of
from signatories.models import Invitation, Membership, Organisation, Person
from signatories.posts import Leading
from signatories.services.errors import NotAllowedError
from tests.factories import (
    make_action,
    make_in_version,
    make_invitation,
    make_lead,
    make_member,
    make_membership,
    make_organisation,
    make_owner,
    make_partnership,
    make_person,
    make_plan,
    make_version,
)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)

THRESHOLDS = Thresholds()

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db: None) -> Person:
    return make_person(is_superuser=True)


def owned(person: Person, organisation: Organisation | None = None, **fields: Any) -> ActionOwner:
    """An action of theirs, led by the organisation."""
    return make_owner(person=person, action=make_action(lead=organisation or make_organisation()), **fields)


def ends() -> list[date | None]:
    return list(ActionOwner.objects.order_by("id").values_list("until_on", flat=True))


class TestLeave:
    def test_hands_all_actions_back(self, ada: Person) -> None:
        person = make_membership("owner").person
        for from_on in (None, date(2025, 1, 1), TODAY):
            owned(person, from_on=from_on)
        owned(make_person())
        owned(person, until_on=date(2025, 1, 1))
        assert leave(person, by=ada, now=NOW, why="Left") == 3
        assert ends() == [TODAY, TODAY, TOMORROW, None, date(2025, 1, 1)]
        changes = Change.objects.filter(subject_type="actionplans.actionowner")
        assert {(change.verb, change.by, change.why) for change in changes} == {("ended", ada, "Left")}
        assert not Membership.objects.filter(until_on__isnull=True).exists()

    def test_who_may_not_changes_nothing(self) -> None:
        person = make_person()
        owned(person)
        with pytest.raises(NotAllowedError):
            leave(person, by=make_person(), now=NOW, why="Left")
        assert ends() == [None]

    def test_it_takes_the_same_queries_for_many(self, ada: Person, django_assert_max_num_queries: Any) -> None:
        few, many = make_person(), make_person()
        owned(few)
        for _ in range(60):
            owned(many)
        for person in (few, many):
            with django_assert_max_num_queries(19):
                leave(person, by=ada, now=NOW, why="Left")


class TestEndRole:
    def test_hands_back_what_the_organisation_leads(self, ada: Person) -> None:
        held = make_membership("owner")
        owned(held.person, held.organisation)
        owned(held.person)
        assert end_role(held, by=ada, now=NOW) == 1
        assert ends() == [TODAY, None]

    def test_who_has_another_role_there_keeps_them(self, ada: Person) -> None:
        held = make_membership("owner")
        make_membership(person=held.person, organisation=held.organisation, role="organisation_lead")
        owned(held.person, held.organisation)
        assert end_role(held, by=ada, now=NOW) == 0
        assert ends() == [None]

    def test_a_role_in_a_partnership_has_none(self, ada: Person) -> None:
        held = make_membership(role="chair")
        owned(held.person)
        assert end_role(held, by=ada, now=NOW) == 0


class TestInvitationsOfWhoGoes:
    def made(self) -> tuple[Membership, Invitation, Invitation]:
        """One who coordinates two partnerships, and their open invitations there."""
        held = make_membership("coordinator")
        other = make_membership("coordinator", person=held.person, partnership=make_partnership())
        first, second = (
            make_invitation(role="chair", partnership=each.partnership, invited_by=held.person, invited_on=TODAY)
            for each in (held, other)
        )
        return held, first, second

    def test_those_of_the_role_that_ends_are_taken_back(self, ada: Person) -> None:
        held, first, second = self.made()
        end_role(held, by=ada, now=NOW)
        assert list(Invitation.objects.unanswered()) == [second]
        (change,) = Change.objects.about(first)
        assert (change.verb, change.by) == ("taken back", ada)

    def test_all_are_when_the_account_is_closed(self, ada: Person) -> None:
        held, *_ = self.made()
        leave(held.person, by=ada, now=NOW, why="Left")
        assert not Invitation.objects.unanswered().exists()


def test_leading_of_one_who_coordinates() -> None:
    held, here, there = make_membership("coordinator"), make_organisation(), make_organisation()
    make_lead(action=make_action(plan=make_plan(partnership=held.partnership)), organisation=here)
    make_lead(action=make_action(plan=make_plan(partnership=make_partnership())), organisation=there)
    seen = leading_of(held.person, TODAY)
    assert (seen.here, there.pk in seen.elsewhere, here.pk in seen.elsewhere) == ({here.pk}, True, False)
    assert leading_of(make_person(), TODAY) == Leading()


class TestOwnedBy:
    def test_a_role_that_ended_today_is_gone_at_once(self, ada: Person) -> None:
        held = make_membership("owner")
        action = owned(held.person, held.organisation, from_on=TODAY).action
        assert list(Action.objects.owned_by(held.person, TODAY)) == [action]
        end_role(held, by=ada, now=NOW)
        assert not Action.objects.owned_by(held.person, TODAY).exists()
        assert not Action.objects.editable_by(access_of(held.person, TODAY), TODAY).exists()

    def test_only_with_a_role_in_an_organisation_that_leads_then(self) -> None:
        held, elsewhere = make_membership("owner"), make_organisation()
        own, former, working = (make_action(lead=elsewhere) for _ in range(3))
        make_lead(action=own, organisation=held.organisation, role="joint")
        make_lead(action=former, organisation=held.organisation, role="joint", until_on=TODAY)
        make_lead(action=working, organisation=held.organisation, role="working_with")
        for action in (own, former, working):
            make_owner(person=held.person, action=action)
        assert list(Action.objects.owned_by(held.person, TODAY)) == [own]
        assert not Action.objects.owned_by(make_membership("chair").person, TODAY).exists()

    def test_one_query(self, django_assert_num_queries: Callable[..., Any]) -> None:
        person = make_membership("owner").person
        for _ in range(3):
            held = make_membership("owner", person=person)
            owned(person, held.organisation)
        with django_assert_num_queries(1):
            assert len(Action.objects.owned_by(person, TODAY)) == 3


class TestWhoMayReport:
    """Who answers for an action, who may report on it, and whether it needs an owner: three questions, one rule."""

    def agree(self, action: Action, person: Person, *, may: bool) -> None:
        """Every place gives the same answer."""
        places = ActionInVersion.objects.filter(action=action)
        if not places.exists():
            make_in_version(action=action, version=make_version(plan=action.plan, published_on=date(2015, 1, 5)))
        (work,) = work_on(Action.objects.filter(pk=action.pk), TODAY, THRESHOLDS)
        assert Action.objects.owned_by(person, TODAY).filter(pk=action.pk).exists() is may
        assert Action.objects.editable_by(access_of(person, TODAY), TODAY).filter(pk=action.pk).exists() is may
        assert Action.objects.needing_owner(TODAY).filter(pk=action.pk).exists() is not may
        assert bool(work.owners) is may

    def test_a_role_in_the_organisation_that_leads(self, ada: Person) -> None:
        held = make_membership("owner")
        action = owned(held.person, held.organisation).action
        self.agree(action, held.person, may=True)
        held.until_on = TODAY
        held.save()
        self.agree(action, held.person, may=False)

    def test_who_may_not_sign_in(self) -> None:
        held = make_membership("owner")
        action = owned(held.person, held.organisation).action
        Person.objects.filter(pk=held.person.pk).update(is_active=False)
        held.person.refresh_from_db()
        self.agree(action, held.person, may=False)

    def test_led_by_a_name_alone_it_is_for_any_member_of_the_partnership(self) -> None:
        held, outside = make_membership("owner"), make_membership("owner")
        action = make_action(lead=None)
        make_lead(action=action, organisation=None, text="All partners")
        make_member(partnership=action.plan.partnership, organisation=held.organisation)
        assert list(candidates(action, TODAY)) == [held.person]
        with pytest.raises(NotAllowedError, match="no role in an organisation that may answer"):
            give(action, to=outside.person, by="test", on=TODAY)
        give(action, to=held.person, by="test", on=TODAY)
        self.agree(action, held.person, may=True)

    def test_once_an_organisation_leads_it_that_one_answers(self) -> None:
        held = make_membership("owner")
        action = owned(held.person, None).action
        action.leads.update(until_on=TODAY)
        make_member(partnership=action.plan.partnership, organisation=held.organisation)
        self.agree(action, held.person, may=True)
        make_lead(action=action)
        self.agree(action, held.person, may=False)

    def test_a_role_in_a_member_that_ends_hands_it_back(self, ada: Person) -> None:
        held = make_membership("owner")
        action = owned(held.person).action
        action.leads.update(until_on=TODAY)
        make_member(partnership=action.plan.partnership, organisation=held.organisation)
        assert end_role(held, by=ada, now=NOW) == 1
        self.agree(action, held.person, may=False)


def test_organisations_that_lead(django_assert_num_queries: Callable[..., Any]) -> None:
    plan, lead, joint = make_plan(), make_organisation(), make_organisation()
    action = make_action(plan=plan, lead=lead)
    make_lead(action=action, organisation=joint, role="joint")
    make_lead(action=action, role="working_with")
    make_lead(action=action, role="joint", until_on=TODAY)
    make_lead(action=action, role="all", text="All")
    make_action(lead=make_organisation())
    with django_assert_num_queries(1):
        assert organisations_that_lead({plan.partnership_id}, TODAY) == {lead.pk, joint.pk}
