"""A mail of one rule with made-up things in it: for whoever words it. Asks the database nothing. Days in London."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from actionplans.chasing.answering import Answering
from actionplans.chasing.digest import Item, about_action, in_words, part_of, told_of
from actionplans.chasing.placeholders import fill
from actionplans.chasing.policy import MILESTONE, PLAN_REVIEW, Rule
from actionplans.chasing.words import NAMES, OF_OTHER_THINGS, OWNERS, Words
from concordat.kernel.dates import add_months
from signatories.outbox.links import shown_address

PARTNERSHIP = "Northshire and Southborough"
ACTIONS = (
    ("A1.2", "Plain-English page and wallet card on who to call in a crisis, day or night"),
    ("B1", "Mental health clinician in the police control room seven days a week"),
)
# Whose readers answer by a link.
TO_OWNERS = frozenset(rule for rule, (_, to) in NAMES.items() if OWNERS in to)
THINGS = {
    **dict.fromkeys(PLAN_REVIEW.values(), f"{PARTNERSHIP} action plan"),
    **dict.fromkeys(MILESTONE.values(), "Action plan"),
    Rule.SILENT: f"{PARTNERSHIP} action plan",
}


def told(rule: Rule, words: Words, on: date) -> dict[str, Any]:
    """What the templates of a mail are filled with, if it is sent in these words on that day."""
    due_on = on + timedelta(days=28)
    part = part_of(words, {"day": in_words(due_on), "partnership": PARTNERSHIP}, list(_items(rule, words, on, due_on)))
    fewer = f"{settings.SITE_URL.rstrip('/')}/fewer-mails/" if rule.is_optional else ""
    answering = Answering(shown_address(), frozenset(), due_on) if rule in TO_OWNERS else None
    return told_of("Olive Owner", [part], fewer=fewer, answering=answering) | {"is_preview": True}


def _items(rule: Rule, words: Words, on: date, due_on: date) -> Any:
    site = settings.SITE_URL.rstrip("/")
    if rule in OF_OTHER_THINGS:
        values = {"partnership": PARTNERSHIP, "due_on": in_words(due_on)}
        yield Item(THINGS.get(rule, "October refresh"), fill(words.item, values), f"{site}/workspace/")
        return
    days = ((due_on, add_months(on, -2), False), (on - timedelta(days=9), None, True))
    for (reference, text), (day, last, is_late) in zip(ACTIONS, days, strict=True):
        title = f"{reference} {text}"
        values = about_action(title, PARTNERSHIP, day, last, is_late=is_late)
        answer = shown_address() if rule in TO_OWNERS else ""
        yield Item(title, fill(words.item, values), f"{site}/workspace/", answer=answer)


def as_text(rule: Rule, words: Words, on: date) -> str:
    """The mail as plain text."""
    return render_to_string("mail/digest.txt", told(rule, words, on))


def as_html(rule: Rule, words: Words, on: date) -> str:
    """The mail as HTML, without what only a mailbox shows."""
    return render_to_string("mail/digest.html", told(rule, words, on))
