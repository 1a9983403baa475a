"""Planning a day: what is kept, held and not said; that it asks the same number of queries whatever the size."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplans.chasing.planning import due_now, plan
from actionplans.chasing.policy import Rule
from signatories.models import Message, Notice, UpdateWindow
from signatories.outbox.holding import hold, pause, snooze, want_fewer
from tests import services
from tests.actionplans.chasing.calendar import make_place, run, sent
from tests.chasing_year.simulation import Simulation, Size, faults
from tests.factories import (
    cover,
    make_action,
    make_area,
    make_in_version,
    make_meeting,
    make_membership,
    make_milestone,
    make_notice,
    make_owner,
    make_partnership,
    make_person,
    make_plan,
    make_round,
    make_version,
)

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)
DAY = date(2026, 6, 2)  # Tuesday: 20 working days before the end of the quarter


def told() -> list[tuple[str, str]]:
    """Every notice that stands: for whom, and why."""
    return sorted(Notice.objects.standing().values_list("recipient__name", "rule"))


def chase(**options: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("chase", json=True, stdout=out, **options)
    return json.loads(out.getvalue())


class TestQueries:
    """An overdue and an open action for each of several people, in partnerships of their own."""

    def people(self, count: int) -> None:
        for _ in range(count):
            version = make_version(published_on=date(2025, 1, 6))
            make_membership("coordinator", partnership=version.plan.partnership)
            person = make_person()
            for fields in ({"due_on": date(2026, 5, 20)}, {"timescale_kind": "recurring", "review_every_months": 3}):
                action = make_action(plan=version.plan, **fields)
                make_in_version(version=version, action=action)
                make_owner(action=action, person=person)
        services.know_the_tables()

    def questions(self) -> int:
        """How many a planned day takes, apart from the rows that Python writes, in as many statements as the database
        wants, and from looking at how full the tables are.
        """
        apart = ("VALUES", "UNNEST", "ANALYZE", "pg_class")
        with CaptureQueriesContext(connection) as asked:
            plan(DAY, by="test")
        return sum(not any(word in each["sql"] for word in apart) for each in asked)

    @pytest.mark.parametrize("count", [2, 200])
    def test_planning_asks_the_same_whatever_the_number_of_people(self, count: int) -> None:
        self.people(count)
        assert self.questions() == 36
        assert Notice.objects.count() == 3 * count
        assert Message.objects.count() == count

    @pytest.mark.parametrize("count", [2, 200])
    def test_doing_it_again_asks_less_and_writes_nothing(self, count: int) -> None:
        self.people(count)
        plan(DAY, by="test")
        services.know_the_tables()
        assert self.questions() == 34
        assert (Notice.objects.count(), Message.objects.count()) == (3 * count, count)


class TestWhoIsTold:
    def test_a_milestone_goes_to_coordinators_and_on_its_day_to_chairs(self) -> None:
        place = make_place()
        make_meeting(partnership=place.partnership, held_on=date(2026, 12, 21), papers_due_on=date(2026, 12, 14))
        make_milestone(name="Training", due_on=date(2026, 6, 16))
        make_milestone(name="Action plan", due_on=date(2026, 6, 16))  # they have one
        plan(DAY, by="test")
        assert told() == [("Cora", "milestone_14")]
        plan(date(2026, 6, 16), by="test")
        assert told() == [("Chair", "milestone_0"), ("Cora", "milestone_0"), ("Cora", "milestone_14")]

    @pytest.mark.parametrize("held", [0, 1])
    def test_a_hold_of_one_partnership_hides_no_milestone_from_who_coordinates_another(self, held: int) -> None:
        partnerships = [make_partnership(), make_partnership()]
        cora = make_person(name="Cora")
        for partnership in partnerships:
            make_membership("coordinator", partnership=partnership, person=cora)
        make_milestone(programme=partnerships[0].programme, due_on=DAY)
        hold(partnerships[held], reason="They told me why.", from_on=DAY, by=cora)
        plan(DAY, by="test")
        assert [(row.rule, row.partnership) for row in Notice.objects.all()] == [
            ("milestone_0", partnerships[1 - held])
        ]

    def test_a_round_goes_to_who_answers_for_an_area_that_has_not(self) -> None:
        place, area, other = make_place(), make_area(), make_area()
        make_meeting(partnership=place.partnership, held_on=date(2026, 12, 21), papers_due_on=date(2026, 12, 14))
        cover(place.partnership, area, is_primary=True)
        beside = make_partnership()
        cover(beside, area)
        make_membership("coordinator", partnership=beside)
        make_round(areas=[area, other], opens_on=date(2026, 5, 1), due_on=date(2026, 7, 2))
        plan(DAY, by="test")
        assert told() == [("Cora", "round_30")]

    def test_a_round_goes_to_nobody_once_the_plan_is_refreshed(self) -> None:
        place, area, other = make_place(), make_area(), make_area()
        make_meeting(partnership=place.partnership, held_on=date(2026, 12, 21), papers_due_on=date(2026, 12, 14))
        cover(place.partnership, area, is_primary=True)
        beside = make_partnership()
        cover(beside, area)
        make_membership("coordinator", partnership=beside)
        make_round(areas=[area, other], opens_on=date(2026, 5, 1), due_on=date(2026, 7, 2))
        cover(place.version.plan, area)
        make_version(plan=make_covering_plan(place.partnership, area), published_on=date(2026, 5, 20))
        plan(DAY, by="test")
        assert told() == []

    @pytest.mark.parametrize(
        ("heard_on", "silent_on"),
        [
            (date(2025, 8, 31), date(2026, 2, 28)),
            (date(2025, 10, 31), date(2026, 4, 30)),
            (date(2025, 8, 28), date(2026, 2, 28)),
            (date(2027, 8, 31), date(2028, 2, 29)),
        ],
    )
    def test_a_plan_is_silent_on_the_very_day_where_the_month_is_shorter(self, heard_on: date, silent_on: date) -> None:
        place = make_place()
        place.report(place.action(), heard_on)
        ada = make_person(name="Ada", is_superuser=True)
        assert silent_to(ada, silent_on - ONE_DAY) == set()
        assert silent_to(ada, silent_on) == {silent_on}

    def test_the_review_of_a_plan_goes_to_coordinators(self) -> None:
        place = make_place()
        make_meeting(partnership=place.partnership, held_on=date(2026, 12, 21), papers_due_on=date(2026, 12, 14))
        place.version.next_review_on = date(2026, 7, 1)
        place.version.save()
        plan(DAY, by="test")
        assert told() == [("Cora", "plan_review_30")]

    def test_missed_windows_climb_the_ladder(self) -> None:
        """Three quarters without an answer: the coordinator, then the lead of the organisation, then the chair."""
        place = make_place(published_on=date(2025, 6, 2))
        place.action()
        for year, month in ((2025, 9), (2025, 12), (2026, 3)):
            for day in (3, 31 if month != 9 else 30):
                plan(date(year, month, day), by="test")
        plan(date(2026, 4, 1), by="test")
        missed = Notice.objects.filter(rule__startswith="missed", due_on=date(2026, 3, 31))
        assert sorted(missed.values_list("recipient__name", "rule", "send_on")) == [
            ("Chair", "missed_3", date(2026, 4, 7)),
            ("Cora", "missed_1", date(2026, 4, 1)),
            ("Lee", "missed_2", date(2026, 4, 7)),
        ]

    def test_who_left_or_has_no_address_is_not_told(self) -> None:
        place = make_place()
        place.action(due_on=date(2026, 5, 20), owner=make_person(is_active=False))
        place.action(due_on=date(2026, 5, 20), owner=make_person(email=None))
        plan(date(2026, 5, 29), by="test")
        assert told() == [("Cora", "due_passed")] * 2

    def test_an_action_kept_in_another_plan_or_not_in_force_or_closed_is_not_chased(self) -> None:
        place = make_place()
        source = place.action(due_on=date(2026, 12, 31))
        place.action(due_on=date(2026, 5, 20), mirrors=source)
        place.report(place.action(due_on=date(2026, 5, 20)), date(2026, 5, 4), status="completed")
        make_owner(action=make_action(plan=place.version.plan, due_on=date(2026, 5, 20)), person=place.olive)
        plan(date(2026, 5, 29), by="test")
        assert told() == []


def make_covering_plan(partnership: Any, area: Any) -> Any:
    return make_plan(partnership=partnership, areas=[area])


class TestWindows:
    def test_an_open_window_follows_a_moved_deadline_and_is_told_of_anew(self) -> None:
        place = make_place()
        meeting = make_meeting(partnership=place.partnership, held_on=date(2026, 7, 7), papers_due_on=date(2026, 6, 30))
        place.action()
        run(DAY)
        meeting.papers_due_on = date(2026, 7, 2)
        meeting.save()
        run(date(2026, 6, 9))
        assert sent() == [(DAY, "Olive", "update_opens"), (date(2026, 6, 9), "Olive", "update_opens")]
        window = UpdateWindow.objects.get()
        assert (window.opens_on, window.due_on) == (DAY, date(2026, 7, 2))

    def test_one_whose_meeting_is_cancelled_is_withdrawn_and_nobody_missed_it(self) -> None:
        place = make_place()
        far = make_meeting(partnership=place.partnership, held_on=date(2026, 12, 21), papers_due_on=date(2026, 12, 14))
        near = make_meeting(board=far.board, held_on=date(2026, 7, 7), papers_due_on=date(2026, 6, 30))
        place.action()
        run(DAY)
        near.cancelled_on, near.cancelled_reason = date(2026, 6, 8), "Too few people"
        near.save()
        for day in (16, 30):
            run(date(2026, 6, day))
        run(date(2026, 7, 6))
        assert sent() == [(DAY, "Olive", "update_opens")]
        assert UpdateWindow.objects.get().withdrawn_on == date(2026, 6, 16)


class TestSilence:
    def test_held_put_off_and_unwanted_are_listed_with_why(self) -> None:
        place = make_place()
        make_meeting(partnership=place.partnership, held_on=date(2026, 12, 21), papers_due_on=date(2026, 12, 14))
        held, later, soon = (place.action(due_on=date(2026, 6, day)) for day in (1, 1, 19))
        hold(held, reason="They told me why.", from_on=DAY, by=place.cora)
        snooze(place.olive, later, from_on=DAY, until_on=date(2026, 6, 9), by=place.olive)
        want_fewer(place.olive, by=place.olive, on=date(2026, 5, 1))
        want_fewer(place.olive, by=place.olive, on=date(2026, 5, 1))
        answer = chase(on=str(DAY), dry_run=True)
        assert answer["on"] == "2026-06-02"
        assert answer["messages"] == []
        olive = {"recipient": "olive@example.org", "subject_type": "actionplans.action"}
        assert answer["held"] == [
            olive | {"rule": "due_passed", "subject_id": held.pk, "due_on": "2026-06-01", "why": "They told me why."}
        ]
        assert sorted((each["subject_id"], each["why"]) for each in answer["suppressed"]) == [
            (later.pk, "Put off until 9 June 2026."),
            (soon.pk, "Asked for fewer mails."),
        ]
        assert not Notice.objects.exists()

    def test_a_notice_held_by_itself_does_not_go(self) -> None:
        place = make_place()
        place.action(due_on=date(2026, 5, 20))
        notice = make_notice(recipient=place.olive, planned_on=date(2026, 5, 28))
        hold(notice, reason="I phoned.", from_on=date(2026, 5, 28), by=place.cora)
        plan(date(2026, 5, 29), by="test")
        assert list(Notice.objects.going(date(2026, 5, 29)).values_list("rule", flat=True)) == ["due_passed"]
        assert list(Notice.objects.waiting().held(date(2026, 5, 29))) == [notice]

    def test_without_a_deputy_it_waits_for_the_return(self) -> None:
        place = make_place()
        place.action(due_on=date(2026, 5, 20))
        pause(place.olive, from_on=date(2026, 5, 28), until_on=date(2026, 6, 1), by=place.olive)
        run(date(2026, 5, 29))
        assert sent() == []
        run(date(2026, 6, 1))
        assert sent() == [(date(2026, 6, 1), "Olive", "due_passed")]


class TestCommand:
    def test_a_dry_run_says_what_would_go_and_changes_nothing(self) -> None:
        place = make_place()
        action = place.action(due_on=date(2026, 6, 1))
        answer = chase(on=str(DAY), dry_run=True)
        shared = {"recipient": "olive@example.org", "send_on": "2026-06-02"}
        partnership = {"subject_type": "signatories.partnership", "subject_id": place.partnership.pk}
        assert answer["messages"] == [
            shared | partnership | {"rule": "update_opens", "due_on": "2026-06-30"},
            shared
            | {"rule": "due_passed", "subject_type": "actionplans.action", "subject_id": action.pk}
            | {"due_on": "2026-06-01"},
        ]
        assert not Notice.objects.exists()
        assert not UpdateWindow.objects.exists()

    def test_on_a_weekend_it_says_when_it_will_go_and_does_nothing(self) -> None:
        make_place().action(due_on=date(2026, 5, 20))
        answer = chase(on="2026-05-23")
        assert [each["send_on"] for each in answer["messages"]] == ["2026-05-26"]  # the 25th is a bank holiday
        assert not Notice.objects.exists()

    def test_it_sends_once_and_tells_what_waits_for_the_next_digest(self) -> None:
        place = make_place()
        place.action(due_on=date(2026, 5, 20))
        chase(on="2026-05-29")
        chase(on="2026-05-29")
        assert sent() == [(date(2026, 5, 29), "Olive", "due_passed")]
        answer = chase(on=str(DAY), dry_run=True)
        assert [(each["rule"], each["send_on"]) for each in answer["messages"]] == [("update_opens", "2026-06-05")]

    def test_limit_sends_no_more_digests_than_that(self) -> None:
        for name in ("Ann", "Ben"):
            place = make_place_without_people()
            action = make_action(plan=place.plan, due_on=date(2026, 5, 20))
            make_in_version(version=place, action=action)
            make_owner(action=action, person=make_person(name=name))
        out = StringIO()
        call_command("chase", on="2026-05-29", limit=1, stdout=out)
        assert [who for _, who, _ in sent()] == ["Ann"]
        assert out.getvalue().startswith("Planned on 2026-05-29: 1 remarks to 1 people")

    @pytest.mark.parametrize("day", ["2062-06-02", "2027-12-25"])
    def test_in_production_no_mail_is_recorded_as_sent_on_another_day(self, settings: Any, day: str) -> None:
        """A slip of a year would keep its readers from every digest until then. No less so a day on which none go."""
        settings.EMBEDDED = False
        make_place().action(due_on=date(2026, 5, 20))
        with pytest.raises(CommandError, match="Mails go today"):
            call_command("chase", on=day)
        assert not Notice.objects.exists()
        assert chase(on=day, dry_run=True, limit=10**30)["messages"]

    def test_on_a_day_on_which_none_go_nothing_is_said_to_be_planned(self) -> None:
        make_place().action(due_on=date(2026, 5, 20))
        out = StringIO()
        call_command("chase", on="2026-12-25", stdout=out)
        assert out.getvalue().startswith("Would go on 2026-12-25: 0 remarks to 0 people")
        assert not Notice.objects.exists()

    def test_what_a_slow_server_leaves_waits_for_the_next_day(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Begun at 17:50 on a Friday, with four minutes for each mail: the fourth is not sent into the night."""
        place = make_place()
        for name in ("Ann", "Ben", "Cid", "Dee"):
            place.action(owner=place.colleague(name), due_on=date(2026, 5, 20))
        send, went = EmailBackend.send_messages, []
        with time_machine.travel(datetime(2026, 5, 29, 16, 50, tzinfo=UTC), tick=False) as clock:

            def slowly(*args: Any) -> int:
                went.append(timezone.localtime().strftime("%A %H:%M"))
                clock.shift(timedelta(minutes=4))
                return send(*args)

            monkeypatch.setattr(EmailBackend, "send_messages", slowly)
            call_command("chase", stdout=StringIO())
        assert went == ["Friday 17:50", "Friday 17:54", "Friday 17:58"]
        assert [row.mail_state for row in Message.objects.order_by("pk")] == ["mailed"] * 3 + ["received"]

    @pytest.mark.parametrize("options", [{"limit": 0}, {"on": "tomorrow"}])
    def test_bad_input_is_refused(self, options: dict[str, Any]) -> None:
        with pytest.raises(CommandError):
            call_command("chase", **options)
        assert not Notice.objects.exists()


def silent_to(person: Any, on: date) -> set[date]:
    """The days of which that person is told, by that day, that a plan is silent."""
    return {due_on for _, _, _, _, due_on in due_now({person.pk}, {Rule.SILENT}, on)}


def make_place_without_people() -> Any:
    return make_version(published_on=date(2025, 1, 6))


@pytest.mark.slow
def test_a_simulated_half_year_says_what_the_model_says() -> None:
    """`python -m tests.chasing_year` does the same for three years of 200 partnerships."""
    simulation = Simulation(Size(partnerships=3, actions=8, years=0.45, seed=7), in_bulk=False)
    for _ in simulation.days():
        pass
    assert simulation.sent() == simulation.model.sent
    assert faults(simulation.sent()) == []
    assert len(simulation.model.sent) > 30
