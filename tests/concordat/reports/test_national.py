"""The national return by examples: what it tells of an area besides its statuses, and how days are compared."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from actionplans.states import Delivery
from concordat.reports import national
from concordat.reports.questions import Question, question_of
from concordat.reports.returns import national_return
from tests import factories as make

pytestmark = pytest.mark.django_db
ON, SINCE = date(2015, 6, 1), date(2015, 3, 1)
DECLARED, PLANNED = date(2015, 1, 5), date(2015, 4, 10)


class Country:
    """Kent has declared, and published a plan after the earlier day; Rutland has nothing."""

    def __init__(self) -> None:
        self.programme = make.make_programme(core_signatory_types=["police"])
        self.kent, self.rutland = make.make_area(name="Kent"), make.make_area(name="Rutland", region="East Midlands")
        self.partnership = make.make_partnership(name="Kent and Medway", programme=self.programme, public_note="Ours")
        make.cover(self.partnership, self.kent, is_primary=True)
        make.cover(self.partnership, make.make_area(name="Medway"))
        make.make_declaration(
            partnership=self.partnership, areas=[self.kent], published_on=DECLARED, published_precision="by"
        )
        self.plan = make.make_plan(partnership=self.partnership, areas=[self.kent], title="The plan")
        self.version = make.make_version(
            plan=self.plan, published_on=PLANNED, label="First", period_ends_on=date(2017, 3, 31)
        )

    def action(self, **fields: Any) -> Any:
        return make.make_in_version(version=self.version, action=make.make_action(plan=self.plan, **fields)).action


@pytest.fixture
def country() -> Country:
    return Country()


def row(name: str, on: date = ON, since: date = SINCE, **asked: Any) -> dict[str, Any]:
    found = {str(each["name"]): each for each in national.answer(Question(on, since, **asked)).tables[0].dicts}
    return found[name]


def test_it_tells_of_declaration_plan_and_partnership(country: Country) -> None:
    told = row("Kent")
    assert (told["partnership"], told["shared_with"], told["note"]) == ("Kent and Medway", 1, "Ours")
    assert (told["declared"], told["declared_precision"]) == (DECLARED, "by")
    assert (told["plans"], told["plan"], told["plan_version"]) == (1, "The plan", "First")
    assert (told["plan_published"], told["plan_period_ends"]) == (PLANNED, date(2017, 3, 31))
    nothing = row("Rutland")
    assert [nothing[key] for key in ("partnership", "shared_with", "declared", "plan", "signatures")] == [None] * 5
    assert (nothing["plans"], nothing["total"], nothing["percent_done"]) == (0, 0, None)


def test_it_is_compared_with_the_earlier_day(country: Country) -> None:
    country.action()
    told = row("Kent")
    assert (told["signup_before"], told["signup"], told["signup_change"]) == ("amber", "green", "better")
    assert (told["delivery_before"], told["delivery"], told["delivery_change"]) == (None, "not_started", None)
    assert row("Kent", since=PLANNED)["signup_change"] == "same"
    assert row("Rutland")["signup_change"] == "same"


def test_a_new_area_has_no_before(country: Country) -> None:
    make.make_area(name="Newshire", from_on=date(2015, 5, 1))
    assert (row("Newshire")["signup_before"], row("Newshire")["signup_change"]) == (None, "new")


@pytest.mark.parametrize(
    ("statuses", "moves"),
    [
        (("on_track", "off_track"), "worse"),
        (("off_track", "on_track"), "better"),
        (("on_track", "on_track"), "same"),
        (("off_track", "no_recent_update"), "worse"),
        (("no_recent_update", "some_delays"), "better"),
    ],
    ids=["worse", "better", "the same", "to fall silent is worse", "heard of again"],
)
def test_how_delivery_moves(statuses: tuple[str, str], moves: str, country: Country) -> None:
    [found] = national_return(Question(ON, SINCE, status="green"), country.programme).rows
    assert found.before is not None
    was, now = map(Delivery, statuses)
    moved = replace(found, before=replace(found.before, delivery=was), area=replace(found.area, delivery=now))
    assert national.delivery_move(moved) == moves


def test_oldest_overdue_and_slips(country: Country) -> None:
    country.action(due_on=date(2015, 4, 1))
    country.action(due_on=ON - timedelta(days=3))  # not yet overdue in public
    for days in (30, 90):
        moved = country.action(due_on=date(2015, 9, 1))
        make.make_date_change(action=moved, decided_on=date(2015, 5, 1), due_on=date(2015, 9, 1) + timedelta(days=days))
    later = country.action(due_on=date(2015, 9, 1))
    make.make_date_change(action=later, decided_on=ON + timedelta(days=1), due_on=date(2025, 9, 1))
    told = row("Kent")
    assert (told["overdue"], told["oldest_overdue"]) == (1, (ON - date(2015, 4, 1)).days)
    assert (told["moved"], told["median_slip"]) == (2, 60)
    assert [row("Rutland")[key] for key in ("oldest_overdue", "moved", "median_slip")] == [None, 0, None]


def test_merged_actions_have_no_slip(country: Country) -> None:
    action = country.action(due_on=date(2015, 9, 1))
    make.make_date_change(action=action, decided_on=date(2015, 5, 1))
    make.make_update(action=action, reported_on=date(2015, 5, 2), status="merged")
    assert (row("Kent")["moved"], row("Kent")["total"]) == (0, 0)


def test_the_last_update_and_the_board(country: Country) -> None:
    make.make_update(action=country.action(), reported_on=date(2015, 5, 2))
    make.make_meeting(partnership=country.partnership, held_on=date(2015, 5, 20))
    make.make_meeting(partnership=country.partnership, held_on=ON + timedelta(days=1))
    make.make_meeting(partnership=country.partnership, held_on=date(2015, 5, 25), cancelled_on=date(2015, 5, 22))
    told = row("Kent")
    assert (told["last_update"], told["days_since_update"]) == (date(2015, 5, 2), 30)
    assert told["last_meeting"] == date(2015, 5, 20)
    assert str(told["board"]).count("Board") == 3


def test_the_last_paper_that_a_board_was_given(country: Country) -> None:
    assert row("Kent")["last_report"] is None
    for held_on, as_at, fields in (
        (date(2015, 5, 20), date(2015, 5, 13), {}),
        (date(2015, 7, 20), ON, {}),
        (date(2015, 7, 21), ON + timedelta(days=1), {}),
        (date(2015, 7, 22), date(2015, 5, 25), {"cancelled_on": date(2015, 5, 26), "cancelled_reason": "Snow"}),
    ):
        meeting = make.make_meeting(partnership=country.partnership, held_on=held_on, **fields)
        make.make_frozen(partnership=country.partnership, meeting=meeting, as_at=as_at)
    make.make_frozen()
    assert row("Kent")["last_report"] == ON
    assert row("Rutland")["last_report"] is None


def test_what_is_doubtful(country: Country) -> None:
    make.make_membership("coordinator", from_on=date(2015, 1, 1), partnership=make.make_partnership())
    told = row("Kent")
    assert told["flags"] == (
        "no coordinator; day of declaration not exact; signatures not fully recorded; no actions recorded"
    )
    assert told["coordinator"] is False
    assert row("Rutland")["flags"] == "no partnership"
    make.make_membership("coordinator", partnership=country.partnership, from_on=date(2015, 5, 1))
    assert row("Kent")["coordinator"] is True
    assert row("Kent", on=date(2014, 12, 1), since=date(2014, 11, 1))["coordinator"] is None


def test_it_is_narrowed(country: Country) -> None:
    def names(**asked: Any) -> list[str]:
        return [str(each["name"]) for each in national.answer(Question(ON, SINCE, **asked)).tables[0].dicts]

    police = make.make_member(partnership=country.partnership, organisation=make.make_organisation()).organisation
    assert names() == ["Kent", "Rutland", "Medway"]
    assert names(region="East Midlands") == ["Rutland"]
    assert names(partnership=country.partnership) == ["Kent", "Medway"]
    assert names(organisation=police) == ["Kent", "Medway"]
    assert names(status="green") == ["Kent"]
    assert names(organisation=make.make_organisation()) == []


def test_it_says_how_many_in_a_sentence(country: Country) -> None:
    answer = national.answer(Question(ON, SINCE))
    assert answer.summary == (
        "1 of 3 areas at least amber on 1 June 2015, 1 of them green.",
        "Since 1 March 2015: 1 better, 0 worse in signing up; no area moved in delivery.",
    )
    assert answer.notes == ("This is what the partnerships report; nobody has inspected it.",)
    type(country.programme).objects.update(complete_to=date(2015, 4, 10))
    assert national.answer(Question(ON, SINCE)).notes[0].startswith("Records are complete to 10 April 2015.")


def test_it_says_why_its_rows_come_to_more_actions_than_there_are(country: Country) -> None:
    country.action(due_on=date(2015, 4, 1))
    told = national.answer(Question(ON, SINCE)).tables[0].told
    assert told == "One row for each area that exists on the day. It is compared with 1 March 2015."
    make.cover(country.plan, country.rutland)
    make.make_declaration(areas=[country.rutland], published_on=DECLARED)
    answer = national.answer(Question(ON, SINCE))
    assert sum(int(str(each["total"])) for each in answer.tables[0].dicts) == 2
    assert answer.tables[0].told.endswith(
        " An action that several areas share is in the row of each. Counted once: 1 action, 1 overdue."
    )


def test_it_says_who_moved_in_either_lens(country: Country) -> None:
    action = country.action()
    since = PLANNED + timedelta(days=1)
    make.make_update(action=action, reported_on=since + timedelta(days=1), status="in_progress", confidence="off_track")
    told = national.answer(Question(ON, since)).summary[1]
    assert told == "Since 11 April 2015: no area moved in signing up; 0 better, 1 worse in delivery."


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"status": "red"}, "2 areas stand at “red” on 1 June 2015."),
        ({"status": "green"}, "1 area stands at “green” on 1 June 2015."),
        ({"status": "delivered", "region": "London"}, "No area to tell of on 1 June 2015."),
    ],
)
def test_of_areas_chosen_by_their_status_it_says_no_more_than_how_many(
    country: Country, asked: dict[str, str], sentence: str
) -> None:
    first, *others = national.answer(Question(ON, SINCE, **asked)).summary  # type: ignore[arg-type] # texts alone
    assert first == sentence
    assert bool(others) is not first.startswith("No area")


def test_on_the_first_day_it_is_compared_with_nothing(country: Country) -> None:
    first = question_of({"on": "2014-01-01"}, ON)
    answer = national.answer(first)
    assert (first.since, first.compares, answer.since) == (first.on, False, None)
    assert answer.summary == ("0 of 3 areas at least amber on 1 January 2014, 0 of them green.",)
    assert answer.tables[0].told == "One row for each area that exists on the day."
    assert question_of({"on": "2014-02-28"}, ON).since == first.on


@pytest.mark.parametrize(
    ("on", "since"),
    [
        ("2025-06-30", "2025-03-31"),
        ("2025-02-28", "2024-11-30"),
        ("2024-02-28", "2023-11-28"),
        ("2025-05-31", "2025-02-28"),
        ("2025-05-30", "2025-02-28"),
    ],
)
def test_a_month_s_end_is_compared_with_a_month_s_end(db: None, on: str, since: str) -> None:
    assert question_of({"on": on}, ON).since == date.fromisoformat(since)
