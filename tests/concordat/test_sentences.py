"""Facts as sentences: what a person reads for each."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.progress import Tally, Thresholds
from actionplans.states import ActionState, Delivery
from concordat import sentences
from concordat.national import SignUp, SignUpStatus
from concordat.sentences import PromiseState, absent_types, in_order, promise_state

DAY = date(2015, 4, 10)
GREEN, AMBER, RED, GREY = SignUpStatus.GREEN, SignUpStatus.AMBER, SignUpStatus.RED, SignUpStatus.GREY
DONE, STARTED, PAUSED = ActionState.COMPLETED, ActionState.IN_PROGRESS, ActionState.PAUSED
WAITING, DROPPED, MERGED = ActionState.NOT_STARTED, ActionState.NOT_GOING_AHEAD, ActionState.MERGED


@pytest.mark.parametrize(
    ("day", "precision", "words"),
    [(DAY, "day", "on 10 April 2015"), (DAY, "by", "by 10 April 2015"), (None, "", "on a day that is not recorded")],
)
def test_a_day_as_exactly_as_it_is_known(day: date | None, precision: str, words: str) -> None:
    assert sentences.dated(day, precision) == words


@pytest.mark.parametrize(
    ("names", "row"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_in_a_row(names: list[str], row: str) -> None:
    assert sentences.listed(names) == row


@pytest.mark.parametrize(
    ("status", "reason", "sentence"),
    [
        (GREEN, "Action plan published", "an action plan is published."),
        (AMBER, "Declaration made", "a declaration is made. No action plan is recorded yet."),
        (RED, "No declaration recorded", "no declaration is recorded."),
        (AMBER, "2 of 3 plans published", "2 of 3 plans published."),
        (
            AMBER,
            "Declaration made, inherited from Cumbria until 1 April 2024",
            "a declaration is made. No action plan is recorded yet. It is inherited from Cumbria until 1 April 2024.",
        ),
        (RED, "The declaration was withdrawn on 1 May 2015", "the declaration was withdrawn on 1 May 2015."),
        (GREY, "This area does not exist on this day", "this area does not exist on this day."),
    ],
)
def test_the_sign_up_status_with_its_reason(status: SignUpStatus, reason: str, sentence: str) -> None:
    assert sentences.sign_up_reason(SignUp(status, reason)) == sentence


@pytest.mark.parametrize(
    ("precision", "sentence"),
    [
        ("day", "It was published on 10 April 2015."),
        ("by", "It was published by 10 April 2015; the exact day is not recorded."),
    ],
)
def test_since_when_a_document_is_public(precision: str, sentence: str) -> None:
    assert sentences.published_sentence(DAY, precision) == sentence


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        (
            Tally(total=44, completed=31, overdue=5),
            "31 of 44 actions are done, 5 are overdue.",
        ),
        (
            Tally(total=3, completed=1, business_as_usual=1, overdue=1, not_going_ahead=1),
            "2 of 3 actions are done, 1 is overdue. 1 is not going ahead.",
        ),
        (
            Tally(total=19, completed=15, merged=4),
            "15 of 19 actions are done, none is overdue. 4 more were merged into others.",
        ),
        (Tally(total=1, completed=1), "1 of 1 action is done, none is overdue."),
        (Tally(merged=2), "all its actions were merged into others."),
        (Tally(), "nobody can say here whether the plan is carried out."),
    ],
)
def test_delivery_with_its_numbers(numbers: Tally, sentence: str) -> None:
    assert sentences.numbers_in_words(numbers) == sentence


def test_when_a_plan_was_last_heard_of() -> None:
    heard = sentences.last_update_sentence(Tally(last_update=date(2026, 5, 12)))
    assert heard == "The last update was on 12 May 2026."
    assert sentences.last_update_sentence(Tally()) == "No update is recorded."


@pytest.mark.parametrize("delivery", Delivery)
def test_every_delivery_status_has_its_reason(delivery: Delivery) -> None:
    assert sentences.delivery_reason(delivery, Thresholds()).endswith(".")


def test_reasons_name_the_programmes_own_thresholds() -> None:
    own = Thresholds(stale_after_months=9, must_do_overdue_days=30, off_track_percent=40)
    assert "40 in 100" in sentences.delivery_reason(Delivery.OFF_TRACK, own)
    assert "30 days late" in sentences.delivery_reason(Delivery.OFF_TRACK, own)
    assert "9 months" in sentences.delivery_reason(Delivery.NO_RECENT_UPDATE, own)


@pytest.mark.parametrize(
    ("claimed", "recorded", "sentence"),
    [
        (22, 1, "The declaration says it has 22 signatories; 1 is recorded here."),
        (22, 0, "The declaration says it has 22 signatories; none is recorded here."),
        (1, 1, "The declaration says it has 1 signatory; 1 is recorded here."),
        (None, 1, "1 signature is recorded here."),
        (None, 8, "8 signatures are recorded here."),
    ],
)
def test_how_many_signed(claimed: int | None, recorded: int, sentence: str) -> None:
    assert sentences.signatories_sentence(claimed, recorded) == sentence


@pytest.mark.parametrize(
    ("claimed", "recorded", "absent"),
    [(None, 0, []), (22, 1, []), (None, 1, ["police"]), (1, 1, ["police"]), (8, 9, ["police"])],
)
def test_nobody_is_called_missing_where_not_all_signatures_are_recorded(
    claimed: int | None, recorded: int, absent: list[str]
) -> None:
    assert absent_types(["police", "acute_trust"], {"acute_trust"}, claimed, recorded) == absent


@pytest.mark.parametrize(
    ("states", "became"),
    [
        ([], PromiseState.PROMISED),
        ([WAITING], PromiseState.PROMISED),
        ([MERGED], PromiseState.PROMISED),
        ([WAITING, STARTED], PromiseState.UNDER_WAY),
        ([PAUSED], PromiseState.UNDER_WAY),
        ([DONE, WAITING], PromiseState.UNDER_WAY),
        ([DROPPED, WAITING], PromiseState.PROMISED),
        ([DONE, MERGED], PromiseState.DONE),
        ([DONE, DROPPED], PromiseState.DONE),
        ([ActionState.BUSINESS_AS_USUAL], PromiseState.DONE),
        ([DROPPED, DROPPED, MERGED], PromiseState.NOT_HAPPENING),
    ],
)
def test_what_became_of_a_promise(states: list[ActionState], became: PromiseState) -> None:
    assert promise_state(states) == became


@given(st.lists(st.sampled_from(ActionState)))
def test_the_order_of_its_actions_never_changes_a_promise(states: list[ActionState]) -> None:
    assert promise_state(states) == promise_state(list(reversed(states)))


def test_plans_that_are_shared_or_awaited() -> None:
    assert sentences.shared_sentence(0) == ""
    assert sentences.shared_sentence(1) == "Shared with 1 other area."
    assert sentences.shared_sentence(9) == "Shared with 9 other areas."
    assert sentences.awaited_sentence([]) == ""
    assert sentences.awaited_sentence(["Leeds"]) == (
        "The declaration expects a plan called “Leeds”. It is not recorded yet."
    )
    assert sentences.awaited_sentence(["North", "South"]) == (
        "The declaration expects 2 plans that are not recorded yet: “North” and “South”."
    )


def test_names_in_the_order_of_their_numbers() -> None:
    names = ["Group 10", "group 2", "Group 1", "Area 3", "Group 1b", "Group", "2nd Group", "Group " + "9" * 5000]
    assert sorted(names, key=in_order)[:7] == [
        "2nd Group", "Area 3", "Group", "Group 1", "Group 1b", "group 2", "Group 10",
    ]  # fmt: skip
