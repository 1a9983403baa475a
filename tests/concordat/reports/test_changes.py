"""The change log by examples: what happened, what was entered late, and what was recorded of one partnership."""

from datetime import date
from typing import Any

import pytest

from actionplans.services.updates import accept_update, move_date
from actionplans.timescale import Kind, TimePrecision, Timescale
from concordat.reports import changes
from concordat.reports.questions import Question
from signatories.services.declarations import publish_declaration, withdraw_declaration
from tests import factories as make
from tests.concordat.reports.conftest import TODAY

pytestmark = pytest.mark.django_db
SINCE, ON = date(2026, 8, 1), TODAY


class Country:
    """Kent, with a partnership and a plan in force; everything is recorded on the day of the tests."""

    def __init__(self) -> None:
        self.programme = make.make_programme()
        self.kent = make.make_area(name="Kent")
        self.partnership = make.make_partnership(name="Kent and Medway", areas=[self.kent])
        self.declaration = make.make_declaration(partnership=self.partnership, areas=[self.kent], title="Ours")
        self.plan = make.make_plan(partnership=self.partnership, areas=[self.kent], title="The plan")
        version = make.make_version(plan=self.plan, published_on=date(2026, 1, 5), label="First")
        self.action = make.make_action(plan=self.plan, text="Open a café", due_on=date(2026, 9, 30))
        make.make_in_version(version=version, action=self.action, reference="1.1")

    def reported(self, on: date, status: str = "in_progress") -> None:
        update = make.make_update(
            action=self.action, reported_on=on, status=status, state="submitted", public_text="It goes on."
        )
        accept_update(update, by="test")


@pytest.fixture
def country() -> Country:
    return Country()


def told(table: str = "happened", on: date = ON, **asked: Any) -> list[tuple[Any, ...]]:
    rows = changes.answer(Question(on, SINCE, **asked)).table(table).dicts
    return [(row["on"], row["subject"], row["name"], row["what"], row["why"]) for row in rows]


def test_a_declaration_turns_its_area(country: Country) -> None:
    publish_declaration(country.declaration, on=date(2026, 9, 1), by="test")
    withdraw_declaration(country.declaration, on=date(2026, 10, 1), reason="No money", by="test")
    assert told() == [
        (date(2026, 9, 1), "area", "Kent", "From red to green in signing up", "Action plan published"),
        (date(2026, 9, 1), "declaration", "Ours", "Published", None),
        (
            date(2026, 10, 1),
            "area",
            "Kent",
            "From green to red in signing up",
            "The declaration was withdrawn on 1 October 2026",
        ),
        (date(2026, 10, 1), "declaration", "Ours", "Withdrawn", "No money"),
    ]
    assert told(on=date(2026, 9, 30)) == told()[:2]


def test_reports_are_told_where_the_state_changed(country: Country) -> None:
    country.reported(date(2026, 8, 10))
    country.reported(date(2026, 8, 20))
    country.reported(date(2026, 8, 30), "completed")
    assert [(on, what) for on, _, _, what, _ in told()] == [
        (date(2026, 8, 10), "Reported: In progress"),
        (date(2026, 8, 30), "Reported: Completed"),
    ]
    assert {(name, why) for _, _, name, _, why in told()} == {("1.1 Open a café", "It goes on.")}


def test_a_moved_date_is_told_with_its_reason(country: Country) -> None:
    to = Timescale(kind=Kind.DATE, end=date(2027, 4, 30), precision=TimePrecision.DAY)
    move_date(country.action, to=to, decided_on=date(2026, 9, 9), reason="Funding came late", by="test")
    what = "Due day moved from 30 September 2026 to 30 April 2027"
    assert told() == [(date(2026, 9, 9), "action", "1.1 Open a café", what, "Funding came late")]


def test_what_had_happened_before_and_is_entered_only_now_stands_apart(country: Country) -> None:
    publish_declaration(country.declaration, on=date(2026, 7, 1), by="test")
    country.reported(date(2026, 7, 2))
    assert told() == []
    assert [(on, what) for on, _, _, what, _ in told("late")] == [
        (date(2026, 7, 1), "Published"),
        (date(2026, 7, 2), "Reported: In progress"),
    ]
    late = changes.answer(Question(ON, SINCE)).table("late").dicts
    assert {row["recorded_on"] for row in late} == {TODAY}
    assert told("late", on=date(2026, 10, 1)) == []  # it was not recorded by then
    assert changes.answer(Question(ON, SINCE)).summary[0].endswith("; 2 earlier ones were recorded only then.")


def test_what_happened_in_these_days_and_was_recorded_after_them_is_not_said_to_be_in_time(country: Country) -> None:
    publish_declaration(country.declaration, on=date(2026, 9, 1), by="test")
    answer = changes.answer(Question(date(2026, 10, 1), SINCE))
    assert [row["recorded_on"] for row in answer.table("happened").dicts if row["subject"] == "declaration"] == [TODAY]
    [sentence] = answer.summary
    assert sentence.endswith("; of what had happened before, nothing was recorded only then.")


def test_what_is_not_public_is_not_told(country: Country) -> None:
    draft = make.make_declaration(partnership=country.partnership, areas=[country.kent], state="submitted")
    make.make_signature(declaration=draft, signed_on=date(2026, 9, 1))
    make.make_update(action=country.action, reported_on=date(2026, 9, 1), state="submitted")
    unpublished = make.make_action(plan=country.plan)
    make.make_update(action=unpublished, reported_on=date(2026, 9, 1))
    assert told() == told("late") == []


def test_people_and_areas_that_come_and_go(country: Country) -> None:
    make.make_member(partnership=country.partnership, name_as_written="Kent Police", from_on=date(2026, 9, 1))
    medway = make.make_area(name="Medway")
    make.cover(country.partnership, medway, from_on=date(2026, 8, 2), until_on=date(2026, 9, 2), part="The north")
    make.make_oversight(partnership=country.partnership, board=make.make_board(name="HWB"), from_on=date(2026, 9, 3))
    assert [what for *_, what, _ in told()] == [
        "Began to work for Medway (The north)",
        "Kent Police began to take part",
        "No longer works for Medway (The north)",
        "HWB began to oversee it",
    ]


def test_it_is_narrowed(country: Country) -> None:
    publish_declaration(country.declaration, on=date(2026, 9, 1), by="test")
    country.reported(date(2026, 9, 2))
    theme, body = make.make_theme(), make.make_organisation()
    assert told(region="London") == told(theme=theme) == told(organisation=body) == []
    assert len(told(region="East of England")) == 3
    country.action.themes.add(theme)
    make.make_lead(action=country.action, organisation=body)
    assert told(theme=theme) == told(organisation=body) == told()[2:]
    assert [subject for _, subject, *_ in told(partnership=country.partnership)] == ["declaration", "action"]


@pytest.mark.parametrize(
    ("region", "rows"), [("London", 1), ("North West", 2), ("", 2), ("South East", 0)], ids=lambda each: str(each)
)
def test_what_became_of_an_area_is_told_in_its_region(country: Country, region: str, rows: int) -> None:
    """In that of the old area and in that of the new one."""
    old = make.make_area(name="Cumbria", region="North West", until_on=date(2026, 9, 1))
    for name, place in (("Cumberland", "North West"), ("Furness", "London")):
        new = make.make_area(name=name, region=place, from_on=date(2026, 9, 1))
        make.make_succession(predecessor=old, successor=new, on=date(2026, 9, 1), part=name)
    found = [what for *_, what, _ in told(region=region) if what.startswith("Became")]
    assert len(found) == rows
    assert set(found) <= {f"Became {name}, or a part of it" for name in ("Cumberland", "Furness")}
    assert told(partnership=country.partnership) == []


def test_a_partnership_in_another_region_with_the_same_name_is_another(country: Country) -> None:
    other = make.make_partnership(name=country.partnership.name, areas=[make.make_area(region="London")])
    publish_declaration(country.declaration, on=date(2026, 9, 1), by="test")
    country.reported(date(2026, 9, 2))
    make.make_member(partnership=other, name_as_written="The Met", from_on=date(2026, 9, 1))
    assert [what for *_, what, _ in told(region="London")] == ["The Met began to take part"]
    assert [what for *_, what, _ in told(region="East of England")][-2:] == ["Published", "Reported: In progress"]


@pytest.mark.parametrize(
    ("days", "is_told"),
    [
        ({"until_on": SINCE}, False),
        ({"until_on": date(2026, 8, 2)}, True),
        ({"from_on": ON, "until_on": None}, True),
        ({"from_on": date(2026, 11, 30), "until_on": None}, False),
    ],
)
def test_a_partnership_is_of_the_regions_in_which_it_worked_in_these_days(
    country: Country, days: dict[str, Any], is_told: bool
) -> None:
    make.cover(country.partnership, make.make_area(name="Bexley", region="London"), **days)
    country.reported(date(2026, 9, 2))
    assert ("Reported: In progress" in [what for *_, what, _ in told(region="London")]) is is_told


def test_of_one_partnership_what_was_recorded_is_told_without_drafts_of_reports(country: Country) -> None:
    publish_declaration(country.declaration, on=date(2026, 9, 1), by="test")
    country.reported(date(2026, 9, 2))
    make.make_change(
        subject_type="actionplans.progressupdate", subject_id=country.action.updates.get().pk, verb="drafted"
    )
    make.make_change(subject_type="signatories.partnership", subject_id=make.make_partnership().pk)
    table = changes.answer(Question(ON, SINCE, partnership=country.partnership)).table("recorded")
    rows = [(row["recorded_on"], row["noun"], row["name"], row["what"], row["by"]) for row in table.dicts]
    assert rows == [
        (TODAY, "Declaration", "Ours", "published", "command test"),
        (TODAY, "Progress update", "Open a café", "accepted", "command test"),
    ]
    assert "published on" in str(next(iter(table.dicts))["fields"])
    with pytest.raises(KeyError):
        changes.answer(Question(ON, SINCE)).table("recorded")
