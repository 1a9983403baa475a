"""Reports that are made by themselves: once a period whatever was missed or doubled, for who may read them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from concordat.kernel.models import Change
from concordat.reports.catalogue import REPORTS
from concordat.reports.models import ReportDelivery, ReportOrder, ReportSchedule, Rhythm
from concordat.reports.questions import Question
from concordat.reports.services import making, schedules
from concordat.reports.services.schedules import Asked, order_due
from signatories.access import access_of
from signatories.models import Person, Reply
from signatories.services.errors import FasterError, NotAllowedError
from tests import factories as make

pytestmark = pytest.mark.django_db
# 2 November 2026 is a Monday, and the first working day of its month.
ON = date(2026, 11, 2)
NOW = make.noon(ON)
SUNDAY = date(2026, 11, 1)


@pytest.fixture
def owner() -> Person:
    return make.make_membership("national_reviewer").person


@pytest.fixture
def reader() -> Person:
    return make.make_membership("chair").person


def asked(**fields: Any) -> Asked:
    told = {"report": REPORTS["national"], "question": Question(ON, SUNDAY), "format": "csv", "rhythm": Rhythm.MONTH}
    return Asked(**(told | {"from_on": ON} | fields))


def begun(owner: Person, reader: Person, **fields: Any) -> ReportSchedule:
    return schedules.begin(asked(**fields), [reader], by=owner, on=ON, now=NOW)


def run(now: datetime) -> int:
    return order_due(by="order_scheduled_reports", now=now)


def days() -> list[str]:
    return [row.question["on"] for row in ReportOrder.objects.order_by("period")]


class TestWhenItIsDue:
    def test_from_seven_o_clock_and_once_however_often_the_job_runs(self, owner: Person, reader: Person) -> None:
        begun(owner, reader)
        assert run(datetime(2026, 11, 2, 6, 59, tzinfo=UTC)) == 0
        assert [run(datetime(2026, 11, 2, 7, minute, tzinfo=UTC)) for minute in (0, 0, 10)] == [1, 0, 0]
        row = ReportOrder.objects.get()
        assert (row.period, row.question, row.ordered_by) == (
            SUNDAY,
            {"on": "2026-11-02", "since": "2026-10-01"},
            owner,
        )
        assert run(datetime(2026, 11, 30, 12, tzinfo=UTC)) == 0
        assert run(datetime(2026, 12, 1, 12, tzinfo=UTC)) == 1
        assert days() == ["2026-11-02", "2026-12-01"]

    def test_one_that_was_missed_for_two_days_is_made_then_as_at_its_day(self, owner: Person, reader: Person) -> None:
        begun(owner, reader)
        assert run(datetime(2026, 11, 4, 9, tzinfo=UTC)) == 1
        assert days() == ["2026-11-02"]

    def test_one_that_was_missed_over_a_week_end_waits_for_monday(self, owner: Person, reader: Person) -> None:
        begun(owner, reader, rhythm=Rhythm.WEEK)
        run(NOW)
        assert run(datetime(2026, 11, 14, 9, tzinfo=UTC)) == 0  # the Saturday after a Monday that was missed
        assert run(datetime(2026, 11, 16, 9, tzinfo=UTC)) == 2
        assert days() == ["2026-11-02", "2026-11-09", "2026-11-16"]

    def test_every_period_that_was_missed_is_made(self, owner: Person, reader: Person) -> None:
        begun(owner, reader)
        assert run(datetime(2027, 2, 10, 9, tzinfo=UTC)) == 4
        assert days() == ["2026-11-02", "2026-12-01", "2027-01-04", "2027-02-01"]

    @pytest.mark.parametrize(
        ("early", "late", "day"),
        [
            # The clocks go forward on 28 March 2027, and back on 31 October 2027.
            (datetime(2027, 3, 29, 12, tzinfo=UTC), datetime(2027, 3, 30, 6, 0, tzinfo=UTC), "2027-03-30"),
            (datetime(2027, 11, 1, 6, 59, tzinfo=UTC), datetime(2027, 11, 1, 7, 0, tzinfo=UTC), "2027-11-01"),
        ],
    )
    def test_the_clocks_change(self, owner: Person, reader: Person, early: datetime, late: datetime, day: str) -> None:
        row = begun(owner, reader, rhythm=Rhythm.WEEK)
        begins = date.fromisoformat(day) - timedelta(days=2)
        ReportSchedule.objects.filter(pk=row.pk).update(from_on=begins)
        assert (run(early), run(late), days()) == (0, 1, [day])

    def test_two_beats_at_once(self, owner: Person, reader: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        """The second one comes between the first one's look at the schedules and its order."""
        begun(owner, reader)
        accesses_of = schedules.accesses_of
        counts = []

        def meanwhile(*args: Any) -> Any:
            monkeypatch.setattr(schedules, "accesses_of", accesses_of)
            counts.append(run(NOW))
            return accesses_of(*args)

        monkeypatch.setattr(schedules, "accesses_of", meanwhile)
        counts.append(run(NOW))
        assert (counts, ReportOrder.objects.count()) == ([1, 0], 1)

    def test_the_database_refuses_a_second_one(self, owner: Person, reader: Person) -> None:
        row = begun(owner, reader)
        run(NOW)
        ReportSchedule.objects.filter(pk=row.pk).update(last_period=None)
        assert (run(NOW), ReportOrder.objects.count()) == (0, 1)

    def test_one_that_cannot_be_followed_stops_no_other(
        self, owner: Person, reader: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = begun(owner, reader)
        begun(owner, reader, format="json")
        order_period = schedules.order_period

        def refuse_one(wanted: Any, row: ReportSchedule, *args: Any, **options: Any) -> Any:
            if row == broken:
                raise RuntimeError
            return order_period(wanted, row, *args, **options)

        monkeypatch.setattr(schedules, "order_period", refuse_one)
        assert (run(NOW), ReportOrder.objects.get().format) == (1, "json")

    def test_it_takes_the_same_queries_for_many(
        self, owner: Person, reader: Person, django_assert_num_queries: Any
    ) -> None:
        begun(owner, reader)
        for _ in range(19):
            make.make_report_schedule(from_on=ON + timedelta(days=90))
        ReportSchedule.objects.update(last_period=SUNDAY)
        with django_assert_num_queries(1):
            assert run(NOW) == 0


class TestWhoGetsIt:
    @pytest.fixture(autouse=True)
    def _country(self) -> None:
        make.make_programme()
        make.make_area()

    def made(self) -> ReportOrder:
        row = ReportOrder.objects.latest("pk")
        making.make(row.pk, by="take_order", on=ON, now=NOW)
        row.refresh_from_db()
        return row

    def test_each_gets_a_link_and_who_may_read_it_no_longer_gets_none(self, owner: Person, reader: Person) -> None:
        left, gone = (make.make_membership("chair").person for _ in range(2))
        row = begun(owner, reader)
        schedules.change(row, [reader, left, gone, owner], None, seen=1, by=owner, on=ON)
        run(NOW)
        left.memberships.update(until_on=ON)
        Person.objects.filter(pk=gone.pk).update(is_active=False)
        order = self.made()
        assert order.state == "ready"
        assert set(Reply.objects.values_list("recipient", flat=True)) == {reader.pk, owner.pk}
        text = Reply.objects.get(recipient=reader).text
        assert f"/workspace/orders/{order.pk}/" in text
        assert f"because {owner} has it sent to you: On the first working day of each month." in text
        told = dict(ReportDelivery.objects.values_list("person", "withheld"))
        assert told == {
            reader.pk: "", owner.pk: "", left.pk: making.THEY_NO_LONGER, gone.pk: making.NOT_REACHABLE,
        }  # fmt: skip

    def test_those_see_it_who_were_told(self, owner: Person, reader: Person) -> None:
        row = begun(owner, reader)
        run(NOW)
        order = self.made()
        schedules.leave(row, reader, by=reader)
        other = make.make_membership("national_reviewer").person
        visible = {
            person: ReportOrder.objects.visible_to(access_of(person, ON)).filter(pk=order.pk).exists()
            for person in (owner, reader, other)
        }
        assert visible == {owner: True, reader: True, other: False}

    def test_whose_owner_may_read_it_no_longer_is_paused_with_the_reason(self, owner: Person, reader: Person) -> None:
        row = begun(owner, reader)
        owner.memberships.update(until_on=ON)
        assert run(NOW) == 0
        row.refresh_from_db()
        assert (row.paused_on, row.paused_why) == (ON, schedules.OWNER_MAY_NOT)
        assert Change.objects.about(row).last().why == schedules.OWNER_MAY_NOT
        assert run(NOW) == 0

    def test_a_report_that_is_no_more_is_paused_too(self, owner: Person, reader: Person) -> None:
        row = begun(owner, reader)
        ReportSchedule.objects.update(report="nothing")
        assert run(NOW) == 0
        row.refresh_from_db()
        assert row.paused_why == schedules.GONE


class TestItsSteps:
    def test_what_is_asked_stays_but_for_the_day(self, owner: Person, reader: Person) -> None:
        question = Question(date(2020, 1, 1), date(2019, 1, 1), region="London", since_given=True)
        row = begun(owner, reader, question=question)
        assert row.question == {"region": "London"}
        run(NOW)
        assert ReportOrder.objects.get().question == {"region": "London", "on": "2026-11-02", "since": "2026-10-01"}

    def test_a_board_paper_compares_with_the_last_one_and_not_with_the_period_before(
        self, owner: Person, reader: Person
    ) -> None:
        partnership = make.make_partnership()
        question = Question(ON, SUNDAY, partnership=partnership, since_given=True)
        begun(owner, reader, report=REPORTS["board"], question=question)
        run(NOW)
        assert ReportOrder.objects.get().question == {"partnership": partnership.slug, "on": "2026-11-02"}

    @pytest.mark.parametrize(("format_", "kept"), [("csv", {"bom": "yes"}), ("json", {})])
    def test_the_mark_for_excel_is_asked_for_each_time(
        self, owner: Person, reader: Person, format_: str, kept: dict[str, str]
    ) -> None:
        assert begun(owner, reader, format=format_, bom=True).question == kept
        run(NOW)
        assert ReportOrder.objects.get().question == {**kept, "on": "2026-11-02", "since": "2026-10-01"}

    def test_paused_it_makes_nothing_and_resumed_it_does_not_catch_up(self, owner: Person, reader: Person) -> None:
        row = begun(owner, reader)
        schedules.pause(row, seen=row.version, by=owner, on=ON)
        assert run(datetime(2026, 12, 1, 12, tzinfo=UTC)) == 0
        schedules.resume(row, seen=row.version, by=owner, on=date(2026, 12, 10))
        assert run(datetime(2026, 12, 10, 12, tzinfo=UTC)) == 0
        assert run(datetime(2027, 1, 4, 12, tzinfo=UTC)) == 1
        assert days() == ["2027-01-04"]

    def test_ended_it_makes_nothing_not_what_was_missed_either(self, owner: Person, reader: Person) -> None:
        row = begun(owner, reader)
        schedules.end(row, seen=row.version, by=owner, on=date(2026, 11, 20))
        assert (run(datetime(2026, 11, 23, 12, tzinfo=UTC)), row.is_over(date(2026, 11, 20))) == (0, True)
        with pytest.raises(NotAllowedError, match="It has ended"):
            schedules.pause(row, seen=row.version, by=owner, on=date(2026, 11, 20))

    def test_until_its_last_day(self, owner: Person, reader: Person) -> None:
        begun(owner, reader, until_on=date(2026, 12, 1))
        assert run(datetime(2027, 1, 5, 12, tzinfo=UTC)) == 1
        assert days() == ["2026-11-02"]

    def test_two_at_once(self, owner: Person, reader: Person) -> None:
        row = begun(owner, reader)
        schedules.pause(row, seen=1, by=owner, on=ON)
        with pytest.raises(FasterError):
            schedules.end(ReportSchedule.objects.get(), seen=1, by=owner, on=ON)
        with pytest.raises(FasterError):
            schedules.change(row, [reader], None, seen=1, by=owner, on=ON)
        with pytest.raises(NotAllowedError, match="paused already"):
            schedules.pause(row, seen=row.version, by=owner, on=ON)

    def test_who_gets_it_is_on_record(self, owner: Person, reader: Person) -> None:
        row = begun(owner, reader)
        schedules.change(row, [reader, owner], None, seen=1, by=owner, on=ON)
        schedules.leave(row, reader, by=reader)
        told = [change.fields["recipients"] for change in Change.objects.about(row) if "recipients" in change.fields]
        both = sorted([reader.pk, owner.pk])
        assert told == [[[], [reader.pk]], [[reader.pk], both], [both, [owner.pk]]]
        assert list(row.recipients.all()) == [owner]
        with pytest.raises(NotAllowedError, match="not sent to you"):
            schedules.leave(row, reader, by=reader)

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"from_on": SUNDAY}, "cannot begin in the past"),
            ({"until_on": ON}, "must be in the future"),
            ({"from_on": date(2026, 12, 1), "until_on": date(2026, 12, 1)}, "after its first day"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, owner: Person, reader: Person, fields: Any, sentence: str) -> None:
        with pytest.raises(NotAllowedError, match=sentence):
            begun(owner, reader, **fields)
        assert not ReportSchedule.objects.exists()

    def test_nobody_and_too_many_are_refused(self, owner: Person, reader: Person) -> None:
        with pytest.raises(NotAllowedError, match="Say who gets it"):
            schedules.begin(asked(), [], by=owner, on=ON, now=NOW)
        for _ in range(schedules.MOST_RUNNING):
            make.make_report_schedule(owner=owner)
        with pytest.raises(NotAllowedError, match="You have 20 schedules already"):
            begun(owner, reader)
