"""By which link the recipient of a digest answers for its actions, and for which of them. Days in London."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from actionplans.models import Action
from signatories.access import access_of
from signatories.models import Message
from signatories.outbox import links


@dataclass(frozen=True, slots=True)
class Answering:
    """The link of a digest: its address, the actions that it opens, and the last day on which it does."""

    address: str
    action_ids: frozenset[int]
    until: date


def offer(message: Message, action_ids: Iterable[int], *, on: date, now: datetime) -> Answering | None:
    """Make the link with which the message's recipient answers for those of the actions that are their own.

    None if none of them is: what a person may do who coordinates, or works nationally, asks for a second factor, and so
    for a sign-in. It opens as long as the programme says; of several programmes the shortest counts. Four queries.
    """
    days = _days_of_own(message, action_ids, on)
    if not days:
        return None
    until = on + timedelta(days=min(days.values()))
    link = links.keep(message, days, until=until, now=now)
    return Answering(links.address_of(link), frozenset(days), until) if link else None


def show(message: Message, action_ids: Iterable[int], *, on: date) -> Answering | None:
    """The same for somebody who only looks at the mail: no link is made, and its address opens nothing."""
    days = _days_of_own(message, action_ids, on)
    if not days:
        return None
    return Answering(links.shown_address(), frozenset(days), on + timedelta(days=min(days.values())))


def _days_of_own(message: Message, action_ids: Iterable[int], on: date) -> dict[int, int]:
    """The actions for which the recipient answers by a link, each with how many days that opens. Two queries."""
    access = access_of(message.recipient, on).by_link
    mine = Action.objects.own_work(access, on).filter(pk__in=list(action_ids)).order_by()
    return dict(mine.values_list("pk", "plan__partnership__programme__link_days"))
