"""Makes pictures of every kind of mail: `python -m tests.mail_pictures [FOLDER]`, or `make mail-pictures`.

Each as HTML in light and dark at 320 and 640 pixels, and as plain text. Look at them whenever the words or the
templates of mails change. Nothing is sent, and no database is asked. Needs Chromium.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

from tests import browsers
from tests.services import ROOT

DAY = date(2026, 6, 2)
SITE = "https://tracker.example"
WIDTHS, SCHEMES = (320, 640), ("light", "dark")


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as it goes out."""

    name: str
    subject: str
    text: str
    html: str


def reminders() -> Iterator[Mail]:
    """A mail of every rule, one with several parts, many items and a deputy, and one of many partnerships."""
    from django.template.loader import render_to_string

    from actionplans.chasing import digest, example
    from actionplans.chasing.placeholders import fill
    from actionplans.chasing.policy import Rule
    from actionplans.chasing.words import SHIPPED

    def mail(name: str, told: dict[str, object]) -> Mail:
        told = told | {"is_preview": False}
        pair = (render_to_string(f"mail/digest.{kind}", told) for kind in ("txt", "html"))
        return Mail(name, str(told["subject"]), *pair)

    for rule in Rule:
        yield mail(rule.value, example.told(rule, SHIPPED[rule], DAY))
    wanted = (Rule.LAST_NOTICE, Rule.DUE_PASSED, Rule.PLAN_REVIEW_30)
    parts = [example.told(rule, SHIPPED[rule], DAY)["parts"][0] for rule in wanted]
    long = digest.Item("C7 " + "Weiterleitungsvereinbarung" * 5, "Northshire; due 30 June 2026; no update yet", SITE)
    parts[0] = digest.part_of(
        SHIPPED[Rule.LAST_NOTICE],
        {"day": "30 June 2026", "partnership": example.PARTNERSHIP},
        [*parts[0].items, long, *parts[0].items * 16],
    )
    several = digest.told_of("Olive Owner", parts, fewer=f"{SITE}/fewer-mails/x/", stands_in=True)
    yield mail("several_parts", several)
    places = ("Avon and Wiltshire", "Barnsley", "Cheshire and Merseyside", "Northshire and Southborough")
    sentence = SHIPPED[Rule.SILENT].item
    quiet = [
        digest.Item(f"{place} action plan", fill(sentence, {"partnership": place, "due_on": "1 May 2026"}), SITE)
        for place in places * 10
    ]
    part = digest.part_of(SHIPPED[Rule.SILENT], {"partnership": f"{len(places)} partnerships"}, quiet)
    yield mail("many_partnerships", digest.told_of("Olive Owner", [part]))


def letters() -> Iterator[Mail]:
    """What is not a reminder: invitations, codes, answers."""
    from django.template.loader import render_to_string

    until = datetime(2026, 6, 16, 11, tzinfo=UTC)
    invitation = SimpleNamespace(name="Jo O’Neill", invited_by="Cora Coordinator", expires_at=until)
    link = f"{SITE}/invitations/WzEyLCIzZjQ5YTAiXQ:1xWLrr:uJ6KeubG1Jwv5ygRQ_6RPPog0NPf/"
    told = {"invitation": invitation, "post": "Owner of actions, Northshire Police", "link": link, "site": SITE}
    text = render_to_string("mail/invitation.txt", told)
    yield _letter("invitation", "You are invited to the Concordat Tracker", text, "Accept the invitation")
    for name, button in (
        ("account/email/login_code", ""),
        ("account/email/password_reset_key", "Choose a password"),
        ("account/email/password_changed", ""),
        ("mfa/email/totp_activated", ""),
    ):
        told = {"site": SITE, "code": "KXRT-4PWM", "password_reset_url": f"{SITE}/accounts/password/reset/key/x-y/"}
        subject = render_to_string(f"{name}_subject.txt", told).strip()
        yield _letter(name.rpartition("/")[2], subject, render_to_string(f"{name}_message.txt", told), button)
    olive = SimpleNamespace(name="Olive Owner")
    for name, subject, sentences in (
        (
            "report_returned",
            "Your report came back: B1 Mental health clinician in the police control room seven days a week",
            [
                "Your report of 1 June 2026 was returned to you.",
                "The coordinator asks: Say which towns.\nAnd since when?",
            ],
        ),
        ("published", "Published: Northshire action plan, version 3", ["Version 3 is public from 2 June 2026 on."]),
    ):
        told = {"to": olive, "sentences": sentences, "link": f"{SITE}/workspace/actions/12/", "site": SITE}
        yield _letter(name, subject, render_to_string("mail/reply.txt", told), "Open it in the tracker")
    enquiry = {"kind": "mistake", "reference": "AB2CD-EF3GH", "about": "/areas/essex/", "name": "", "email": "z@x.org"}
    told = {"enquiry": enquiry | {"message": "It is green."}, "site": SITE, "address": "/admin/signatories/enquiry/1/"}
    yield Mail("enquiry", "Something is wrong (AB2CD-EF3GH)", render_to_string("mail/enquiry.txt", told), "")


def _letter(name: str, subject: str, text: str, button: str) -> Mail:
    from signatories.outbox.letters import as_html

    return Mail(name, subject, text, as_html(subject, text, button or "Open the page"))


def take(mail: Mail, browser: browsers.Browser, folder: Path) -> None:
    """The pictures of one mail."""
    with browser.page("http://localhost") as page:
        for scheme in SCHEMES if mail.html else ():
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 600})
                page.set_content(mail.html)
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, f"{mail.name} is {wide} pixels wide where there are {width}"
                page.screenshot(path=folder / f"{mail.name}-{width}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")
        page.set_content('<pre style="font: 14px/1.4 monospace; white-space: pre-wrap; overflow-wrap: anywhere"></pre>')
        page.locator("pre").evaluate(
            "(pre, text) => { pre.textContent = text; }", f"Subject: {mail.subject}\n\n{mail.text}"
        )
        page.screenshot(path=folder / f"{mail.name}-text.png", full_page=True)
    print(folder / mail.name, flush=True)


def main() -> None:
    """Take all of them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var" / "mail-pictures"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"SITE_URL": SITE, "SECRET_KEY": "only for pictures", "DJANGO_SETTINGS_MODULE": "concordat.settings"}
    import django

    django.setup()
    with browsers.chromium() as browser:
        for mail in (*reminders(), *letters()):
            take(mail, browser, folder)


if __name__ == "__main__":
    main()
