"""Sections and themes by examples: each action once, whatever it is shared by."""

from datetime import date
from typing import Any

import pytest

from concordat.reports import themes
from concordat.reports.questions import Question
from tests import factories as make

pytestmark = pytest.mark.django_db
ON, SINCE, PUBLISHED = date(2026, 6, 1), date(2026, 3, 1), date(2026, 1, 5)


class Country:
    """A plan for Kent and Medway with an action on two themes, and a plan for Rutland that mirrors it."""

    def __init__(self) -> None:
        self.programme = make.make_programme()
        self.access = make.make_section(programme=self.programme, code="A", position=1)
        self.urgent = make.make_section(programme=self.programme, code="B", position=2)
        self.triage, self.young = make.make_theme(name="Street triage"), make.make_theme(name="Young people")
        self.kent, self.rutland = make.make_area(name="Kent"), make.make_area(name="Rutland", region="East Midlands")
        shared = [self.kent, make.make_area(name="Medway")]
        for areas in (shared, [self.rutland]):
            make.make_declaration(areas=areas, published_on=PUBLISHED)
        self.first, self.second = self.plan(*shared), self.plan(self.rutland)
        self.police = make.make_organisation()
        self.action = make.make_action(plan=self.first.plan, lead=self.police)
        self.action.themes.set([self.triage, self.young])
        make.make_in_version(version=self.first, action=self.action, section=self.access)
        make.make_update(action=self.action, reported_on=date(2026, 2, 1), status="completed")
        mirror = make.make_action(plan=self.second.plan, mirrors=self.action)
        make.make_in_version(version=self.second, action=mirror, section=self.urgent)
        make.make_in_version(version=self.second)

    def plan(self, *areas: Any) -> Any:
        return make.make_version(plan=make.make_plan(areas=areas), published_on=PUBLISHED)


@pytest.fixture
def country() -> Country:
    return Country()


def told(table: str, **asked: Any) -> list[tuple[Any, ...]]:
    """What names each row, its actions and how many in 100 are done."""
    found = themes.answer(Question(ON, SINCE, **asked)).table(table)
    names = {"sections": ("title",), "themes": ("theme", "areas"), "areas": ("theme", "name")}[table]
    return [(*(row[name] for name in names), row["total"], row["percent_done"]) for row in found.dicts]


def test_a_mirrored_action_counts_once_in_the_section_of_its_own_plan(country: Country) -> None:
    assert told("sections") == [
        (country.access.title, 1, 100),
        (country.urgent.title, 0, None),
        ("Other actions", 1, 0),
    ]


def test_where_its_own_plan_is_not_asked_about_it_counts_where_it_is_mirrored(country: Country) -> None:
    assert told("sections", region="East Midlands") == [
        (country.access.title, 0, None),
        (country.urgent.title, 1, 100),
        ("Other actions", 1, 0),
    ]


def test_an_action_on_two_themes_counts_for_both_and_a_mirror_has_those_of_the_other(country: Country) -> None:
    assert told("themes") == [("Street triage", 3, 1, 100), ("Young people", 3, 1, 100)]
    assert told("areas", theme=country.triage) == [
        ("Street triage", "Kent", 1, 100),
        ("Street triage", "Rutland", 1, 100),
        ("Street triage", "Medway", 1, 100),
    ]


def test_by_theme_and_by_who_leads_the_sections_hold_those_actions_alone(country: Country) -> None:
    for asked in ({"theme": country.triage}, {"organisation": country.police}):
        assert told("sections", **asked) == [(country.access.title, 1, 100), (country.urgent.title, 0, None)]


def test_it_is_as_at_the_day(country: Country) -> None:
    answer = themes.answer(Question(date(2026, 1, 31), SINCE))
    assert [row["completed"] for row in answer.table("sections").dicts] == [0, 0, 0]
    assert answer.summary == ("On 31 January 2026: 2 actions in the plans of 3 areas, 0 of them done, 0 overdue.",)
    before = themes.answer(Question(date(2026, 1, 4), SINCE))
    assert [row["total"] for row in before.table("sections").dicts] == [0, 0]
    assert before.summary == ("On 4 January 2026: no actions are recorded.",)


def test_areas_without_an_action_are_not_among_those_that_have_some(country: Country) -> None:
    make.make_area(name="Surrey")
    make.make_version(plan=make.make_plan(areas=[make.make_area(name="Devon")]), published_on=PUBLISHED)
    [told] = themes.answer(Question(ON, SINCE)).summary
    assert told == "On 1 June 2026: 2 actions in the plans of 3 of 5 areas, 1 of them done, 0 overdue."
    [told] = themes.answer(Question(ON, SINCE, theme=country.triage, region="East Midlands")).summary
    assert told == "On 1 June 2026: 1 action in the plans of 1 area, 1 of them done, 0 overdue."
