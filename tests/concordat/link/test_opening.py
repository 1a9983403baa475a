"""Who gets in by a signed link, and who does not: each of them a plain page and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from concordat.link.opening import MOST_UNKNOWN
from signatories.models import Person, SignedLink
from signatories.outbox import links
from signatories.outbox.links import signer, token_of
from signatories.services import people
from tests import factories as make
from tests import services
from tests.concordat.link.answers import DROPPED, NEW_DATE
from tests.concordat.link.conftest import Followed, another_action, everything, follow
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db


def pages(followed: Followed) -> list[str]:
    """Every page of a link that can be read."""
    kinds = ("on-track", "no-change", "new-date", "done", "hand-over", "not-going-ahead")
    first = followed.base
    return [first.rstrip("/"), first, f"{first}{followed.action.pk}", f"{first}switch-off", *map(followed.to, kinds)]


def test_it_opens_without_a_session_and_says_whose_it_is(browser: Client, followed: Followed) -> None:
    page = plain(browser.get(followed.base))
    assert "Jo owner Your 1 action" in page
    assert "Mental health nurse in the control room" in page
    assert "What is sent from this page is sent as Jo owner . The link works until 2 December 2026." in page
    assert "Signed in as" not in page
    assert browser.cookies == {}


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_changes_nothing(browser: Client, followed: Followed, method: str) -> None:
    make.make_update(action=followed.action, reported_on=TODAY - timedelta(days=90))
    before = everything()
    for address in pages(followed):
        answer = getattr(browser, method)(address)
        assert (answer.status_code, browser.cookies) == (200, {}), address
    assert everything() == before


def tampered(token: str) -> str:
    """The same with another letter in its middle."""
    at = len(token) // 3
    return token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]


def of_another_person(followed: Followed) -> str:
    """Signed by us, over another person than the one to whom the mail was sent."""
    link = followed.link
    return signer().sign_object([link.message_id, make.make_person().pk, link.nonce])


def expired(followed: Followed) -> str:
    now = timezone.now()
    SignedLink.objects.update(made_at=now - timedelta(days=30), expires_at=now)
    return followed.token


def revoked(followed: Followed) -> str:
    token = followed.token
    links.revoke(followed.link, by=followed.owner, now=timezone.now())
    return token


def of_a_closed_account(followed: Followed) -> str:
    Person.objects.filter(pk=followed.owner.pk).update(is_active=False)
    return followed.token


REFUSED: dict[str, tuple[Callable[[Followed], str], int, str]] = {
    "nonsense": (lambda followed: "nonsense", 404, "Copy the whole link from the email"),
    "the stand-in": (lambda followed: "-", 404, "Copy the whole link from the email"),
    "tampered": (lambda followed: tampered(followed.token), 404, "Copy the whole link from the email"),
    "cut off": (lambda followed: followed.token[:-1], 404, "Copy the whole link from the email"),
    "of another person": (of_another_person, 404, "Copy the whole link from the email"),
    "of another kind": (lambda followed: signing.dumps(followed.owner.pk, salt="chasing.fewer"), 404, "Copy the whole"),
    "of no digest": (lambda followed: signer().sign_object([0, 0, "0"]), 404, "Copy the whole link"),
    "of the wrong shape": (lambda followed: signer().sign_object(7), 404, "Copy the whole link"),
    "expired": (expired, 410, "It has run out. The next email has a new one."),
    "revoked": (revoked, 410, "It was switched off."),
    "of a closed account": (of_a_closed_account, 410, "It was switched off."),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_link_that_does_not_open_is_a_plain_page_and_nothing_else(
    browser: Client, followed: Followed, kind: str
) -> None:
    make_token, status, sentence = REFUSED[kind]
    token = make_token(followed)
    before = everything()
    for address in (f"/u/{token}", f"/u/{token}/", f"/u/{token}/{followed.action.pk}/done"):
        for send in (browser.get, browser.post):
            answer = send(address, {"completed_on_0": "1"}) if send == browser.post else send(address)
            if send == browser.post and not address.endswith("done"):
                assert answer.status_code == 405  # the list is not sent to
                continue
            page = plain(answer)
            assert answer.status_code == status
            assert sentence in page
            assert not any(word in page for word in ("Jo owner", "nurse", "Northshire", "Partnership "))
            assert token == "-" or token not in answer.content.decode()
    assert everything() == before


def test_on_its_last_evening_it_opens_and_after_midnight_in_london_it_does_not(
    browser: Client, place: Place, time_machine: Any
) -> None:
    message = make.make_message(recipient=place.people["owner"])
    link = links.keep(message, [place.action.pk], until=TODAY + timedelta(days=30), now=timezone.now())
    assert link
    address = f"/u/{token_of(link)}/"
    time_machine.move_to("2026-12-02T23:59:00+00:00")
    assert "works until 2 December 2026" in plain(browser.get(address))
    time_machine.move_to("2026-12-03T00:00:00+00:00")
    assert browser.get(address).status_code == 410


def test_a_newer_email_does_not_switch_the_older_one_off(browser: Client, place: Place) -> None:
    older = follow(place)
    newer = make.make_message(recipient=older.owner, day=TODAY + timedelta(days=7))
    make.make_link(message=newer, actions=[place.action])
    assert browser.get(older.base).status_code == 200


ROLES = ("owner", "lead", "coordinator", "board member", "reviewer", "administrator", "nobody")


class TestRoles:
    @pytest.mark.parametrize("role", [role for role in ROLES if role != "owner"])
    def test_signed_in_as_somebody_else_one_answers_as_nobody(
        self, client: Client, followed: Followed, role: str
    ) -> None:
        """Neither as the person of the link nor as oneself, though some of them may report on the action."""
        enter(client, followed.place.people[role])
        before = everything()
        for answer in (client.get(followed.base), client.post(followed.to("not-going-ahead"), {"reason": "No money"})):
            page = plain(answer)
            assert answer.status_code == 404
            assert "You are signed in here as somebody else" in page
            assert not any(word in page for word in ("Jo owner", "nurse", "Partnership "))
        assert everything() == before

    def test_signed_in_as_the_same_person_one_answers_by_the_link_alone(
        self, client: Client, followed: Followed
    ) -> None:
        enter(client, followed.owner, second_factor=False)
        assert "Your 1 action" in plain(client.get(followed.base))
        assert client.post(followed.to("not-going-ahead"), {"reason": "No money"}).status_code == 302

    @pytest.mark.parametrize("role", ROLES)
    def test_who_answers_by_a_link_of_their_own(self, browser: Client, place: Place, role: str) -> None:
        """An owner, and the lead of the organisation. What others may do asks for a second factor, or is nothing."""
        message = make.make_message(recipient=place.people[role], day=TODAY)
        followed = Followed(place, make.make_link(message=message, actions=[place.action]))
        expected = {"owner": (200, 302), "lead": (200, 302)}.get(role, (410, 410))
        page = browser.get(f"{followed.base}{place.action.pk}")
        answer = browser.post(followed.to("not-going-ahead"), {"reason": "No money"})
        assert (page.status_code, answer.status_code) == expected
        assert [report.author for report in followed.reports()] == [place.people[role]] * (expected[0] == 200)
        assert ("You do not answer for this action any more." in plain(page)) is (expected[0] == 410)
        # It is not the lead's to hand over: somebody else answers for it.
        assert ("Somebody else answers for it" in plain(page)) is (role == "owner")


class TestRevoking:
    def test_the_person_does_it_on_the_page_and_once(self, browser: Client, followed: Followed) -> None:
        address = f"{followed.base}switch-off"
        assert "Switch it off" in plain(browser.get(address))
        assert "The link is switched off" in plain(browser.post(address))
        assert browser.post(address).status_code == 410
        assert browser.get(followed.base).status_code == 410
        followed.link.refresh_from_db()
        assert browser.get(followed.base).status_code == 410  # by the new nonce neither
        changes = make.Change.objects.about(followed.link)
        assert [(each.verb, each.by) for each in changes] == [("taken back", followed.owner)]

    def test_it_ends_with_the_account(self, browser: Client, followed: Followed) -> None:
        administrator = followed.place.people["administrator"]
        people.close_account(followed.owner, by=administrator, now=timezone.now(), why="Left")
        assert browser.get(followed.base).status_code == 410


class TestLimits:
    def test_a_link_opens_so_many_pages_in_a_quarter_of_an_hour(
        self, browser: Client, followed: Followed, settings: Any
    ) -> None:
        settings.LINK_REQUESTS = 3
        assert [browser.get(followed.base).status_code for _ in range(3)] == [200] * 3
        over = browser.get(followed.base)
        assert (over.status_code, over.headers["Retry-After"]) == (429, "900")
        assert "There were too many tries" in plain(over)
        assert browser.get(follow_of(make.make_person(), followed)).status_code == 200  # another link is not touched

    def test_what_others_read_keeps_nobody_from_reading_and_answering(
        self, browser: Client, followed: Followed, settings: Any
    ) -> None:
        """Programs that look at mails follow each link in them, from many addresses; they send nothing."""
        settings.LINK_REQUESTS = 2
        scanners = [f"203.0.113.{number}" for number in range(5)]
        statuses = [browser.get(followed.base, REMOTE_ADDR=each).status_code for each in scanners for _ in range(4)]
        assert statuses == [200, 200, 429, 429] * 5
        assert browser.get(followed.base, REMOTE_ADDR="198.51.100.1").status_code == 200
        more = [f"192.0.2.{number}" for number in range(20)]
        assert {browser.get(followed.base, REMOTE_ADDR=each).status_code for each in more} == {200, 429}
        assert browser.get(followed.base, REMOTE_ADDR="198.51.100.2").status_code == 429, "20 in all"
        sent = browser.post(followed.to("not-going-ahead"), DROPPED | {"accepted": "0"}, REMOTE_ADDR="198.51.100.2")
        assert (sent.status_code, len(followed.reports())) == (302, 1)

    def test_what_was_typed_is_given_back_and_goes_later(
        self, browser: Client, followed: Followed, settings: Any, django_assert_num_queries: Any
    ) -> None:
        settings.LINK_REQUESTS = 2
        typed = NEW_DATE | {"new_date_reason": "No <b>money</b>\nyet", "accepted": "0", "version": ""}
        for _ in range(2):
            assert browser.post(followed.to("new-date"), typed | {"status": "splendid"}).status_code == 400
        with django_assert_num_queries(1):  # the link's
            over = browser.post(followed.to("new-date"), typed)
        assert (over.status_code, over.headers["Retry-After"], followed.reports()) == (429, "900", [])
        page = plain(over)
        assert "Nothing is sent yet: there were too many tries" in page
        assert "The new date 30 6 2027 Why does the date move? No <b>money</b> yet How does it stand?" in page
        form = HiddenFields(over)
        assert form.found == {name: [value] for name, value in typed.items()}
        cache.clear()  # a quarter of an hour is over
        assert browser.post(followed.to("new-date"), form.found).status_code == 302
        assert followed.reports()[0].new_date_reason == "No <b>money</b>\nyet"

    @pytest.mark.parametrize("page", ["no-change", "hand-over"])
    def test_so_are_ticks_and_names(self, browser: Client, followed: Followed, settings: Any, page: str) -> None:
        settings.LINK_REQUESTS = 0
        address = f"{followed.base}no-change" if page == "no-change" else followed.to(page)
        over = browser.post(address, {"action": ["1-0", "2-0"], "person": "7"})
        assert over.status_code == 429
        assert HiddenFields(over).found == {"action": ["1-0", "2-0"], "person": ["7"]}

    def test_who_tries_links_is_stopped_and_whose_link_is_right_is_not(
        self, browser: Client, followed: Followed
    ) -> None:
        statuses = [browser.get(f"/u/guess-{number}/").status_code for number in range(MOST_UNKNOWN + 1)]
        assert statuses == [404] * MOST_UNKNOWN + [429]
        assert browser.get(followed.base).status_code == 200

    def test_without_the_cache_it_opens_all_the_same(
        self, browser: Client, followed: Followed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nothing can be guessed here, and an answer is not to be lost."""

        def lost(*args: Any, **options: Any) -> None:
            raise ConnectionError

        monkeypatch.setattr(cache, "add", lost)
        assert browser.get(followed.base).status_code == 200

    def test_the_limit_is_a_setting(self) -> None:
        assert settings.LINK_REQUESTS == 300


class HiddenFields(HTMLParser):
    """What the form of a page sends that nobody types."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.feed(answer.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.found.setdefault(given["name"] or "", []).append(given.get("value") or "")


def follow_of(person: Any, followed: Followed) -> str:
    message = make.make_message(recipient=person, day=TODAY)
    return f"/u/{token_of(make.make_link(message=message, actions=[followed.action]))}/"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "post"])
def test_other_methods_are_refused_and_change_nothing(browser: Client, followed: Followed, method: str) -> None:
    before = everything()
    answer = getattr(browser, method)(followed.base)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert everything() == before


@pytest.mark.slow
@pytest.mark.parametrize("size", [10, 500])
def test_each_page_takes_the_same_queries_however_much_is_due(browser: Client, place: Place, size: int) -> None:
    actions = [another_action(place, f"Action {number}", due_on=TODAY) for number in range(size)]
    for action in actions:
        make.make_update(action=action, reported_on=TODAY - timedelta(days=90))
    for action in actions[::2]:
        make.make_update(action=action, reported_on=TODAY, state="submitted")
    followed = follow(place, *actions)
    one = actions[1]
    found = {}
    services.know_the_tables()
    for name, address in {
        "all": followed.base,
        "all of them": f"{followed.base}?all=to-answer&sent={actions[0].pk}",
        "one": f"{followed.base}{one.pk}",
        **{kind: followed.to(kind, one) for kind in ("on-track", "no-change", "new-date", "done", "hand-over")},
        "switch off": f"{followed.base}switch-off",
    }.items():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        found[name] = len(queries)
    assert found == {
        **{"all": 10, "all of them": 11, "one": 12, "switch off": 2},
        **{"on-track": 12, "no-change": 12, "new-date": 12, "done": 12, "hand-over": 14},
    }
