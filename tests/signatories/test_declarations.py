"""Publishing, superseding and withdrawing declarations, each with its trace."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from concordat.kernel.models import Change
from concordat.kernel.sources import Precision
from concordat.verification import declarations_end_with_their_successor
from signatories.models import Declaration
from signatories.services.declarations import publish, publish_declaration, withdraw_declaration
from signatories.services.errors import NotAllowedError
from tests.factories import cover, make_area, make_declaration, make_partnership, make_person, make_version

pytestmark = pytest.mark.django_db
BY = "load_history"
DAY, LATER, LATEST = date(2014, 12, 31), date(2016, 5, 1), date(2017, 1, 1)


def draft(**fields: Any) -> Declaration:
    return make_declaration(areas=[make_area()], **fields)


def changes(row: Any) -> list[tuple[str, dict[str, Any]]]:
    return list(Change.objects.about(row).values_list("verb", "fields"))


def days(declaration: Declaration) -> tuple[date | None, date | None, date | None]:
    declaration.refresh_from_db()
    return declaration.published_on, declaration.superseded_on, declaration.withdrawn_on


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_publishing_gives_a_declaration_its_day_and_says_who_did_it(state: str) -> None:
    person, declaration = make_person(), draft(state=state)
    found = publish_declaration(declaration, on=DAY, by=person)
    assert found is declaration
    assert (found.state, found.published_on, found.published_precision) == ("published", DAY, "day")
    assert days(declaration) == (DAY, None, None)
    assert changes(declaration) == [
        (
            "published",
            {
                "state": [state, "published"],
                "published_on": [None, "2014-12-31"],
                "published_precision": ["", "day"],
            },
        )
    ]
    assert Change.objects.get().by == person


def test_a_day_known_only_as_the_latest_possible_is_kept_so() -> None:
    declaration = publish_declaration(draft(), on=DAY, precision=Precision.BY, by=BY)
    declaration.refresh_from_db()
    assert (declaration.published_on, declaration.published_precision) == (DAY, "by")


def test_a_declaration_that_covers_no_area_is_not_published() -> None:
    declaration = make_declaration()
    with pytest.raises(NotAllowedError, match="covers no area"):
        publish_declaration(declaration, on=DAY, by=BY)
    assert days(declaration) == (None, None, None)
    assert not Change.objects.exists()


def test_a_declaration_for_a_part_of_an_area_can_be_published() -> None:
    declaration = make_declaration()
    cover(declaration, make_area(), part="Craven")
    publish_declaration(declaration, on=DAY, by=BY)
    assert days(declaration) == (DAY, None, None)


def test_a_published_declaration_is_not_published_again() -> None:
    declaration = publish_declaration(draft(), on=DAY, by=BY)
    with pytest.raises(NotAllowedError, match="published already"):
        publish_declaration(declaration, on=LATER, by=BY)
    assert days(declaration) == (DAY, None, None)
    assert len(changes(declaration)) == 1


def test_of_two_people_who_publish_at_once_one_wins() -> None:
    declaration = draft()
    other = Declaration.objects.get(pk=declaration.pk)
    publish_declaration(declaration, on=DAY, by=BY)
    with pytest.raises(NotAllowedError):
        publish_declaration(other, on=LATER, by=make_person())
    assert days(declaration) == (DAY, None, None)


def test_publishing_ends_the_declaration_that_it_supersedes_on_the_same_day() -> None:
    old = draft(published_on=DAY)
    new = publish_declaration(draft(supersedes=old), on=LATER, by=BY)
    assert (days(old), days(new)) == ((DAY, LATER, None), (LATER, None, None))
    assert changes(old) == [("superseded", {"superseded_on": [None, "2016-05-01"]})]


def test_two_declarations_can_supersede_one_which_ends_with_the_first_of_them() -> None:
    old = draft(published_on=DAY)
    publish_declaration(draft(supersedes=old), on=LATER, by=BY)
    new = publish_declaration(draft(supersedes=old), on=LATEST, by=BY)
    assert (days(old), days(new)) == ((DAY, LATER, None), (LATEST, None, None))
    assert list(declarations_end_with_their_successor()) == []


@pytest.mark.parametrize(
    "published_on", [None, LATEST], ids=["one that was never published", "one that was published later"]
)
def test_only_what_is_published_by_then_is_superseded(published_on: date | None) -> None:
    """Otherwise a plain refusal, and nothing written."""
    old = draft(published_on=published_on)
    new = draft(supersedes=old)
    with pytest.raises(NotAllowedError, match="supersedes"):
        publish_declaration(new, on=LATER, by=BY)
    assert (days(old), days(new)) == ((published_on, None, None), (None, None, None))
    assert not Change.objects.exists()


def test_withdrawing_ends_a_declaration_and_says_why() -> None:
    declaration = draft(published_on=DAY)
    person = make_person()
    found = withdraw_declaration(declaration, on=LATER, reason="Its partners left", by=person)
    assert found is declaration
    assert (found.withdrawn_on, found.withdrawn_reason) == (LATER, "Its partners left")
    assert days(declaration) == (DAY, None, LATER)
    change = Change.objects.get()
    assert (change.verb, change.why, change.by) == ("withdrawn", "Its partners left", person)
    assert change.fields == {"withdrawn_on": [None, "2016-05-01"]}


def test_a_withdrawn_declaration_keeps_its_day_areas_and_signatures() -> None:
    area = make_area()
    declaration = make_declaration(areas=[area], published_on=DAY)
    withdraw_declaration(declaration, on=LATER, reason="x", by=BY)
    declaration.refresh_from_db()
    assert (declaration.state, declaration.published_on) == ("published", DAY)
    assert declaration.coverage.get().area == area


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_withdrawn(reason: str) -> None:
    declaration = draft(published_on=DAY)
    with pytest.raises(NotAllowedError, match="Say why"):
        withdraw_declaration(declaration, on=LATER, reason=reason, by=BY)
    assert days(declaration) == (DAY, None, None)


@pytest.mark.parametrize(
    "fields",
    [{}, {"published_on": LATEST}, {"published_on": DAY, "withdrawn_on": DAY}],
    ids=["a draft", "one published later", "one withdrawn already"],
)
def test_only_what_is_published_and_not_yet_withdrawn_is_withdrawn(fields: dict[str, Any]) -> None:
    declaration = draft(**fields)
    before = days(declaration)
    with pytest.raises(NotAllowedError, match="Only what is published"):
        withdraw_declaration(declaration, on=LATER, reason="x", by=BY)
    assert days(declaration) == before
    assert not Change.objects.exists()


def test_a_declaration_can_be_withdrawn_on_the_day_of_its_publication() -> None:
    declaration = draft(published_on=DAY)
    withdraw_declaration(declaration, on=DAY, reason="Sent by mistake", by=BY)
    assert days(declaration) == (DAY, None, DAY)


@pytest.mark.parametrize(
    ("on", "live"), [(date(2014, 12, 30), False), (DAY, True), (date(2016, 4, 30), True), (LATER, False)]
)
def test_a_declaration_is_live_from_its_publication_until_its_end(on: date, live: bool) -> None:
    draft(), draft(state="submitted")
    ended = [draft(published_on=DAY, superseded_on=LATER), draft(published_on=DAY, withdrawn_on=LATER)]
    assert list(Declaration.objects.live_on(on).order_by("id")) == (ended if live else [])
    assert list(Declaration.objects.published().order_by("id")) == ended


def test_what_is_published_late_is_superseded_at_once_and_the_record_says_so() -> None:
    """An older version that is entered today already has its successor."""
    version = make_version()
    publish(version, on=DAY, precision=Precision.DAY, by=BY, superseded_on=LATER)
    assert (version.published_on, version.superseded_on) == (DAY, LATER)
    (change,) = Change.objects.about(version)
    assert change.fields["superseded_on"] == [None, "2016-05-01"]


def test_the_first_day_of_several_publications() -> None:
    partnership = make_partnership()
    for on in (LATER, DAY, None):
        make_declaration(partnership=partnership, published_on=on)
    assert partnership.declarations.published().earliest_day() == DAY
    assert Declaration.objects.none().earliest_day() is None


@time_machine.travel(datetime(2026, 5, 20, 12, tzinfo=UTC))
def test_nothing_is_published_before_its_day() -> None:
    declaration = draft()
    with pytest.raises(NotAllowedError, match="cannot be published before its day"):
        publish_declaration(declaration, on=date(2026, 5, 21), by=BY)
    assert days(declaration) == (None, None, None)
    assert publish_declaration(declaration, on=date(2026, 5, 20), by=BY).published_on == date(2026, 5, 20)
