"""The contact log as a service: who may write it, what it refuses, and that nothing is written twice."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from concordat.kernel.models import Change
from signatories.access import access_of
from signatories.models import ContactEntry, Person
from signatories.services.contacts import Contact, log_contact
from signatories.services.errors import FasterError, NotAllowedError
from tests import factories as make
from tests.factories import DAY, noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer() -> Person:
    return make.make_membership("national_reviewer").person


def write(by: Person, place: Any = None, **fields: Any) -> ContactEntry:
    ticket = fields.pop("ticket", None) or uuid4()
    said = {"spoken_on": DAY, "whom": "Coordinator", "how": "phone", "said": "They sign soon."} | fields
    place = place or make.make_partnership()
    return log_contact(place, Contact(**said), by=by, on=DAY, now=noon(DAY), ticket=ticket)


def test_texts_are_kept_without_space_around_them(reviewer: Person) -> None:
    entry = write(reviewer, whom=" Chair ", said=" They sign. ", next_step=" Call ", next_due_on=DAY)
    assert (entry.whom, entry.said, entry.next_step) == ("Chair", "They sign.", "Call")
    assert (entry.recorded_by, entry.recorded_at) == (reviewer, noon(DAY))


@pytest.mark.parametrize("role", ["coordinator", "chair", "board_member", "owner", "organisation_lead"])
def test_nobody_else_writes_or_reads_it(role: str) -> None:
    person = make.make_membership(role).person
    with pytest.raises(NotAllowedError, match="Only national staff"):
        write(person)
    make.make_contact()
    assert not ContactEntry.objects.visible_to(access_of(person, DAY)).exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"spoken_on": DAY + timedelta(days=1)}, "cannot be in the future"),
        ({"whom": " "}, "Say who was contacted"),
        ({"said": " "}, "Say what was said"),
        ({"next_due_on": DAY}, "Say what the next step is"),
        ({"next_step": "Call", "next_due_on": date(2015, 3, 1)}, "cannot be due before the contact"),
    ],
)
def test_what_is_refused(reviewer: Person, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(NotAllowedError, match=sentence):
        write(reviewer, **fields)
    assert not ContactEntry.objects.exists()
    assert not Change.objects.exists()


def test_a_correction_is_about_the_same_place(reviewer: Person) -> None:
    with pytest.raises(NotAllowedError, match="about the same partnership or area"):
        write(reviewer, corrects=make.make_contact())


@pytest.mark.parametrize("link", ["corrects", "closes"])
def test_an_entry_is_corrected_once_and_its_step_taken_once(reviewer: Person, link: str) -> None:
    earlier = make.make_contact(next_step="Call")
    first = write(reviewer, earlier.partnership, **{link: earlier})
    with pytest.raises(FasterError, match="Somebody else has corrected"):
        write(reviewer, earlier.partnership, said="Me too", **{link: earlier})
    assert set(ContactEntry.objects.all()) == {earlier, first}
    assert not ContactEntry.objects.with_open_step().exists()


def test_a_step_logged_about_the_area_is_taken_by_a_call_to_its_partnership(reviewer: Person) -> None:
    earlier = make.make_contact(area=make.make_area(), next_step="Call")
    assert write(reviewer, closes=earlier).closes == earlier


def test_the_same_form_twice_is_one_entry_and_one_change(reviewer: Person) -> None:
    ticket, place = uuid4(), make.make_partnership()
    entry = write(reviewer, place, ticket=ticket)
    assert write(reviewer, place, ticket=ticket) == entry
    assert Change.objects.about(entry).count() == 1
    with pytest.raises(FasterError, match="This form was sent before"):
        write(reviewer, place, ticket=ticket, said="Other words")


def test_the_form_of_somebody_else_gives_nothing_away(reviewer: Person) -> None:
    ticket = uuid4()
    write(reviewer, ticket=ticket)
    with pytest.raises(FasterError, match="Read it again"):
        write(make.make_person(is_superuser=True), ticket=ticket)
