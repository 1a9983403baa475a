import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from actionplans.chasing.facts import Candidate
from actionplans.chasing.planning import Planned, plan
from actionplans.chasing.policy import free_on
from actionplans.chasing.sending import at_nine, give_up_stuck, mail, may_send
from concordat.asked import day_asked
from concordat.kernel.commands import told_plainly
from concordat.kernel.dates import LONDON, today
from concordat.kernel.sending_days import is_sending_day
from signatories.models import Message, Notice, Person
from signatories.outbox.notices import BATCH

BY = "chase"


class Command(BaseCommand):
    help = "Plan what is due to be said on a day, and send it: once, however often this is run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="The day, in London; today if not given.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would go, and change nothing.")
        parser.add_argument("--json", action="store_true", help="What goes, is held, and is not said, as JSON.")
        parser.add_argument("--limit", type=int, metavar="N", help="Send at most so many digests; list so many lines.")

    def handle(self, *args: Any, **options: Any) -> None:
        limit = options["limit"]
        if limit is not None and limit < 1:
            raise CommandError("--limit must be 1 or more.")
        try:
            on = day_asked(options["on"], today())
        except ValueError as refusal:
            raise CommandError(str(refusal)) from refusal
        with told_plainly():
            answer = self._dry(on, limit) if options["dry_run"] else self._real(on, limit)
        if options["json"]:
            self._write(answer)
            return
        self._print(answer, dry_run=options["dry_run"])

    def _dry(self, on: date, limit: int | None) -> dict[str, Any]:
        with transaction.atomic():
            planned = plan(on, by=BY, explain=True)
            answer = answer_of(on, planned, limit)
            transaction.set_rollback(True)
        return answer

    def _real(self, on: date, limit: int | None) -> dict[str, Any]:
        """Plan the day, then send what waits. For another day than today it is 09:00 in London on that day."""
        if not is_sending_day(on):
            return self._dry(on, limit)
        now = timezone.now() if on == today() else at_nine(on)
        planned = plan(on, by=BY, explain=True)
        answer = answer_of(on, planned, limit)
        give_up_stuck(by=BY, now=now)
        if may_send(now):
            for message_id in list(Message.objects.to_mail(now).order_by("pk").values_list("pk", flat=True)[:limit]):
                mail(message_id, by=BY, now=now)
        return answer

    def _write(self, answer: dict[str, Any]) -> None:
        """As JSON, line by line: it may be long."""
        self.stdout.write(f'{{"on": "{answer["on"]}"', ending="")
        for name in ("messages", "held", "suppressed"):
            self.stdout.write(f',\n "{name}": [', ending="")
            for number, line in enumerate(answer[name]):
                before = ",\n  " if number else "\n  "
                self.stdout.write(before + json.dumps(line, ensure_ascii=False), ending="")
            self.stdout.write("]", ending="")
        self.stdout.write("}")

    def _print(self, answer: dict[str, Any], *, dry_run: bool) -> None:
        today_, later = _split(answer)
        self.stdout.write(
            f"{'Would go' if dry_run else 'Planned'} on {answer['on']}: {len(today_)} remarks to "
            f"{len({each['recipient'] for each in today_})} people; {len(later)} later, {len(answer['held'])} held, "
            f"{len(answer['suppressed'])} not said."
        )


def _split(answer: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """What goes on the day, and what goes later."""
    goes = [each for each in answer["messages"] if each["send_on"] == answer["on"]]
    return goes, [each for each in answer["messages"] if each["send_on"] != answer["on"]]


def answer_of(on: date, planned: Planned, limit: int | None) -> dict[str, Any]:
    """What waits to be said and when it goes, what is held, and what is not said."""
    emails = dict(Person.objects.filter(email__isnull=False).values_list("pk", "email"))

    def told(each: Candidate, why: str) -> dict[str, Any]:
        return {**_line(emails.get(each.person_id), each), "why": why}

    held = [told(*each) for each in planned.held] + [
        {**_line(emails.get(row.recipient_id), row), "why": "Held."} for row in _held_notices(on)
    ]
    messages = list(_waiting(on, emails))
    return {
        "on": on.isoformat(),
        "messages": messages[:limit],
        "held": held[:limit],
        "suppressed": [told(*each) for each in planned.suppressed][:limit],
    }


def _held_notices(on: date) -> list[Notice]:
    return list(Notice.objects.waiting().held(on))


def _waiting(on: date, emails: dict[int, str | None]) -> Iterator[dict[str, Any]]:
    """Every notice that waits and is not held, with the day on which it goes as things stand."""
    last: dict[int, date] = {}
    planned_for: set[int] = set()
    for message in Message.objects.barring(on).order_by("pk"):
        if message.mail_moved_at and message.mail_state in ("mailed", "uncertain"):
            last[message.recipient_id] = message.mail_moved_at.astimezone(LONDON).date()
        else:
            planned_for.add(message.recipient_id)
    held = {row.pk for row in _held_notices(on)}
    for row in Notice.objects.waiting().order_by("recipient_id", "pk").iterator(chunk_size=BATCH):
        if row.pk in held:
            continue
        first = max(row.send_on, on)
        send_on = free_on(None if row.recipient_id in planned_for else last.get(row.recipient_id), first)
        yield {**_line(emails.get(row.recipient_id), row), "send_on": send_on.isoformat()}


def _line(recipient: str | None, each: Candidate | Notice) -> dict[str, Any]:
    return {
        "recipient": recipient,
        "rule": str(each.rule),
        "subject_type": each.subject_type,
        "subject_id": each.subject_id,
        "due_on": each.due_on.isoformat(),
    }
