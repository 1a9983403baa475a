"""The calendars at their addresses, each held against the database: what is in them, for whom, and until when."""

import logging
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from actionplans.services.updates import move_date
from actionplans.timescale import Kind, TimePrecision, Timescale
from concordat.logs import WithoutTokens
from signatories.models import Person
from signatories.services import calendars, meetings
from signatories.services.calendars import token_of
from tests import factories as make
from tests.concordat.workspace.conftest import NOON, TODAY, Place, make_place

pytestmark = pytest.mark.django_db
AT_ONCE = pytest.mark.skipif(
    connection.vendor == "postgresql", reason="there the stamp is new at the end of a transaction"
)


def address_of(person: Person, partnership: str = "") -> str:
    address = getattr(person, "calendar_address", None) or calendars.make(person, by=person, now=NOON)
    return f"/me/{token_of(address)}/{f'partnerships/{partnership}/' if partnership else ''}deadlines.ics"


def asked(address: str, **headers: str) -> Any:
    return Client(enforce_csrf_checks=True).get(address, headers=headers)


def events(address: str) -> dict[str, Any]:
    """The events by their ids, without the host."""
    answer = asked(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(each["UID"]).partition("@")[0]: each for each in found}


def days(found: dict[str, Any]) -> dict[str, date]:
    return {key: each["DTSTART"].dt for key, each in found.items()}


def due(place: Place, on: date | None, **fields: Any) -> Any:
    """One more action of the owner, in the plan in force, due on that day."""
    version = place.action.plan.versions.get()
    action = make.make_action(plan=version.plan, lead=place.police, due_on=on, **fields)
    make.make_in_version(version=version, action=action, text=action.text, reference=action.reference)
    make.make_owner(action=action, person=place.people["owner"])
    return action


def keys(*actions: Any) -> set[str]:
    return {f"action-{action.pk}-due" for action in actions}


def of_actions(found: dict[str, Any]) -> set[str]:
    return {key for key in found if key.startswith("action-")}


class TestOwn:
    def test_it_holds_what_the_person_answers_for_and_is_open(self, place: Place) -> None:
        soon, late = (
            due(place, date(2026, 11, 30), reference="B2", text="Open a café; now"),
            due(place, date(2026, 9, 1)),
        )
        done, other = (due(place, date(2026, 12, 1)) for _ in range(2))
        make.make_update(action=done, reported_on=date(2026, 10, 1), status="completed")
        other.owners.update(person=make.make_person())
        left_out = make.make_in_version(version=place.action.plan.versions.get(), is_left_out=True).action
        make.make_owner(action=left_out, person=place.people["owner"])
        make.make_owner(action=make.make_action(due_on=TODAY), person=place.people["owner"])  # in no plan in force
        found = events(address_of(place.people["owner"]))
        assert of_actions(found) == keys(soon, late)  # the first action has no day
        event = found[f"action-{soon.pk}-due"]
        assert event["DTSTART"].dt == soon.due_on
        assert str(event["SUMMARY"]) == "Due: B2 Open a café; now"
        assert str(place.partnership) in str(event["DESCRIPTION"])
        assert "Led by Northshire Police." in str(event["DESCRIPTION"])
        assert str(event["URL"]).endswith(f"/workspace/actions/{soon.pk}/")
        assert str(event["CLASS"]) == "PRIVATE"

    def test_a_lead_has_all_that_the_organisation_leads_and_a_deputy_what_they_stand_in_for(
        self,
        place: Place,
    ) -> None:
        action = due(place, date(2026, 11, 30))
        kim = make.make_membership("owner", organisation=place.police).person
        assert of_actions(events(address_of(place.people["lead"]))) == keys(action)
        assert of_actions(events(address_of(kim))) == set()
        row = make.make_pause(
            person=place.people["owner"], deputy=kim, from_on=TODAY, until_on=TODAY + timedelta(days=9)
        )
        assert of_actions(events(address_of(kim))) == keys(action)
        row.until_on = TODAY
        row.save()
        assert of_actions(events(address_of(kim))) == set()

    def test_rounds_and_papers_of_their_partnerships_and_meetings_for_who_reads_them(
        self,
        place: Place,
    ) -> None:
        """Papers by 18 December 2026: 20 working days before it is 20 November."""
        due(place, date(2026, 11, 30))
        meeting = make.make_meeting(
            partnership=place.partnership,
            held_on=date(2026, 12, 22),
            papers_due_on=date(2026, 12, 18),
            place="Room 4; ask Jo",
        )
        pk = place.partnership.pk
        expected = {
            f"updates-{pk}-{meeting.pk}": date(2026, 11, 20),
            f"papers-{meeting.pk}": date(2026, 12, 18),
        }
        owners = days(events(address_of(place.people["owner"])))
        assert {key: day for key, day in owners.items() if not key.startswith("action")} == expected
        found = events(address_of(place.people["coordinator"]))
        assert days(found) == expected | {f"meeting-{meeting.pk}": date(2026, 12, 22)}
        assert str(found[f"meeting-{meeting.pk}"]["DESCRIPTION"]) == "Room 4; ask Jo"
        meetings.cancel_meeting(meeting, reason="Too few", seen=1, by="test", on=TODAY)
        assert days(events(address_of(place.people["coordinator"]))) == {
            f"papers-{pk}-2026q4": date(2026, 12, 31),
            f"updates-{pk}-{pk}-2026q4": date(2026, 12, 1),
        }

    def test_nothing_of_partnerships_elsewhere(self, place: Place) -> None:
        other = make_place()
        due(other, date(2026, 11, 30))
        make.make_meeting(partnership=other.partnership, held_on=date(2026, 12, 22))
        found = events(address_of(place.people["owner"]))
        assert of_actions(found) == set()
        assert not any("22" in str(each["DTSTART"].dt) for each in found.values())
        assert str(other.partnership) not in asked(address_of(place.people["owner"])).content.decode()

    def test_national_staff_have_none_of_partnerships_in_which_they_have_no_role(self, place: Place) -> None:
        make.make_meeting(partnership=place.partnership, held_on=date(2026, 12, 22))
        assert events(address_of(place.people["administrator"])) == {}


class TestOfPartnership:
    def test_all_its_open_actions_and_its_meetings(self, place: Place) -> None:
        mine, other = due(place, date(2026, 11, 30)), due(place, date(2027, 3, 31))
        other.owners.update(person=make.make_person())
        past = make.make_meeting(partnership=place.partnership, held_on=date(2026, 10, 20))
        long_ago = make.make_meeting(board=past.board, held_on=date(2026, 9, 1))
        found = events(address_of(place.people["board member"], place.partnership.slug))
        assert of_actions(found) == keys(mine, other)
        assert found.keys() >= {f"meeting-{past.pk}", f"papers-{past.pk}"}
        assert not found.keys() & {f"meeting-{long_ago.pk}", f"papers-{long_ago.pk}"}

    @pytest.mark.parametrize(
        ("role", "status"),
        [
            ("coordinator", 200),
            ("board member", 200),
            ("reviewer", 200),
            ("administrator", 200),
            ("owner", 404),
            ("lead", 404),
            ("nobody", 410),
        ],
    )
    def test_who_opens_it(self, place: Place, role: str, status: int) -> None:
        due(place, date(2026, 11, 30), text="Secret until asked")
        answer = asked(address_of(place.people[role], place.partnership.slug))
        assert answer.status_code == status
        assert ("Secret until asked" in answer.content.decode()) is (status == 200)

    def test_an_unknown_one_is_not_found(self, place: Place) -> None:
        assert asked(address_of(place.people["coordinator"], "nowhere")).status_code == 404


class TestOfArea:
    @pytest.fixture
    def area(self, place: Place) -> Any:
        area = make.make_area(slug="kent", name="Kent")
        make.cover(place.action.plan, area)
        return area

    def test_it_holds_what_is_public_and_no_more(self, place: Place, area: Any) -> None:
        action = due(place, date(2026, 11, 30), reference="B2", text="Open a café")
        make.make_meeting(partnership=place.partnership, held_on=date(2026, 12, 22), place="Room 4")
        draft = make.make_version(plan=place.action.plan)
        make.make_in_version(version=draft, action=make.make_action(plan=place.action.plan, due_on=TODAY))
        make.make_in_version(version=draft, action=action, text="Open two cafés", position=9)
        elsewhere = make_place()
        due(elsewhere, date(2026, 11, 30))
        found = events("/areas/kent/deadlines.ics")
        assert found.keys() == keys(action)
        event = found[f"action-{action.pk}-due"]
        assert str(event["SUMMARY"]) == "Due: B2 Open a café"
        assert str(event["URL"]).endswith(f"/actions/{action.pk}/")
        assert str(event["CLASS"]) == "PUBLIC"
        said = asked("/areas/kent/deadlines.ics").content.decode()
        for name in ("Jo owner", "Room 4", "workspace", "two cafés"):
            assert name not in said

    def test_a_mirrored_action_stands_there_once(self, place: Place, area: Any) -> None:
        action = due(place, date(2026, 11, 30))
        due(place, None, mirrors=action)
        assert events("/areas/kent/deadlines.ics").keys() == keys(action)

    def test_a_mirror_has_the_day_of_its_source(self, place: Place) -> None:
        other = make_place()
        mirror = due(other, None, mirrors=due(place, date(2026, 11, 30)))
        make.cover(other.action.plan, make.make_area(slug="surrey"))
        assert days(events("/areas/surrey/deadlines.ics")) == {f"action-{mirror.pk}-due": date(2026, 11, 30)}

    def test_where_nothing_is_due_it_is_empty_and_elsewhere_not_found(self, area: Any) -> None:
        assert events("/areas/kent/deadlines.ics") == {}
        assert asked("/areas/Kent/deadlines.ics")["Location"] == "/areas/kent/deadlines.ics"
        assert asked("/areas/atlantis/deadlines.ics").status_code == 404

    def test_it_is_kept_for_everybody(self, place: Place, area: Any) -> None:
        make.make_change()
        first = asked("/areas/kent/deadlines.ics")
        assert first["Cache-Control"] == "public, no-cache"
        assert asked("/areas/kent/deadlines.ics", if_none_match=first["ETag"]).status_code == 304

    def test_the_page_of_the_area_leads_to_it(self, place: Place, area: Any, client: Client) -> None:
        assert 'href="/areas/kent/deadlines.ics"' in client.get("/areas/kent/").content.decode()
        assert "deadlines.ics" not in client.get("/areas/kent/?on=2026-02-01").content.decode()


class TestRevisions:
    """Stable ids, and numbers that rise with every change of what an event tells."""

    def test_a_moved_date_moves_the_event(self, place: Place) -> None:
        make.cover(place.action.plan, make.make_area(slug="kent"))
        action = due(place, date(2026, 11, 30))
        feeds = [address_of(place.people["owner"]), "/areas/kent/deadlines.ics"]
        before = [events(feed)[f"action-{action.pk}-due"] for feed in feeds]
        moved_at = datetime(2026, 11, 3, 9, 0, 5, tzinfo=UTC)
        with time_machine.travel(moved_at, tick=False):
            to = Timescale("", Kind.DATE, None, date(2027, 1, 31), TimePrecision.DAY)
            move_date(action, to=to, decided_on=TODAY, reason="Funding came late", by="test")
            after = [events(feed)[f"action-{action.pk}-due"] for feed in feeds]
        for was, now in zip(before, after, strict=True):
            assert str(now["UID"]) == str(was["UID"])
            assert now["SEQUENCE"] > was["SEQUENCE"]
            assert (was["DTSTART"].dt, now["DTSTART"].dt) == (date(2026, 11, 30), date(2027, 1, 31))
            assert now["LAST-MODIFIED"].dt == now["DTSTAMP"].dt == moved_at
            assert was["LAST-MODIFIED"].dt < moved_at

    def test_a_moved_meeting_moves_its_events(self, place: Place) -> None:
        held_on = date(2026, 12, 22)
        meeting = make.make_meeting(partnership=place.partnership, held_on=held_on, papers_due_on=date(2026, 12, 18))
        feed = address_of(place.people["coordinator"])
        before = events(feed)
        days_on = {"held_on": held_on + timedelta(days=28), "papers_due_on": date(2027, 1, 15)}
        meetings.change_meeting(meeting, **days_on, seen=1, by="test")
        after = events(feed)
        assert after.keys() == before.keys()
        for key, was in before.items():
            assert after[key]["SEQUENCE"] > was["SEQUENCE"]
            assert after[key]["DTSTART"].dt > was["DTSTART"].dt

    def test_what_stays_as_it_was_keeps_its_number(self, place: Place) -> None:
        action = due(place, date(2026, 11, 30))
        feed = address_of(place.people["owner"])
        before = events(feed)
        make.make_update(action=action, reported_on=TODAY)
        with time_machine.travel(NOON + timedelta(days=1), tick=False):
            assert [each.to_ical() for each in events(feed).values()] == [each.to_ical() for each in before.values()]

    def test_an_action_that_is_reworded_in_a_new_version_rises(self, place: Place) -> None:
        action = due(place, date(2026, 11, 30))
        feed = address_of(place.people["owner"])
        before = events(feed)[f"action-{action.pk}-due"]
        old = place.action.plan.versions.get()
        old.superseded_on = TODAY
        old.save()
        new = make.make_version(plan=place.action.plan, published_on=TODAY)
        make.make_in_version(version=new, action=action, text="In other words")
        after = events(feed)[f"action-{action.pk}-due"]
        assert str(after["SUMMARY"]) == "Due: In other words"
        assert after["SEQUENCE"] > before["SEQUENCE"]

    def test_drafting_a_version_changes_nothing(self, place: Place) -> None:
        action = due(place, date(2026, 11, 30))
        feed = address_of(place.people["owner"])
        before = events(feed)[f"action-{action.pk}-due"].to_ical()
        line = make.make_in_version(version=make.make_version(plan=place.action.plan), action=action)
        make.make_change(subject_type=line._meta.label_lower, subject_id=line.pk)
        assert events(feed)[f"action-{action.pk}-due"].to_ical() == before


class TestAddress:
    def test_a_renewed_one_kills_the_old_one(self, place: Place) -> None:
        owner = place.people["owner"]
        old = address_of(owner)
        calendars.renew(owner.calendar_address, seen=1, by=owner, now=NOON)
        answer = asked(old)
        assert (answer.status_code, answer["Content-Type"]) == (410, "text/plain; charset=utf-8")
        assert answer.content.decode().startswith("This address of a calendar has ended.")
        assert asked(address_of(owner)).status_code == 200

    def test_that_of_who_left_ends(self, place: Place) -> None:
        due(place, date(2026, 11, 30), text="Open a café")
        owner = place.people["owner"]
        feed = address_of(owner)
        owner.memberships.update(until_on=TODAY)
        assert asked(feed).status_code == 410
        owner.memberships.update(until_on=None)
        assert "Open a café" in asked(feed).content.decode()
        Person.objects.filter(pk=owner.pk).update(is_active=False)
        assert asked(feed).status_code == 410

    @pytest.mark.parametrize("token", ["x", "1-1.x", "1-1", "%00", "é", "9" * 2000])
    def test_a_made_up_one_is_not_found_and_asks_nothing(
        self, place: Place, token: str, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(0):
            assert asked(f"/me/{token}/deadlines.ics").status_code == 404

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_it_is_only_read(self, place: Place, method: str) -> None:
        address = address_of(place.people["owner"])
        assert getattr(Client(enforce_csrf_checks=True), method)(address).status_code == 405

    def test_it_is_for_its_program_alone(self, place: Place) -> None:
        answer = asked(address_of(place.people["owner"]))
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["X-Robots-Tag"] == "noindex"
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")

    def test_who_has_it_already_is_told_so(self, place: Place, django_assert_num_queries: Any) -> None:
        make.make_change()
        feed = address_of(place.people["owner"])
        etag = asked(feed)["ETag"]
        with django_assert_num_queries(3):
            answer = asked(feed, if_none_match=etag)
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)

    @pytest.mark.parametrize("changed", [pytest.param("a fact", marks=AT_ONCE), "the day", "the address"])
    def test_until_something_changes(self, place: Place, changed: str) -> None:
        make.make_change()
        owner = place.people["owner"]
        feed = address_of(owner)
        etag = asked(feed)["ETag"]
        moment = NOON
        if changed == "a fact":
            make.make_change()
        elif changed == "the day":
            moment += timedelta(days=1)
        else:
            feed = address_of(place.people["lead"])
        with time_machine.travel(moment, tick=False):
            assert asked(feed, if_none_match=etag).status_code == 200

    def test_no_line_of_the_log_holds_it(
        self,
        place: Place,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        owner = place.people["owner"]
        old = address_of(owner)
        calendars.renew(owner.calendar_address, seen=1, by=owner, now=NOON)
        with caplog.at_level(logging.DEBUG):
            for address in (old, address_of(owner), address_of(owner, "nowhere"), f"{address_of(owner)}x"):
                asked(address)
        records = [record for record in caplog.records if "/me/" in record.getMessage()]
        assert records  # Django says what it refuses
        for record in records:
            assert WithoutTokens().filter(record)
            assert "/me/…/" in record.getMessage()
            assert token_of(owner.calendar_address) not in record.getMessage()


class TestQueries:
    def world(self, size: int) -> Place:
        place = make_place()
        board = make.make_oversight(partnership=place.partnership).board
        area = make.make_area(slug="kent")
        make.cover(place.action.plan, area)
        for number in range(size):
            action = due(place, TODAY + timedelta(days=number))
            make.make_date_change(action=action, decided_on=TODAY, due_on=TODAY + timedelta(days=number + 9))
            make.make_meeting(board=board, held_on=TODAY + timedelta(days=30 + number))
            make.make_change(subject_type="actionplans.action", subject_id=action.pk)
            other = make.make_partnership()
            make.make_membership("coordinator", person=place.people["coordinator"], partnership=other)
            make.make_meeting(partnership=other, held_on=TODAY + timedelta(days=30 + number))
        return place

    @pytest.mark.slow
    @pytest.mark.parametrize("size", [2, 60])
    def test_each_calendar_takes_the_same(self, size: int) -> None:
        place = self.world(size)
        people = place.people
        feeds: dict[str, tuple[str, int]] = {
            "own": (address_of(people["owner"]), 14),
            "coordinator's own": (address_of(people["coordinator"]), 9),
            "partnership": (address_of(people["coordinator"], place.partnership.slug), 15),
            "area": ("/areas/kent/deadlines.ics", 8),
        }
        found = {}
        for name, (address, _) in feeds.items():
            with CaptureQueriesContext(connection) as queries:
                assert len(events(address)) >= size
            found[name] = len(queries)
        assert found == {name: count for name, (_, count) in feeds.items()}
