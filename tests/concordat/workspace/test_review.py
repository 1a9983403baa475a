"""The coordinator's queue: old and new side by side, accepted or returned; nobody else decides."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans.models import ProgressUpdate
from concordat.kernel.models import Change
from tests import factories as make
from tests.actionplans.reporting import report
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


@pytest.fixture
def waiting(place: Place) -> ProgressUpdate:
    make.make_update(action=place.action, reported_on=date(2026, 7, 3), public_text="One nurse, on weekdays")
    return report(
        place.action, TODAY, by=place.people["owner"], public_text="Two nurses, every day", internal_note="Costs rise"
    )


def address(update: ProgressUpdate) -> str:
    return f"/workspace/reports/{update.pk}/"


def decide(client: Client, update: ProgressUpdate, then: str, **fields: Any) -> Any:
    return client.post(address(update), {"version": update.version, "then": then, **fields}, follow=True)


def test_the_queue_names_what_waits(as_: As, waiting: ProgressUpdate) -> None:
    page = plain(as_("coordinator").get("/workspace/review/"))
    assert "1 report waits for you." in page
    assert "B1 Mental health nurse in the control room" in page
    assert "by Jo owner" in page


def test_old_and_new_side_by_side(as_: As, waiting: ProgressUpdate) -> None:
    page = plain(as_("coordinator").get(address(waiting)))
    assert "What has changed (public) One nurse, on weekdays Two nurses, every day" in page
    assert "Note for the partnership – Costs rise" in page


def test_ones_own_is_accepted_by_another_coordinator(as_: As, place: Place) -> None:
    make.make_membership("coordinator", partnership=place.partnership, person=make.make_person(name="Sam the second"))
    own = report(place.action, TODAY, by=place.people["coordinator"], public_text="Mine")
    client = as_("coordinator")
    page = plain(client.get(address(own)))
    assert "You wrote this report, so another coordinator accepts it: Sam the second." in page
    assert "Accept: it becomes public" not in page
    assert decide(client, own, "accept").status_code == 400
    own.refresh_from_db()
    assert own.state == "submitted"


def test_accepted_it_is_public(as_: As, waiting: ProgressUpdate) -> None:
    client = as_("coordinator")
    assert "is accepted and public" in plain(decide(client, waiting, "accept"))
    public = plain(client.get(f"/actions/{waiting.action_id}/"))
    assert "Two nurses, every day" in public
    assert "Costs rise" not in public
    assert "No report waits for you." in plain(client.get("/workspace/review/"))


def test_returned_its_owner_reads_why(as_: As, waiting: ProgressUpdate) -> None:
    client = as_("coordinator")
    assert "is returned with your comment" in plain(decide(client, waiting, "return", comment="From when on?"))
    assert "From when on?" in plain(as_("owner").get(f"/workspace/actions/{waiting.action_id}/"))


def test_a_comment_outlives_the_session(as_: As, waiting: ProgressUpdate) -> None:
    client = as_("coordinator")
    who = client.get(address(waiting)).content.decode().partition('name="who" value="')[2].partition('"')[0]
    client.logout()
    answer = client.post(address(waiting), {"version": 1, "then": "return", "comment": "Typed at length", "who": who})
    assert answer.headers["Location"].endswith(f"?next=%2Fworkspace%2Freports%2F{waiting.pk}%2F")
    page = as_("coordinator").get(address(waiting))
    assert "You had been signed out." in plain(page)
    assert "Typed at length" in page.content.decode()


def test_returning_needs_a_comment(as_: As, waiting: ProgressUpdate) -> None:
    answer = decide(as_("coordinator"), waiting, "return", comment=" ")
    assert answer.status_code == 400
    assert "Say what you need before you can accept it." in plain(answer)


def test_what_changed_since_it_was_opened_is_not_accepted_unseen(as_: As, waiting: ProgressUpdate) -> None:
    report(waiting.action, TODAY, public_text="Two nurses, on some days")
    answer = decide(as_("coordinator"), waiting, "accept")
    assert answer.status_code == 409
    assert "Read it again before you accept it." in plain(answer)
    assert "Two nurses, on some days" in plain(answer)
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_twice_from_two_windows(as_: As, waiting: ProgressUpdate) -> None:
    client = as_("coordinator")
    decide(client, waiting, "accept")
    assert "Only an update that waits for acceptance can be accepted." in plain(decide(client, waiting, "accept"))


def test_an_accepted_new_date_holds_from_today(as_: As, place: Place) -> None:
    update = report(place.action, TODAY, new_due_on=date(2027, 3, 31), new_date_reason="Late funding")
    decide(as_("coordinator"), update, "accept")
    [move] = place.action.date_changes.all()
    assert (move.due_on, move.decided_on, move.reason) == (date(2027, 3, 31), TODAY, "Late funding")


@pytest.mark.parametrize(
    ("role", "queue", "page"),
    [
        ("owner", 403, 403),
        ("lead", 403, 403),
        ("board member", 403, 403),
        ("reviewer", 403, 403),
        ("administrator", 200, 200),
        ("nobody", 403, 403),
    ],
)
def test_nobody_else_decides(as_: As, waiting: ProgressUpdate, role: str, queue: int, page: int) -> None:
    client = as_(role)
    assert client.get("/workspace/review/").status_code == queue
    assert decide(client, waiting, "accept").status_code == page
    waiting.refresh_from_db()
    assert (waiting.state == "accepted") == (page == 200)


def test_a_coordinator_elsewhere_finds_nothing(client: Client, waiting: ProgressUpdate) -> None:
    stranger = make.make_person()
    make.make_membership("coordinator", person=stranger)
    enter(client, stranger)
    assert "No report waits for you." in plain(client.get("/workspace/review/"))
    assert decide(client, waiting, "accept").status_code == 404


def test_a_draft_is_for_those_who_write_it(as_: As, place: Place) -> None:
    draft = report(place.action, TODAY, hand_in=False)
    assert as_("coordinator").get(address(draft)).status_code == 404


@pytest.mark.parametrize("size", [1, 40])
def test_queries(as_: As, place: Place, size: int, django_assert_num_queries: Any) -> None:
    for _ in range(size):
        report(make.make_action(plan=place.action.plan), TODAY, by=place.people["owner"])
    client = as_("coordinator")
    with django_assert_num_queries(5):
        client.get("/workspace/review/")


def test_the_one_that_waits_longest_comes_first_and_says_since_when(as_: As, place: Place) -> None:
    late = report(make.make_action(plan=place.action.plan, text="Late"), date(2026, 10, 20))
    early = report(make.make_action(plan=place.action.plan, text="Early"), date(2026, 10, 22))
    ProgressUpdate.objects.filter(pk=early.pk).update(submitted_at=make.noon(date(2026, 10, 19)))
    page = plain(as_("coordinator").get("/workspace/review/"))
    assert page.index("Early") < page.index("Late")
    assert "Waits since 19 October 2026. Reported on 22 October 2026" in page
    assert "Waits since 20 October 2026." in page
    assert late.pk < early.pk


class TestEvidence:
    def test_what_came_with_it_or_since_has_its_link(self, as_: As, place: Place, waiting: ProgressUpdate) -> None:
        for title, day in (("Old minutes", date(2026, 9, 1)), ("Rota", TODAY)):
            make.make_document(subject=place.action, title=title, url="https://example.org/" + title.split()[0],
                               uploaded_at=make.noon(day))  # fmt: skip
        answer = as_("coordinator").get(address(waiting))
        page = plain(answer)
        assert "Evidence added with this report or since Rota (link to another website)" in page
        assert "Old minutes" not in page
        assert 'href="https://example.org/Rota"' in answer.content.decode()
        assert f'href="/workspace/actions/{place.action.pk}/#documents"' in answer.content.decode()

    def test_where_there_is_none(self, as_: As, waiting: ProgressUpdate) -> None:
        assert "Evidence added with this report or since None yet." in plain(as_("coordinator").get(address(waiting)))


class TestSeveralAtOnce:
    ADDRESS = "/workspace/review/accept/"

    @pytest.fixture
    def three(self, place: Place) -> list[ProgressUpdate]:
        texts = ("One", "Two", "Three")
        return [report(make.make_action(plan=place.action.plan, text=each), TODAY, public_text=each) for each in texts]

    def test_the_ticked_ones_count(self, as_: As, three: list[ProgressUpdate]) -> None:
        client = as_("coordinator")
        page = client.get("/workspace/review/").content.decode()
        ticks = [f"{each.pk}-{each.version}" for each in three]
        assert all(f'value="{tick}"' in page for tick in ticks)
        told = plain(client.post(self.ADDRESS, {"report": ticks[:2]}, follow=True))
        assert "2 reports accepted: what they say is public now." in told
        assert "1 report waits for you." in told
        assert list(ProgressUpdate.objects.order_by("pk").values_list("state", flat=True)) == [
            "accepted", "accepted", "submitted",
        ]  # fmt: skip
        assert Change.objects.filter(verb="accepted").count() == 2

    def test_one_that_was_changed_since_stays_and_says_so(self, as_: As, three: list[ProgressUpdate]) -> None:
        ticks = [f"{each.pk}-{each.version}" for each in three]
        report(three[0].action, TODAY, public_text="Changed unseen")
        told = plain(as_("coordinator").post(self.ADDRESS, {"report": ticks}, follow=True))
        assert "“One”: This report was changed since you opened it. Read it again before you accept it." in told
        assert "2 reports accepted" in told
        three[0].refresh_from_db()
        assert three[0].state == "submitted"

    def test_ones_own_is_left_to_another(self, as_: As, place: Place, three: list[ProgressUpdate]) -> None:
        make.make_membership("coordinator", partnership=place.partnership, person=make.make_person(name="Sam"))
        own = report(place.action, TODAY, by=place.people["coordinator"], public_text="Mine")
        ticks = [f"{each.pk}-{each.version}" for each in (own, three[0])]
        told = plain(as_("coordinator").post(self.ADDRESS, {"report": ticks}, follow=True))
        assert "You wrote this report, so another coordinator accepts it: Sam." in told
        assert "1 report accepted" in told

    def test_twice(self, as_: As, three: list[ProgressUpdate]) -> None:
        client, tick = as_("coordinator"), f"{three[0].pk}-{three[0].version}"
        client.post(self.ADDRESS, {"report": tick})
        told = plain(client.post(self.ADDRESS, {"report": tick}, follow=True))
        assert "Only an update that waits for acceptance can be accepted." in told

    def test_none_or_nonsense_is_ticked(self, as_: As, three: list[ProgressUpdate]) -> None:
        client = as_("coordinator")
        assert "Tick the reports that you accept." in plain(client.post(self.ADDRESS, follow=True))
        client.post(self.ADDRESS, {"report": ["x", "-", "1-x", "9" * 99, f"{three[0].pk}"]})
        assert not ProgressUpdate.objects.accepted().exists()

    def test_not_those_of_others(self, as_: As, three: list[ProgressUpdate], client: Client) -> None:
        ticks = [f"{each.pk}-{each.version}" for each in three]
        assert as_("owner").post(self.ADDRESS, {"report": ticks}).status_code == 403
        enter(client, make.make_membership("coordinator").person)
        client.post(self.ADDRESS, {"report": ticks})
        assert not ProgressUpdate.objects.accepted().exists()
