"""The revision: another stamp after every transaction that recorded a change, and after no other."""

import threading

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from areas.models import Area
from concordat.kernel import changes
from concordat.kernel.models import Change, Revision
from tests.factories import make_area, make_change, make_theme

pytestmark = pytest.mark.django_db(transaction=True)


def test_there_is_none_while_nothing_was_recorded() -> None:
    assert Revision.current() == ""


def test_it_is_another_after_each_recorded_change() -> None:
    stamps = []
    for _ in range(3):
        make_change()
        stamps.append(Revision.current())
    assert len(set(stamps)) == 3
    assert Revision.objects.count() == 1


def test_a_connection_that_was_lost_is_made_anew() -> None:
    """As after a restart of the database: nobody sees an error page."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no connection that could be lost")
    make_change()
    before = Revision.current()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    killer = connection.copy()
    with killer.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    killer.close()
    assert Revision.current() == before


def test_a_database_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(Revision, "_stamp", lost)
    with pytest.raises(OperationalError):
        Revision.current()


def test_a_message_of_a_visitor_leaves_it() -> None:
    """Nobody can make every page anew by writing messages."""
    make_change()
    before = Revision.current()
    make_change(subject_type="signatories.enquiry")
    assert Revision.current() == before


def test_it_is_the_same_while_nothing_is_recorded() -> None:
    make_change()
    before = Revision.current()
    make_area()
    assert Revision.current() == before


def test_a_service_that_writes_renews_it() -> None:
    theme = make_theme()
    before = Revision.current()
    changes.revise(theme, by="load_history", description="Joint training")
    assert Revision.current() != before


def test_what_is_undone_leaves_it() -> None:
    make_change()
    before = Revision.current()
    with transaction.atomic():
        make_change()
        transaction.set_rollback(True)
    assert Revision.current() == before


def test_many_changes_at_once_renew_it_too() -> None:
    changes.create_many([Area(slug=f"a{n}", name=f"A{n}", region="London") for n in range(3)], by="load_areas")
    assert Revision.current()


def test_a_redaction_renews_it() -> None:
    change = make_change(why="Jo Smith asked")
    before = Revision.current()
    Change.objects.filter(pk=change.pk).update(why="", redacted_at=timezone.now())
    assert Revision.current() != before


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets nobody write beside another")
def test_writers_do_not_wait_for_each_other_and_each_is_seen() -> None:
    """A later writer ends first; the end of the earlier one must be seen too, though its changes have lower ids."""
    make_change()
    seen = [Revision.current()]

    def beside() -> None:
        try:
            make_change()
        finally:
            connection.close()

    with transaction.atomic():
        make_change()
        other = threading.Thread(target=beside)
        other.start()
        other.join(timeout=20)
        assert not other.is_alive()
        seen.append(Revision.current())
    seen.append(Revision.current())
    assert len(set(seen)) == 3
