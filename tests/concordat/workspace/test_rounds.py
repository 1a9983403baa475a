"""Review rounds: opened, moved, closed and cancelled by national staff, answered by coordinators."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from areas.models import Area
from concordat.kernel.models import Change
from signatories.models import ReviewRound, ReviewRoundArea
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
LIST, NEW = "/workspace/national/rounds/", "/workspace/national/rounds/new/"


@pytest.fixture
def area(place: Place) -> Area:
    area = make.make_area(name="Northshire", region="London")
    make.cover(place.partnership, area, is_primary=True)
    return area


@pytest.fixture
def round_(area: Area) -> ReviewRound:
    """Open since a month ago, due in four weeks, for two areas; nobody works for the second."""
    other = make.make_area(name="Southshire", region="North East")
    return make.make_round(
        title="October refresh", areas=[area, other], opens_on=date(2026, 10, 1), due_on=date(2026, 11, 30)
    )


def day(name: str, day: int | str, month: int = 11, year: int = 2026) -> dict[str, str]:
    return {f"{name}_0": str(day), f"{name}_1": str(month), f"{name}_2": str(year)}


def form(**fields: Any) -> dict[str, Any]:
    days = day("opens_on", 2) | day("due_on", 30)
    return {"title": "Winter refresh", "asks": "Send us a new version.", "scope": "all"} | days | fields


def there(round_: ReviewRound) -> str:
    return f"{LIST}{round_.pk}/"


def answer_at(place: Place, round_: ReviewRound) -> str:
    return f"/workspace/partnerships/{place.partnership.slug}/rounds/{round_.pk}/"


def step(client: Client, round_: ReviewRound, then: str, **fields: Any) -> Any:
    return client.post(there(round_), {"version": round_.version, "then": then} | fields, follow=True)


class TestOpening:
    def test_for_every_area(self, as_: As, area: Area, place: Place) -> None:
        make.make_area(name="Gone", until_on=date(2020, 1, 1))
        make.make_area(name="Southshire")
        page = plain(as_("reviewer").post(NEW, form(), follow=True))
        assert "“Winter refresh” is open." in page
        assert "What 2 areas answered" in page
        assert "0 Plan refreshed 0 No change confirmed 2 No answer" in page
        row = ReviewRound.objects.get()
        assert (row.opens_on, row.due_on, row.asks) == (TODAY, date(2026, 11, 30), "Send us a new version.")
        assert Change.objects.about(row).get().by == place.people["reviewer"]

    @pytest.mark.parametrize(
        ("fields", "names"),
        [
            ({"scope": "regions", "regions": ["London"]}, ["Northshire"]),
            ({"scope": "regions", "regions": ["London", "North East"]}, ["Northshire", "Southshire"]),
            ({"scope": "lagging"}, ["Southshire"]),
            ({"scope": "areas"}, ["Southshire"]),
        ],
    )
    def test_for_some_areas(self, as_: As, area: Area, fields: dict[str, Any], names: list[str]) -> None:
        other = make.make_area(name="Southshire", region="North East")
        if fields["scope"] == "areas":
            fields = fields | {"areas": [str(other.pk)]}
        as_("administrator").post(NEW, form(**fields))
        assert list(ReviewRoundArea.objects.order_by("area__name").values_list("area__name", flat=True)) == names

    def test_one_that_opens_later_is_not_shown_to_coordinators(self, as_: As, area: Area, place: Place) -> None:
        page = plain(as_("reviewer").post(NEW, form(**day("opens_on", 9)), follow=True))
        assert "“Winter refresh” opens on 9 November 2026." in page
        assert "Not open yet" in page
        client = as_("coordinator")
        assert "Review round" not in plain(client.get(f"/workspace/partnerships/{place.partnership.slug}/"))
        assert client.get(answer_at(place, ReviewRound.objects.get())).status_code == 404

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"title": ""}, "Fill in “Title”."),
            ({"scope": "areas", "areas": ["9" * 30]}, "Choose from the list."),
            ({"title": "x" * 121}, "Make it 120 or fewer."),
            ({"asks": " "}, "Fill in “What do you ask?”."),
            (day("opens_on", 1), "A round opens today or later."),
            (day("opens_on", "x"), "That is not a real date."),
            (day("opens_on", "", "", ""), "Say on which day it opens."),  # type: ignore[arg-type]
            (day("due_on", 2), "The day for answers must be after the day on which the round opens."),
            (day("due_on", "", "", ""), "Say on which day it wants its answers."),  # type: ignore[arg-type]
            ({"scope": ""}, "Choose which areas are asked."),
            ({"scope": "regions"}, "Tick at least one of the regions."),
            ({"scope": "areas"}, "Tick at least one of the areas."),
            ({"scope": "regions", "regions": ["Atlantis"]}, "Select a valid choice."),
            ({"scope": "regions", "regions": ["South West"]}, "Choose at least one area."),
        ],
    )
    def test_what_makes_no_sense(self, as_: As, area: Area, fields: dict[str, Any], sentence: str) -> None:
        answer = as_("reviewer").post(NEW, form(**({"title": "Kept title"} | fields)))
        assert answer.status_code == 400
        assert sentence in plain(answer)
        assert ReviewRound.objects.count() == 0

    def test_sent_twice_it_is_one_round(self, as_: As, area: Area) -> None:
        client = as_("reviewer")
        client.post(NEW, form())
        answer = client.post(NEW, form())
        assert answer.status_code == 400
        assert "There is a round with this title that opens on this day already." in plain(answer)
        assert ReviewRound.objects.count() == 1

    def test_what_was_typed_outlives_the_session(self, as_: As, area: Area) -> None:
        client = as_("reviewer")
        who = client.get(NEW).content.decode().partition('name="who" value="')[2].partition('"')[0]
        client.logout()
        client.post(NEW, form(title="Typed in vain?", who=who))
        page = as_("reviewer").get(NEW)
        assert "You had been signed out." in plain(page)
        assert "Typed in vain?" in page.content.decode()

    def test_none_yet(self, as_: As, place: Place) -> None:
        assert "There was none yet." in plain(as_("reviewer").get(LIST))


class TestRound:
    def test_the_list_says_how_each_stands(self, as_: As, round_: ReviewRound) -> None:
        make.make_round(title="Old", opens_on=date(2025, 1, 1), due_on=date(2025, 2, 1), closed_on=date(2025, 3, 1))
        make.make_round(title="Late", opens_on=date(2026, 1, 1), due_on=date(2026, 2, 1))
        page = plain(as_("reviewer").get(LIST))
        assert "October refresh Open 2 areas. From 1 October 2026, answers due by 30 November 2026." in page
        assert page.index("October refresh") < page.index("Late Open, past its day") < page.index("Old Closed")

    def test_refreshed_by_a_version_published_since_it_opened(
        self, as_: As, round_: ReviewRound, area: Area, place: Place
    ) -> None:
        make.cover(place.action.plan, area)
        client = as_("reviewer")
        assert "2 No answer" in plain(client.get(there(round_)))
        place.action.plan.versions.update(superseded_on=date(2026, 10, 1))
        make.make_version(plan=place.action.plan, published_on=date(2026, 10, 1), label="Version 2")
        page = plain(client.get(there(round_)))
        assert "1 Plan refreshed 0 No change confirmed 1 No answer" in page
        assert f"Plan refreshed {place.action.plan}, Version 2 1 October 2026" in page
        assert "Nobody: no partnership works for it" in page

    @pytest.mark.parametrize(
        "version",
        [
            {"published_on": date(2026, 9, 30)},
            {"published_on": date(2026, 11, 3)},
            {"published_on": date(2026, 10, 5), "withdrawn_on": date(2026, 10, 6)},
            {"state": "submitted"},
        ],
    )
    def test_not_refreshed(self, as_: As, round_: ReviewRound, area: Area, version: dict[str, Any]) -> None:
        make.make_version(plan=make.make_plan(areas=[area]), **version)
        assert "2 No answer" in plain(as_("reviewer").get(there(round_)))

    def test_a_related_plan_or_one_of_elsewhere_does_not_refresh(
        self, as_: As, round_: ReviewRound, area: Area
    ) -> None:
        make.make_version(plan=make.make_plan(areas=[area], kind="related"), published_on=date(2026, 10, 5))
        make.make_version(plan=(plan := make.make_plan()), published_on=date(2026, 10, 5))
        make.cover(plan, area, until_on=date(2026, 10, 5))
        assert "2 No answer" in plain(as_("reviewer").get(there(round_)))

    def test_a_closed_round_stays_as_it_was(self, as_: As, round_: ReviewRound, area: Area) -> None:
        ReviewRound.objects.update(closed_on=date(2026, 10, 20))
        make.make_version(plan=make.make_plan(areas=[area]), published_on=date(2026, 10, 25))
        page = plain(as_("reviewer").get(there(round_)))
        assert "Closed on 20 October 2026; what came later is not counted." in page
        assert "2 No answer" in page
        assert "Change the round" not in page

    def test_the_choice_of_an_answer(self, as_: As, round_: ReviewRound, area: Area) -> None:
        ReviewRoundArea.objects.filter(area=area).update(**confirmed(round_))
        client = as_("reviewer")
        page = plain(client.get(f"{there(round_)}?answer=none"))
        assert "1 of 2 are shown, by your choice." in page
        assert "It holds." not in page
        assert "It holds." in plain(client.get(f"{there(round_)}?answer=x"))

    def test_late(self, as_: As, round_: ReviewRound, area: Area) -> None:
        ReviewRound.objects.update(due_on=date(2026, 10, 15))
        ReviewRoundArea.objects.filter(area=area).update(**confirmed(round_))
        page = plain(as_("reviewer").get(there(round_)))
        assert "20 October 2026, late" in page
        assert "No answer Overdue" in page

    def test_another_day_for_answers(self, as_: As, round_: ReviewRound, place: Place) -> None:
        page = plain(step(as_("reviewer"), round_, "move", due_reason="Holidays", **day("due_on", 15, 12)))
        assert "“October refresh” has a new day for answers." in page
        assert "answers due by 15 December 2026" in page
        moved = "The day for answers moved from 30 November 2026 to 15 December 2026: Holidays"
        assert moved in page
        assert moved in plain(as_("coordinator").get(answer_at(place, round_)))
        change = Change.objects.about(round_).get()
        assert (change.verb, change.why) == ("due day moved", "Holidays")
        assert change.fields == {"due_on": ["2026-11-30", "2026-12-15"]}

    @pytest.mark.parametrize(
        ("then", "fields", "sentence"),
        [
            ("move", {}, "Say on which day the answers are due."),
            ("move", day("due_on", 15, 12), "Say why the day moves."),
            ("move", day("due_on", 2) | {"due_reason": "x"}, "Choose a day to come, after the round has opened."),
            ("move", day("due_on", 30) | {"due_reason": "x"}, "That is the day already."),
            ("move", day("due_on", 31) | {"due_reason": "x"}, "That is not a real date."),
            ("cancel", {}, "Say why it is cancelled."),
            ("burn", {}, "Choose what to do with it."),
        ],
    )
    def test_a_step_that_makes_no_sense(
        self, as_: As, round_: ReviewRound, then: str, fields: dict[str, str], sentence: str
    ) -> None:
        answer = step(as_("reviewer"), round_, then, **fields)
        assert answer.status_code == 400
        assert sentence in plain(answer)
        round_.refresh_from_db()
        assert round_.version == 1

    def test_closed(self, as_: As, round_: ReviewRound, place: Place) -> None:
        assert "“October refresh” is closed." in plain(step(as_("reviewer"), round_, "close"))
        page = plain(as_("coordinator").get(answer_at(place, round_)))
        assert "This round is closed. It takes no answers now." in page
        assert "Confirm “no change”" not in page

    def test_one_that_has_not_opened_is_cancelled_and_not_closed(self, as_: As, round_: ReviewRound) -> None:
        ReviewRound.objects.update(opens_on=date(2026, 11, 9))
        client = as_("reviewer")
        assert "Close the round" not in plain(client.get(there(round_)))
        assert "It has not opened yet. Cancel it instead." in plain(step(client, round_, "close"))

    def test_cancelled(self, as_: As, round_: ReviewRound, place: Place) -> None:
        page = plain(step(as_("reviewer"), round_, "cancel", cancel_reason="Two at once"))
        assert "Cancelled on 2 November 2026: Two at once" in page
        assert as_("coordinator").get(answer_at(place, round_)).status_code == 404

    def test_two_people_at_once(self, as_: As, round_: ReviewRound) -> None:
        client = as_("reviewer")
        step(client, round_, "move", due_reason="Holidays", **day("due_on", 15, 12))
        answer = step(client, round_, "move", due_reason="My own reason", **day("due_on", 16, 12))
        assert answer.status_code == 409
        assert "Somebody else has changed this round since you opened it." in plain(answer)
        assert "My own reason" in answer.content.decode()
        round_.refresh_from_db()
        assert (round_.due_on, round_.version) == (date(2026, 12, 15), 2)

    def test_nothing_is_done_with_one_that_is_over(self, as_: As, round_: ReviewRound) -> None:
        client = as_("reviewer")
        step(client, round_, "close")
        round_.refresh_from_db()
        answer = step(client, round_, "cancel", cancel_reason="x")
        assert answer.status_code == 400
        assert "This round is closed or cancelled." in plain(answer)

    @pytest.mark.parametrize("size", [10, 500])
    def test_queries(self, as_: As, round_: ReviewRound, size: int, django_assert_num_queries: Any) -> None:
        areas = [make.make_area() for _ in range(size)]
        partnership = make.make_partnership(areas=areas)
        for each in areas[: size // 10]:
            make.make_version(plan=make.make_plan(areas=[each]), published_on=date(2026, 10, 5))
        ReviewRoundArea.objects.bulk_create(
            ReviewRoundArea(round=round_, area=each, **(confirmed(round_) if number % 2 else {}))
            for number, each in enumerate(areas)
        )
        client = as_("reviewer")
        with django_assert_num_queries(9):
            page = plain(client.get(there(round_)))
        assert f"What {size + 2} areas answered" in page
        assert partnership.name in page

    @pytest.mark.parametrize("size", [1, 40])
    def test_queries_of_the_list(self, as_: As, place: Place, size: int, django_assert_num_queries: Any) -> None:
        for _ in range(size):
            make.make_round(areas=[make.make_area(), make.make_area()])
        client = as_("reviewer")
        with django_assert_num_queries(5):
            client.get(LIST)


def confirmed(round_: ReviewRound) -> dict[str, Any]:
    by, partnership = make.make_person(), make.make_partnership()
    return {
        "confirmed_on": date(2026, 10, 20),
        "confirmed_by": by,
        "confirmed_for": partnership,
        "note": "It holds.",
    }


class TestAnswering:
    def confirm(self, client: Client, place: Place, round_: ReviewRound, *areas: Area, **fields: Any) -> Any:
        sent = {"areas": [str(area.pk) for area in areas], "note": "We looked at it in October."} | fields
        return client.post(answer_at(place, round_), sent, follow=True)

    def test_the_partnership_leads_to_it(self, as_: As, round_: ReviewRound, area: Area, place: Place) -> None:
        client = as_("coordinator")
        page = client.get(f"/workspace/partnerships/{place.partnership.slug}/")
        assert "Review round: answer by 30 November 2026" in plain(page)
        assert f'href="{answer_at(place, round_)}"' in page.content.decode()
        page = plain(client.get(answer_at(place, round_)))
        assert "Answer by 30 November 2026. 1 of 1 area has no answer yet." in page
        assert "Refresh your plan." in page
        assert "Southshire" not in page

    def test_no_change(self, as_: As, round_: ReviewRound, area: Area, place: Place) -> None:
        page = plain(self.confirm(as_("coordinator"), place, round_, area))
        assert "Thank you. Your answer is with the national staff." in page
        assert "No change confirmed We looked at it in October. On 2 November 2026, by Jo coordinator." in page
        assert "Every area has its answer. There is nothing left to do." in page
        row = ReviewRoundArea.objects.get(area=area)
        assert (row.confirmed_on, row.confirmed_for) == (TODAY, place.partnership)
        assert Change.objects.about(row).get().by == place.people["coordinator"]
        page = plain(as_("reviewer").get(there(round_)))
        assert "0 Plan refreshed 1 No change confirmed 1 No answer" in page

    def test_a_refreshed_plan_needs_no_answer(self, as_: As, round_: ReviewRound, area: Area, place: Place) -> None:
        make.make_version(plan=make.make_plan(areas=[area]), published_on=date(2026, 10, 5))
        page = plain(as_("coordinator").get(answer_at(place, round_)))
        assert "Every area has its answer." in page
        assert "Confirm “no change”" not in page

    def test_some_of_several_areas(self, as_: As, round_: ReviewRound, area: Area, place: Place) -> None:
        more = [make.make_area(name=f"More {number}") for number in range(2)]
        for each in more:
            make.cover(place.partnership, each)
            make.make_round_area(round=round_, area=each)
        page = plain(self.confirm(as_("coordinator"), place, round_, area, more[1]))
        assert "1 of 3 areas has no answer yet." in page
        assert list(ReviewRoundArea.objects.unanswered().values_list("area__name", flat=True)) == [
            "Southshire",
            "More 0",
        ]

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"note": ""}, "Say why the plan still holds."),
            ({"note": "x" * 2001}, "Make it 2,000 or fewer."),
            ({"areas": []}, "Tick the areas for which nothing has changed."),
            ({"areas": ["x"]}, "Select a valid choice."),
        ],
    )
    def test_what_makes_no_sense(
        self, as_: As, round_: ReviewRound, area: Area, place: Place, fields: dict[str, Any], sentence: str
    ) -> None:
        answer = self.confirm(as_("coordinator"), place, round_, area, **fields)
        assert answer.status_code == 400
        assert sentence in plain(answer)
        assert ReviewRoundArea.objects.unanswered().count() == 2

    def test_for_an_area_of_another_partnership(self, as_: As, round_: ReviewRound, area: Area, place: Place) -> None:
        other = Area.objects.get(name="Southshire")
        assert self.confirm(as_("coordinator"), place, round_, other).status_code == 400
        make.cover(place.partnership, other)
        make.cover(make.make_partnership(), other, is_primary=True)
        assert self.confirm(as_("coordinator"), place, round_, other).status_code == 400
        assert ReviewRoundArea.objects.unanswered().count() == 2

    def test_twice(self, as_: As, round_: ReviewRound, area: Area, place: Place) -> None:
        client = as_("coordinator")
        self.confirm(client, place, round_, area)
        answer = self.confirm(client, place, round_, area, note="Again")
        assert answer.status_code == 400
        assert ReviewRoundArea.objects.get(area=area).note == "We looked at it in October."

    def test_a_partnership_that_is_not_asked(self, as_: As, place: Place) -> None:
        assert as_("coordinator").get(answer_at(place, make.make_round(areas=[make.make_area()]))).status_code == 404

    @pytest.mark.parametrize(
        ("role", "reads", "writes"),
        [
            ("coordinator", 200, 302),
            ("administrator", 200, 302),
            ("board member", 200, 403),
            ("reviewer", 200, 403),
            ("lead", 404, 404),
            ("owner", 404, 404),
            ("nobody", 403, 403),
        ],
    )
    def test_who_answers(
        self, as_: As, round_: ReviewRound, area: Area, place: Place, role: str, reads: int, writes: int
    ) -> None:
        client = as_(role)
        assert client.get(answer_at(place, round_)).status_code == reads
        sent = {"areas": [str(area.pk)], "note": "It holds."}
        assert client.post(answer_at(place, round_), sent).status_code == writes
        assert ReviewRoundArea.objects.unanswered().count() == (1 if writes == 302 else 2)
        national = client.get(LIST).status_code
        assert national == (200 if role in ("administrator", "reviewer") else 403)
        assert client.post(NEW, form()).status_code == (302 if national == 200 else 403)

    def test_a_coordinator_of_elsewhere(self, client: Client, round_: ReviewRound, place: Place) -> None:
        enter(client, make.make_membership("coordinator").person)
        assert client.get(answer_at(place, round_)).status_code == 404

    def test_what_was_typed_outlives_the_session(self, as_: As, round_: ReviewRound, area: Area, place: Place) -> None:
        client = as_("coordinator")
        page = client.get(answer_at(place, round_)).content.decode()
        who = page.partition('name="who" value="')[2].partition('"')[0]
        client.logout()
        self.confirm(client, place, round_, area, note="Typed in vain?", who=who)
        page = as_("coordinator").get(answer_at(place, round_))
        assert "You had been signed out." in plain(page)
        assert "Typed in vain?" in page.content.decode()

    @pytest.mark.parametrize("size", [1, 100])
    def test_queries(
        self, as_: As, round_: ReviewRound, area: Area, place: Place, size: int, django_assert_num_queries: Any
    ) -> None:
        for _ in range(size):
            each = make.make_area()
            make.cover(place.partnership, each)
            make.make_round_area(round=round_, area=each)
        client = as_("coordinator")
        with django_assert_num_queries(10):
            client.get(answer_at(place, round_))
        with django_assert_num_queries(20):
            client.get(f"/workspace/partnerships/{place.partnership.slug}/")
