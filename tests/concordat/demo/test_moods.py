"""Every mood leads to its delivery status, however many actions the plan has."""

from datetime import date, timedelta

import pytest

from actionplans.progress import ActionGroup, PlanOnDay, Thresholds, cutoffs, delivery, lateness, tally
from actionplans.states import Delivery
from concordat.demo.moods import FATES, Due, Fate, fate_of
from concordat.demo.stories import Mood

ON = date(2025, 1, 6)  # after Christmas: the fewest working days behind it
PUBLISHED_ON = ON - timedelta(days=700)
THRESHOLDS = Thresholds()
CUT = cutoffs(ON, THRESHOLDS)


def group(fate: Fate, last: int) -> ActionGroup:
    """The action as the rule sees it, due on the first or the last day of what its fate says, reported on lately."""
    window = fate.due.window(ON, PUBLISHED_ON)
    late = lateness(window[last] if window else None, CUT)
    return ActionGroup(fate.state, fate.confidence, late, fate.must_do, last_update=ON - timedelta(days=25))


@pytest.mark.parametrize("last", [0, 1])
@pytest.mark.parametrize("mood", [Mood.DELIVERED, Mood.OFF_TRACK, Mood.SOME_DELAYS, Mood.NOT_STARTED, Mood.ON_TRACK])
def test_a_mood_is_its_status_from_one_action_to_many(mood: Mood, last: int) -> None:
    groups: list[ActionGroup] = []
    for place in range(60):
        groups.append(group(fate_of(mood, place), last))
        plan = PlanOnDay(PUBLISHED_ON, None, tally(groups))
        assert delivery(plan, ON, THRESHOLDS) == Delivery[mood.name], place


@pytest.mark.parametrize("mood", [Mood.DELIVERED_IN_PART, Mood.NO_RECENT_UPDATE])
def test_the_other_moods_leave_something_open(mood: Mood) -> None:
    assert tally([group(FATES[mood][0], 0)]).open == 1


@pytest.mark.parametrize("fates", FATES.values(), ids=lambda fates: str(len(fates)))
def test_nothing_is_merged_into_itself(fates: tuple[Fate, ...]) -> None:
    assert not fates or fates[0].state != "merged"


@pytest.mark.parametrize("due", [due for due in Due if due is not Due.NEVER])
def test_a_window_begins_before_it_ends_and_after_the_publication(due: Due) -> None:
    for days in (300, 700, 1440):
        published_on = ON - timedelta(days=days)
        first, last = due.window(ON, published_on) or (ON, published_on)
        assert published_on < first < last


def test_what_is_never_due_has_no_window() -> None:
    assert Due.NEVER.window(ON, PUBLISHED_ON) is None
