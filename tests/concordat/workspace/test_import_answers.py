"""The questions about a plan file on their page: what is offered, what is taken, what is refused."""

from typing import Any

import pytest

from concordat.workspace.import_answers import NOT_PUBLIC, Asked, answers_in, asked_of, grouped, offer_bodies
from concordat.workspace.import_bodies import Body

MISSING = [["carried", "Carry it on"], ["done", "Done"], ["dropped", "Not going ahead"]]
YES_NO = [["yes", "Yes"], ["no", "No"]]


def question(kind: str = "lead", key: str = "", choices: Any = None, **more: Any) -> dict[str, Any]:
    return {
        "key": key or kind,
        "kind": kind,
        "text": "Well?",
        "choices": YES_NO if choices is None else choices,
        "cells": [],
        **more,
    }


def answered(sent: dict[str, str], *questions: dict[str, Any]) -> tuple[dict[str, str], list[Asked]]:
    asked = asked_of(questions, first=1)
    return answers_in(grouped(asked), sent), asked


def test_questions_stand_under_what_they_are_about_in_their_order() -> None:
    found = grouped(asked_of([question("lead"), question("section"), question("lead", "other"), question("new kind")]))
    assert [(each.heading, len(each.questions)) for each in found] == [
        ("Who leads", 2),
        ("Sections", 1),
        ("Other questions", 1),
    ]


def test_the_same_answer_is_offered_where_all_take_it_and_given_to_those_left_open() -> None:
    three = [question(key="a"), question(key="b"), question(key="c", choices=[["no", "No"], ["?", "Perhaps"]])]
    (group,) = grouped(asked_of(three))
    assert group.common == [("no", "No")]
    found, _ = answered({"all-lead": "no", "q2": "yes"}, *three)
    assert found == {"a": "no", "b": "yes", "c": "no"}
    assert answered({"all-lead": "yes"}, *three)[0] == {}  # not all of them take it


def test_one_question_alone_needs_no_common_answer() -> None:
    assert grouped(asked_of([question()]))[0].common == []


def test_an_answer_that_was_given_before_is_shown_and_not_sent_again() -> None:
    found, (one,) = answered({"q1": "yes"}, question(answer="yes"))
    assert (found, one.chosen) == ({}, "yes")
    assert answered({"q1": "no"}, question(answer="yes"))[0] == {"lead": "no"}


@pytest.mark.parametrize(
    ("written", "day"), [("30 6 2015", "2015-06-30"), ("30/6/2015", "2015-06-30"), ("2015-06-30", "2015-06-30")]
)
def test_a_day_may_be_written(written: str, day: str) -> None:
    assert answered({"q1-text": written}, question("timescale"))[0] == {"timescale": day}


@pytest.mark.parametrize("written", ["31 2 2015", "soon", "2015", "1 2 3 4", "2015-13-01"])
def test_a_day_that_is_none_is_refused_and_stays(written: str) -> None:
    found, (one,) = answered({"q1-text": written}, question("timescale"))
    assert found == {}
    assert one.error == "Write a day, like 30 6 2015."
    assert one.written == written


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ({"q1": "carried"}, "carried"),
        ({"q1": "done"}, "done"),
        ({"q1": "done", "q1-text": "All trained"}, "done:All trained"),
        ({"q1": "dropped", "q1-text": "No money"}, "dropped:No money"),
        ({"q1": "merged", "q1-text": "B1"}, "merged:B1"),
    ],
)
def test_what_became_of_a_missing_action(sent: dict[str, str], answer: str) -> None:
    one = question("missing", choices=MISSING)
    assert answered(sent, one)[0] == {"missing": answer}
    (shown,) = asked_of([{**one, "answer": answer}])
    assert (shown.chosen, shown.written) == (sent["q1"], sent.get("q1-text", ""))


@pytest.mark.parametrize(
    ("kind", "sent", "sentence"),
    [
        ("missing", {"q1": "merged"}, "Write the number of the action that it is part of now."),
        ("missing", {"q1": "dropped", "q1-text": " "}, "Write why it is not going ahead. Anybody can read this."),
        ("missing", {"q1-text": "All trained"}, "Choose one of the answers."),
        ("lead", {"q1": "perhaps"}, "Choose one of the answers."),
        ("rag_key", {"q1-text": "x" * 501}, "Make it 500 characters or fewer."),
    ],
)
def test_what_makes_no_sense_is_told_at_its_question(kind: str, sent: dict[str, str], sentence: str) -> None:
    found, (one,) = answered(sent, question(kind, choices=MISSING if kind == "missing" else None))
    assert found == {}
    assert one.error == sentence


def test_what_can_only_be_carried_on_takes_no_words_and_is_no_part_of_another() -> None:
    (one,) = asked_of([question("missing", choices=MISSING[:1])])
    assert (one.label_of_text, one.choices) == ("", [("carried", "Carry it on")])


def test_words_for_each_are_not_offered_for_all() -> None:
    (group,) = grouped(asked_of([question("missing", key, choices=MISSING) for key in ("a", "b")]))
    assert [value for value, _ in group.common] == ["carried", "done"]


@pytest.mark.parametrize(("is_public", "error"), [(True, NOT_PUBLIC), (False, "")])
def test_what_is_public_becomes_no_part_of_what_is_not(is_public: bool, error: str) -> None:
    gone = [{"key": "missing", "reference": "B1", "is_public": is_public}]
    (one,) = asked_of([question("missing", choices=MISSING)], missing=gone, numbers={"B1": is_public, "N9": False})
    answers_in(grouped([one]), {"q0": "merged", "q0-text": "n9"})
    assert one.error == error


def test_colours_may_be_told_in_words() -> None:
    found, _ = answered({"q1-text": "red=not_started; green=completed"}, question("rag_key"))
    assert found == {"rag_key": "red=not_started; green=completed"}


def test_only_the_first_cells_are_named() -> None:
    (one,) = asked_of([question(cells=[f"Plan!C{number}" for number in range(1, 8)])])
    assert one.places == "Plan!C1, Plan!C2, Plan!C3, Plan!C4, Plan!C5 and 2 more"


@pytest.mark.parametrize("kind", ["timescale", "lead"])
def test_a_question_that_stands_for_many_takes_its_choices_alone(kind: str) -> None:
    """A day, or one organisation, is no answer to all of them."""
    one = question(kind, "all:these", [["keep", "All as written"], ["each", "Ask me about each"]])
    (shown,) = asked_of([one])
    offer_bodies([shown], [Body("police", "The Police", ("the police",), is_member=True)])
    assert (shown.label_of_text, shown.bodies, shown.is_long) == ("", (), False)
    assert answered({"q1": "keep"}, one)[0] == {"all:these": "keep"}
