"""The signed link: made with a message, found again by its token, taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from concordat.kernel.models import Change
from signatories.models import Message, SignedLink
from signatories.outbox import links
from signatories.outbox.links import EndedLinkError, UnknownLinkError
from tests import factories as make
from tests.factories import DAY, noon

pytestmark = pytest.mark.django_db
NOW = noon(DAY)
UNTIL = DAY + timedelta(days=30)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def kept(message: Message | None = None, *actions: int) -> SignedLink:
    link = links.keep(message or make.make_message(), actions or (3, 1), until=UNTIL, now=NOW)
    assert link
    return link


def test_it_is_found_by_its_token_and_lasts_until_the_end_of_its_last_day() -> None:
    link = kept()
    assert links.find(links.token_of(link), now=NOW) == link
    assert link.action_ids == [1, 3]
    assert (link.expires_at, link.last_day) == (datetime(2015, 5, 1, 23, tzinfo=UTC), UNTIL)  # midnight in summer
    links.find(links.token_of(link), now=link.expires_at - timedelta(seconds=1))
    with pytest.raises(EndedLinkError, match="run out"):
        links.find(links.token_of(link), now=link.expires_at)


def test_no_table_holds_the_token() -> None:
    link = kept()
    token = links.token_of(link)
    row = SignedLink.objects.values().get()
    assert not any(str(value) in token for name, value in row.items() if name == "nonce")
    assert token not in repr(row)


def test_the_same_message_sent_again_has_the_same_link_for_what_it_then_holds() -> None:
    message = make.make_message()
    first, token = kept(message, 1), links.token_of(kept(message, 1))
    again = links.keep(message, [2], until=UNTIL + timedelta(days=1), now=NOW + timedelta(days=1))
    assert again
    assert (again.pk, links.token_of(again), again.action_ids) == (first.pk, token, [2])
    assert again.last_day == UNTIL + timedelta(days=1)


def test_one_taken_back_stays_so_and_its_message_gets_none_again() -> None:
    link, by = kept(), make.make_person()
    token = links.token_of(link)
    assert links.revoke(link, by=by, now=NOW, why="Forwarded")
    assert not links.revoke(link, by=by, now=NOW)
    with pytest.raises(EndedLinkError, match="switched off"):
        links.find(token, now=NOW)
    assert links.keep(link.message, [1], until=UNTIL, now=NOW) is None
    link.refresh_from_db()
    assert links.token_of(link) != token
    [change] = Change.objects.about(link)
    assert (change.verb, change.by, change.why, set(change.fields)) == ("taken back", by, "Forwarded", {"revoked_at"})


def test_all_of_one_person_are_taken_back_and_nobody_elses() -> None:
    person = make.make_person()
    own = [make.make_link(message=make.make_message(recipient=person, day=DAY - timedelta(days=n))) for n in (1, 2)]
    over = make.make_link(message=make.make_message(recipient=person, day=DAY - timedelta(days=40)))
    others = make.make_link(message=make.make_message())
    assert links.revoke_all(person, by=person, now=NOW) == 2
    assert links.revoke_all(person, by=person, now=NOW) == 0
    assert set(SignedLink.objects.filter(revoked_at=None)) == {over, others}
    assert {change.subject_id for change in Change.objects.all()} == {link.pk for link in own}


@pytest.mark.parametrize("signed", [None, 7, "x", [], [1], [1, 2], [1, 2, 3, 4], {"a": 1}, ["x", "y", "z"]])
def test_what_was_signed_in_another_shape_is_unknown(signed: Any) -> None:
    kept()
    with pytest.raises(UnknownLinkError):
        links.find(links.signer().sign_object(signed), now=NOW)


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "\0", "é:é:é", "x" * 5000, ":" * 40])
def test_what_nobody_signed_is_unknown(token: str) -> None:
    with pytest.raises(UnknownLinkError):
        links.find(token, now=NOW)


def test_it_is_good_for_its_own_recipient_alone() -> None:
    link, other = kept(), make.make_person()
    for message, person in (
        (link.message_id, other.pk),
        (kept(make.make_message()).message_id, link.message.recipient_id),
    ):
        with pytest.raises(UnknownLinkError):
            links.find(links.signer().sign_object([message, person, link.nonce]), now=NOW)


def test_whether_closing_asks_for_a_sign_in_is_recorded() -> None:
    partnership, by = make.make_partnership(), make.make_person()
    links.demand_sign_in(partnership, demanded=True, by=by)
    links.demand_sign_in(partnership, demanded=True, by=by)
    partnership.refresh_from_db()
    assert partnership.sign_in_to_close
    assert [change.fields for change in Change.objects.about(partnership)] == [{"sign_in_to_close": [False, True]}]


def test_after_a_change_of_the_key_those_that_were_sent_still_open(settings: Any) -> None:
    link = kept()
    token, settings.SECRET_KEY_FALLBACKS = links.token_of(link), [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert links.find(token, now=NOW) == link
    assert links.token_of(link) != token
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(UnknownLinkError):
        links.find(token, now=NOW)
