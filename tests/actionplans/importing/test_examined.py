"""The examined plan files: every row is right or rightly asked, nothing is lost, no day is wrong in silence."""

from collections import Counter
from functools import cache

import pytest

from tests.plan_files.examined import examined
from tests.plan_files.examined.examining import Examination, examine, names_in_public, table, understood

PLANS = {plan.name: plan for plan in examined()}
MOST = 10  # distinct questions about a tidy plan; more than that and a person gives up


@cache
def examination(name: str) -> Examination:
    return examine(PLANS[name])


def test_there_are_many_plans() -> None:
    assert len(PLANS) >= 45
    assert all(len(plan.rows) >= 8 for plan in PLANS.values())


@pytest.mark.parametrize("name", PLANS)
def test_no_row_is_lost_or_wrong(name: str) -> None:
    done = examination(name)
    assert done.wrong == []
    assert sum(done.marks["row"][kind] for kind in ("wrong", "lost", "too many")) == 0


@pytest.mark.parametrize("name", [name for name, plan in PLANS.items() if plan.people])
def test_nobody_is_named_in_public(name: str) -> None:
    assert names_in_public(examination(name)) == []


@pytest.mark.parametrize("name", [name for name, plan in PLANS.items() if plan.clean])
def test_a_tidy_plan_asks_little(name: str) -> None:
    assert len(examination(name).found.questions) <= MOST


@pytest.mark.parametrize("which", [0, -1], ids=["first", "last"])
@pytest.mark.parametrize("name", PLANS)
def test_every_question_takes_its_first_and_its_last_choice(name: str, which: int) -> None:
    asked = examination(name).found.questions
    answers = {question.key: question.choices[which].value for question in asked if question.choices}
    found = understood(PLANS[name], answers)
    assert not {question.key for question in found.questions} & set(answers)
    assert len(found.lines) > 0


def test_the_bar() -> None:
    every = [examination(name) for name in PLANS]
    rows = sum((one.marks["row"] for one in every), Counter())
    questions = Counter(len(one.found.questions) for one in every)
    print(f"\n{table(every)}\nquestions: files {dict(sorted(questions.items()))}")
    assert rows["right"] + rows["asked"] >= 0.95 * sum(rows.values())
