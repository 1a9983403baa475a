"""`manage.py status`: how every area stands on a day, as a table and as JSON."""

import json
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command, execute_from_command_line
from django.db import OperationalError

from concordat.answers import status_answer
from concordat.picture import picture
from signatories.models import Programme
from tests.factories import (
    cover,
    make_area,
    make_declaration,
    make_in_version,
    make_partnership,
    make_plan,
    make_programme,
    make_update,
    make_version,
    the_programme,
)

DAY = date(2015, 4, 10)
AREA_KEYS = {
    "code",
    "slug",
    "name",
    "region",
    "kind",
    "signup",
    "signup_since",
    "signup_reason",
    "delivery",
    "partnerships",
    "inherited_from",
    "actions",
    "last_update",
}


@pytest.fixture
def country(db: None) -> None:
    """Hertfordshire turns green on the day and its action is under way; Kent is amber; Rutland red."""
    make_programme()
    hertfordshire = make_area(name="Hertfordshire", slug="hertfordshire", code="E10000015")
    kent = make_area(name="Kent", slug="kent", code="E10000016", region="South East")
    make_area(name="Rutland", slug="rutland", code="E06000017", kind="unitary_authority", region="East Midlands")
    partnership = make_partnership(slug="hertfordshire")
    cover(partnership, hertfordshire, is_primary=True)
    make_declaration(areas=[hertfordshire, kent], published_on=date(2014, 12, 31), published_precision="by")
    version = make_version(plan=make_plan(areas=[hertfordshire], partnership=partnership), published_on=DAY)
    make_update(action=make_in_version(version=version).action, reported_on=DAY)


def status(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    call_command("status", *arguments)
    return capsys.readouterr().out


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(status(capsys, *arguments, "--json"))
    return found


# As JSON


def test_json_has_the_keys_that_programs_rely_on(country: None, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "--on", "2015-04-10")
    assert {"on", "counts", "areas"} <= set(found)
    assert found["on"] == "2015-04-10"
    assert found["counts"]["signup"] == {"red": 1, "amber": 1, "green": 1}
    assert set(found["counts"]) == {"signup", "delivery"}
    assert all(set(area) >= AREA_KEYS for area in found["areas"])
    assert all({"total", "completed", "overdue"} <= set(area["actions"]) for area in found["areas"])


def test_json_says_of_each_area_how_it_stands(country: None, capsys: pytest.CaptureFixture[str]) -> None:
    rutland, hertfordshire, kent = answer(capsys, "--on", "2015-04-10")["areas"]
    told = {name: hertfordshire[name] for name in AREA_KEYS - {"actions"}}
    assert told == {
        "code": "E10000015",
        "slug": "hertfordshire",
        "name": "Hertfordshire",
        "region": "East of England",
        "kind": "county",
        "signup": "green",
        "signup_since": "2015-04-10",
        "signup_reason": "Action plan published",
        "delivery": "on_track",
        "partnerships": ["hertfordshire"],
        "inherited_from": [],
        "last_update": "2015-04-10",
    }
    assert (hertfordshire["actions"]["total"], hertfordshire["actions"]["in_progress"]) == (1, 1)
    assert (rutland["signup"], rutland["signup_since"], rutland["delivery"], rutland["last_update"]) == (
        "red",
        None,
        None,
        None,
    )
    assert (kent["signup"], kent["signup_since"], kent["partnerships"]) == ("amber", "2014-12-31", [])


def test_json_is_the_same_answer_as_the_maps(country: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "--on", "2015-04-09") == json.loads(json.dumps(status_answer(picture(date(2015, 4, 9)))))


@pytest.mark.parametrize("lens", ["signup", "delivery"])
def test_json_holds_both_statuses_whatever_the_lens(
    lens: str, country: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(capsys, "--on", "2015-04-10", "--lens", lens) == answer(capsys, "--on", "2015-04-10")


def test_the_order_is_by_code(country: None, capsys: pytest.CaptureFixture[str]) -> None:
    codes = [area["code"] for area in answer(capsys, "--on", "2015-04-10")["areas"]]
    assert codes == ["E06000017", "E10000015", "E10000016"]


# As a table


def test_the_table_shows_both_statuses(country: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert [line.rstrip() for line in status(capsys, "--on", "2015-04-10").splitlines()] == [
        "signup: 1 red, 1 amber, 1 green",
        "delivery: 1 on track, 2 with no actions recorded",
        "E06000017  Rutland                               red    No declaration recorded  no actions recorded",
        "E10000015  Hertfordshire                         green  Action plan published  On track",
        "E10000016  Kent                                  amber  Declaration made  no actions recorded",
    ]


def test_the_sign_up_lens_shows_nothing_of_delivery(country: None, capsys: pytest.CaptureFixture[str]) -> None:
    told = status(capsys, "--on", "2015-04-10", "--lens", "signup")
    assert "signup: 1 red, 1 amber, 1 green\n" in told
    assert "E10000015  Hertfordshire                         green  Action plan published\n" in told
    assert "delivery" not in told
    assert "On track" not in told


def test_the_delivery_lens_shows_nothing_of_sign_up(country: None, capsys: pytest.CaptureFixture[str]) -> None:
    told = status(capsys, "--on", "2015-04-10", "--lens", "delivery")
    assert "delivery: 1 on track, 2 with no actions recorded\n" in told
    assert "E10000015  Hertfordshire                         On track\n" in told
    assert "signup" not in told
    assert "green" not in told


def test_after_the_end_of_the_records_the_table_warns(country: None, capsys: pytest.CaptureFixture[str]) -> None:
    Programme.objects.update(complete_to=DAY)
    warning = "Records are complete to 2015-04-10 only"
    assert warning not in status(capsys, "--on", "2015-04-10")
    assert warning in status(capsys, "--on", "2015-04-11")


def test_without_a_date_it_is_today_in_london(country: None, capsys: pytest.CaptureFixture[str]) -> None:
    with time_machine.travel("2015-07-01T23:30:00+00:00", tick=False):
        assert answer(capsys)["on"] == "2015-07-02"


# Refusals


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--on", "tomorrow"], "“tomorrow” is not a date. Write it as year-month-day, like 2014-12-31."),
        (["--on", "2014-02-30"], "“2014-02-30” is not a date. Write it as year-month-day, like 2014-12-31."),
        (["--on", "2013-12-31"], "Choose a date from 1 January 2014 on, and before the year 2100."),
        ([], "Nothing is loaded yet: run manage.py load_areas, then load_history."),
        (["--json"], "Nothing is loaded yet: run manage.py load_areas, then load_history."),
    ],
)
@pytest.mark.django_db
def test_what_cannot_be_answered_is_one_plain_sentence_and_a_failing_exit(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.core.management.base.connections.close_all", lambda: None)
    with pytest.raises(SystemExit) as end:
        execute_from_command_line(["manage.py", "status", *arguments])
    told = capsys.readouterr()
    assert end.value.code == 1
    assert (told.out, told.err.strip()) == ("", f"CommandError: {sentence}")


def test_a_database_without_tables_is_one_plain_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_tables(on: date) -> None:
        raise OperationalError("no such table: areas_area")

    monkeypatch.setattr("concordat.management.commands.status.picture", without_tables)
    with pytest.raises(CommandError, match="The database is not ready"):
        call_command("status", "--on", "2014-12-31")


@pytest.mark.django_db
def test_areas_alone_are_not_enough() -> None:
    make_area()
    with pytest.raises(CommandError, match="Nothing is loaded yet"):
        call_command("status")


@pytest.mark.django_db
def test_an_unknown_lens_is_refused() -> None:
    the_programme()
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("status", "--lens", "both")
