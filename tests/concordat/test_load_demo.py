"""`load_demo`: what it refuses, what it says, and that the same parameters make the same country."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any, TypeVar

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from areas.models import Area
from concordat.demo.batch import HANG_ON_ACTIONS, ORDER
from concordat.demo.people import ADMINISTRATOR, REVIEWER, accounts
from concordat.kernel.models import Change, Claim
from signatories.access import access_of
from signatories.models import Partnership, Person, Programme
from tests.factories import make_area, make_person, make_programme

ON = "2025-11-03"
# What differs between two loads of the same country: keys, times of the clock, and the hash of the printed password.
UNLIKE = {"id", "subject_id", "recorded_at", "joined_at", "password"}
R = TypeVar("R")
Row = tuple[Any, ...]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _areas() -> None:
    """A small England: enough areas for the largest partnership."""
    for number in range(10):
        make_area(name=f"Shire {number}", slug=f"shire-{number}", code=f"E1000000{number}")


def load(partnerships: int = 4, actions: int = 3, **options: Any) -> str:
    """Run the command and give what it printed."""
    output = StringIO()
    call_command("load_demo", partnerships=partnerships, actions=actions, stdout=output, **({"on": ON} | options))
    return output.getvalue()


def printed_password(output: str) -> str:
    return output.partition("only this once: ")[2].split()[0]


def rows() -> list[Row]:
    """Everything that was loaded, in its order; what points to another row gives the place of that, not its number."""
    places = {model: {key: place for place, key in enumerate(keys(model))} for model in (*ORDER, Programme, Area)}
    found: list[Row] = []
    for model in (*ORDER, Claim):
        fields = [field for field in model._meta.concrete_fields if field.name not in UNLIKE]
        known = [places.get(field.related_model, {}) for field in fields]
        for values in model._default_manager.order_by("pk").values_list(*(field.attname for field in fields)):
            told = (place[value] if place and value else value for place, value in zip(known, values, strict=True))
            found.append((model, *told))
    return found


def keys(model: type[models.Model]) -> list[int]:
    return list(model._default_manager.order_by("pk").values_list("pk", flat=True))


def sizes() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in (*ORDER, Change)}


def test_the_summary_counts_what_was_written() -> None:
    output = load()
    for model in (*ORDER, Programme, Claim):
        count = model._default_manager.count()
        assert not count or f"{count} {model._meta.verbose_name_plural}" in output


def test_a_second_run_writes_nothing_and_tells_no_password() -> None:
    load()
    before = sizes()
    assert load() == "Written: nothing new.\n"
    assert sizes() == before


def test_a_second_run_on_another_day_keeps_the_first_day() -> None:
    load()
    assert load(on=None) == "Written: nothing new.\n"


@pytest.mark.parametrize("other", [{"partnerships": 5}, {"actions": 4}, {"seed": 1}, {"on": "2025-11-04"}])
def test_another_country_is_refused_where_there_is_one(other: dict[str, Any]) -> None:
    load()
    before = sizes()
    sentence = "This database holds another demonstration, made with --partnerships 4 --actions 3 --seed 2014 --on"
    with pytest.raises(CommandError, match=sentence):
        load(**other)
    assert sizes() == before


def test_real_records_are_refused() -> None:
    make_programme(slug="england-2014", name="The real one")
    with pytest.raises(CommandError, match=r"This database holds real records \(The real one\)"):
        load()
    assert not Partnership.objects.exists()


def test_an_account_that_is_there_already_is_refused() -> None:
    make_person(email="Admin@Example.org")
    with pytest.raises(CommandError, match=r"There is an account Admin@Example\.org already"):
        load()


@pytest.mark.parametrize("options", [{"partnerships": 0}, {"actions": 0}, {"partnerships": -3}])
def test_an_empty_country_is_refused(options: dict[str, int]) -> None:
    with pytest.raises(CommandError, match="Ask for at least 1 partnership and 1 action"):
        load(**options)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="“soon” is not a date"):
        load(on="soon")


def test_a_rehearsal_writes_nothing_and_tells_no_password() -> None:
    before = sizes()
    output = load(dry_run=True)
    assert output.startswith("Would have written: ")
    assert "4 partnerships" in output
    assert "assword" not in output
    assert sizes() == before
    assert not Programme.objects.exists()


def test_everybody_signs_in_with_the_password_that_was_printed_this_once() -> None:
    password = printed_password(load())
    assert len(accounts()) == 7
    for email in accounts():
        assert authenticate(username=email, password=password) == Person.objects.get(email=email)
    others = Person.objects.exclude(email__in=accounts())
    assert others.exists()
    assert not any(person.has_usable_password() for person in others)


def test_everybody_has_the_second_factor_whose_key_was_printed_and_a_known_address() -> None:
    key = load().partition("for an app that shows codes: ")[2].split()[0]
    there = Authenticator.objects.all()
    assert {(each.user.email, decrypt(each.data["secret"])) for each in there} == {(email, key) for email in accounts()}
    addresses = EmailAddress.objects.filter(verified=True, primary=True)
    assert sorted(addresses.values_list("email", flat=True)) == sorted(accounts())


def test_one_of_each_role_gets_as_far_as_it_should() -> None:
    password = printed_password(load())
    for email in accounts():
        browser = Client()
        asked = browser.post("/accounts/login/", {"login": email, "password": password})
        assert asked.headers["Location"].startswith("/accounts/second-factor/authenticate/"), email
    access = {email: access_of(Person.objects.get(email=email), date.fromisoformat(ON)) for email in accounts()}
    assert access[ADMINISTRATOR].is_administrator
    assert access[REVIEWER].is_reviewer
    assert access["coordinator@example.org"].coordinates
    assert access["chair@example.org"].chairs
    assert access["board-member@example.org"].sits_on
    assert access["organisation-lead@example.org"].leads
    assert access["owner@example.org"].owns_in


def test_only_the_national_administrator_may_enter_the_administration() -> None:
    load()
    assert [person.email for person in Person.objects.filter(is_staff=True)] == [ADMINISTRATOR]
    assert [person.email for person in Person.objects.filter(is_superuser=True)] == [ADMINISTRATOR]


def test_no_password_is_in_the_record() -> None:
    load()
    hashed = Person.objects.get(email=ADMINISTRATOR).password
    changes = Change.objects.filter(subject_type="signatories.person")
    assert changes.count() == Person.objects.count()
    assert not any(hashed in str(change.fields) or "password" in change.fields for change in changes)


def undone(work: Callable[[], R]) -> R:
    """What the work gives, with all that it wrote undone."""
    with transaction.atomic():
        found = work()
        transaction.set_rollback(True)
    return found


def test_the_same_parameters_make_the_same_country_and_another_seed_another() -> None:
    def made(seed: int) -> list[Row]:
        load(seed=seed)
        return rows()

    first = undone(lambda: made(2014))
    assert first == undone(lambda: made(2014))
    assert first != undone(lambda: made(2015))


def test_the_number_of_queries_grows_by_batches_and_not_by_rows() -> None:
    def measured(actions: int) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            load(actions=actions)
        return len(queries), sum(model._default_manager.count() for model in HANG_ON_ACTIONS)

    few, many = undone(lambda: measured(5)), undone(lambda: measured(50))
    queries, written = many[0] - few[0], many[1] - few[1]
    assert written > 2000
    assert 1000 * queries / written < 40  # an INSERT takes 999 values on SQLite, 2000 rows on PostgreSQL


def test_each_row_has_its_change_and_what_hangs_on_actions_one_for_each_plan() -> None:
    load()
    created = Counter(Change.objects.filter(verb="created").values_list("subject_type", flat=True))
    for model in (*ORDER, Claim, Programme):
        expected = 0 if model in HANG_ON_ACTIONS else model._default_manager.count()
        assert created[model._meta.label_lower] == expected, model
    told: Counter[str] = Counter()
    for change in Change.objects.filter(verb="loaded", subject_type="actionplans.actionplan"):
        told.update({kind: after for kind, (_, after) in change.fields.items()})
    assert told == {model._meta.verbose_name_plural: model._default_manager.count() for model in HANG_ON_ACTIONS}
