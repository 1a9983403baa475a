"""A partnership with its people, and days that pass: what was sent on each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core import mail as outbox

from actionplans.chasing.planning import plan
from actionplans.chasing.sending import at_nine, give_up_stuck, mail
from actionplans.models import Action
from signatories.models import Message, Partnership, Person
from tests.factories import (
    make_action,
    make_in_version,
    make_membership,
    make_organisation,
    make_owner,
    make_partnership,
    make_person,
    make_plan,
    make_update,
    make_version,
)

PUBLISHED = date(2025, 1, 6)


@dataclass
class Place:
    """A partnership with a plan in force: Olive answers for its actions, Cora coordinates, Lee leads the police."""

    partnership: Partnership
    version: Any
    olive: Person
    cora: Person
    lee: Person
    chair: Person
    organisation: Any
    actions: list[Action] = field(default_factory=list)

    def action(self, **fields: Any) -> Action:
        """One more action of the plan, led by the police, for which Olive answers."""
        owner = fields.pop("owner", self.olive)
        action = make_action(plan=self.version.plan, lead=self.organisation, **fields)
        make_in_version(version=self.version, action=action)
        if owner:
            make_owner(action=action, person=owner)
        self.actions.append(action)
        return action

    def colleague(self, name: str) -> Person:
        """Somebody else of the police, who may answer for its actions."""
        person = make_person(name=name, email=f"{name.lower()}@example.org")
        make_membership("owner", organisation=self.organisation, person=person)
        return person

    def report(self, action: Action, on: date, **fields: Any) -> None:
        """An accepted report of that day."""
        make_update(action=action, reported_on=on, **({"state": "accepted"} | fields))


def make_place(*, published_on: date = PUBLISHED, **fields: Any) -> Place:
    partnership = make_partnership(**fields)
    organisation = make_organisation()
    people = {name: make_person(name=name, email=f"{name.lower()}@example.org") for name in NAMES}
    make_membership("coordinator", partnership=partnership, person=people["Cora"])
    make_membership("chair", partnership=partnership, person=people["Chair"])
    make_membership("organisation_lead", organisation=organisation, person=people["Lee"])
    make_membership("owner", organisation=organisation, person=people["Olive"])
    version = make_version(plan=make_plan(partnership=partnership), published_on=published_on)
    return Place(partnership, version, people["Olive"], people["Cora"], people["Lee"], people["Chair"], organisation)


NAMES = ("Olive", "Cora", "Lee", "Chair")


def run(day: date) -> None:
    """What beat and the workers do on that day at 09:00 in London."""
    now = at_nine(day)
    plan(day, by="test")
    give_up_stuck(by="test", now=now)
    for message_id in list(Message.objects.to_mail(now).values_list("pk", flat=True)):
        mail(message_id, by="test", now=now)


def sent() -> list[tuple[date, str, str]]:
    """Every digest that went: the day, to whom, and the rules that it carries, in the order of the alphabet."""
    return [
        (message.day, message.recipient.name, " ".join(sorted({notice.rule for notice in message.notices.all()})))
        for message in Message.objects.filter(mail_state="mailed").order_by("day", "recipient__name")
    ]


def days(first: date, last: date) -> Iterable[date]:
    """Every day from the first to the last."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def live(first: date, last: date, *, missed: Iterable[date] = (), events: dict[date, Any] | None = None) -> None:
    """Let these days pass. `events` happen before the run of their day; on a missed day nothing runs."""
    happen = dict(events or {})
    for day in days(first, last):
        if event := happen.pop(day, None):
            event()
        if day not in missed:
            run(day)
    assert not happen, "an event on no day"
    assert len(outbox.outbox) == len(sent())
