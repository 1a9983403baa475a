"""Orders of reports: given, made by one worker, cancelled, freed, emptied; and who is told."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.utils import timezone

from concordat.kernel.models import Change
from concordat.reports.catalogue import REPORTS
from concordat.reports.models import ReportDelivery, ReportOrder
from concordat.reports.questions import Question
from concordat.reports.report import TO_COME, Report
from concordat.reports.services import making, orders
from concordat.reports.services.claims import LOOK_EVERY
from concordat.reports.services.orders import Wanted
from signatories.models import Person, Reply
from signatories.services.errors import NotAllowedError
from tests import factories as make
from tests.concordat.reports.numbers import numbers

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)
NOW = make.noon(ON)
QUESTION = Question(ON, date(2026, 8, 2))


@pytest.fixture
def reviewer() -> Person:
    return make.make_membership("national_reviewer").person


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch) -> Iterator[Report]:
    """The made-up report, in the place of the tracker."""
    made_up = numbers(1000)
    monkeypatch.setitem(REPORTS, "tracker", made_up)
    return made_up


def wanted(**fields: Any) -> Wanted:
    return Wanted(**({"report": REPORTS["tracker"], "question": QUESTION, "format": "csv"} | fields))


def ordered(by: Person, *, wants_mail: bool = False, **fields: Any) -> ReportOrder:
    return orders.order(wanted(**fields), wants_mail=wants_mail, by=by, now=NOW)


def made(row: ReportOrder, *, on: date = ON) -> ReportOrder:
    making.make(row.pk, by="take_order", on=on, now=NOW)
    row.refresh_from_db()
    return row


def content_of(row: ReportOrder) -> bytes:
    with default_storage.open(row.stored_as) as file:
        return file.read()


def verbs(row: ReportOrder) -> list[str]:
    return list(Change.objects.about(row).values_list("verb", flat=True))


@pytest.mark.usefixtures("report")
class TestOrdering:
    def test_it_is_kept_as_texts_and_made_as_asked(self, reviewer: Person) -> None:
        row = ordered(reviewer, question=Question(ON, date(2026, 1, 1), region="London", since_given=True))
        assert row.question == {"on": "2026-11-02", "since": "2026-01-01", "region": "London"}
        assert (row.state, row.ordered_by, row.ordered_at, verbs(row)) == ("waiting", reviewer, NOW, ["created"])

    def test_the_same_again_is_the_same_order_while_it_is_under_way(self, reviewer: Person) -> None:
        first = ordered(reviewer)
        assert ordered(reviewer) == first
        assert ordered(reviewer, format="json") != first
        assert ordered(make.make_membership("national_reviewer").person) != first
        made(first)
        assert ordered(reviewer) != first

    def test_nobody_fills_the_queue(self, reviewer: Person) -> None:
        for day in range(orders.MOST_OPEN):
            last = ordered(reviewer, question=Question(date(2026, 1, day + 1), date(2025, 1, 1)))
        with pytest.raises(NotAllowedError, match="5 orders under way"):
            ordered(reviewer)
        orders.cancel(last, by=reviewer)
        assert ordered(reviewer).state == "waiting"

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"format": "pdf"}, "not made as a PDF"),
            ({"question": Question(ON, ON, status="amber")}, "cannot be asked by status"),
        ],
    )
    def test_what_it_cannot_be_asked_is_refused(self, reviewer: Person, fields: Any, sentence: str) -> None:
        with pytest.raises(NotAllowedError, match=sentence):
            ordered(reviewer, **fields)
        assert not ReportOrder.objects.exists()


@pytest.mark.usefixtures("report")
class TestMaking:
    def test_the_file_has_every_row_and_the_row_says_so(self, reviewer: Person) -> None:
        row = made(ordered(reviewer))
        content = content_of(row)
        assert content == "\r\n".join(["number", *map(str, range(1000)), ""]).encode()
        assert (row.state, row.rows, row.size, row.progress) == ("ready", 1000, len(content), 100)
        assert (row.made_at, row.kept_until) == (NOW, NOW + timedelta(days=30))
        assert verbs(row) == ["created", "made"]

    def test_of_a_day_to_come_it_says_so(self, reviewer: Person) -> None:
        later = Question(ON + timedelta(days=9), ON, since_given=True)
        row = made(ordered(reviewer, question=later, format="json"))
        assert json.loads(content_of(row))["notes"] == [TO_COME]

    def test_it_is_made_once(self, reviewer: Person) -> None:
        row = made(ordered(reviewer))
        before = ReportOrder.objects.values().get()
        made(row)
        assert ReportOrder.objects.values().get() == before

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [({"table": "nothing"}, "There is no such table in it."), ({"format": "docx"}, making.BEYOND_US)],
    )
    def test_what_cannot_be_made_says_why(self, reviewer: Person, fields: Any, sentence: str) -> None:
        row = made(ordered(reviewer, **fields))
        assert (row.state, row.failure, row.size) == ("failed", sentence, None)
        assert verbs(row) == ["created", "failed"]
        orders.empty_old(by="test", now=NOW)
        assert ReportOrder.objects.get().stored_as == ""

    def test_who_lost_the_role_before_it_was_made_gets_no_file(self, reviewer: Person) -> None:
        row = ordered(reviewer, wants_mail=True)
        reviewer.memberships.update(until_on=ON)
        assert (made(row).state, row.failure) == ("failed", making.NO_LONGER)
        assert not default_storage.exists(row.stored_as)
        assert not Reply.objects.exists()

    def test_a_partnership_that_is_there_no_more_says_so(self, reviewer: Person) -> None:
        row = ordered(reviewer)
        ReportOrder.objects.update(question={"on": "2026-11-02", "partnership": "nowhere"})
        assert made(row).failure == "There is no partnership “nowhere”."

    def test_no_room(self, reviewer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*args: Any, **options: Any) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(default_storage, "save", full)
        assert made(ordered(reviewer)).failure == making.NO_ROOM

    def test_a_database_that_is_away_is_no_failure(self, reviewer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        def away(number: int) -> None:
            raise DatabaseError

        monkeypatch.setitem(REPORTS, "tracker", numbers(10, away))
        row = ordered(reviewer)
        with pytest.raises(DatabaseError):
            made(row)
        row.refresh_from_db()
        assert row.state == "working"
        monkeypatch.setitem(REPORTS, "tracker", numbers(10))
        orders.free_stuck(by="take_orders", now=NOW + timedelta(hours=1), is_alive=lambda pk: False)
        assert made(row).state == "ready"


class TestWhileItIsMade:
    def test_progress_is_what_is_written(self, reviewer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[tuple[int, int, int]] = []

        def look(number: int) -> None:
            if number % 100 == 0:
                seen.append((number, *ReportOrder.objects.values_list("rows", "progress").get()))

        monkeypatch.setattr("concordat.reports.services.claims.TELL_EVERY", 0)
        monkeypatch.setattr(making, "about_rows", lambda *_: 2000)
        monkeypatch.setitem(REPORTS, "tracker", numbers(1000, look))
        made(ordered(reviewer))
        assert all(number - LOOK_EVERY <= rows <= number for number, rows, _ in seen)
        assert all(progress == rows * 100 // 2000 for _, rows, progress in seen)
        assert seen[-1][1] >= 800

    def test_more_rows_than_was_thought_never_come_to_more_than_nearly_all(
        self, reviewer: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[int] = []
        monkeypatch.setattr("concordat.reports.services.claims.TELL_EVERY", 0)
        look = lambda number: seen.append(ReportOrder.objects.get().progress)  # noqa: E731
        monkeypatch.setitem(REPORTS, "tracker", numbers(500, look))
        made(ordered(reviewer))
        assert max(seen) == 99

    def test_one_that_is_cancelled_stops_within_a_few_hundred_rows(
        self, reviewer: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        taken: list[int] = []

        def cancel_it(number: int) -> None:
            taken.append(number)
            if number == 1234:
                orders.cancel(ReportOrder.objects.get(), by=reviewer)

        monkeypatch.setitem(REPORTS, "tracker", numbers(100_000, cancel_it))
        row = made(ordered(reviewer))
        assert (row.state, row.size, verbs(row)) == ("cancelled", None, ["created", "cancelled"])
        assert 1234 <= taken[-1] <= 1234 + LOOK_EVERY
        assert not default_storage.exists(row.stored_as)

    def test_one_that_is_cancelled_at_the_very_end_leaves_no_file(
        self, reviewer: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        save = default_storage.save

        def save_and_cancel(name: str, content: Any) -> str:
            orders.cancel(ReportOrder.objects.get(), by=reviewer)
            return save(name, content)

        monkeypatch.setitem(REPORTS, "tracker", numbers(10))
        monkeypatch.setattr(default_storage, "save", save_and_cancel)
        row = made(ordered(reviewer, wants_mail=True))
        assert (row.state, default_storage.exists(row.stored_as)) == ("cancelled", False)
        assert not ReportDelivery.objects.exists()

    def test_a_worker_whose_claim_was_taken_away_writes_nothing(
        self, reviewer: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Taken for stopped while it was slow: another makes it meanwhile, and only that one's file is kept."""

        def slow(number: int) -> None:
            if number == 5:
                monkeypatch.setitem(REPORTS, "tracker", numbers(20))
                orders.free_stuck(by="take_orders", now=timezone.now() + timedelta(hours=1))
                making.make(row.pk, by="the other", on=ON, now=NOW)

        monkeypatch.setitem(REPORTS, "tracker", numbers(10, slow))
        row = ordered(reviewer, wants_mail=True)
        making.make(row.pk, by="the slow one", on=ON, now=NOW)
        row.refresh_from_db()
        assert (row.state, row.rows, row.tries) == ("ready", 20, 2)
        assert content_of(row).count(b"\n") == 21
        assert verbs(row) == ["created", "freed", "made"]
        assert Reply.objects.count() == 1

    def test_after_three_tries_it_is_given_up(self, reviewer: Person) -> None:
        row = make.make_report_order(state="working", tries=3, ordered_by=reviewer, seen_at=NOW)
        orders.free_stuck(by="take_orders", now=NOW + timedelta(hours=1))
        row.refresh_from_db()
        assert (row.state, row.failure) == ("failed", orders.STOPPED)

    @pytest.mark.parametrize(
        ("seconds", "alive", "state"),
        [
            (10, False, "working"),  # it has been seen just now
            (20, False, "waiting"),
            (20, True, "working"),
            (20, None, "working"),  # nobody knows
            (700, None, "waiting"),
            (9000, True, "working"),  # it takes long, and says so
        ],
    )
    def test_whose_worker_is_taken_for_stopped(self, seconds: int, alive: bool | None, state: str) -> None:
        row = make.make_report_order(state="working", seen_at=NOW)
        orders.free_stuck(by="take_orders", now=NOW + timedelta(seconds=seconds), is_alive=lambda pk: alive)
        row.refresh_from_db()
        assert row.state == state

    def test_what_a_stopped_worker_left_behind_goes(self, reviewer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        left = default_storage.save("documents/left", ContentFile(b"half of it"))
        row = make.make_report_order(
            state="working", report="tracker", ordered_by=reviewer, stored_as=left, question={"on": "2026-11-02"}
        )
        monkeypatch.setitem(REPORTS, "tracker", numbers(3))
        orders.free_stuck(by="take_orders", now=NOW)
        assert made(row).state == "ready"
        assert not default_storage.exists(left)


class TestCancelling:
    @pytest.mark.parametrize("state", ["waiting", "working"])
    def test_any_that_is_under_way(self, state: str) -> None:
        row = make.make_report_order(state=state)
        orders.cancel(row, by=row.ordered_by)
        assert (row.state, row.claimed_at, row.seen_at) == ("cancelled", None, None)

    @pytest.mark.parametrize(
        ("state", "sentence"), [("ready", "ready already"), ("failed", "nothing to cancel"), ("cancelled", "cancelled")]
    )
    def test_none_that_has_ended(self, state: str, sentence: str) -> None:
        row = make.make_report_order(state=state)
        with pytest.raises(NotAllowedError, match=sentence):
            orders.cancel(row, by=row.ordered_by)
        assert verbs(row) == []


@pytest.mark.usefixtures("report")
class TestTelling:
    def test_who_wants_a_mail_gets_one_with_a_link(self, reviewer: Person) -> None:
        row = made(ordered(reviewer, wants_mail=True))
        mail = Reply.objects.get()
        assert (mail.recipient, mail.subject, mail.mail_state) == (
            reviewer,
            "Ready: Numbers, 2 November 2026",
            "received",
        )
        assert f"http://localhost:8000/workspace/orders/{row.pk}/" in mail.text
        assert "You sign in to fetch it. We keep it until 2 December 2026." in mail.text
        assert "You get this because you ordered it." in mail.text
        assert ReportDelivery.objects.get().reply == mail

    def test_others_get_none(self, reviewer: Person) -> None:
        made(ordered(reviewer))
        assert not Reply.objects.exists()

    def test_who_cannot_be_written_to_is_told_on_the_page(self, reviewer: Person) -> None:
        row = ordered(reviewer, wants_mail=True)
        Person.objects.filter(pk=reviewer.pk).update(mail_stopped_on=ON, mail_stopped_why="bounced")
        made(row)
        assert ReportDelivery.objects.get().withheld == making.NOT_REACHABLE
        assert not Reply.objects.exists()


class TestKeeping:
    def test_a_file_goes_after_thirty_days_and_its_row_stays(
        self, reviewer: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(REPORTS, "tracker", numbers(3))
        row = made(ordered(reviewer))
        name = row.stored_as
        assert orders.empty_old(by="empty_old_reports", now=NOW + timedelta(days=29, hours=23)) == 0
        assert default_storage.exists(name)
        later = NOW + timedelta(days=30)
        assert orders.empty_old(by="empty_old_reports", now=later) == 1
        assert orders.empty_old(by="empty_old_reports", now=later) == 0
        row.refresh_from_db()
        assert (row.state, row.stored_as, row.emptied_at, row.rows) == ("ready", "", later, 3)
        assert not default_storage.exists(name)
        assert verbs(row) == ["created", "made", "emptied"]

    def test_a_file_that_is_older_than_a_removal_of_personal_data_goes(self) -> None:
        before, after = (make.make_report_order(state="ready", made_at=NOW + timedelta(hours=n)) for n in (0, 2))
        ReportOrder.objects.update(kept_until=NOW + timedelta(days=30))
        make.make_redaction(at=NOW + timedelta(hours=1))
        assert orders.empty_old(by="empty_old_reports", now=NOW + timedelta(hours=3)) == 1
        assert set(ReportOrder.objects.filter(emptied_at=None)) == {after}
        assert before != after

    def test_what_a_cancelled_one_left_behind_goes(self) -> None:
        left = default_storage.save("documents/left", ContentFile(b"half of it"))
        row = make.make_report_order(state="cancelled", stored_as=left)
        orders.empty_old(by="empty_old_reports", now=NOW)
        row.refresh_from_db()
        assert (row.stored_as, row.emptied_at, default_storage.exists(left)) == ("", None, False)
