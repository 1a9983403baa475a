"""What one digest holds: its parts with their items, as they stand when it is sent. A fixed number of queries a part.

Days in London.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
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
from actionplans.chasing.placeholders import fill
from actionplans.chasing.policy import LADDER, Rule
from actionplans.chasing.windows import limits_of
from actionplans.chasing.wording import words_on
from actionplans.chasing.words import OF_ALL_PARTNERSHIPS, SHIPPED, Words
from actionplans.models import Action, ActionPlan
from actionplans.progress import Thresholds
from actionplans.work import Work, work_on
from concordat.kernel.lines import one_kind_of_end
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
    opening: str
    why: str
    hand_over: str
    items: tuple[Item, ...]
    more: int = 0
    action_ids: frozenset[int] = frozenset()


Offer = Callable[[Iterable[int]], Answering | None]


def _nothing(action_ids: Iterable[int]) -> None:
    """No link: for whoever only wants to see the mail."""


def compose(
    message: Message, notices: Iterable[Notice], on: date, *, offer: Offer = _nothing
) -> EmailMultiAlternatives:
    """The mail of a message: text and HTML, in the words of that day. A second try has the same Message-ID.

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
    told = told_of(
        message.recipient.name,
        parts,
        fewer=fewer,
        stands_in=any(notice.person_id != notice.recipient_id for notice in notices),
        answering=answering,
    )
    headers = {"Message-ID": f"<digest-{message.pk}@{urlsplit(settings.SITE_URL).hostname}>"}
    if fewer:
        headers |= {"List-Unsubscribe": f"<{fewer}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    mail = EmailMultiAlternatives(
        subject=told["subject"],
        body=one_kind_of_end(render_to_string("mail/digest.txt", told)),
        to=[str(message.recipient.email)],
        headers=headers,
    )
    mail.attach_alternative(one_kind_of_end(render_to_string("mail/digest.html", told)), "text/html")
    return mail


def _answered(part: Part, answering: Answering) -> Part:
    """The part, with where each item is answered."""
    items = (
        replace(item, answer=f"{answering.address}{item.action_id}") if item.action_id in answering.action_ids else item
        for item in part.items
    )
    return replace(part, items=tuple(items))


def told_of(
    name: str, parts: list[Part], *, fewer: str = "", stands_in: bool = False, answering: Answering | None = None
) -> dict[str, Any]:
    """What the templates of a digest to somebody of that name are filled with."""
    return {
        "name": name,
        "subject": subject_of(parts),
        "first_words": first_words(parts),
        "parts": parts,
        "hand_overs": list(dict.fromkeys(part.hand_over for part in parts)),
        "site": settings.SITE_URL.rstrip("/"),
        "fewer": fewer,
        "stands_in": stands_in,
        "answering": answering,
    }


def first_words(parts: list[Part]) -> str:
    """What a mailbox shows beside the subject: the first thing, and how many more there are."""
    titles = list(dict.fromkeys(item.title for part in parts for item in part.items))
    if not titles:
        return ""
    rest = len(titles) - 1 + sum(part.more for part in parts)
    return f"{titles[0]}, and {rest} more" if rest else titles[0]


def fewer_token(person: Person) -> str:
    """What the link holds by which a person asks for fewer mails: it does nothing else, and does not expire."""
    return signing.dumps(person.pk, salt=FEWER_SALT)


def subject_of(parts: list[Part]) -> str:
    """The first part's heading, and that there is more."""
    if not parts:
        return "Crisis care actions"
    rest = len(parts) - 1
    more = f" and {rest} more thing{'' if rest == 1 else 's'}" if rest else ""
    return " ".join(f"{parts[0].heading[: 200 - len(more)]}{more}".split())


# What stands in one part: the rule, the partnership unless the rule is told of all of them, and the day if it has one.
Key = tuple[Rule, int | None, date | None]


def parts_of(notices: Iterable[Notice], on: date) -> list[Part]:
    """The notices as parts, those of one rule, partnership and day together; what hurts most comes first.

    What national administrators are told of every partnership is one part.
    """
    groups: dict[Key, list[Notice]] = defaultdict(list)
    for notice in notices:
        groups[_key(notice)].append(notice)
    whose = {notice.partnership_id for group in groups.values() for notice in group if notice.partnership_id}
    names = dict(Partnership.objects.filter(pk__in=whose).values_list("pk", "name"))
    words_of, order = words_on(on), list(SHIPPED)
    found: list[Part] = []
    shown: set[str] = set()

    def place(key: Key) -> tuple[int, str, date]:
        rule, partnership, day = key
        return order.index(rule), names.get(partnership, ""), day or date.min

    for (rule, _, _), group in sorted(groups.items(), key=lambda pair: place(pair[0])):
        told = {"day": in_words(min(notice.due_on for notice in group)), "partnership": _whose(group, names)}
        words = words_of[rule]
        items = _items(rule, group, on, words.item, names)
        if group[0].subject_type == ACTION:  # an action is listed once: where an update is asked for, if it is
            items = [item for item in items if item.link not in shown]
        if not items:
            continue
        shown.update(item.link for item in items[:MOST_ITEMS])
        found.append(part_of(words, told, items))
    return found


def _key(notice: Notice) -> Key:
    rule = Rule(notice.rule)
    if rule in OF_ALL_PARTNERSHIPS:
        return rule, None, None
    by_day = notice.subject_type == PARTNERSHIP or rule.value[-1].isdigit()
    return rule, notice.partnership_id, notice.due_on if by_day else None


def _whose(group: Iterable[Notice], names: Mapping[int, str]) -> str:
    """Whose it is: the name of the partnership, or of how many it is."""
    found = {notice.partnership_id for notice in group}
    return f"{len(found)} partnerships" if len(found) > 1 else names.get(found.pop() or 0, "")


def part_of(words: Words, told: Mapping[str, str], items: list[Item]) -> Part:
    """A part in these words, their placeholders filled in."""
    return Part(
        heading=fill(words.subject, told),
        opening=fill(words.opening, told),
        why=fill(words.why, told),
        hand_over=fill(words.hand_over, told),
        items=tuple(items[:MOST_ITEMS]),
        more=max(0, len(items) - MOST_ITEMS),
        action_ids=frozenset(item.action_id for item in items if item.action_id is not None),
    )


def in_words(day: date) -> str:
    """30 June 2026."""
    return date_format(day, "j F Y")


def _items(rule: Rule, group: list[Notice], on: date, sentence: str, names: Mapping[int, str]) -> list[Item]:
    """What the notices of a part are about, each with that sentence filled in."""
    kind = group[0].subject_type
    if kind == PARTNERSHIP:
        people = {notice.person_id for notice in group}
        return _of_actions(behind(rule, group[0].subject_id, people, on), on, sentence)
    subjects = [notice.subject_id for notice in group]
    if kind == ACTION:
        return _of_actions(subjects, on, sentence)
    return _others(kind, group, sentence, names)


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


def _of_actions(ids: Iterable[int], on: date, sentence: str) -> list[Item]:
    works = work_on(Action.objects.filter(pk__in=list(ids)), on, Thresholds())
    return [_of_work(work, sentence) for work in works]


def _of_work(work: Work, sentence: str) -> Item:
    action = work.action
    title = " ".join(f"{action.reference} {action.text}".split())
    title = title if len(title) <= 160 else f"{title[:159].rstrip()}…"
    link = f"{settings.SITE_URL.rstrip('/')}/workspace/actions/{action.id}/"
    told = about_action(title, work.place.partnership_name, action.due_on, action.last_update, is_late=work.is_late)
    return Item(title, fill(sentence, told), link, action.id)


def about_action(
    title: str, partnership: str, due_on: date | None, last_update: date | None, *, is_late: bool
) -> dict[str, str]:
    """What the placeholders of the sentence below an action stand for."""
    day = in_words(due_on) if due_on else ""
    return {
        "action": title,
        "partnership": partnership,
        "due": f"{'was due' if is_late else 'due'} {day}" if day else "no end date",
        "due_on": day or "no end date",
        "last_update": f"last update {in_words(last_update)}" if last_update else "no update yet",
    }


# What else may be told of, and where it is looked at.
OTHERS: Mapping[str, tuple[type[Model], str]] = {
    PLAN: (ActionPlan, "/plans/{}/"),
    MILESTONE: (Milestone, "/workspace/partnerships/"),
    REVIEW_ROUND: (ReviewRound, "/workspace/partnerships/"),
}


def _others(kind: str, group: list[Notice], sentence: str, names: Mapping[int, str]) -> list[Item]:
    """Plans, milestones or rounds. Where they are of several partnerships each names its own, in the order of these."""
    model, page = OTHERS[kind]
    site = settings.SITE_URL.rstrip("/")
    if len({notice.partnership_id for notice in group}) > 1 and "{partnership}" not in sentence:
        sentence = f"{{partnership}}; {sentence}"
    rows = model._default_manager.in_bulk({notice.subject_id for notice in group})
    about = {notice.subject_id: notice for notice in group if notice.subject_id in rows}
    placed = sorted((names.get(notice.partnership_id or 0, ""), key) for key, notice in about.items())
    return [
        Item(
            _name(rows[key]),
            fill(sentence, {"partnership": partnership, "due_on": in_words(about[key].due_on)}),
            site + page.format(key),
        )
        for partnership, key in placed
    ]


def _name(row: Model) -> str:
    return row.name if isinstance(row, Milestone) else str(row)
