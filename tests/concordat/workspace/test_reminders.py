"""One's own reminders: paused, changed, ended; fewer of them; and where it shows."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from concordat.kernel.models import Change
from signatories.models import ChasingOptOut, ChasingPause, Person
from signatories.outbox import holding
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
HERE = "/workspace/reminders/"


def parts(name: str, day: date | None) -> dict[str, Any]:
    """A day as its three boxes send it."""
    texts = (day.day, day.month, day.year) if day else ("", "", "")
    return {f"{name}_{number}": text for number, text in enumerate(texts)}


def form(first: date | None, back: date | None, deputy: Person | None = None, **others: Any) -> dict[str, Any]:
    return parts("from_on", first) | parts("until_on", back) | {"deputy": deputy.pk if deputy else ""} | others


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


@pytest.fixture
def kim(place: Place) -> Person:
    return make.make_membership("owner", organisation=place.police, person=make.make_person(name="Kim Deputy")).person


def pauses() -> list[tuple[date, date, Person | None]]:
    return [(row.from_on, row.until_on, row.deputy) for row in ChasingPause.objects.filter(subject_type="")]


class TestPause:
    def test_from_today_with_a_deputy(self, as_: As, place: Place, kim: Person) -> None:
        page = plain(as_("owner").post(HERE, form(None, days(21), kim), follow=True))
        assert pauses() == [(TODAY, days(21), kim)]
        assert "Your reminders are paused until 23 November 2026. Kim Deputy stands in for you." in page
        assert "Paused until 23 November 2026. Kim Deputy stands in and gets the reminders meanwhile." in page
        row = ChasingPause.objects.get()
        change = Change.objects.about(row).get()
        assert (change.verb, change.by) == ("created", place.people["owner"])

    def test_from_a_later_day_and_with_nobody(self, as_: As, kim: Person) -> None:
        page = plain(as_("owner").post(HERE, form(days(30), days(37)), follow=True))
        assert pauses() == [(days(30), days(37), None)]
        assert "Paused from 2 December 2026 until 9 December 2026. Nobody stands in, so the reminders wait." in page

    @pytest.mark.parametrize(
        ("first", "back", "sentence"),
        [
            (TODAY, None, "Say on which day you are back."),
            (days(-1), days(9), "The first day cannot be in the past."),
            (TODAY, TODAY, "The day you are back must be in the future."),
            (days(9), days(9), "The day you are back must be after the first day."),
            (days(9), days(2), "The day you are back must be after the first day."),
            (TODAY, days(400), "Choose a day of return within a year."),
        ],
    )
    def test_what_makes_no_sense_is_said(
        self, as_: As, kim: Person, first: date, back: date | None, sentence: str
    ) -> None:
        answer = as_("owner").post(HERE, form(first, back, kim))
        assert answer.status_code == 400
        page = plain(answer)
        assert "There is a problem" in page
        assert sentence in page
        assert not pauses()
        assert re.search(rf'value="{kim.pk}"[^>]*checked', answer.content.decode())

    @pytest.mark.parametrize("deputy", ["999999", "x", "-1", "1" * 40])
    def test_nobody_else_may_be_the_deputy(self, as_: As, place: Place, deputy: str) -> None:
        for value in (deputy, str(place.people["coordinator"].pk), str(place.people["owner"].pk)):
            answer = as_("owner").post(HERE, form(None, days(9), deputy=None) | {"deputy": value})
            assert answer.status_code == 400
            assert "Choose a person from the list." in plain(answer)
        assert not pauses()

    def test_a_day_that_is_none_is_told(self, as_: As) -> None:
        bad = form(None, days(9)) | {"until_on_0": "31", "until_on_1": "2"}
        assert "That is not a real date." in plain(as_("owner").post(HERE, bad))

    def test_another_at_the_same_time_is_refused(self, as_: As) -> None:
        client = as_("owner")
        client.post(HERE, form(None, days(9)))
        answer = client.post(HERE, form(days(5), days(20)))
        assert answer.status_code == 400
        assert "Reminders are paused from 2 November 2026 until 11 November 2026 already." in plain(answer)
        assert len(pauses()) == 1

    def test_of_two_colleagues_with_one_name_the_address_is_shown(self, as_: As, place: Place, kim: Person) -> None:
        twin = make.make_person(name="Kim Deputy")
        make.make_membership("owner", organisation=place.police, person=twin)
        page = plain(as_("owner").get(HERE))
        for person in (kim, twin):
            assert f"Kim Deputy, {person.email}" in page

    def test_among_many_colleagues_one_chooses_from_a_list(self, as_: As, place: Place) -> None:
        for number in range(9):
            make.make_membership(
                "owner", organisation=place.police, person=make.make_person(name=f"Colleague {number}")
            )
        html = as_("owner").get(HERE).content.decode()
        assert '<select name="deputy"' in html
        assert 'type="radio" name="deputy"' not in html


class TestChange:
    @pytest.fixture
    def row(self, place: Place) -> ChasingPause:
        return make.make_pause(person=place.people["owner"], from_on=days(-3), until_on=days(7))

    def address(self, row: ChasingPause) -> str:
        return f"{HERE}pauses/{row.pk}/"

    def sent(self, back: date, deputy: Person | None, version: int = 1) -> dict[str, Any]:
        return parts("until_on", back) | {"deputy": deputy.pk if deputy else "", "version": version}

    def test_another_day_and_somebody_else(self, as_: As, kim: Person, row: ChasingPause) -> None:
        client = as_("owner")
        assert "You are away from 30 October 2026." in plain(client.get(self.address(row)))
        page = plain(client.post(self.address(row), self.sent(days(14), kim), follow=True))
        assert pauses() == [(days(-3), days(14), kim)]
        assert "until 16 November 2026. Kim Deputy stands in for you." in page
        assert [each.verb for each in Change.objects.about(row)] == ["changed"]

    def test_who_was_slower_sees_both(self, as_: As, kim: Person, row: ChasingPause) -> None:
        client = as_("owner")
        client.post(self.address(row), self.sent(days(14), kim))
        answer = client.post(self.address(row), self.sent(days(20), None))
        assert answer.status_code == 409
        page = plain(answer)
        assert "What somebody else has saved, beside what you typed" in page
        assert "16 November 2026" in page
        assert "Kim Deputy" in page
        assert pauses() == [(days(-3), days(14), kim)]
        assert 'name="version" value="2"' in answer.content.decode()

    def test_it_ends_when_the_person_is_back(self, as_: As, row: ChasingPause) -> None:
        client = as_("owner")
        page = plain(client.post(f"{self.address(row)}end/", follow=True))
        assert "Your reminders come to you again." in page
        assert pauses() == [(days(-3), TODAY, None)]
        for address in (self.address(row), f"{self.address(row)}end/"):
            assert client.post(address, self.sent(days(9), None)).status_code == 404

    def test_one_to_come_is_called_off(self, as_: As, place: Place) -> None:
        row = make.make_pause(person=place.people["owner"], from_on=days(30), until_on=days(37))
        page = plain(as_("owner").post(f"{self.address(row)}end/", follow=True))
        assert "You are not away on those days." in page
        assert "Paused from" not in page

    def test_nobody_else_changes_or_ends_it(self, as_: As, row: ChasingPause) -> None:
        for role in ("lead", "coordinator", "administrator"):
            client = as_(role)
            for address in (self.address(row), f"{self.address(row)}end/"):
                assert client.post(address, self.sent(days(9), None)).status_code == 404
        assert pauses() == [(days(-3), days(7), None)]


class TestTwiceAtOnce:
    """Two windows: what one ends after the other has looked for it has ended already, and that is said."""

    @pytest.mark.parametrize("what", ["a pause", "what is put off", "fewer reminders"])
    def test_the_second_is_told(self, as_: As, place: Place, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
        owner, client = place.people["owner"], as_("owner")
        about = {"subject_type": "actionplans.action", "subject_id": place.action.pk}
        if what == "fewer reminders":
            holding.want_fewer(owner, by=owner, on=days(-3))
            address = f"{HERE}fewer/"
        else:
            row = make.make_pause(
                person=owner, from_on=days(-3), until_on=days(7), **({} if what == "a pause" else about)
            )
            action = f"/workspace/actions/{place.action.pk}/later/end/"
            address = f"{HERE}pauses/{row.pk}/end/" if what == "a pause" else action
        end = holding.end

        def another_was_faster(row: Any, **options: Any) -> None:
            end(row, **options)
            end(row, **options)

        monkeypatch.setattr(holding, "end", another_was_faster)
        page = plain(client.post(address, {"then": "all"}, follow=True))
        assert "It has ended already." in page
        for told in ("Your reminders come to you again.", "We remind you of", "You get all reminders again."):
            assert told not in page
        assert Change.objects.filter(verb="ended").count() == 1


class TestWhereItShows:
    def test_to_the_person_and_the_deputy(self, as_: As, place: Place, kim: Person, client: Client) -> None:
        make.make_pause(person=place.people["owner"], deputy=kim, from_on=TODAY, until_on=days(7))
        own = plain(as_("owner").get("/workspace/"))
        assert "Your reminders are paused until 9 November 2026. Kim Deputy stands in" in own
        enter(client, kim)
        theirs = plain(client.get("/workspace/"))
        assert "You stand in for Jo owner until 9 November 2026." in theirs
        assert "Mental health nurse in the control room" in theirs
        assert "You stand in for Jo owner until 9 November 2026." in plain(client.get(HERE))

    def test_on_the_pages_of_the_action_and_of_the_partnership(self, as_: As, place: Place, kim: Person) -> None:
        make.make_pause(person=place.people["owner"], deputy=kim, from_on=TODAY, until_on=days(7))
        action = f"/workspace/actions/{place.action.pk}/"
        told = "Jo owner is away until 9 November 2026. Kim Deputy gets the reminders, and can answer meanwhile."
        assert told in plain(as_("coordinator").get(action))
        told = "Jo owner is away until 9 November 2026. Kim Deputy stands in and gets the reminders meanwhile."
        assert told in plain(as_("board member").get(f"/workspace/partnerships/{place.partnership.slug}/"))

    def test_a_deputy_who_is_away_too_or_may_not_answer_is_told_of(self, as_: As, place: Place, kim: Person) -> None:
        make.make_pause(person=place.people["owner"], deputy=kim, from_on=TODAY, until_on=days(7))
        action = f"/workspace/actions/{place.action.pk}/"
        kim.memberships.update(until_on=TODAY)
        told = "Kim Deputy gets the reminders, but has no role by which to answer for this action."
        assert told in plain(as_("coordinator").get(action))
        make.make_pause(person=kim, from_on=TODAY, until_on=days(3))
        told = "Kim Deputy stands in, but gets no mails at present, so the reminders wait."
        assert told in plain(as_("coordinator").get(action))

    def test_on_no_public_page(self, place: Place, kim: Person, client: Client) -> None:
        make.make_pause(person=place.people["owner"], deputy=kim, from_on=TODAY, until_on=days(7))
        for address in (place.action.get_absolute_url(), place.partnership.get_absolute_url()):
            page = plain(client.get(address))
            assert "away" not in page
            assert "Kim" not in page


class TestDeputy:
    """Whoever stands in reports meanwhile, and no longer."""

    @pytest.fixture
    def row(self, place: Place, kim: Person) -> ChasingPause:
        return make.make_pause(person=place.people["owner"], deputy=kim, from_on=TODAY, until_on=days(7))

    def report(self, client: Client, place: Place) -> int:
        answer = {"status": "in_progress", "public_text": "It goes on.", "then": "hand_in", "version": ""}
        return client.post(f"/workspace/actions/{place.action.pk}/", answer).status_code

    def test_reports_in_their_own_name(self, place: Place, kim: Person, row: ChasingPause, client: Client) -> None:
        enter(client, kim)
        assert self.report(client, place) == 302
        report = place.action.updates.get()
        assert (report.author, report.state) == (kim, "submitted")

    @pytest.mark.parametrize("change", ["back", "to come", "another", "no role", "owner left", "put off"])
    def test_not_otherwise(self, place: Place, kim: Person, row: ChasingPause, client: Client, change: str) -> None:
        if change == "back":
            row.until_on = TODAY
        elif change == "to come":
            row.from_on = days(1)
        elif change == "another":
            row.deputy = place.people["lead"]
        elif change == "no role":
            make.make_membership("owner", person=kim)  # elsewhere
            kim.memberships.filter(organisation=place.police).update(until_on=TODAY)
        elif change == "owner left":
            place.people["owner"].memberships.update(until_on=TODAY)
        else:
            row.deputy, row.subject_type, row.subject_id = None, "actionplans.action", place.action.pk
        row.save()
        enter(client, kim)
        assert self.report(client, place) == 404
        assert "control room" not in plain(client.get("/workspace/"))
        assert not place.action.updates.exists()

    def test_hands_nothing_over(self, place: Place, kim: Person, row: ChasingPause, client: Client) -> None:
        enter(client, kim)
        address = f"/workspace/actions/{place.action.pk}/owners/"
        client.post(address, {"person": kim.pk, "then": "hand_over"})
        assert [owner.person for owner in place.action.owners.all()] == [place.people["owner"]]


class TestFewer:
    def test_and_all_again(self, as_: As, place: Place) -> None:
        client, owner = as_("owner"), place.people["owner"]
        address = f"{HERE}fewer/"
        page = plain(client.post(address, {"then": "fewer"}, follow=True))
        assert "You get only what is needed" in page
        assert ChasingOptOut.objects.on(TODAY).get().person == owner
        page = plain(client.post(address, {"then": "all"}, follow=True))
        assert "You get all reminders again." in page
        assert not ChasingOptOut.objects.on(days(1)).exists()

    def test_opening_its_address_changes_nothing(self, as_: As) -> None:
        assert as_("owner").get(f"{HERE}fewer/").status_code == 405
        assert not ChasingOptOut.objects.exists()
