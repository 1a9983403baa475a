"""Areas that lag, one of them with whom to contact, and the contact log; for national staff alone."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from areas.models import Area
from concordat.kernel.models import Change
from signatories.models import ContactEntry
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
LIST = "/workspace/national/lagging/"


@pytest.fixture
def area(place: Place) -> Area:
    """An area of the partnership without a declaration."""
    make.make_milestone(name="Declaration", due_on=date(2026, 9, 30))
    make.make_milestone(name="Action plan", due_on=date(2026, 10, 31))
    area = make.make_area(name="Northshire", slug="northshire", region="London")
    make.cover(place.partnership, area, is_primary=True)
    return area


def address(area: Area) -> str:
    return f"/workspace/national/areas/{area.slug}/"


def typed(**fields: Any) -> dict[str, Any]:
    spoken = {"spoken_on_0": "1", "spoken_on_1": "11", "spoken_on_2": "2026"}
    own = {"place": "area", "how": "phone", "whom": "Chief executive’s office", "said": "They sign next week."}
    return spoken | own | {"ticket": str(uuid4())} | fields


def due(day: int, month: int, year: int = 2026) -> dict[str, str]:
    return {"next_due_on_0": str(day), "next_due_on_1": str(month), "next_due_on_2": str(year)}


class TestList:
    def test_it_says_why_and_for_how_many_days(self, as_: As, area: Area) -> None:
        page = plain(as_("reviewer").get(LIST))
        assert "1 area is listed." in page
        assert "Northshire London" in page
        assert "No declaration , for 33 days. A declaration was due by 30 September 2026. None is recorded." in page
        assert "None yet" in page

    def test_an_area_in_order_is_not_listed(self, as_: As, area: Area, place: Place) -> None:
        make.make_declaration(areas=[area], published_on=date(2026, 1, 1))
        make.cover(place.action.plan, area)
        make.make_update(action=place.action, reported_on=date(2026, 10, 1))
        assert "No area lags on this day." in plain(as_("reviewer").get(LIST))

    def test_a_declaration_without_a_plan(self, as_: As, area: Area) -> None:
        make.make_declaration(areas=[area], published_on=date(2026, 1, 1))
        assert "Declaration, but no full plan , for 2 days." in plain(as_("reviewer").get(LIST))

    def test_a_plan_that_is_over_stale_and_off_track(self, as_: As, area: Area) -> None:
        make.make_declaration(areas=[area], published_on=date(2020, 1, 1))
        for ends_on, due_on in ((date(2026, 10, 30), None), (None, date(2026, 9, 1))):
            plan = make.make_plan(areas=[area])
            version = make.make_version(plan=plan, published_on=date(2026, 8, 1), period_ends_on=ends_on)
            make.make_in_version(version=version, action=make.make_action(plan=plan, due_on=due_on))
        page = plain(as_("reviewer").get(LIST))
        # Green rests on two plans, of which one is not over.
        assert "Plan out of date , for" not in page
        assert "Off track , for 49 days." in page

        later = plain(as_("reviewer").get(f"{LIST}?on=2027-03-01"))
        assert "No recent update , for 28 days. No update was ever accepted for its plan." in later

    def test_a_plan_out_of_date(self, as_: As, area: Area) -> None:
        make.make_declaration(areas=[area], published_on=date(2020, 1, 1))
        make.make_version(
            plan=make.make_plan(areas=[area]), published_on=date(2026, 8, 1), period_ends_on=date(2026, 10, 30)
        )
        page = plain(as_("reviewer").get(LIST))
        assert "Plan out of date , for 3 days. The time of its plan was over on 30 October 2026." in page

    def test_nobody_coordinates(self, as_: As, area: Area) -> None:
        alone = make.make_area(name="Southshire")
        left = make.make_membership("coordinator", from_on=date(2026, 1, 1), until_on=date(2026, 10, 2))
        make.cover(left.partnership, make.make_area(name="Westshire"))
        page = plain(as_("reviewer").get(f"{LIST}?rule=nobody_coordinates"))
        assert "2 of 3 are shown, by your choice." in page
        assert "Nobody coordinates , for 32 days. Its partnership has no coordinator." in page
        assert "Nobody coordinates . No partnership works for it, so nobody coordinates." in page
        assert alone.name in page

    def test_dormant_after_twelve_months_without_a_sign_in(self, as_: As, area: Area, place: Place) -> None:
        coordinator = place.people["coordinator"]
        coordinator.last_login = datetime(2025, 11, 1, 12, tzinfo=UTC)
        coordinator.save()
        page = plain(as_("reviewer").get(f"{LIST}?rule=dormant"))
        assert "Dormant , for 2 days. No coordinator has signed in since 1 November 2025." in page
        as_("coordinator").get("/workspace/")
        assert "No area fits your choice." in plain(as_("reviewer").get(f"{LIST}?rule=dormant"))

    def test_after_the_end_of_the_records_nothing_recorded_is_not_nothing(
        self, as_: As, area: Area, place: Place
    ) -> None:
        programme = place.partnership.programme
        programme.complete_to = date(2026, 10, 9)
        programme.save()
        other = make.make_area(name="Southshire")
        make.cover(place.partnership, other)
        make.make_declaration(areas=[other], published_on=date(2026, 10, 20))
        page = plain(as_("reviewer").get(LIST))
        assert "An area of which nothing later is recorded is judged as on 9 October 2026" in page
        assert "No declaration , for 9 days." in page
        assert "Declaration, but no full plan , for 2 days." in page

    def test_as_on_an_earlier_day(self, as_: As, area: Area) -> None:
        make.make_contact(area=area, spoken_on=TODAY, next_step="Call again")
        page = plain(as_("reviewer").get(f"{LIST}?on=2026-10-01"))
        assert "No declaration , for 1 day. " in page
        assert "Call again" not in page
        assert "No area lags on this day." in plain(as_("reviewer").get(f"{LIST}?on=2026-09-30&rule="))

    def test_the_last_contact_and_the_first_open_step(self, as_: As, area: Area, place: Place) -> None:
        first = make.make_contact(area=area, spoken_on=date(2026, 10, 1), next_step="Write", next_due_on=TODAY)
        make.make_contact(partnership=place.partnership, spoken_on=date(2026, 10, 9), whom="The chair", how="letter")
        wrong = make.make_contact(area=area, spoken_on=date(2026, 10, 20), whom="A mistake")
        make.make_contact(area=area, spoken_on=date(2026, 10, 5), corrects=wrong, next_step="Later")
        client = as_("reviewer")
        page = plain(client.get(LIST))
        assert "9 October 2026, by letter. With: The chair . By Person" in page
        assert "Write Due on 2 November 2026" in page
        assert "A mistake" not in page
        make.make_contact(area=area, spoken_on=TODAY, closes=first)
        assert "Later" in plain(client.get(LIST))

    @pytest.mark.parametrize(
        ("query", "listed"),
        [
            ("region=London", ["Northshire"]),
            ("region=North+East", ["Southshire"]),
            ("step=due", ["Southshire"]),
            ("step=open", ["Southshire"]),
            ("step=none", ["Northshire"]),
            ("rule=no_declaration&sort=name", ["Northshire", "Southshire"]),
            ("sort=step", ["Southshire", "Northshire"]),
            ("sort=days", ["Northshire", "Southshire"]),
        ],
    )
    def test_choices(self, as_: As, area: Area, place: Place, query: str, listed: list[str]) -> None:
        other = make.make_area(name="Southshire", region="North East", from_on=date(2026, 10, 15))
        make.cover(place.partnership, other)
        make.make_contact(area=other, spoken_on=date(2026, 10, 20), next_step="Call", next_due_on=date(2026, 10, 31))
        page = plain(as_("reviewer").get(f"{LIST}?{query}"))
        places = {name: page.find(name) for name in ("Northshire", "Southshire") if name in page}
        assert sorted(places, key=lambda name: places[name]) == listed

    @pytest.mark.parametrize("query", ["region=Atlantis", "rule=x", "step=x", "sort=x", "on=2026-13-01"])
    def test_a_choice_that_there_is_not(self, as_: As, area: Area, query: str) -> None:
        answer = as_("reviewer").get(f"{LIST}?{query}")
        assert answer.status_code == 400
        assert "There is a problem" in plain(answer)
        assert "Northshire" in plain(answer)

    def test_before_anything_is_loaded(self, as_: As, place: Place) -> None:
        assert "No area lags on this day." in plain(as_("reviewer").get(LIST))

    @pytest.mark.parametrize("size", [10, 500])
    def test_queries(self, as_: As, place: Place, size: int, django_assert_num_queries: Any) -> None:
        make.make_milestone(name="Declaration", due_on=date(2026, 9, 30))
        for number in range(size // 10):
            areas = [make.make_area() for _ in range(10)]
            membership = make.make_membership("coordinator", from_on=date(2026, 1, 1))
            for each in areas:
                make.cover(membership.partnership, each)
            make.make_contact(area=areas[0], next_step="Call", next_due_on=date(2026, 10, number % 28 + 1))
            make.make_contact(partnership=membership.partnership)
        client = as_("reviewer")
        with django_assert_num_queries(20):
            page = plain(client.get(LIST))
        assert f"{size} areas are listed." in page


class TestArea:
    def test_both_lenses_why_and_whom_to_contact(self, as_: As, area: Area, place: Place) -> None:
        gone = make.make_person(name="Jo gone", is_active=False)
        make.make_membership("chair", person=gone, partnership=place.partnership)
        make.make_membership("chair", person=make.make_person(name="Jo chair"), partnership=place.partnership)
        page = plain(as_("reviewer").get(address(area)))
        assert "No declaration , for 33 days." in page
        assert "Red : no declaration is recorded." in page
        assert "no action plan is recorded for this area on this day" in page
        assert f"Jo coordinator, coordinator of {place.partnership}: {place.people['coordinator'].email}" in page
        assert "Jo chair, chair of" in page
        assert "Jo gone" not in page
        assert "Jo board member" not in page

    def test_an_area_without_anybody(self, as_: As, area: Area) -> None:
        page = plain(as_("reviewer").get(address(make.make_area())))
        assert "No partnership works for this area." in page
        assert "It is not on the list" not in page

    def test_the_board_where_nobody_coordinates(self, as_: As, area: Area) -> None:
        partnership = make.make_partnership(areas=[other := make.make_area()])
        make.make_oversight(partnership=partnership, board=make.make_board(name="Health Board"))
        page = plain(as_("reviewer").get(address(other)))
        assert "Nobody coordinates or chairs it. Ask the board that oversees it: Health Board ." in page

    def test_as_on_an_earlier_day_nothing_is_added(self, as_: As, area: Area) -> None:
        make.make_contact(area=area, spoken_on=TODAY, said="Today’s call")
        page = plain(as_("reviewer").get(f"{address(area)}?on=2026-09-30"))
        assert "This is how it stood on 30 September 2026." in page
        assert "It is not on the list of areas that lag." in page
        assert "Today’s call" not in page
        assert "Add a contact" not in page

    def test_no_such_area(self, as_: As, area: Area) -> None:
        assert as_("reviewer").get("/workspace/national/areas/atlantis/").status_code == 404

    @pytest.mark.parametrize("size", [1, 100])
    def test_queries(self, as_: As, area: Area, place: Place, size: int, django_assert_num_queries: Any) -> None:
        for number in range(size):
            make.make_contact(area=area, next_step="Call", next_due_on=date(2026, 10, number % 28 + 1))
            corrected = make.make_contact(partnership=place.partnership)
            make.make_contact(partnership=place.partnership, corrects=corrected)
            make.make_membership("chair", partnership=place.partnership)
        client = as_("reviewer")
        with django_assert_num_queries(30):
            client.get(address(area))


class TestLog:
    def test_a_call_with_a_next_step(self, as_: As, area: Area, place: Place) -> None:
        client = as_("reviewer")
        answer = client.post(address(area), typed(next_step="Ask again", **due(9, 11)), follow=True)
        page = plain(answer)
        assert "The contact is in the log." in page
        assert "1 November 2026, by phone: Chief executive’s office They sign next week." in page
        assert "Ask again Due on 9 November 2026" in page
        entry = ContactEntry.objects.get()
        assert (entry.area, entry.partnership, entry.recorded_by) == (area, None, place.people["reviewer"])
        assert (entry.spoken_on, entry.next_due_on) == (date(2026, 11, 1), date(2026, 11, 9))

    def test_its_change_says_that_it_was_made_and_never_what_it_says(self, as_: As, area: Area) -> None:
        as_("reviewer").post(address(area), typed(next_step="Ask Mr Smith", **due(9, 11)))
        change = Change.objects.get(subject_type="signatories.contactentry")
        assert change.verb == "created"
        assert change.fields == {
            "spoken_on": [None, "2026-11-01"],
            "how": [None, "phone"],
            "next_due_on": [None, "2026-11-09"],
        }

    def test_about_the_partnership_it_shows_on_each_of_its_areas(self, as_: As, area: Area, place: Place) -> None:
        make.cover(place.partnership, other := make.make_area())
        client = as_("administrator")
        client.post(address(area), typed(place=str(place.partnership.pk)))
        assert "They sign next week." in plain(client.get(address(other)))
        assert ContactEntry.objects.get().partnership == place.partnership

    def test_a_step_is_taken_by_a_later_contact(self, as_: As, area: Area) -> None:
        earlier = make.make_contact(area=area, next_step="Ask again", next_due_on=date(2026, 10, 1))
        client = as_("reviewer")
        assert "Does this take an earlier step?" in plain(client.get(address(area)))
        page = plain(client.post(address(area), typed(closes=str(earlier.pk)), follow=True))
        assert "Taken on 1 November 2026." in page
        assert "Next steps still to take" not in page
        assert "Does this take an earlier step?" not in page

    def test_two_people_take_the_same_step(self, as_: As, area: Area) -> None:
        earlier = make.make_contact(area=area, next_step="Ask again")
        client = as_("reviewer")
        client.get(address(area))
        make.make_contact(area=area, closes=earlier)
        answer = client.post(address(area), typed(closes=str(earlier.pk)))
        assert answer.status_code == 400
        assert "Somebody has taken that step meanwhile, or corrected it." in plain(answer)
        assert "They sign next week." in answer.content.decode()
        assert ContactEntry.objects.count() == 2

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"spoken_on_0": "3"}, "The day of the contact cannot be in the future."),
            ({"spoken_on_0": "", "spoken_on_1": "", "spoken_on_2": ""}, "Say on which day the contact was."),
            ({"spoken_on_0": "x"}, "That is not a real date."),
            ({"whom": " "}, "Say who was contacted: their role or office."),
            ({"whom": "x" * 201}, "This has 201 characters. Make it 200 or fewer."),
            ({"said": ""}, "Say what was said."),
            ({"said": "ab\u202ec"}, "This has marks that turn the direction of the text."),
            ({"how": ""}, "Choose how the contact was made."),
            ({"how": "pigeon"}, "Select a valid choice."),
            (due(9, 11), "Say what the next step is, or leave its day empty."),
            ({"next_step": "Call", **due(31, 10)}, "The next step cannot be due before the contact."),
            ({"place": "999999"}, "Select a valid choice."),
            ({"closes": "999999", "said": ""}, "Say what was said."),
        ],
    )
    def test_what_makes_no_sense_is_said_and_kept(
        self, as_: As, area: Area, fields: dict[str, str], sentence: str
    ) -> None:
        answer = as_("reviewer").post(address(area), typed(**fields))
        assert answer.status_code == 400
        assert sentence in plain(answer)
        assert ContactEntry.objects.count() == 0

    def test_sent_twice_it_is_one_entry(self, as_: As, area: Area) -> None:
        client, form = as_("reviewer"), typed()
        client.post(address(area), form)
        assert "The contact is in the log." in plain(client.post(address(area), form, follow=True))
        assert ContactEntry.objects.count() == 1
        assert Change.objects.filter(subject_type="signatories.contactentry").count() == 1

    def test_sent_again_with_other_words_nothing_is_lost(self, as_: As, area: Area) -> None:
        client, form = as_("reviewer"), typed()
        client.post(address(area), form)
        answer = client.post(address(area), form | {"said": "And one thing more."})
        assert answer.status_code == 409
        assert "This form was sent before." in plain(answer)
        page = answer.content.decode()
        assert "And one thing more." in page
        ticket = page.partition('name="ticket" value="')[2].partition('"')[0]
        client.post(address(area), form | {"said": "And one thing more.", "ticket": ticket})
        assert ContactEntry.objects.count() == 2

    def test_corrected_by_a_further_entry(self, as_: As, area: Area) -> None:
        client = as_("reviewer")
        client.post(address(area), typed(said="They signed.", next_step="Call", **due(9, 11)))
        entry = ContactEntry.objects.get()
        there = f"{address(area)}contacts/{entry.pk}/correct/"
        assert "They signed." in client.get(there).content.decode()
        page = plain(client.post(there, typed(said="They will sign."), follow=True))
        assert "The entry is corrected." in page
        assert "Corrected by a later entry. It is kept as it was. They signed." in page
        assert page.count("Correct it") == 1
        entry.refresh_from_db()
        assert entry.said == "They signed."
        assert entry.corrected_by.said == "They will sign."
        assert "Next steps still to take" not in page

    def test_two_people_correct_the_same_entry(self, as_: As, area: Area) -> None:
        entry = make.make_contact(area=area)
        make.make_contact(area=area, corrects=entry)
        answer = as_("reviewer").post(f"{address(area)}contacts/{entry.pk}/correct/", typed(said="My version"))
        assert answer.status_code == 409
        assert "Somebody else has corrected that entry" in plain(answer)
        assert "My version" in answer.content.decode()
        assert ContactEntry.objects.count() == 2

    def test_a_correction_does_not_open_a_step_that_was_taken(self, as_: As, area: Area) -> None:
        entry = make.make_contact(area=area, next_step="Call them back")
        make.make_contact(area=area, closes=entry)
        page = as_("reviewer").get(f"{address(area)}contacts/{entry.pk}/correct/")
        assert "Call them back" not in page.content.decode()

    def test_an_entry_of_elsewhere_is_not_corrected_from_here(self, as_: As, area: Area) -> None:
        other = make.make_contact()
        there = f"{address(area)}contacts/{other.pk}/correct/"
        assert as_("reviewer").get(there).status_code == 404
        assert as_("reviewer").post(there, typed()).status_code == 404

    @pytest.mark.parametrize("role", ["coordinator", "board member", "lead", "owner"])
    def test_nobody_else_reads_or_writes_it(self, as_: As, area: Area, role: str) -> None:
        entry = make.make_contact(area=area, said="In confidence")
        client = as_(role)
        for there in (LIST, address(area), f"{address(area)}contacts/{entry.pk}/correct/", "/workspace/national/"):
            assert client.get(there).status_code == 403
        assert client.post(address(area), typed()).status_code == 403
        assert "In confidence" not in plain(client.get(f"/areas/{area.slug}/"))
        assert ContactEntry.objects.count() == 1

    def test_what_was_typed_outlives_the_session(self, as_: As, area: Area) -> None:
        client = as_("reviewer")
        who = client.get(address(area)).content.decode().partition('name="who" value="')[2].partition('"')[0]
        client.logout()
        client.post(address(area), typed(said="Typed in vain?", who=who))
        page = as_("reviewer").get(address(area))
        assert "You had been signed out." in plain(page)
        assert "Typed in vain?" in page.content.decode()
        assert ContactEntry.objects.count() == 0

    @pytest.mark.parametrize("method", ["put", "delete"])
    def test_wrong_method(self, as_: As, area: Area, method: str) -> None:
        client = as_("reviewer")
        assert getattr(client, method)(address(area)).status_code == 405
        assert client.post(LIST).status_code == 405


class TestStepsOnTheNationalPage:
    def test_the_one_due_first_is_on_top(self, as_: As, area: Area, place: Place) -> None:
        make.make_contact(partnership=place.partnership, next_step="Later", next_due_on=date(2026, 12, 1))
        make.make_contact(area=area, next_step="First", next_due_on=date(2026, 10, 1))
        done = make.make_contact(area=area, next_step="Done", next_due_on=date(2026, 9, 1))
        make.make_contact(area=area, closes=done)
        page = as_("reviewer").get("/workspace/national/")
        words = plain(page)
        assert words.index("First Northshire. Due on 1 October 2026.") < words.index("Later")
        assert "Done" not in words
        assert page.content.decode().count(f'href="{address(area)}#log"') == 2

    def test_none(self, as_: As, place: Place) -> None:
        assert "No step with a day is open." in plain(as_("reviewer").get("/workspace/national/"))

    @pytest.mark.parametrize("size", [1, 30])
    def test_queries(self, as_: As, area: Area, size: int, django_assert_num_queries: Any) -> None:
        for _ in range(size):
            make.make_contact(partnership=make.make_partnership(areas=[area]), next_step="Call", next_due_on=TODAY)
        client = as_("reviewer")
        with django_assert_num_queries(8):
            client.get("/workspace/national/")
