"""A link in a reminder to the owner of an action, and somebody without any session who follows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from actionplans.models import Action, ProgressUpdate
from signatories.models import Person, SignedLink
from signatories.outbox.links import token_of
from tests import factories as make
from tests.concordat.workspace.conftest import NOON, TODAY, Place, make_place


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def place(db: None) -> Place:
    return make_place()


@dataclass(frozen=True)
class Followed:
    """The link to the owner, and what stands behind it."""

    place: Place
    link: SignedLink

    @property
    def token(self) -> str:
        return token_of(self.link)

    @property
    def base(self) -> str:
        return f"/u/{self.token}/"

    @property
    def action(self) -> Action:
        return self.place.action

    @property
    def owner(self) -> Person:
        return self.place.people["owner"]

    def to(self, kind: str, action: Action | None = None) -> str:
        """The address of an answer."""
        return f"{self.base}{(action or self.action).pk}/{kind}"

    def reports(self) -> list[ProgressUpdate]:
        """All reports on the action, in the order in which they came."""
        return list(ProgressUpdate.objects.filter(action=self.action).order_by("pk"))


def follow(place: Place, *actions: Action, **fields: Any) -> Followed:
    """The link of today's digest to the owner, for the action of the place or for these."""
    message = make.make_message(recipient=place.people["owner"], day=TODAY)
    link = make.make_link(message=message, actions=actions or (place.action,), **fields)
    make.make_notice(recipient=message.recipient, partnership=place.partnership, message=message)
    return Followed(place, link)


@pytest.fixture
def followed(place: Place) -> Followed:
    return follow(place)


@pytest.fixture
def browser() -> Client:
    """A browser that has no cookie, and is checked for the proof of forms as one on the web is."""
    return Client(enforce_csrf_checks=True)


def another_action(place: Place, text: str = "Open a crisis café", **fields: Any) -> Action:
    """One more action of the plan, led by the police, for which the owner answers."""
    plan, owner = place.action.plan, fields.pop("owner", place.people["owner"])
    action = make.make_action(plan=plan, text=text, **fields)
    make.make_in_version(version=plan.versions.get(), action=action, text=text)
    make.make_lead(action=action, organisation=place.police)
    make.make_owner(action=action, person=owner)
    return action


def everything() -> dict[str, list[Any]]:
    """Every row of every table."""
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in apps.get_models()}
