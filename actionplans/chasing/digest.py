"""What one digest holds: its parts with their items, as they stand when it is sent. A fixed number of queries a part.

Days in London.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.formats import date_format

from actionplans.chasing import facts
from actionplans.chasing.answering import Answering
from actionplans.chasing.facts import ACTION, PARTNERSHIP, Asked, Root
from actionplans.chasing.national import MILESTONE, PLAN, REVIEW_ROUND
from actionplans.chasing.policy import LADDER, Rule
from actionplans.chasing.windows import limits_of
from actionplans.chasing.words import WORDS
from actionplans.models import Action, ActionPlan
from actionplans.progress import Thresholds
from actionplans.work import Work, work_on
from signatories.models import Message, Milestone, Notice, Partnership, Person, ReviewRound, Role

MOST_ITEMS = 30  # of a part; the rest are counted
FEWER_SALT = "chasing.fewer"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a digest: what it is called, what to know about it, and where it is.

    `answer` is where its action is answered without signing in; empty where it is not.
    """

    title: str
    detail: str
    link: str
    action_id: int | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What is said by one rule about one day: `more` items are not listed. `action_ids`: of all, listed or not."""

    heading: str
    why: str
    items: tuple[Item, ...]
    more: int = 0
    action_ids: frozenset[int] = frozenset()


Offer = Callable[[Iterable[int]], Answering | None]


def _nothing(action_ids: Iterable[int]) -> None:
    """No link: for whoever only wants to see the mail."""


def compose(
    message: Message, notices: Iterable[Notice], on: date, *, offer: Offer = _nothing
) -> EmailMultiAlternatives:
    """The mail of a message: text and HTML. A second try of the same message has the same Message-ID.

    `offer` makes the link by which the actions with these ids are answered, if it is for the recipient to answer them.
    """
    notices = list(notices)
    parts = parts_of(notices, on)
    answering = offer(sorted({action for part in parts for action in part.action_ids}))
    if answering:
        parts = [_answered(part, answering) for part in parts]
    optional = any(Rule(notice.rule).is_optional for notice in notices)
    site = settings.SITE_URL.rstrip("/")
    fewer = f"{site}/fewer-mails/{fewer_token(message.recipient)}/" if optional else ""
    stands_in = any(notice.person_id != notice.recipient_id for notice in notices)
    subject = subject_of(parts)
    told = {
        "to": message.recipient,
        "subject": subject,
        "parts": parts,
        "answering": answering,
        "site": site,
        "fewer": fewer,
        "stands_in": stands_in,
    }
    headers = {
        "Message-ID": f"<digest-{message.pk}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    if fewer:
        headers |= {"List-Unsubscribe": f"<{fewer}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("mail/digest.txt", told),
        to=[str(message.recipient.email)],
        headers=headers,
    )
    mail.attach_alternative(render_to_string("mail/digest.html", told), "text/html")
    return mail


def _answered(part: Part, answering: Answering) -> Part:
    """The part, with where each item is answered."""
    items = (
        replace(item, answer=f"{answering.address}{item.action_id}") if item.action_id in answering.action_ids else item
        for item in part.items
    )
    return replace(part, items=tuple(items))


def fewer_token(person: Person) -> str:
    """What the link holds by which a person asks for fewer mails: it does nothing else, and does not expire."""
    return signing.dumps(person.pk, salt=FEWER_SALT)


def subject_of(parts: list[Part]) -> str:
    """The first part's heading, and that there is more."""
    if not parts:
        return "Crisis care actions"
    rest = len(parts) - 1
    more = f" and {rest} more thing{'' if rest == 1 else 's'}" if rest else ""
    return f"{parts[0].heading}{more}"[:200]


def parts_of(notices: Iterable[Notice], on: date) -> list[Part]:
    """The notices as parts, those of one rule, partnership and day together; what hurts most comes first."""
    groups: dict[tuple[Rule, int | None, date | None], list[Notice]] = defaultdict(list)
    for notice in notices:
        rule = Rule(notice.rule)
        by_day = notice.subject_type == PARTNERSHIP or rule.value[-1].isdigit()
        groups[rule, notice.partnership_id, notice.due_on if by_day else None].append(notice)
    names = dict(Partnership.objects.filter(pk__in={key[1] for key in groups}).values_list("pk", "name"))
    order = list(WORDS)
    found: list[Part] = []
    shown: set[Item] = set()

    def place(key: tuple[Rule, int | None, date | None]) -> tuple[int, str, date]:
        rule, partnership, day = key
        return order.index(rule), names.get(partnership, ""), day or date.min

    for (rule, partnership, _), group in sorted(groups.items(), key=lambda pair: place(pair[0])):
        told = {"day": in_words(min(notice.due_on for notice in group)), "partnership": names.get(partnership, "")}
        items = _items(rule, group, on)
        if group[0].subject_type == ACTION:  # an action is listed once: where an update is asked for, if it is
            items = [item for item in items if item not in shown]
        if not items:
            continue
        shown.update(items[:MOST_ITEMS])
        words = WORDS[rule]
        found.append(
            Part(
                words.heading.format(**told),
                words.why.format(**told),
                tuple(items[:MOST_ITEMS]),
                max(0, len(items) - MOST_ITEMS),
                frozenset(item.action_id for item in items if item.action_id is not None),
            )
        )
    return found


def in_words(day: date) -> str:
    """30 June 2026."""
    return date_format(day, "j F Y")


def _items(rule: Rule, group: list[Notice], on: date) -> list[Item]:
    kind = group[0].subject_type
    if kind == PARTNERSHIP:
        people = {notice.person_id for notice in group}
        return _of_actions(behind(rule, group[0].subject_id, people, on), on)
    subjects = [notice.subject_id for notice in group]
    if kind == ACTION:
        return _of_actions(subjects, on)
    return _others(kind, subjects, {notice.subject_id: notice.due_on for notice in group})


def behind(rule: Rule, partnership: int, people: Iterable[int], on: date) -> list[int]:
    """The actions (ids) because of which these people are told of a window of that partnership."""
    programme = Partnership.objects.select_related("programme").get(pk=partnership).programme
    asked = Asked(on, limits_of(programme), programme.pk, people=list(people))
    found: set[int] = set()
    for times, each in LADDER.items():
        if rule == each:
            root = facts.by_rung(asked, times)
            found |= _ids(root, facts.of_missed(root, asked, times), partnership)
    if rule in (Rule.OPENS, Rule.NUDGE, Rule.LAST_NOTICE):
        for root in (facts.by_owner(asked), facts.without_owner(asked)):
            found |= _ids(root, facts.of_window(root, asked, facts.ANSWERING), partnership)
    if rule in (Rule.CLOSING, Rule.LAST_NOTICE):
        root = facts.by_role(asked, Role.COORDINATOR)
        found |= _ids(root, facts.of_window(root, asked, facts.CLOSING), partnership)
    return sorted(found)


def _ids(root: Root, rows: facts.Rows, partnership: int) -> set[int]:
    return set(rows.filter(whose=partnership).order_by().values_list(root.key, flat=True))


def _of_actions(ids: Iterable[int], on: date) -> list[Item]:
    works = work_on(Action.objects.filter(pk__in=list(ids)), on, Thresholds())
    return [_of_work(work) for work in works]


def _of_work(work: Work) -> Item:
    action = work.action
    due = f"{'was due' if work.is_late else 'due'} {in_words(action.due_on)}" if action.due_on else "no end date"
    last = f"last update {in_words(action.last_update)}" if action.last_update else "no update yet"
    title = f"{action.reference} {action.text}".strip()
    return Item(
        title if len(title) <= 160 else f"{title[:159].rstrip()}…",
        f"{work.place.partnership_name}; {due}; {last}",
        f"{settings.SITE_URL.rstrip('/')}/workspace/actions/{action.id}/",
        action.id,
    )


# What else may be told of, and where it is looked at.
OTHERS: Mapping[str, tuple[type[Model], str]] = {
    PLAN: (ActionPlan, "/plans/{}/"),
    MILESTONE: (Milestone, "/workspace/partnerships/"),
    REVIEW_ROUND: (ReviewRound, "/workspace/partnerships/"),
}


def _others(kind: str, ids: list[int], days: Mapping[int, date]) -> list[Item]:
    model, page = OTHERS[kind]
    site = settings.SITE_URL.rstrip("/")
    rows = model._default_manager.filter(pk__in=ids).order_by("pk")
    return [Item(_name(row), f"by {in_words(days[row.pk])}", site + page.format(row.pk)) for row in rows]


def _name(row: Model) -> str:
    return row.name if isinstance(row, Milestone) else str(row)
