"""Made-up people, named by their role; those of the first partnership can sign in."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.db.models.functions import Lower

from concordat.demo.batch import Batch
from concordat.demo.wording import FIRST_NAMES
from concordat.kernel.commands import RefusedError
from signatories.models import Membership, Person, Role

ADMINISTRATOR, REVIEWER = "admin@example.org", "reviewer@example.org"
LOCAL_ROLES = ("coordinator", "chair", "board member", "organisation lead", "owner", "second owner", "third owner")
OWNERS = LOCAL_ROLES[-3:]
ROLES_THAT_SIGN_IN = LOCAL_ROLES[:5]


def email_of(role: str, number: int = 0) -> str:
    """The address of the person with that role in the partnership of that number; short for the first one."""
    name = role.replace(" ", "-")
    return f"{name}-{number + 1}@example.org" if number else f"{name}@example.org"


def accounts() -> list[str]:
    """Who can sign in: one person of each role."""
    return [ADMINISTRATOR, REVIEWER, *(email_of(role) for role in ROLES_THAT_SIGN_IN)]


def refuse_known_accounts() -> None:
    """Raise RefusedError where one of the demonstration's addresses is somebody's already."""
    people = Person.objects.alias(in_lower_case=Lower("email")).filter(in_lower_case__in=accounts())
    known = people.values_list("email", flat=True).first()
    if known:
        raise RefusedError(f"There is an account {known} already: load the demonstration into a database of its own.")


def national_people(password: str, batch: Batch) -> Person:
    """The national administrator and the national reviewer, who is returned. `password` is the hash that all share."""
    batch.add(
        Person(
            name="Alex Example (national administrator)",
            email=ADMINISTRATOR,
            password=password,
            is_staff=True,
            is_superuser=True,
        )
    )
    reviewer = batch.add(Person(name="Robin Example (national reviewer)", email=REVIEWER, password=password))
    batch.add(Membership(person=reviewer, role=Role.NATIONAL_REVIEWER))
    return reviewer


def local_people(number: int, password: str, chances: Random, batch: Batch, on: date) -> dict[str, Person]:
    """The people of one partnership by role. Only those of the first one have an account.

    Most coordinators signed in some weeks before the reference day; each seventh has not for years.
    """
    people = {
        role: batch.add(
            Person(
                name=f"{chances.choice(FIRST_NAMES)} Example ({role})",
                email=email_of(role, number),
                password=password if number == 0 and role in ROLES_THAT_SIGN_IN else make_password(None),
            )
        )
        for role in LOCAL_ROLES
    }
    if number % 7 != 5:
        people["coordinator"].last_login = datetime.combine(on - timedelta(days=number % 60), time(9), tzinfo=UTC)
    return people
