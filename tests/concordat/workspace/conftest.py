"""A small partnership with an action in a plan in force, and the people around it, on one day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Page

from actionplans.models import Action
from signatories.models import Organisation, Partnership, Person
from tests import factories as make
from tests.sign_in import enter

TODAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@dataclass(frozen=True)
class Place:
    """What a test needs of a partnership."""

    partnership: Partnership
    police: Organisation
    action: Action
    people: dict[str, Person]


@pytest.fixture
def place(db: None) -> Place:
    return make_place()


def make_place() -> Place:
    """One partnership with one action, led by the police, and somebody in each role."""
    partnership, police = make.make_partnership(), make.make_organisation(name="Northshire Police")
    plan = make.make_plan(partnership=partnership)
    version = make.make_version(plan=plan, published_on=date(2026, 1, 5))
    action = make.make_action(plan=plan, reference="B1", text="Mental health nurse in the control room")
    make.make_in_version(version=version, action=action)
    make.make_lead(action=action, organisation=police)
    people = {role: make.make_person(name=f"Jo {role}") for role in ("owner", "lead", "coordinator", "board member")}
    make.make_owner(action=action, person=people["owner"], from_on=date(2026, 1, 5))
    make.make_membership("owner", person=people["owner"], organisation=police)
    make.make_membership("organisation_lead", person=people["lead"], organisation=police)
    make.make_membership("coordinator", person=people["coordinator"], partnership=partnership)
    make.make_membership("board_member", person=people["board member"], partnership=partnership)
    people["reviewer"] = make.make_person(name="Jo reviewer")
    make.make_membership("national_reviewer", person=people["reviewer"])
    people["administrator"] = make.make_person(name="Jo administrator", is_staff=True, is_superuser=True)
    people["nobody"] = make.make_person(name="Jo without a role")
    return Place(partnership, police, action, people)


@pytest.fixture
def as_(client: Client, place: Place) -> Callable[[str], Client]:
    """The client, signed in as somebody of the place."""

    def sign_in(role: str) -> Client:
        enter(client, place.people[role])
        return client

    return sign_in


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def phone(request: Any, browser_page: Page, live_server: Any) -> Iterator[Page]:
    """A page on a screen 320 pixels wide."""
    browser = browser_page.context.browser
    assert browser
    context = browser.new_context(
        java_script_enabled=request.param == "with JavaScript",
        viewport={"width": 320, "height": 640},
        base_url=live_server.url,
    )
    yield context.new_page()
    context.close()
