"""Signing in as a person meets it: password, code, second factor, reset; what is refused, and when it locks."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail, signing
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError

from concordat.accounts import known_browsers
from concordat.accounts.adapters import NO_ADDRESS
from concordat.embedded import free_port
from concordat.kernel.dates import today
from concordat.kernel.models import Change
from concordat.tasks import mail_person
from signatories.models import MailStop, Person, SignIn
from signatories.services import addresses
from tests.admin_pages import Page, open_page
from tests.factories import make_membership
from tests.sign_in import PASSWORD, SECRET, code_now, make_account, signed_in

LOGIN = "/accounts/login/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0"

pytestmark = pytest.mark.django_db


def try_password(client: Client, email: str = "ada@example.org", password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post(LOGIN, {"login": email, "password": password} | more)


def faults(response: HttpResponse) -> list[str]:
    """What the summary at the top says is wrong."""
    summary = response.content.decode().split("govuk-error-summary__list", 1)[1].split("</ul>", 1)[0]
    return [re.sub("<[^>]+>", "", item).strip() for item in re.findall("<li>(.*?)</li>", summary, re.S)]


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def history() -> list[tuple[str, bool]]:
    return list(SignIn.objects.order_by("id").values_list("how", "second_factor"))


class TestByPassword:
    @pytest.mark.parametrize("email", ["ada@example.org", "Ada@Example.ORG", " ADA@example.org "])
    def test_leads_to_the_work_in_any_case_of_letters(self, client: Client, email: str) -> None:
        make_account(email="Ada@example.org")
        response = try_password(client, email)
        assert (response.status_code, response.headers["Location"]) == (302, "/workspace/")
        assert is_signed_in(client)

    def test_who_was_made_on_the_command_line_signs_in_too(self, client: Client) -> None:
        Person.objects.create_superuser("Ada@Example.org", PASSWORD, name="Ada")
        assert try_password(client, "ADA@example.org").status_code == 302

    def test_leads_back_to_the_page_that_was_asked_for_and_to_no_other_site(self, client: Client) -> None:
        make_account(email="ada@example.org")
        assert try_password(client, next="/workspace/account/").headers["Location"] == "/workspace/account/"
        assert try_password(Client(), next="https://evil.example/").headers["Location"] == "/workspace/"

    def test_is_kept_with_how_and_which_browser_and_without_an_internet_address(self, client: Client) -> None:
        person = make_account(email="ada@example.org")
        client.post(LOGIN, {"login": "ada@example.org", "password": PASSWORD}, headers={"User-Agent": FIREFOX})
        row = SignIn.objects.get()
        assert (row.person, row.how, row.second_factor, row.browser) == (
            person,
            "password",
            False,
            "Firefox on Windows",
        )
        assert [session.ip for session in UserSession.objects.all()] == [NO_ADDRESS]

    @pytest.mark.parametrize(
        ("email", "password"), [("ada@example.org", "wrong"), ("bo@example.org", PASSWORD), ("bo@example.org", "x")]
    )
    def test_what_is_wrong_is_not_told_apart(self, client: Client, email: str, password: str) -> None:
        make_account(email="ada@example.org")
        response = try_password(client, email, password)
        assert faults(response) == ["The email address or the password is not right."]
        assert not is_signed_in(client)
        assert history() == ([("refused", False)] if email.startswith("ada") else [])

    def test_empty_boxes_are_told_in_plain_words(self, client: Client) -> None:
        assert faults(try_password(client, "", "")) == ["Give your email address.", "Give your password."]
        assert faults(try_password(client, "ada", "x")) == ["Give an email address like name@example.org."]

    def test_somebody_whose_account_is_closed_does_not_get_in(self, client: Client) -> None:
        make_account(email="ada@example.org", is_active=False)
        response = client.post(LOGIN, {"login": "ada@example.org", "password": PASSWORD}, follow=True)
        assert "This account is closed" in Page(response).words
        assert not is_signed_in(client)

    def test_somebody_without_a_password_does_not_get_in(self, client: Client) -> None:
        make_account(email="ada@example.org", password=None)
        assert try_password(client, password="!").status_code == 200
        assert not is_signed_in(client)


class TestLock:
    def test_the_account_is_locked_after_five_wrong_passwords_for_a_quarter_of_an_hour(self) -> None:
        make_account(email="ada@example.org")
        with time_machine.travel("2026-03-02 09:00:00+00:00", tick=False) as clock:
            for _ in range(5):
                assert "is not right" in faults(try_password(Client(), password="wrong"))[0]
            locked = Client()
            assert faults(try_password(locked)) == ["There were too many tries. Wait 15 minutes, then try again."]
            assert not is_signed_in(locked)
            clock.shift(timedelta(minutes=16))
            later = Client()
            assert try_password(later).status_code == 302
            assert is_signed_in(later)

    def test_others_behind_the_same_internet_address_sign_in(self) -> None:
        make_account(email="ada@example.org")
        people = [make_account() for _ in range(40)]
        for _ in range(6):
            try_password(Client(), password="wrong")
        for person in people:
            assert try_password(Client(), person.email).status_code == 302

    def test_an_address_without_an_account_locks_alike(self) -> None:
        answers = [faults(try_password(Client(), "nobody@example.org", "x"))[0] for _ in range(6)]
        assert answers[4].endswith("is not right.")
        assert answers[5].startswith("There were too many tries.")

    def test_who_has_signed_in_from_this_browser_before_is_not_locked_by_a_stranger(self) -> None:
        make_account(email="Ada@example.org")
        known = Client()
        try_password(known)
        known.post("/accounts/logout/")
        for _ in range(9):
            try_password(Client(), password="wrong")
        assert faults(try_password(Client()))[0].startswith("There were too many tries.")
        assert try_password(known).status_code == 302
        assert is_signed_in(known)

    def test_a_known_browser_locks_by_itself(self) -> None:
        make_account(email="ada@example.org")
        known = Client()
        try_password(known)
        known.post("/accounts/logout/")
        for _ in range(5):
            try_password(known, password="wrong")
        assert faults(try_password(known)) == ["There were too many tries. Wait 15 minutes, then try again."]
        assert try_password(Client()).status_code == 302

    @pytest.mark.parametrize("mark", ["", "forged", "eyJhIjoiYiJ9:1sXqDA:abc"])
    def test_a_made_up_mark_of_a_browser_is_none(self, mark: str) -> None:
        make_account(email="ada@example.org")
        for _ in range(5):
            stranger = Client()
            stranger.cookies[known_browsers.COOKIE] = mark
            try_password(stranger, password="wrong")
        assert faults(try_password(Client()))[0].startswith("There were too many tries.")

    def test_to_be_known_for_one_account_is_nothing_for_another(self) -> None:
        make_account(email="ada@example.org")
        mallory, browser = make_account(), Client()
        try_password(browser, mallory.email or "")
        browser.post("/accounts/logout/")
        for _ in range(5):
            try_password(browser, password="wrong")
        assert faults(try_password(browser))[0].startswith("There were too many tries.")
        assert faults(try_password(Client()))[0].startswith("There were too many tries.")

    def test_several_people_share_a_computer(self) -> None:
        people, shared = [make_account() for _ in range(3)], Client()
        for person in people:
            try_password(shared, person.email or "")
            shared.post("/accounts/logout/")
        for person in people:
            for _ in range(5):
                try_password(Client(), person.email or "", "wrong")
            assert try_password(shared, person.email or "").status_code == 302
            shared.post("/accounts/logout/")

    def test_codes_that_strangers_ask_for_leave_those_of_a_known_browser(self) -> None:
        make_account(email="ada@example.org")
        known = Client()
        try_password(known)
        known.post("/accounts/logout/")
        for _ in range(6):
            Client().post("/accounts/login/code/", {"email": "ada@example.org"})
        assert len(mail.outbox) == 5
        sign_in_by_code(known)
        assert is_signed_in(known)

    def test_the_mark_stays_on_the_sign_in_pages_and_tells_nobodys_address(self, client: Client) -> None:
        make_account(email="ada@example.org")
        try_password(client)
        cookie = client.cookies[known_browsers.COOKIE]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/accounts/", True, "Lax")
        assert "ada" not in str(signing.loads(cookie.value, salt=known_browsers.SALT))

    def test_who_is_locked_out_gets_in_by_a_code(self, client: Client) -> None:
        make_account(email="ada@example.org")
        for _ in range(6):
            try_password(Client(), password="wrong")
        sign_in_by_code(client)
        assert is_signed_in(client)

    def test_codes_of_a_second_factor_lock_too(self, client: Client) -> None:
        make_account(email="ada@example.org", second_factor=True)
        try_password(client)
        for _ in range(5):
            client.post("/accounts/second-factor/authenticate/", {"code": "000000"})
        response = client.post("/accounts/second-factor/authenticate/", {"code": code_now()})
        assert faults(response) == ["There were too many tries. Wait 15 minutes, then try again."]
        assert not is_signed_in(client)


def mailed_code() -> str:
    """The code in the last mail."""
    found = re.search(r"Your code is:\s+(\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def sign_in_by_code(client: Client, email: str = "ada@example.org") -> HttpResponse:
    asked = client.post("/accounts/login/code/", {"email": email})
    assert asked.headers["Location"] == "/accounts/login/code/confirm/"
    return client.post(asked.headers["Location"], {"code": mailed_code()})


class TestByCode:
    def test_whose_mails_came_back_has_shown_that_they_arrive(self, client: Client) -> None:
        ada = make_account(email="ada@example.org")
        addresses.stop(ada, MailStop.BOUNCED, by="test", on=today(), why="It came back.")
        sign_in_by_code(client)
        ada.refresh_from_db()
        assert ada.is_reachable
        change = Change.objects.about(ada).last()
        assert change
        assert (change.verb, change.by) == ("mails again", ada)
        assert change.why == "They signed in by what was mailed to it"

    def test_who_marked_our_mails_as_unwanted_gets_none_for_all_that(self, client: Client) -> None:
        ada = make_account(email="ada@example.org")
        addresses.stop(ada, MailStop.COMPLAINED, by="test", on=today(), why="Unwanted")
        sign_in_by_code(client)
        ada.refresh_from_db()
        assert not ada.is_reachable

    def test_the_code_goes_to_the_mailbox_as_text_and_large_as_html(self, client: Client) -> None:
        make_account(email="ada@example.org")
        response = sign_in_by_code(client)
        assert response.headers["Location"] == "/workspace/"
        (letter,) = mail.outbox
        assert (letter.to, letter.subject) == (["ada@example.org"], "Your code for the Concordat Tracker")
        ((html, kind),) = letter.alternatives  # type: ignore[attr-defined]
        assert (f'<p class="code">{mailed_code()}</p>' in html, kind) == (True, "text/html")
        assert history() == [("code", False)]

    def test_an_address_without_an_account_looks_the_same_and_gets_no_mail(self, client: Client) -> None:
        make_account(email="ada@example.org")
        pages = []
        for email in ("ada@example.org", "nobody@example.org"):
            browser = Client()
            asked = browser.post("/accounts/login/code/", {"email": email}, follow=True)
            pages.append(Page(asked).words.replace(email, ""))
        assert pages[0] == pages[1]
        assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]

    def test_a_wrong_code_is_refused_and_kept(self, client: Client) -> None:
        make_account(email="ada@example.org")
        client.post("/accounts/login/code/", {"email": "ada@example.org"})
        response = client.post("/accounts/login/code/confirm/", {"code": "XXXXXX"})
        assert faults(response) == ["This code is not right, or it is too old."]
        assert history() == [("refused", False)]

    def test_it_runs_out(self, client: Client) -> None:
        make_account(email="ada@example.org")
        with time_machine.travel(timezone.now(), tick=False) as clock:
            client.post("/accounts/login/code/", {"email": "ada@example.org"})
            clock.shift(timedelta(minutes=16))
            client.post("/accounts/login/code/confirm/", {"code": mailed_code()})
        assert not is_signed_in(client)

    def test_no_more_than_five_in_a_quarter_of_an_hour(self) -> None:
        make_account(email="ada@example.org")
        for _ in range(5):
            Client().post("/accounts/login/code/", {"email": "ada@example.org"})
        response = Client().post("/accounts/login/code/", {"email": "ada@example.org"})
        assert faults(response) == ["There were too many tries. Wait 15 minutes, then try again."]
        assert len(mail.outbox) == 5


class TestSecondFactor:
    def test_a_code_of_the_app_opens(self, client: Client) -> None:
        make_account(email="ada@example.org", second_factor=True)
        asked = try_password(client, next="/workspace/account/")
        assert asked.headers["Location"].startswith("/accounts/second-factor/authenticate/")
        assert not is_signed_in(client)
        done = client.post(asked.headers["Location"], {"code": code_now()})
        assert done.headers["Location"] == "/workspace/account/"
        assert is_signed_in(client)
        assert history() == [("password", True)]

    def test_it_is_asked_for_after_a_mailed_code_too(self, client: Client) -> None:
        make_account(email="ada@example.org", second_factor=True)
        asked = sign_in_by_code(client)
        assert asked.headers["Location"].startswith("/accounts/second-factor/authenticate/")
        assert not is_signed_in(client)

    def test_a_wrong_code_is_refused_and_kept(self, client: Client) -> None:
        make_account(email="ada@example.org", second_factor=True)
        try_password(client)
        response = client.post("/accounts/second-factor/authenticate/", {"code": "000000"})
        assert faults(response) == ["This code is not right, or it was used already. Wait for the next one."]
        assert history() == [("refused", True)]

    def test_a_code_works_once(self) -> None:
        make_account(email="ada@example.org", second_factor=True)
        code, outcomes = code_now(), []
        for browser in (Client(), Client()):
            try_password(browser)
            browser.post("/accounts/second-factor/authenticate/", {"code": code})
            outcomes.append(is_signed_in(browser))
        assert outcomes == [True, False]

    @pytest.mark.django_db(transaction=True)
    def test_setting_up_gives_recovery_codes_of_which_each_works_once(self, client: Client) -> None:
        person = make_account(email="ada@example.org")
        make_membership(person=person, role="coordinator")
        try_password(client)
        led = client.get("/workspace/account/", follow=True)
        assert led.redirect_chain == [("/accounts/second-factor/", 302)]
        assert "Your role asks for a second factor" in Page(led).words
        page = open_page(client, "/accounts/second-factor/app/add/").words
        found = re.search(r"Key: (\w+)", page)
        assert found
        done = client.post("/accounts/second-factor/app/add/", {"code": code_now(found[1])}, follow=True)
        assert "Your recovery codes" in Page(done).words
        assert client.get("/workspace/account/").status_code == 200
        codes = re.findall(r"<code>(\d{8})</code>", done.content.decode())
        assert len(codes) == 10
        outcomes = []
        for browser in (Client(), Client()):
            try_password(browser)
            browser.post("/accounts/second-factor/authenticate/", {"code": codes[0]})
            outcomes.append(is_signed_in(browser))
        assert outcomes == [True, False]
        assert "An app for codes was added" in mail.outbox[0].subject

    @pytest.mark.parametrize(
        "page",
        [
            "second-factor/app/add/",
            "second-factor/app/remove/",
            "second-factor/recovery-codes/",
            "second-factor/recovery-codes/new/",
            "second-factor/recovery-codes/download/",
            "second-factor/passkeys/add/",
            "second-factor/passkeys/1/remove/",
            "second-factor/passkeys/1/rename/",
            "password/change/",
            "password/set/",
        ],
    )
    def test_a_session_that_is_older_than_it_does_not_get_past_it(self, page: str) -> None:
        person = make_account(email="ada@example.org")
        browser = Client()
        try_password(browser)
        TOTP.activate(person, SECRET)
        RecoveryCodes.activate(person)
        for response in (browser.get(f"/accounts/{page}"), browser.post(f"/accounts/{page}")):
            assert response.headers["Location"].startswith("/accounts/second-factor/confirm/?next=")
        assert person.authenticator_set.count() == 2

    @pytest.mark.django_db(transaction=True)
    def test_setting_it_up_ends_the_other_sessions(self) -> None:
        person = make_account(email="ada@example.org")
        here, there = Client(), Client()
        for browser in (here, there):
            try_password(browser)
        found = re.search(r"Key: (\w+)", open_page(here, "/accounts/second-factor/app/add/").words)
        assert found
        here.post("/accounts/second-factor/app/add/", {"code": code_now(found[1])})
        assert person.authenticator_set.filter(type="totp").exists()
        assert here.get("/workspace/account/").status_code == 200
        assert there.get("/workspace/account/").headers["Location"].startswith("/accounts/login/")

    def test_whose_role_asks_for_it_keeps_one(self) -> None:
        person = make_account(second_factor=True)
        membership = make_membership(person=person, role="coordinator")
        browser = signed_in(person)
        page = "/accounts/second-factor/app/remove/"
        assert faults(browser.post(page)) == ["You need a second factor for your role. Add another one first."]
        membership.until_on = today()
        membership.save()
        assert browser.post(page).status_code == 302
        assert "removed" in mail.outbox[-1].subject

    def test_the_secret_is_of_no_use_to_who_has_the_database_alone(self, settings: Any) -> None:
        person = make_account(email="ada@example.org", second_factor=True)
        stored = person.authenticator_set.get().data["secret"]
        assert "JBSWY3DP" not in stored
        old = settings.SECRET_KEY
        settings.SECRET_KEY = "another"
        outcomes = []
        for fallbacks in ([], [old]):
            settings.SECRET_KEY_FALLBACKS = fallbacks
            browser = Client()
            try_password(browser)
            browser.post("/accounts/second-factor/authenticate/", {"code": code_now()})
            outcomes.append(is_signed_in(browser))
        assert outcomes == [False, True]


class TestPassword:
    def test_a_new_one_by_a_link_in_a_mail(self, client: Client) -> None:
        make_account(email="ada@example.org")
        client.post("/accounts/password/reset/", {"email": "ada@example.org"})
        found = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
        assert found
        form = client.get(found[1], follow=True)
        address = form.redirect_chain[-1][0]
        new = {"password1": "a new one for today", "password2": "a new one for today"}
        done = client.post(address, new, follow=True)
        assert "Your password is changed" in Page(done).words
        assert try_password(Client(), password="a new one for today").status_code == 302
        assert "This link does not work any more" in Page(Client().get(found[1], follow=True)).words

    def test_an_address_without_an_account_looks_the_same_and_gets_no_mail(self, client: Client) -> None:
        make_account(email="ada@example.org")
        pages = [
            Page(Client().post("/accounts/password/reset/", {"email": email}, follow=True)).words
            for email in ("ada@example.org", "nobody@example.org")
        ]
        assert pages[0] == pages[1]
        assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]

    def test_it_is_changed_with_the_present_one(self) -> None:
        person = make_account(email="ada@example.org")
        browser, new = Client(), "a new one for today"
        try_password(browser)
        page = "/accounts/password/change/"
        wrong = browser.post(page, {"oldpassword": "x", "password1": new, "password2": new})
        assert faults(wrong) == ["This is not your present password."]
        short = browser.post(page, {"oldpassword": PASSWORD, "password1": "ab1", "password2": "ab1"})
        assert "too short" in faults(short)[0]
        done = browser.post(page, {"oldpassword": PASSWORD, "password1": new, "password2": new})
        assert done.headers["Location"] == "/workspace/account/"
        person.refresh_from_db()
        assert person.check_password(new)
        assert mail.outbox[0].subject == "Your password was changed"


def test_nobody_signs_up(client: Client) -> None:
    for response in (client.get("/accounts/signup/"), client.post("/accounts/signup/", {"email": "x@example.org"})):
        assert "Accounts are by invitation" in Page(response).words


def test_signing_out_ends_the_session() -> None:
    browser = Client()
    make_account(email="ada@example.org")
    try_password(browser)
    assert browser.get("/accounts/logout/").status_code == 200
    assert is_signed_in(browser)
    assert "You are signed out." in Page(browser.post("/accounts/logout/", follow=True)).words
    assert not is_signed_in(browser)
    assert not Session.objects.exists()


def test_where_the_cache_is_out_of_reach_a_plain_page_says_so(settings: Any, client: Client) -> None:
    person = make_account(email="ada@example.org")
    working = signed_in(person)
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"redis://127.0.0.1:{free_port()}/0"}}
    assert client.get(LOGIN).status_code == 200
    for response in (try_password(client), client.post("/accounts/login/code/", {"email": "ada@example.org"})):
        assert (response.status_code, response["Retry-After"]) == (503, "60")
        assert "Nobody can sign in just now" in Page(response).words
        assert "116 123" in Page(response).words
    assert working.get("/workspace/account/").status_code == 200


def test_where_the_queue_is_out_of_reach_a_code_is_not_promised(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(**mail: str) -> None:
        raise OperationalError("no broker")

    make_account(email="ada@example.org")
    monkeypatch.setattr(mail_person, "delay", down)
    response = client.post("/accounts/login/code/", {"email": "ada@example.org"})
    assert response.status_code == 503
    assert try_password(Client()).status_code == 302
