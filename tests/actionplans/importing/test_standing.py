"""How an action stands by its words, where these leave open whether it was begun."""

import pytest

from tests.actionplans.importing.understood import CAFE, HEAD, asked, lines, understood


@pytest.mark.parametrize(
    ("heading", "written"),
    [
        ("Status", "Open"),
        ("Status", "OPEN."),
        ("Status", "Still open"),
        ("Status", "Open/overdue"),
        ("Status", "Overdue"),
        ("Status", "Overdue by 3 months"),
        ("Priority & status", "H / open"),
        ("Priority & status", "Medium – overdue"),
    ],
)
def test_open_and_overdue_do_not_say_whether_it_was_begun(heading: str, written: str) -> None:
    found = understood((*HEAD, heading), (*CAFE, written))
    assert [(one.status, one.confidence) for one in lines(found)] == [(None, None)]
    (question,) = [each for each in found.questions if each.kind == "status"]
    assert {"not_started", "in_progress"} <= {choice.value for choice in question.choices}
    answered = understood((*HEAD, heading), (*CAFE, written), answers={question.key: "not_started"})
    assert [one.status for one in lines(answered)] == ["not_started"]


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("Open – not started", "not_started"),
        ("Open (in progress)", "in_progress"),
        ("Overdue but underway", "in_progress"),
        ("Overdue; completed 3 May 2016", "completed"),
        ("In progress, overdue", "in_progress"),
    ],
)
def test_what_stands_beside_open_or_overdue_says_it(written: str, status: str) -> None:
    found = understood((*HEAD, "Status"), (*CAFE, written))
    assert [one.status for one in lines(found)] == [status]
    assert asked(found, "status") == []


def test_of_a_colour_overdue_means_off_track_as_in_the_keys_that_plans_use() -> None:
    key = ("Key: White - not started; Amber - underway; Green - completed; Red - overdue", "", "", "", "")
    found = understood(key, (*HEAD, "RAG"), (*CAFE, "Red"))
    assert [(one.status, one.confidence) for one in lines(found)] == [("in_progress", "off_track")]
