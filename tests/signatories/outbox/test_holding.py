"""Pausing, putting off and holding reminders: what makes sense, one at a time, and its trace."""

from datetime import date, timedelta
from typing import Any

import pytest

from actionplans.chasing import putting_off
from concordat.kernel.models import Change
from signatories.models import ChasingHold, ChasingPause, Person
from signatories.outbox import holding
from signatories.outbox.deputies import colleagues
from signatories.services import people
from signatories.services.errors import FasterError, NotAllowedError
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 2)


def days(count: int) -> date:
    return DAY + timedelta(days=count)


@pytest.fixture
def olive() -> Person:
    return make.make_membership("owner", organisation=make.make_organisation(slug="police")).person


def colleague(olive: Person, **fields: Any) -> Person:
    organisation = olive.memberships.get(role="owner").organisation
    return make.make_membership("owner", organisation=organisation, person=make.make_person(**fields)).person


def changes(row: Any) -> list[tuple[str, dict[str, Any], str]]:
    return [(each.verb, each.fields, each.actor) for each in Change.objects.about(row)]


class TestPause:
    def test_it_says_until_when_and_who_stands_in(self, olive: Person) -> None:
        dan = colleague(olive, name="Dan")
        row = holding.pause(olive, from_on=DAY, until_on=days(7), deputy=dan, by=olive)
        [(verb, fields, actor)] = changes(row)
        assert (verb, actor) == ("created", str(olive))
        assert fields["until_on"] == [None, "2026-06-09"]
        assert fields["deputy_id"] == [None, dan.pk]

    @pytest.mark.parametrize(
        ("first", "back", "sentence"),
        [
            (0, 0, "after the first day"),
            (3, 2, "after the first day"),
            (0, 367, "within a year"),
            (-5, 1, "paused from 2 June 2026 until 9 June 2026 already"),
            (6, 20, "paused from 2 June 2026 until 9 June 2026 already"),
        ],
    )
    def test_days_that_make_no_sense_are_refused(self, olive: Person, first: int, back: int, sentence: str) -> None:
        holding.pause(olive, from_on=DAY, until_on=days(7), by=olive)
        with pytest.raises(NotAllowedError, match=sentence):
            holding.pause(olive, from_on=days(first), until_on=days(back), by=olive)
        assert ChasingPause.objects.count() == 1

    def test_another_one_may_begin_on_the_day_of_return(self, olive: Person) -> None:
        for first in (0, 7, 30):
            holding.pause(olive, from_on=days(first), until_on=days(first + 7), by=olive)
        assert ChasingPause.objects.filter(person=olive).count() == 3

    def test_who_cannot_stand_in(self, olive: Person) -> None:
        away = colleague(olive, name="Away")
        holding.pause(away, from_on=days(5), until_on=days(9), by=away)
        refused = {
            olive: "Somebody else must stand in",
            colleague(olive, is_active=False): "cannot be written to",
            colleague(olive, email=None): "cannot be written to",
            make.make_membership("owner").person: "no role in the same organisation",
            away: "Away is away at that time too",
        }
        for deputy, sentence in refused.items():
            with pytest.raises(NotAllowedError, match=sentence):
                holding.pause(olive, from_on=DAY, until_on=days(7), deputy=deputy, by=olive)
        assert not ChasingPause.objects.filter(person=olive).exists()

    def test_who_is_no_colleague_any_more_stands_in_no_more(self, olive: Person) -> None:
        """Else what their own side alone may read would go on to somebody who left."""
        dan, ada = colleague(olive, name="Dan"), make.make_person(is_superuser=True)
        elsewhere = make.make_membership("owner", person=dan)
        row = holding.pause(olive, from_on=DAY, until_on=days(7), deputy=dan, by=olive)
        now = make.noon(days(1))
        people.end_role(elsewhere, by=ada, now=now)
        row.refresh_from_db()
        assert row.deputy == dan
        people.end_role(dan.memberships.get(until_on=None), by=ada, now=now, why="He moved on.")
        row.refresh_from_db()
        assert (row.deputy, row.until_on) == (None, days(7))
        assert changes(row)[-1] == ("changed", {"deputy_id": [dan.pk, None]}, str(ada))

    def test_nor_does_anybody_once_the_absent_one_has_no_such_role_any_more(self, olive: Person) -> None:
        """What Olive gets as coordinator elsewhere is nothing for Dan, who has no role there."""
        dan, ada = colleague(olive, name="Dan"), make.make_person(is_superuser=True)
        elsewhere = make.make_membership("coordinator", person=olive)
        eve = make.make_membership("coordinator", partnership=elsewhere.partnership).person
        row = holding.pause(olive, from_on=DAY, until_on=days(7), deputy=dan, by=olive)
        later = holding.pause(olive, from_on=days(7), until_on=days(9), deputy=eve, by=olive)
        people.end_role(olive.memberships.get(role="owner"), by=ada, now=make.noon(days(1)), why="She moved on.")
        row.refresh_from_db()
        later.refresh_from_db()
        assert (row.deputy, row.until_on, row.version) == (None, days(7), 2)
        assert changes(row)[-1] == ("changed", {"deputy_id": [dan.pk, None]}, str(ada))
        assert (later.deputy, later.version) == (eve, 1)

    def test_it_is_changed_by_who_saw_it_last(self, olive: Person) -> None:
        dan = colleague(olive, name="Dan")
        row = holding.pause(olive, from_on=DAY, until_on=days(7), by=olive)
        holding.change_pause(row, until_on=days(9), deputy=dan, seen=1, by=olive, on=days(1))
        assert changes(row)[1] == (
            "changed",
            {"until_on": ["2026-06-09", "2026-06-11"], "deputy": [None, dan.pk]},
            str(olive),
        )
        with pytest.raises(FasterError):
            holding.change_pause(row, until_on=days(20), deputy=None, seen=1, by=olive, on=days(1))
        row.refresh_from_db()
        assert (row.until_on, row.deputy, row.version) == (days(9), dan, 2)

    @pytest.mark.parametrize("back", [1, 2, 400])
    def test_it_is_not_changed_to_a_day_that_is_not_to_come(self, olive: Person, back: int) -> None:
        row = holding.pause(olive, from_on=DAY, until_on=days(7), by=olive)
        with pytest.raises(NotAllowedError):
            holding.change_pause(row, until_on=days(back), deputy=None, seen=1, by=olive, on=days(2))

    def test_nor_over_another_nor_once_it_has_ended(self, olive: Person) -> None:
        row = holding.pause(olive, from_on=DAY, until_on=days(7), by=olive)
        holding.pause(olive, from_on=days(10), until_on=days(12), by=olive)
        for until_on, on, sentence in ((days(11), DAY, "already"), (days(9), days(7), "ended")):
            with pytest.raises(NotAllowedError, match=sentence):
                holding.change_pause(row, until_on=until_on, deputy=None, seen=1, by=olive, on=on)

    def test_it_ends_at_once_and_one_to_come_never_holds(self, olive: Person) -> None:
        now = holding.pause(olive, from_on=DAY, until_on=days(7), by=olive)
        later = holding.pause(olive, from_on=days(30), until_on=days(37), by=olive)
        holding.end(now, by=olive, on=DAY)
        holding.end(later, by=olive, on=DAY)
        for number in range(40):
            assert not ChasingPause.objects.on(days(number)).exists()
        for row in (now, later):
            assert changes(row)[-1][0] == "ended"
            with pytest.raises(NotAllowedError, match="ended already"):
                holding.end(row, by=olive, on=DAY)
        holding.pause(olive, from_on=days(30), until_on=days(31), by=olive)


class TestColleagues:
    def test_those_of_the_same_organisation_or_with_the_same_role(self, olive: Person) -> None:
        here, other = make.make_partnership(), make.make_partnership()
        make.make_membership("coordinator", person=olive, partnership=here)
        dan = colleague(olive, name="Dan")
        lead = make.make_membership("organisation_lead", organisation=dan.memberships.get().organisation).person
        beside = make.make_membership("coordinator", partnership=here).person
        make.make_membership("coordinator", partnership=other)
        make.make_membership("chair", partnership=here)
        former = colleague(olive, name="Former")
        former.memberships.update(until_on=DAY)
        colleague(olive, is_active=False)
        assert set(colleagues(olive, DAY)) == {dan, lead, beside}

    def test_nobody_for_who_has_no_role(self) -> None:
        make.make_membership("owner")
        assert list(colleagues(make.make_person(), DAY)) == []


class TestHold:
    def test_with_a_reason_until_a_day_or_until_released(self) -> None:
        action, cora = make.make_action(), make.make_person(name="Cora")
        row = holding.hold(action, reason=" They told me why. ", from_on=DAY, until_on=days(7), by=cora)
        assert (row.subject_type, row.subject_id, row.reason) == (
            "actionplans.action",
            action.pk,
            "They told me why.",
        )
        assert Change.objects.about(row).get().why == "They told me why."

    @pytest.mark.parametrize(
        "values", [{"reason": " "}, {"reason": ""}, {"until_on": DAY}, {"until_on": days(-1)}], ids=str
    )
    def test_what_makes_no_sense_is_refused(self, values: dict[str, Any]) -> None:
        for subject in (make.make_partnership(), make.make_action(), make.make_notice()):
            with pytest.raises(NotAllowedError):
                holding.hold(subject, **{"reason": "x", "from_on": DAY, "by": make.make_person()} | values)
        assert not ChasingHold.objects.exists()

    def test_one_thing_is_held_once_at_a_time(self) -> None:
        cora = make.make_person()
        for subject in (make.make_partnership(), make.make_action(), make.make_notice()):
            row = holding.hold(subject, reason="x", from_on=DAY, by=cora)
            with pytest.raises(NotAllowedError, match=f"{cora} holds it already: x"):
                holding.hold(subject, reason="y", from_on=days(1), by=cora)
            holding.release(row, by=cora, on=days(1))
            holding.hold(subject, reason="y", from_on=days(1), by=cora)
        assert ChasingHold.objects.count() == 6

    def test_it_is_changed_by_who_saw_it_last_and_released_once(self) -> None:
        cora = make.make_person()
        row = holding.hold(make.make_partnership(), reason="x", from_on=DAY, by=cora)
        holding.change_hold(row, reason="Because", until_on=days(9), seen=1, by=cora, on=days(1))
        assert changes(row)[1][:2] == ("changed", {"reason": ["x", "Because"], "until_on": [None, "2026-06-11"]})
        with pytest.raises(FasterError):
            holding.change_hold(row, reason="z", until_on=None, seen=1, by=cora, on=days(1))
        holding.release(row, by=cora, on=days(1))
        assert changes(row)[2][:2] == ("released", {"until_on": ["2026-06-11", "2026-06-03"]})
        with pytest.raises(NotAllowedError, match="released already"):
            holding.release(row, by=cora, on=days(1))
        with pytest.raises(NotAllowedError, match="ended already"):
            holding.change_hold(row, reason="z", until_on=None, seen=3, by=cora, on=days(1))

    def test_one_that_was_a_slip_holds_on_no_day(self) -> None:
        cora, partnership = make.make_person(), make.make_partnership()
        row = holding.hold(partnership, reason="x", from_on=DAY, by=cora)
        holding.release(row, by=cora, on=DAY)
        assert not ChasingHold.objects.on(DAY).exists()
        assert list(holding.holds_of(partnership, DAY)) == []


class TestPutOff:
    @pytest.fixture
    def action(self, olive: Person) -> Any:
        organisation = olive.memberships.get().organisation
        action = make.make_action(lead=organisation)
        make.make_owner(action=action, person=olive)
        return action

    def test_by_a_week_or_two(self, olive: Person, action: Any) -> None:
        assert putting_off.days_offered(action, DAY) == [days(7), days(14)]
        row = putting_off.put_off(action, until_on=days(14), by=olive, on=DAY)
        assert list(putting_off.put_off_by(olive, days(13))) == [row]
        assert list(putting_off.put_off_by(olive, days(14))) == []

    @pytest.mark.parametrize("count", [0, 1, 6, 8, 15, 21, -7])
    def test_for_no_other_time(self, olive: Person, action: Any, count: int) -> None:
        with pytest.raises(NotAllowedError, match="Choose one of the days"):
            putting_off.put_off(action, until_on=days(count), by=olive, on=DAY)
        assert not ChasingPause.objects.exists()

    def test_twice_within_ninety_days(self, olive: Person, action: Any) -> None:
        for count in (0, 20):
            putting_off.put_off(action, until_on=days(count + 7), by=olive, on=days(count))
        for count in (28, 89):
            with pytest.raises(NotAllowedError, match="2 times within 90 days"):
                putting_off.put_off(action, until_on=days(count + 7), by=olive, on=days(count))
        putting_off.put_off(action, until_on=days(97), by=olive, on=days(90))

    def test_another_choice_on_the_same_day_is_the_same_time(self, olive: Person, action: Any) -> None:
        for until in (7, 14, 7):
            putting_off.put_off(action, until_on=days(until), by=olive, on=DAY)
        assert [row.until_on for row in putting_off.put_off_by(olive, DAY)] == [days(7)]
        assert putting_off.why_not(olive, action, days(20)) == ""

    def test_only_by_who_answers_for_it(self, olive: Person, action: Any) -> None:
        for person in (colleague(olive), make.make_person(is_superuser=True)):
            with pytest.raises(NotAllowedError, match="Only who answers"):
                putting_off.put_off(action, until_on=days(7), by=person, on=DAY)

    def test_not_where_the_programme_allows_none(self, olive: Person, action: Any) -> None:
        programme = action.plan.partnership.programme
        programme.put_off_days = 0
        programme.save()
        assert putting_off.days_offered(action, DAY) == []
        with pytest.raises(NotAllowedError):
            putting_off.put_off(action, until_on=days(7), by=olive, on=DAY)


def test_a_wish_for_fewer_ends_and_comes_again(olive: Person) -> None:
    for _ in range(2):
        holding.want_fewer(olive, by=olive, on=DAY)
    row = olive.chasing_opt_outs.get()
    holding.end(row, by=olive, on=DAY)
    assert row.until_on == days(1)
    holding.want_fewer(olive, by=olive, on=days(1))
    assert olive.chasing_opt_outs.count() == 2
