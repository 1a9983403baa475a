"""A digest before it goes: the very mail that is sent, without the addresses that are its reader's alone.

Days in London. Nothing is written.
"""

import re
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import partial

from actionplans.chasing.answering import show
from actionplans.chasing.digest import compose
from actionplans.chasing.outlook import Survey, as_if_opened
from concordat.kernel.tokens import HIDDEN, without_tokens
from signatories.models import Message, Notice, Person

# By what follows its reader asks for fewer mails.
FEWER = re.compile(r"(/fewer-mails/)[^/\s\"'<>?]+")
LAST_KEY = 2**63


@dataclass(frozen=True, slots=True)
class View:
    """How somebody sees a digest: which of its remarks, and by what name they know its reader."""

    sees: Callable[[Notice], bool]
    name: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest of that day as somebody sees it: `left_out` remarks are of partnerships that are not theirs to see."""

    day: date
    notices: tuple[Notice, ...]
    left_out: int
    subject: str
    text: str
    html: str


def next_letter(person: Person, on: date, view: View) -> Letter | None:
    """The digest that goes to somebody next, as of that day; None if it holds nothing that the viewer sees.

    It is as on the day on which it goes, if nothing changes until then.
    """
    survey = Survey(on, people=[person.pk])
    with as_if_opened(on, survey.partnerships):
        remarks = survey.outlook().remarks
        first = min((each.goes_on for each in remarks), default=on)
        if first == on:
            return _letter(person, on, (each.notice for each in remarks if each.goes_on == on), view)
    return next_letter(person, first, view)


def letter_now(person: Person, on: date, view: View) -> Letter | None:
    """The digest that goes to somebody if it is sent on that day by hand, whatever they got in the days before."""
    survey = Survey(on, people=[person.pk])
    with as_if_opened(on, survey.partnerships):
        remarks = survey.outlook().remarks
        return _letter(person, on, (each.notice for each in remarks if each.notice.send_on <= on), view)


def _letter(person: Person, day: date, notices: Iterable[Notice], view: View) -> Letter | None:
    taken = sorted(notices, key=lambda row: (row.due_on, row.rule, row.pk or LAST_KEY))
    shown = [row for row in taken if view.sees(row)]
    if not shown:
        return None
    message = Message.objects.filter(recipient=person, day=day).first() or Message(recipient=person, day=day)
    message.recipient = copy(person)
    message.recipient.name = view.name
    mail = compose(message, shown, day, offer=partial(show, message, on=day))
    html = str(mail.alternatives[0][0])
    return Letter(
        day, tuple(shown), len(taken) - len(shown), str(mail.subject), without_keys(str(mail.body)), without_keys(html)
    )


def without_keys(text: str) -> str:
    """The text with each address that opens something for its reader cut short: nobody else may use it."""
    return FEWER.sub(rf"\1{HIDDEN}", without_tokens(text))
