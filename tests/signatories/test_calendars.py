"""The private address of somebody's calendars: made, renewed and ended; what stands in it, and what is recorded."""

from datetime import timedelta

import pytest
from django.core.signing import Signer

from concordat.kernel.models import Change
from signatories.models import CalendarAddress, Person
from signatories.services import calendars
from signatories.services.calendars import EndedAddressError, find, token_of
from signatories.services.errors import FasterError, NotAllowedError
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = make.noon(make.DAY)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def olive() -> Person:
    return make.make_person(name="Olive")


def test_it_opens_to_its_person_alone(olive: Person) -> None:
    mine = calendars.make(olive, by=olive, now=NOW)
    other = calendars.make(make.make_person(), by=olive, now=NOW)
    assert find(token_of(mine)) == mine
    assert token_of(mine) != token_of(other)
    assert token_of(mine) == token_of(CalendarAddress.objects.get(pk=mine.pk))


def test_a_renewed_one_opens_and_the_old_one_does_not(olive: Person) -> None:
    address = calendars.make(olive, by=olive, now=NOW)
    old = token_of(address)
    calendars.renew(address, seen=1, by=olive, now=LATER)
    assert find(token_of(address)) == address
    with pytest.raises(EndedAddressError):
        find(old)


def test_an_ended_one_opens_no_more_nor_once_there_is_another(olive: Person) -> None:
    address = calendars.make(olive, by=olive, now=NOW)
    old = token_of(address)
    calendars.end(address, seen=1, by=olive, now=LATER)
    for _ in range(2):
        with pytest.raises(EndedAddressError):
            find(old)
        if address.ended_at:
            address = calendars.make(olive, by=olive, now=LATER)
    assert find(token_of(address)) == address


def test_that_of_a_closed_account_opens_no_more(olive: Person) -> None:
    address = calendars.make(olive, by=olive, now=NOW)
    Person.objects.filter(pk=olive.pk).update(is_active=False)
    with pytest.raises(EndedAddressError):
        find(token_of(address))


@pytest.mark.parametrize("token", ["", "x", "1-1", "1-1.x", "9" * 400, "1-1." + "A" * 43, "é.ü", "..."])
def test_what_we_never_signed_is_nothing(olive: Person, token: str) -> None:
    calendars.make(olive, by=olive, now=NOW)
    assert find(token) is None


def test_what_was_signed_for_something_else_is_nothing(olive: Person) -> None:
    address = calendars.make(olive, by=olive, now=NOW)
    assert find(Signer(sep=".", salt="another").sign(f"{olive.pk}-{address.version}")) is None


def test_an_old_key_still_opens_while_it_is_a_fallback(olive: Person, settings: pytest.FixtureRequest) -> None:
    address = calendars.make(olive, by=olive, now=NOW)
    token, old = token_of(address), settings.SECRET_KEY
    settings.SECRET_KEY = "another" * 9
    assert find(token) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert find(token) == address


def test_of_two_steps_at_once_the_second_is_told(olive: Person) -> None:
    address = calendars.make(olive, by=olive, now=NOW)
    with pytest.raises(FasterError):
        calendars.make(olive, by=olive, now=NOW)
    calendars.renew(address, seen=1, by=olive, now=LATER)
    for step in (calendars.renew, calendars.end):
        with pytest.raises(FasterError):
            step(address, seen=1, by=olive, now=LATER)
    calendars.end(address, seen=2, by=olive, now=LATER)
    for step in (calendars.renew, calendars.end):
        with pytest.raises(NotAllowedError):
            step(address, seen=3, by=olive, now=LATER)
    assert (address.version, address.ended_at) == (3, LATER)


def test_every_step_is_recorded_and_no_secret_is(olive: Person) -> None:
    tokens = []
    address = calendars.make(olive, by=olive, now=NOW)
    for step in (calendars.renew, calendars.end):
        tokens.append(token_of(address))
        step(address, seen=address.version, by=olive, now=LATER)
    calendars.make(olive, by=olive, now=LATER)
    address.refresh_from_db()
    tokens.append(token_of(address))
    rows = list(Change.objects.about(address))
    assert [(row.verb, row.by) for row in rows] == [(each, olive) for each in ("created", "renewed", "ended", "made")]
    kept = repr([row.__dict__ for row in rows]) + repr(CalendarAddress.objects.values().get())
    for token in tokens:
        assert token.rpartition(".")[2] not in kept
