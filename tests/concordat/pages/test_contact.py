"""The contact page as a visitor meets it, and what comes of a message, through a real queue, worker and mail server."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from concordat.embedded import free_port
from concordat.pages.contact import local_path
from concordat.tasks import mail_enquiries, mail_enquiry
from signatories.models import Enquiry
from tests import services
from tests.admin_pages import Page as Read
from tests.admin_pages import open_page
from tests.browsers import faults_of_axe
from tests.factories import make_enquiry, make_person
from tests.mail_server import PostOffice, mail_server

URL = "/contact/"
WORDS = {"kind": "question", "about": "/areas/essex/", "message": "Why is it red?", "name": "Zoë", "email": "zoe@x.org"}
SENT = re.compile(r"/contact/sent/\?reference=([A-Z2-9]{5}-[A-Z2-9]{5})")


def send(client: Client | None = None, **values: str) -> HttpResponse:
    """Send the form with these values, from a browser of one's own unless one is given."""
    return (client or Client()).post(URL, WORDS | values)


def faults(response: HttpResponse) -> list[str]:
    """What the summary at the top says is wrong."""
    summary = response.content.decode().split("govuk-error-summary__list", 1)[1].split("</ul>", 1)[0]
    return [re.sub("<[^>]+>", "", item).strip() for item in re.findall("<li>(.*?)</li>", summary, re.S)]


def stored() -> list[tuple[str, ...]]:
    return list(Enquiry.objects.values_list("kind", "about", "message", "name", "email"))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/areas/hertfordshire/", "/areas/hertfordshire/"),
        ("/areas/essex/?on=2015-04-10#plans", "/areas/essex/?on=2015-04-10"),
        ("  /areas/essex/ ", "/areas/essex/"),
        ("/", "/"),
        ("https://tracker.example/areas/essex/", "/areas/essex/"),
        ("http://tracker.example/?q=1", "/?q=1"),
        ("https://evil.example/areas/essex/", ""),
        ("https://tracker.example@evil.example/", ""),
        ("https://tracker.example//evil.example/", ""),
        ("//evil.example/", ""),
        ("///areas/essex/", "/areas/essex/"),
        ("/\\evil.example/", ""),
        ("\\\\evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("areas/essex/", ""),
        ("https://[tracker.example/", ""),
        ("/areas/ essex/", ""),
        ("/\x00", ""),
        ("/" + "x" * 299, "/" + "x" * 299),
        ("/" + "x" * 300, ""),
        ("", ""),
    ],
)
def test_only_a_page_of_this_site_is_taken(text: str, path: str) -> None:
    assert local_path(text, "tracker.example") == path


@pytest.mark.django_db
class TestForm:
    def test_first_says_that_nobody_reads_at_once_and_who_helps_now(self) -> None:
        words = open_page(Client(), URL).words
        main = words.split("Ask a question or report an error", 2)[2]
        assert main.startswith(" Nobody reads these messages at once, and nobody here can help in a crisis.")
        help_now, form = main.split("What is it?", 1)
        assert all(number in help_now for number in ("999", "NHS 111", "116 123"))
        assert "Without it we read your message but cannot reply." in form

    @pytest.mark.parametrize(
        ("about", "filled_in", "kind"),
        [
            ("/areas/hertfordshire/", "/areas/hertfordshire/", ["mistake"]),
            ("//evil.example/", "", None),
            ("", "", None),
        ],
    )
    def test_the_page_it_is_about_is_filled_in(self, about: str, filled_in: str, kind: list[str] | None) -> None:
        page = Read(Client().get(URL, {"about": about}))
        assert page.values["about"] == [filled_in]
        assert page.values.get("kind") == kind

    def test_it_is_nobody_elses_to_keep(self) -> None:
        assert "no-store" in Client().get(URL)["Cache-Control"]

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_another_method_is_refused(self, method: str) -> None:
        assert getattr(Client(), method)(URL).status_code == 405
        assert Client().post(reverse("contact-sent")).status_code == 405


@pytest.mark.django_db
class TestSending:
    def test_keeps_the_message_and_leads_to_what_happens_next(self) -> None:
        browser = Client()
        response = send(browser)
        assert stored() == [tuple(WORDS.values())]
        assert response.status_code == 302
        reference = SENT.fullmatch(response["Location"])
        assert reference is not None
        assert reference[1] == Enquiry.objects.get().reference
        page = open_page(browser, response["Location"])
        assert f"We have your message Your reference number {reference[1]}" in page.words
        assert "What happens next" in page.words
        assert not any(words in page.words for words in (WORDS["message"], WORDS["name"], WORDS["email"]))

    def test_only_the_message_and_its_kind_are_needed(self) -> None:
        assert send(about="", name="", email="").status_code == 302
        assert stored() == [("question", "", "Why is it red?", "", "")]

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"kind": ""}, "Choose “A question” or “Something is wrong”."),
            ({"kind": "praise"}, "Choose “A question” or “Something is wrong”."),
            ({"message": ""}, "Write your message."),
            ({"message": " \r\n "}, "Write your message."),
            ({"message": "\x00\x07"}, "Write your message."),
            ({"message": "x" * 4001}, "Your message has 4,001 characters. Make it 4,000 or fewer."),
            ({"message": "x" * 8000}, "Your message has 8,000 characters. Make it 4,000 or fewer."),
            ({"name": "x" * 121}, "Your name has 121 characters. Make it 120 or fewer."),
            ({"email": "zoe"}, "Give an email address like name@example.org, or none."),
            ({"email": "zoe@x.org, bo@x.org"}, "Give an email address like name@example.org, or none."),
            ({"email": f"{'x' * 300}@x.org"}, "Give an email address like name@example.org, or none."),
            (
                {"about": "https://evil.example/"},
                "Give the address of a page of this website, such as /areas/hertfordshire/.",
            ),
        ],
        ids=lambda value: str(value)[:40],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(self, values: dict[str, str], sentence: str) -> None:
        response = send(**values)
        assert (response.status_code, faults(response), stored()) == (400, [sentence], [])
        assert "<title>Error: " in response.content.decode()
        page = Read(response)
        assert page.values["name"] == [values.get("name", WORDS["name"])]
        assert page.values["message"][0].replace("\r\n", "\n") == values.get("message", WORDS["message"]).replace(
            "\r\n", "\n"
        )

    def test_a_book_is_sent_back_only_in_part_and_says_so(self) -> None:
        response = send(message="x" * 1_000_000)
        assert (response.status_code, stored()) == (400, [])
        assert faults(response) == [
            "Your message has 1,000,000 characters. Make it 4,000 or fewer. Only its first 8,000 are still here."
        ]
        page = Read(response)
        assert (page.values["message"], page.values["name"]) == (["x" * 8000], ["Zoë"])

    @pytest.mark.parametrize("name", ["kind", "about", "name", "email", "website", "ticket", "other"])
    def test_no_box_sends_a_large_page_back(self, name: str) -> None:
        response = send(**({"message": ""} | {name: "x" * 1_000_000}))
        assert response.status_code == 400
        assert len(response.content) < 40_000

    def test_every_fault_is_told_at_once_and_leads_to_its_field(self) -> None:
        response = send(kind="", message="", email="zoe")
        assert len(faults(response)) == 3
        page = response.content.decode()
        for name in ("kind_0", "message", "email"):
            assert f'href="#id_{name}"' in page
            assert f'id="id_{name}"' in page

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("One\r\nTwo\rThree\n\nFour", "One\nTwo\nThree\n\nFour"),
            ("a\x00b\x1bc\x7fd\x86e\tf", "abcde\tf"),
            ("One\u2028Two\u2029Three\x85Four\x0bFive", "One\nTwo\nThree\nFour\nFive"),
            ("🧑🏽‍⚕️ é مرحبا שלום \u202eevil", "🧑🏽‍⚕️ é مرحبا שלום \u202eevil"),
            ("x\r\n" * 2000, "x\n" * 1999 + "x"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("{% csrf_token %}{{ settings.SECRET_KEY }}", "{% csrf_token %}{{ settings.SECRET_KEY }}"),
        ],
    )
    def test_whatever_can_be_typed_is_kept_as_it_is(self, typed: str, kept: str) -> None:
        assert send(message=typed).status_code == 302
        assert [row[2] for row in stored()] == [kept]

    def test_a_name_stays_on_one_line_and_an_email_address_cannot_hold_two(self) -> None:
        assert send(name="Zoë\r\nBcc: all@x.org").status_code == 302
        assert [row[3] for row in stored()] == ["Zoë Bcc: all@x.org"]
        send(email="zoe@x.org\r\nBcc: all@x.org")
        assert len(stored()) == 1

    def test_the_same_form_sent_twice_is_one_message(self) -> None:
        browser = Client()
        opened = {name: values[0] for name, values in open_page(browser, URL).values.items() if name != "kind"}
        sent = opened | WORDS
        assert browser.post(URL, sent)["Location"] == browser.post(URL, sent)["Location"]
        assert len(stored()) == 1

    def test_a_box_that_only_programs_fill_in_sends_it_back_and_loses_nothing(self) -> None:
        response = send(website="https://buy.example/")
        assert faults(response) == ["Send it once more. Something had filled in a box that must stay empty."]
        assert stored() == []
        page = Read(response)
        assert (page.values["website"], page.values["message"]) == ([""], [WORDS["message"]])

    def test_the_sixth_within_an_hour_waits_and_keeps_its_words(self) -> None:
        answers = [send(message=f"Why {number}?") for number in range(6)]
        assert [answer.status_code for answer in answers] == [302] * 5 + [429]
        assert faults(answers[5]) == [
            "You have sent several messages within an hour. Wait an hour, then send this one."
        ]
        assert answers[5]["Retry-After"] == "3600"
        assert Read(answers[5]).values["message"] == ["Why 5?"]
        assert len(stored()) == 5
        assert Client(REMOTE_ADDR="192.0.2.9").post(URL, WORDS).status_code == 302

    def test_what_was_wrong_does_not_count(self) -> None:
        for _ in range(9):
            send(message="")
        assert send().status_code == 302

    def test_without_a_token_it_is_sent_back_with_advice(self) -> None:
        response = Client(enforce_csrf_checks=True).post(URL, WORDS)
        assert (response.status_code, stored()) == (403, [])
        words = Read(response).words
        assert "Your form could not be sent" in words
        assert "Go back with the back button of your browser." in words
        assert "116 123" in words

    def test_with_its_token_it_is_taken(self) -> None:
        browser = Client(enforce_csrf_checks=True)
        token = open_page(browser, URL).values["csrfmiddlewaretoken"][0]
        assert browser.post(URL, WORDS | {"csrfmiddlewaretoken": token}).status_code == 302


@pytest.mark.parametrize("reference", ["", "K7QM", "<b>K7QMA-2XWD9</b>", "Call 0900 1234567", "K7QMA-2XWD9\n"])
@pytest.mark.django_db
def test_the_sent_page_shows_nothing_but_a_reference(reference: str) -> None:
    response = Client().get("/contact/sent/", {"reference": reference})
    words = Read(response).words
    assert "We have your message" in words
    assert "Your reference number" not in words


@pytest.mark.django_db
def test_a_cache_out_of_reach_loses_no_message(settings: Any) -> None:
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"redis://127.0.0.1:{free_port()}/0"}}
    assert [send(message=f"Why {number}?").status_code for number in range(7)] == [302] * 7
    assert len(stored()) == 7


@pytest.mark.django_db(transaction=True)
def test_a_queue_out_of_reach_loses_no_message(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sweep mails it later."""
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{free_port()}/0"
    make_person(email="ada@example.org", is_staff=True)
    assert send().status_code == 302
    assert mail.outbox == []
    monkeypatch.setattr(mail_enquiry, "delay", mail_enquiry.run)
    mail_enquiries()
    assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with mail_server() as server:
        yield server


@pytest.mark.slow
def test_a_message_reaches_every_administrator_once(celery_worker_process: services.Worker, office: PostOffice) -> None:
    make_person(email="ada@example.org", is_staff=True)
    make_person(email="bo@example.org", is_superuser=True)
    assert send().status_code == 302
    services.wait_until(lambda: Enquiry.objects.filter(mail_state="mailed").exists(), "the mail")
    assert sorted(letter.to for letter in office.letters) == [["ada@example.org"], ["bo@example.org"]]
    for letter in office.letters:
        assert letter.message["Reply-To"] == "zoe@x.org"
        assert "Why is it red?" in letter.text
    mail_enquiries()
    mail_enquiry.delay(Enquiry.objects.get().pk)
    following = make_enquiry()
    mail_enquiry.delay(following.pk)
    services.wait_until(lambda: Enquiry.objects.get(pk=following.pk).mail_state == "mailed", "the next mail")
    assert [following.reference in letter.text for letter in office.letters] == [False, False, True, True]


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.django_db(transaction=True)
def test_no_accessibility_fault_also_with_errors_and_no_sideways_scrolling(
    browser_page: Page, width: int, scheme: str
) -> None:
    call_command("load_areas", verbosity=0)
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.goto(URL)
    sound(browser_page, width)
    browser_page.get_by_role("button", name="Send").click()
    browser_page.get_by_role("heading", name="There is a problem").wait_for()
    sound(browser_page, width)
    browser_page.get_by_role("link", name="Write your message.").click()
    browser_page.keyboard.type("Why is it red?")
    browser_page.get_by_label("A question").check()
    browser_page.get_by_role("button", name="Send").click()
    browser_page.get_by_role("heading", name="We have your message").wait_for()
    sound(browser_page, width)
    assert [row[2] for row in stored()] == ["Why is it red?"]


def sound(page: Page, width: int) -> None:
    """axe finds nothing, and nothing is wider than the screen."""
    found = faults_of_axe(page)
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
