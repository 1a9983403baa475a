"""Freezing the paper of a meeting from its page."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from concordat.reports.models import FrozenReport
from signatories.models import BoardMeeting
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


@pytest.fixture
def meeting(place: Place) -> BoardMeeting:
    return make.make_meeting(partnership=place.partnership, held_on=date(2026, 12, 2))


def page(meeting: BoardMeeting) -> str:
    return f"/workspace/meetings/{meeting.pk}/"


def freeze(client: Client, place: Place, meeting: BoardMeeting, seen: Any = "0") -> str:
    """Send the form as it stands on the page; gives the page that comes after it."""
    data = {"partnership": place.partnership.slug, "seen": seen}
    return plain(client.post(f"{page(meeting)}freeze/", data, follow=True))


def test_a_coordinator_freezes_it(as_: As, place: Place, meeting: BoardMeeting) -> None:
    client = as_("coordinator")
    before = plain(client.get(page(meeting)))
    assert "No paper is frozen yet." in before
    assert "Freeze the board paper" in before
    after = freeze(client, place, meeting)
    assert "The paper is frozen as at 2 November 2026. It never changes." in after
    assert "Board paper as at 2 November 2026 , frozen on 2 November 2026 at 12:00 by Jo coordinator" in after
    assert "Freeze a further paper" in after
    frozen = FrozenReport.objects.get()
    assert (frozen.meeting, frozen.partnership, frozen.as_at) == (meeting, place.partnership, TODAY)
    assert frozen.frozen_by == place.people["coordinator"]


def test_sent_twice_it_is_frozen_once(as_: As, place: Place, meeting: BoardMeeting) -> None:
    client = as_("coordinator")
    freeze(client, place, meeting)
    again = freeze(client, place, meeting)
    assert "The paper was frozen already, on 2 November 2026 at 12:00 by Jo coordinator." in again
    assert FrozenReport.objects.count() == 1


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "²"])
def test_a_number_that_makes_no_sense(as_: As, place: Place, meeting: BoardMeeting, seen: str) -> None:
    assert "The paper is frozen" in freeze(as_("coordinator"), place, meeting, seen)
    assert FrozenReport.objects.get().number == 1


def test_a_further_paper_is_listed_beside_the_first(as_: As, place: Place, meeting: BoardMeeting) -> None:
    client = as_("coordinator")
    freeze(client, place, meeting)
    make.make_update(action=place.action, reported_on=TODAY)
    after = freeze(client, place, meeting, 1)
    assert "(the one that counts)" in after
    assert "(replaced)" in after
    assert list(FrozenReport.objects.values_list("number", flat=True)) == [1, 2]


def test_a_board_member_reads_it_and_freezes_nothing(as_: As, place: Place, meeting: BoardMeeting) -> None:
    client = as_("board member")
    told = client.get(page(meeting)).text
    assert "the board paper" in told
    assert "No paper is frozen yet." in told
    assert "Freeze" not in told
    answer = client.post(f"{page(meeting)}freeze/", {"partnership": place.partnership.slug, "seen": "0"})
    assert answer.status_code == 403
    assert not FrozenReport.objects.exists()


def test_not_after_the_meeting(as_: As, place: Place) -> None:
    held = make.make_meeting(partnership=place.partnership, held_on=date(2026, 11, 1))
    client = as_("coordinator")
    told = plain(client.get(page(held)))
    assert "No paper was frozen." in told
    assert "Freeze" not in told
    assert "is frozen by the day of the meeting" in freeze(client, place, held)
    assert not FrozenReport.objects.exists()


def test_a_cancelled_meeting_still_lists_what_was_frozen(as_: As, place: Place, meeting: BoardMeeting) -> None:
    client = as_("coordinator")
    freeze(client, place, meeting)
    BoardMeeting.objects.filter(pk=meeting.pk).update(cancelled_on=TODAY, cancelled_reason="Snow")
    told = plain(client.get(page(meeting)))
    assert "Board paper as at 2 November 2026" in told
    assert "Freeze a further paper" not in told


@pytest.mark.parametrize("slug", ["", "nobody"])
def test_of_another_partnership(as_: As, place: Place, meeting: BoardMeeting, slug: str) -> None:
    client = as_("coordinator")
    other = make.make_meeting(partnership=make.make_partnership(), held_on=date(2026, 12, 2))
    assert client.post(f"{page(other)}freeze/", {"partnership": slug}).status_code == 404
    if slug:
        assert client.post(f"{page(meeting)}freeze/", {"partnership": slug}).status_code == 404
    assert not FrozenReport.objects.exists()


def test_it_is_only_sent_to(as_: As, place: Place, meeting: BoardMeeting) -> None:
    assert as_("coordinator").get(f"{page(meeting)}freeze/").status_code == 405


def test_the_history_of_the_meeting_tells_of_it(as_: As, place: Place, meeting: BoardMeeting) -> None:
    client = as_("coordinator")
    freeze(client, place, meeting)
    told = plain(client.get(f"/workspace/history/meetings/{meeting.pk}/"))
    assert f"Frozen: paper {place.partnership}, as at 2 November 2026" in told
    assert "by Jo coordinator" in told
    assert FrozenReport.objects.get().digest not in told
