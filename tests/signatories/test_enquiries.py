"""Enquiries: kept once, answered once, emptied for good; and no text of a visitor in the record of changes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from concordat.kernel.models import Change
from signatories.models import Enquiry
from signatories.models.enquiry import PERSONAL
from signatories.services import enquiries
from signatories.services.errors import NotAllowedError
from tests.actionplans.test_updates_concurrent import DONE, at_once
from tests.factories import make_enquiry, make_person

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TICKET = "0" * 32
WORDS = {
    "about": "/areas/essex/",
    "message": "The date is wrong.\nIt was in May. 🙂 שלום",
    "name": "Zoë O'Neill",
    "email": "zoe@example.org",
}


def received(**values: Any) -> Enquiry:
    kind = values.pop("kind", Enquiry.Kind.MISTAKE)
    return enquiries.receive(kind=kind, **(WORDS | values), now=NOW, by="contact_form")


def verbs(enquiry: Enquiry) -> list[str]:
    return [change.verb for change in Change.objects.about(enquiry)]


def told_of(enquiry: Enquiry) -> str:
    """All that the record of changes holds about it."""
    return str(list(Change.objects.about(enquiry).values("fields", "why", "by__name", "by_command")))


@pytest.mark.django_db
class TestReceive:
    def test_keeps_what_was_written_as_it_was_written(self) -> None:
        stored = Enquiry.objects.get(pk=received().pk)
        assert {name: getattr(stored, name) for name in WORDS} == WORDS
        assert (stored.kind, stored.received_at, stored.mail_state) == ("mistake", NOW, "received")

    def test_records_that_it_came_and_nothing_of_what_it_says(self) -> None:
        enquiry = received()
        (change,) = Change.objects.about(enquiry)
        assert (change.verb, change.by_command, change.fields) == (
            "received",
            "contact_form",
            {"kind": [None, "mistake"]},
        )
        assert not any(text in told_of(enquiry) for text in WORDS.values())

    def test_gives_a_reference_that_tells_nothing(self) -> None:
        first, second = received(), received()
        assert first.reference != second.reference
        assert len(first.reference) == 11
        assert set(first.reference) <= {*enquiries.LETTERS, "-"}

    def test_the_same_form_sent_twice_is_one_enquiry(self) -> None:
        assert received(ticket=TICKET) == received(ticket=TICKET)
        assert Enquiry.objects.count() == Change.objects.count() == 1

    @pytest.mark.parametrize("name", WORDS)
    def test_the_same_form_sent_again_with_other_words_is_another(self, name: str) -> None:
        assert received(ticket=TICKET) != received(ticket=TICKET, **{name: "/x"})

    @pytest.mark.parametrize("values", [{"message": ""}, {"about": "//evil.example/"}])
    def test_what_the_database_refuses_is_not_half_kept(self, values: dict[str, str]) -> None:
        with pytest.raises(IntegrityError):
            received(**values)
        assert Enquiry.objects.count() == Change.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_the_same_moment_is_one_enquiry() -> None:
    assert at_once(*[lambda: received(ticket=TICKET)] * 3) == [DONE] * 3
    assert Enquiry.objects.count() == Change.objects.count() == 1


@pytest.mark.django_db
class TestAnswer:
    def test_says_who_and_when(self) -> None:
        enquiry, ada = make_enquiry(), make_person(name="Ada")
        enquiries.answer(enquiry, by=ada, now=NOW)
        enquiry.refresh_from_db()
        assert (enquiry.answered_by, enquiry.answered_at) == (ada, NOW)
        (change,) = Change.objects.about(enquiry)
        assert (change.verb, change.by) == ("answered", ada)

    def test_the_second_of_two_is_told(self) -> None:
        enquiry, ada = make_enquiry(), make_person(name="Ada")
        enquiries.answer(enquiry, by=ada, now=NOW)
        with pytest.raises(NotAllowedError, match="Somebody has marked it as answered already"):
            enquiries.answer(enquiry, by=make_person(), now=NOW)
        enquiry.refresh_from_db()
        assert enquiry.answered_by == ada
        assert verbs(enquiry) == ["answered"]


@pytest.mark.django_db
class TestRedact:
    def test_leaves_nothing_of_what_was_written_but_the_row_and_its_mark(self) -> None:
        enquiry = received()
        enquiries.redact(enquiry, by=make_person(), now=NOW, why="Asked for")
        stored = Enquiry.objects.get(pk=enquiry.pk)
        assert [getattr(stored, name) for name in PERSONAL] == ["", "", "", ""]
        assert (stored.redacted_at, stored.kind, stored.reference) == (NOW, "mistake", enquiry.reference)
        assert verbs(enquiry) == ["received", "redacted"]
        assert not any(text in told_of(enquiry) for text in WORDS.values())

    def test_twice_is_refused(self) -> None:
        enquiry = make_enquiry()
        enquiries.redact(enquiry, by="test", now=NOW, why="Asked for")
        with pytest.raises(NotAllowedError, match="deleted already"):
            enquiries.redact(enquiry, by="test", now=NOW, why="Asked for")
        assert verbs(enquiry) == ["redacted"]

    @pytest.mark.parametrize(
        ("answered_at", "goes"),
        [
            (datetime(2025, 3, 2, 9, 29, tzinfo=UTC), True),
            (datetime(2025, 3, 2, 9, 30, tzinfo=UTC), False),
            (datetime(2026, 3, 2, 9, 30, tzinfo=UTC), False),
            (None, False),
        ],
    )
    def test_what_was_answered_a_year_ago_goes_and_nothing_else(self, answered_at: datetime | None, goes: bool) -> None:
        enquiry = make_enquiry(message="Why?", answered_at=answered_at, received_on=(NOW - timedelta(days=900)).date())
        assert enquiries.redact_old(by="redact_old_enquiries", now=NOW) == int(goes)
        enquiry.refresh_from_db()
        assert (enquiry.message, enquiry.redacted_at) == (("", NOW) if goes else ("Why?", None))

    def test_again_does_nothing_more(self) -> None:
        enquiry = make_enquiry(answered_at=NOW - timedelta(days=400))
        assert [enquiries.redact_old(by="test", now=NOW) for _ in range(2)] == [1, 0]
        assert verbs(enquiry) == ["redacted"]


@pytest.mark.django_db
def test_open_ones_come_first_and_of_these_those_that_waited_longest() -> None:
    made = {
        "answered long ago": make_enquiry(answered_at=NOW - timedelta(days=9)),
        "answered now": make_enquiry(answered_at=NOW),
        "new": make_enquiry(received_at=NOW),
        "old": make_enquiry(received_at=NOW - timedelta(days=3)),
    }
    names = {enquiry.pk: name for name, enquiry in made.items()}
    order = [names[enquiry.pk] for enquiry in Enquiry.objects.all()]
    assert order == ["old", "new", "answered now", "answered long ago"]
