"""The pages of “You said / We will”: public at once, for coordinators to edit."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from actionplans.models import Commitment, Promise
from concordat.kernel.dates import today
from tests import factories as make
from tests.admin_pages import edit, signed_in
from tests.concordat.workspace.conftest import Place
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
# A public page is kept until a transaction that changes facts ends (docs/adr/0008-pages-by-revision.md).
AS_IT_IS_SAVED = pytest.mark.django_db(transaction=True)


@pytest.fixture
def commitment(place: Place) -> Commitment:
    return make.make_commitment(partnership=place.partnership, you_said="Listen to us")


def address(place: Place) -> str:
    return f"/workspace/partnerships/{place.partnership.slug}/commitments/"


def public(place: Place) -> str:
    return plain(Client().get(place.partnership.get_absolute_url()))


@AS_IT_IS_SAVED
def test_from_what_people_said_to_the_answer(as_: As, place: Place) -> None:
    client = as_("coordinator")
    data = {"you_said": "Open a café", "version": 1, "made_on_0": "1", "made_on_1": "3", "made_on_2": "2026"}
    page = client.post(f"{address(place)}new/", data, follow=True)
    assert "Now add what the partnership will do." in plain(page)
    assert "Open a café" in public(place)
    answer = {"we_will": "We will open one", "actions": [place.action.pk], "version": 1, "timescale_text": "next year"}
    page = plain(client.post(page.redirect_chain[-1][0], answer, follow=True))
    assert "Kept by 1 action." in page
    assert "When: next year ." in page
    assert "We will open one" in public(place)
    assert Promise.objects.get().timescale_kind == "none"


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"you_said": ""}, "Write what people said."),
        ({"you_said": "Listen to us"}, "The partnership has a commitment in these words already."),
        ({"made_on_0": "1", "made_on_1": "1", "made_on_2": "2030"}, "The day cannot be in the future."),
    ],
    ids=str,
)
def test_bad_input(as_: As, place: Place, commitment: Commitment, differs: dict[str, str], sentence: str) -> None:
    data = {"you_said": "Open a café", "source": "Typed words", "version": 1} | differs
    answer = as_("coordinator").post(f"{address(place)}new/", data)
    assert answer.status_code == 400
    assert sentence in plain(answer)
    assert "Typed words" in answer.content.decode()
    assert Commitment.objects.count() == 1


def test_the_second_of_two_sees_both(as_: As, commitment: Commitment) -> None:
    client, there = as_("coordinator"), f"/workspace/commitments/{commitment.pk}/"
    assert "It is saved" in plain(client.post(there, {"you_said": "Hers", "version": 1}, follow=True))
    answer = client.post(there, {"you_said": "His", "version": 1})
    assert answer.status_code == 409
    assert "You said Hers His" in plain(answer)
    commitment.refresh_from_db()
    assert commitment.you_said == "Hers"


def test_a_promise_keeps_how_its_time_was_understood(as_: As, commitment: Commitment) -> None:
    promise = make.make_promise(
        commitment=commitment, we_will="Open one", timescale_text="every six months", timescale_kind="recurring",
        review_every_months=6,
    )  # fmt: skip
    there = f"/workspace/promises/{promise.pk}/"
    same = {"we_will": "Open two", "timescale_text": "every six months", "version": 1, "is_hope": "on"}
    assert "It is saved" in plain(as_("coordinator").post(there, same, follow=True))
    promise.refresh_from_db()
    assert (promise.we_will, promise.is_hope, promise.review_every_months) == ("Open two", True, 6)
    due = {"due_on_0": "30", "due_on_1": "6", "due_on_2": "2027", "precision": "month", "version": 2}
    as_("coordinator").post(there, same | due)
    promise.refresh_from_db()
    assert (str(promise.due_on), promise.timescale_kind, promise.review_every_months) == ("2027-06-30", "month", None)


@AS_IT_IS_SAVED
def test_ended_it_leaves_the_public_page(as_: As, place: Place, commitment: Commitment) -> None:
    assert "Listen to us" in public(place)
    there = f"/workspace/commitments/{commitment.pk}/end/"
    assert "Say why it is no longer made." in plain(as_("coordinator").post(there, {"version": 1}))
    data = {"reason": "It was asked of somebody else", "version": 1}
    page = plain(as_("coordinator").post(there, data, follow=True))
    assert "Pages of earlier days still show it." in page
    assert "Since 2 November 2026: It was asked of somebody else" in page
    assert "Listen to us" not in public(place)
    before = Client().get(place.partnership.get_absolute_url(), {"on": "2026-11-01"})
    assert "Listen to us" in plain(before)


def test_put_in_order(as_: As, place: Place, commitment: Commitment) -> None:
    other = make.make_commitment(partnership=place.partnership, you_said="Open a café")
    client = as_("coordinator")
    page = plain(client.post(address(place), {"up": other.pk}, follow=True))
    assert page.index("Open a café") < page.index("Listen to us")
    one, two = (make.make_promise(commitment=other, we_will=words) for words in ("First", "Second"))
    page = plain(client.post(address(place), {"promise-down": one.pk}, follow=True))
    assert page.index(two.we_will) < page.index(one.we_will)
    assert "It is the first already." in plain(client.post(address(place), {"up": other.pk}, follow=True))


def test_a_reader_sees_them_without_ways_to_change_them(as_: As, place: Place, commitment: Commitment) -> None:
    page = plain(as_("board member").get(address(place)))
    assert "Listen to us" in page
    assert "Add an answer" not in page
    assert as_("board member").post(address(place), {"up": commitment.pk}).status_code == 403


def test_an_edit_in_the_administration_is_an_edit(place: Place, commitment: Commitment) -> None:
    browser = signed_in(place.people["administrator"])
    assert edit(browser, commitment, you_said="Hear us") is None
    commitment.refresh_from_db()
    assert (commitment.you_said, commitment.version) == ("Hear us", 2)


@pytest.mark.parametrize("size", [10, 500])
def test_queries(as_: As, place: Place, size: int, django_assert_num_queries: Any) -> None:
    for _ in range(size):
        promise = make.make_promise(commitment=make.make_commitment(partnership=place.partnership))
        promise.actions.add(place.action)
    client = as_("coordinator")
    with django_assert_num_queries(7):
        client.get(address(place))


def test_today_is_offered_as_the_day(as_: As, place: Place) -> None:
    page = as_("coordinator").get(f"{address(place)}new/").content.decode()
    assert f'value="{today().year}"' in page
