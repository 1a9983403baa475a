"""Orders through the real broker and a real worker: killed in the middle, cancelled, two at once, mailed."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.utils import timezone

from actionplans.models import Action
from concordat.at_work import ORDERS
from concordat.kernel.models import Change
from concordat.reports.catalogue import REPORTS
from concordat.reports.models import ReportOrder
from concordat.reports.questions import Question
from concordat.reports.services import making, orders
from concordat.reports.services.claims import LOOK_EVERY, beside
from concordat.reports.tasks import take_order, take_orders
from concordat.tasks import mail_replies
from signatories.models import Person, Reply
from tests import factories as make
from tests import services
from tests.concordat.reports.numbers import numbers
from tests.mail_server import mail_server

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ON = date(2026, 11, 2)
MANY = 4000


def in_state(row: ReportOrder, state: str) -> bool:
    row.refresh_from_db()
    return row.state == state


def ordered(by: Person, format: str = "xlsx", *, wants_mail: bool = False) -> ReportOrder:
    wanted = orders.Wanted(report=REPORTS["tracker"], question=Question(ON, ON), format=format)
    return orders.order(wanted, wants_mail=wants_mail, by=by, now=timezone.now())


@pytest.fixture(autouse=True)
def _today() -> None:
    """A worker goes by the real time."""


@pytest.fixture
def reviewer() -> Person:
    return make.make_membership("national_reviewer").person


@pytest.fixture
def tracked() -> None:
    """A plan in force with many actions."""
    make.make_section()
    plan = make.make_plan()
    version = make.make_version(plan=plan, published_on=date(2026, 1, 5))
    action = make.make_action(plan=plan)
    line = make.make_in_version(version=version, action=action)
    rows = Action.objects.bulk_create(Action(plan=plan, text=f"Do the number {n}") for n in range(MANY - 1))
    type(line).objects.bulk_create(
        type(line)(version=version, action=row, text=row.text, position=number) for number, row in enumerate(rows, 2)
    )
    services.know_the_tables()


@pytest.mark.usefixtures("tracked")
def test_a_worker_that_is_killed_loses_nothing_and_makes_nothing_twice(reviewer: Person) -> None:
    row, database = ordered(reviewer, wants_mail=True), connection.settings_dict["NAME"]
    with services.worker(database, "doomed") as worker:
        take_order.apply_async([row.pk], queue="doomed")
        services.wait_until(lambda: in_state(row, "working"), "the claim")
        services.kill(worker)
    assert in_state(row, "working")
    assert not Reply.objects.exists()
    with services.worker(database):
        ReportOrder.objects.update(seen_at=timezone.now() - timedelta(hours=1))
        services.wait_until(lambda: ORDERS.is_alive(row.pk) is False, "the silence of the one that was killed")
        take_orders()
        take_orders()
        services.wait_until(lambda: in_state(row, "ready"), "the file", 60)
    assert (row.rows, row.tries) == (MANY, 2)
    assert default_storage.size(row.stored_as) == row.size
    assert Change.objects.about(row).filter(verb="made").count() == 1
    assert Reply.objects.count() == 1


def test_a_cancel_from_elsewhere_is_seen_in_the_middle_of_reading(
    reviewer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows come from a reading that goes on, within which this connection sees nothing new on SQLite."""
    for _ in range(3):
        make.make_person()
    taken: list[int] = []

    def look(number: int) -> None:
        taken.append(number)
        if number == 0:
            reading.append(Person.objects.order_by("pk").iterator(chunk_size=1))
            next(reading[0])
        if number == 50:
            elsewhere(lambda: orders.cancel(ReportOrder.objects.get(), by=reviewer))

    reading: list = []
    monkeypatch.setitem(REPORTS, "tracker", numbers(100_000, look))
    row = ordered(reviewer, "csv")
    with beside() as through:
        making.make(row.pk, by="test", on=ON, now=timezone.now(), beside=through)
    reading[0].close()
    assert in_state(row, "cancelled")
    assert taken[-1] <= 50 + LOOK_EVERY


def elsewhere(act: Callable[[], None]) -> None:
    """Do it by another connection to the database, and wait until it is done."""

    def run() -> None:
        act()
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def test_two_workers_at_once_make_one_file(reviewer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    row = ordered(reviewer, "csv", wants_mail=True)
    begun = threading.Barrier(2, timeout=30)
    monkeypatch.setitem(REPORTS, "tracker", numbers(500))

    def work() -> None:
        begun.wait()
        making.make(row.pk, by="test", on=ON, now=timezone.now())
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert in_state(row, "ready")
    assert (row.rows, row.tries, Reply.objects.count()) == (500, 1, 1)


def test_the_link_is_mailed(reviewer: Person) -> None:
    make.make_programme()
    make.make_area()
    wanted = orders.Wanted(report=REPORTS["national"], question=Question(ON, ON), format="csv")
    row = orders.order(wanted, wants_mail=True, by=reviewer, now=timezone.now())
    with mail_server() as office, services.worker(connection.settings_dict["NAME"]):
        take_orders()
        services.wait_until(lambda: in_state(row, "ready"), "the file")
        mail_replies()
        services.wait_until(lambda: office.letters, "the mail")
    letter = office.letters[0]
    assert letter.to == [reviewer.email]
    text = letter.message.get_body(("plain",)).get_content()
    assert f"http://localhost:8000/workspace/orders/{row.pk}/" in text
    assert letter.message["Subject"] == "Ready: National status return, 2 November 2026"
