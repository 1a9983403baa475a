"""Two at the same moment, in threads with connections of their own: one paper is frozen, and both are told of it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from concordat.kernel.models import Change
from concordat.reports.models import FrozenReport
from concordat.reports.services.freezing import NO_MEETING, freeze
from concordat.reports.verification import frozen_reports_say_what_they_said
from signatories.models import BoardMeeting
from signatories.services.meetings import cancel_meeting
from tests.actionplans.test_updates_concurrent import DONE, at_once
from tests.concordat.reports.boards import TODAY, Place, make_place
from tests.factories import noon

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


def freezing(place: Place, seen: int = 0) -> Callable[[], Any]:
    own_copy = BoardMeeting.objects.get(pk=place.meeting.pk)
    return partial(freeze, own_copy, place.partnership, seen=seen, by="test", on=TODAY, now=noon(TODAY))


def test_two_freeze_the_same() -> None:
    for _ in range(ROUNDS):
        place = make_place()
        assert at_once(freezing(place), freezing(place), freezing(place)) == [DONE] * 3
        frozen = FrozenReport.objects.get(meeting=place.meeting)
        assert frozen.number == 1
        assert frozen.lines.count() == frozen.length
        assert Change.objects.about(frozen).count() == 1
    assert list(frozen_reports_say_what_they_said()) == []


def test_one_freezes_and_one_cancels() -> None:
    for _ in range(ROUNDS):
        place = make_place()
        cancel = partial(
            cancel_meeting, BoardMeeting.objects.get(pk=place.meeting.pk), reason="Snow", seen=1, by="test", on=TODAY
        )
        outcomes = at_once(freezing(place), cancel)
        assert outcomes[1] == DONE
        frozen = FrozenReport.objects.filter(meeting=place.meeting).count()
        assert outcomes[0] == (DONE if frozen else f"NotAllowedError: {NO_MEETING}")
        assert BoardMeeting.objects.get(pk=place.meeting.pk).cancelled_on == date(2026, 11, 2)
