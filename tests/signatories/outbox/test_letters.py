"""A text mail and the same as HTML; and the mark by which a mail is known again."""

from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.utils import timezone

from actionplans.chasing.digest import compose
from concordat.tasks import mail_person
from signatories.outbox.letters import as_html, blocks_of, letter
from signatories.outbox.replies import mail as mail_reply
from signatories.outbox.return_address import AUTOMATIC, HEADER, mark_of, marked, names_in
from signatories.services import enquiry_mail, mailing
from signatories.services.invitation_mail import mail as mail_invitation
from tests.factories import DAY, make_enquiry, make_invitation, make_message, make_person, make_reply, noon
from tests.mail_server import mail_server

SITE = "https://tracker.example"


@pytest.fixture(autouse=True)
def _at_tracker(settings: Any) -> None:
    settings.SITE_URL = SITE


def shape(text: str) -> list[tuple[str, list[list[tuple[str, str]]]]]:
    return [
        (block.kind, [[(piece.text, piece.address) for piece in line] for line in block.lines])
        for block in blocks_of(text)
    ]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        ("Hello\n\nTwo\nlines", [("text", [[("Hello", "")]]), ("text", [[("Two", "")], [("lines", "")]])]),
        (f"{SITE}/a/", [("button", [[(f"{SITE}/a/", f"{SITE}/a/")]])]),
        (
            f"Open this:\n{SITE}/a/?b=1",
            [("text", [[("Open this:", "")]]), ("button", [[(f"{SITE}/a/?b=1", f"{SITE}/a/?b=1")]])],
        ),
        (f"See {SITE}/a.", [("text", [[("See ", ""), (f"{SITE}/a", f"{SITE}/a"), (".", "")]])]),
        ("KXRT-4PWM", [("code", [[("KXRT-4PWM", "")]])]),
        ("No code", [("text", [[("No code", "")]])]),
        ("https://evil.example/a/", [("text", [[("https://evil.example/a/", "")]])]),
        (f"{SITE}.evil.example/", [("text", [[(SITE, SITE), (".evil.example/", "")]])]),
    ],
)
def test_the_paragraphs_of_a_text(text: str, blocks: list[Any]) -> None:
    assert shape(text) == blocks


def test_what_people_wrote_is_escaped_and_leads_nowhere() -> None:
    html = as_html("A <b>subject</b>", "Hello Jo,\n\n<script>alert(1)</script> https://evil.example\n\n--\nFoot", "Go")
    assert "<h1>A &lt;b&gt;subject&lt;/b&gt;</h1>" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; https://evil.example" in html
    assert "<a" not in html
    assert html.index("Foot") > html.index('class="foot"')


def test_a_code_is_large_and_a_mail_has_both_texts() -> None:
    mail_person(to="jo@example.org", subject="Your code", body="Your code is:\n\nKXRT-4PWM\n")
    (message,) = outbox.outbox
    ((html, kind),) = message.alternatives  # type: ignore[attr-defined]
    assert (message.body, kind) == ("Your code is:\n\nKXRT-4PWM\n", "text/html")
    assert '<p class="code">KXRT-4PWM</p>' in html
    assert message.extra_headers == AUTOMATIC  # no row: nothing to be known again


PASTED = "\u2028".join(["x" * 700, "y" * 700, "z" * 700])  # as it is pasted from Word


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["letter", "enquiry", "digest"])
def test_what_is_pasted_from_elsewhere_makes_no_line_that_a_mail_server_refuses(kind: str) -> None:
    if kind == "letter":
        message: EmailMessage = letter(subject="x", text=f"Hello\n\n{PASTED}", to="jo@example.org")
    elif kind == "enquiry":
        message = enquiry_mail.message_about(make_enquiry(message=PASTED), make_person(email="ada@example.org"))
    else:
        row = make_message(recipient=make_person(email="olive@example.org"))
        row.recipient.name = PASTED
        message = compose(row, [], DAY)
    raw = message.message().as_bytes(linesep="\r\n")
    assert b"y" * 70 in raw
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998  # RFC 5322, 2.1.1


def test_a_button_says_where_it_leads() -> None:
    message = letter(subject="x", text=f"Open:\n\n{SITE}/a/", to="jo@example.org", button="Accept <it>")
    ((html, _),) = message.alternatives
    assert f'<a href="{SITE}/a/">Accept &lt;it&gt;</a>' in html


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["code", "invitation", "reply", "enquiry", "digest"])
def test_no_mail_asks_for_an_automatic_answer_and_each_for_a_report_that_it_failed(kind: str) -> None:
    if kind == "code":
        mail_person(to="jo@example.org", subject="Your code", body="KXRT-4PWM")
    elif kind == "invitation":
        mail_invitation(make_invitation(invited_on=timezone.localdate()).pk, by="test", now=timezone.now())
    elif kind == "reply":
        mail_reply(make_reply().pk, by="test", now=noon(DAY))
    elif kind == "enquiry":
        make_person(email="ada@example.org", is_superuser=True)
        enquiry_mail.mail(make_enquiry().pk, by="test", now=timezone.now())
    else:
        mailing.send(compose(make_message(), [], DAY))
    (message,) = outbox.outbox
    assert message.message()["Auto-Submitted"] == "auto-generated"
    kept_back = {each.strip() for each in str(message.message()["X-Auto-Response-Suppress"]).split(",")}
    assert kept_back == {"OOF", "AutoReply"}  # without NDR, and so not “All”


class TestMark:
    def test_stands_in_the_head_and_in_the_return_address_and_the_sender_is_ours(self, settings: Any) -> None:
        settings.BOUNCE_ADDRESS = "bounces@tracker.example"
        message = EmailMessage("x", "y", "Tracker <post@tracker.example>", ["jo@example.org"])
        message.extra_headers["Message-ID"] = "<digest-7@tracker.example>"
        mark = mark_of("digest-7")
        marked(message)
        assert message.from_email == f"bounces+{mark}@tracker.example"
        assert message.message()["From"] == "Tracker <post@tracker.example>"
        assert message.message()[HEADER] == mark
        assert len(f"bounces+{mark_of('enquiry-abcde-fghij-999999')}") <= 64  # what the first half may have

    def test_without_a_return_address_only_in_the_head(self, settings: Any) -> None:
        settings.BOUNCE_ADDRESS = ""
        message = EmailMessage("x", "y", "post@tracker.example", headers={"Message-ID": "<digest-7@tracker.example>"})
        assert (marked(message).from_email, message.extra_headers[HEADER]) == (
            "post@tracker.example",
            mark_of("digest-7"),
        )

    def test_is_signed(self, settings: Any) -> None:
        mark = mark_of("digest-7")
        assert names_in(f"<bounces+{mark}@x>, {mark.upper()}") == ({"digest-7"}, False)
        assert names_in(mark.replace("digest-7", "digest-8")) == (set(), True)
        assert names_in(f"{mark}a {mark[:-1]} digest-7") == (set(), False)
        settings.SECRET_KEY = "another"
        assert names_in(mark) == (set(), True)

    @pytest.mark.django_db
    def test_a_mail_server_gets_it_as_the_sender(self, settings: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.BOUNCE_ADDRESS = "bounces@tracker.example"
        reply = make_reply()
        with mail_server() as office:
            mail_reply(reply.pk, by="test", now=noon(DAY))
        (one,) = office.letters
        assert one.sender == f"bounces+{mark_of(f'reply-{reply.pk}')}@tracker.example"
        assert one.message["From"] == settings.DEFAULT_FROM_EMAIL
        assert mailing.rows_of(type(reply)).get().mail_state == "mailed"
