"""The words of the made-up country fit its models."""

import pytest
from django.utils.text import slugify

from actionplans.states import ActionState
from concordat.demo.wording import LEADS, OUTCOMES, THEMES, TOLD, YOU_SAID, items, listed, theme_of
from concordat.history.reading import facts

THEMES_THERE_ARE = {slugify(theme["name"]) for theme in facts("national")["themes"]}


def test_every_line_has_a_section_and_a_lead_that_is_known() -> None:
    assert len(items()) == 25
    assert {item.section for item in items()} == set(OUTCOMES)
    assert {item.lead for item in items()} == set(LEADS)


def test_every_theme_is_one_of_the_programme() -> None:
    used = {*THEMES.values(), *(theme for _, theme in YOU_SAID), *(theme_of(item.text) for item in items())}
    assert used <= THEMES_THERE_ARE
    assert len({theme_of(item.text) for item in items()}) > 6


def test_there_is_something_to_tell_in_every_state() -> None:
    assert set(TOLD) == set(ActionState.values)


def test_references_and_texts_differ_however_often_the_list_comes_round() -> None:
    told = [item.in_round(number) for number in range(12) for item in items()]
    assert len({reference for reference, _ in told}) == len(told)
    assert len({text for _, text in told}) == len(told)


@pytest.mark.parametrize(
    ("names", "told"),
    [(["Kent"], "Kent"), (["Kent", "Medway"], "Kent and Medway"), (["A", "B", "C"], "A and neighbours")],
)
def test_areas_are_listed_in_few_words(names: list[str], told: str) -> None:
    assert listed(names) == told
