import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from actionplans.chasing.outlook import outlook
from actionplans.chasing.planning import plan
from actionplans.chasing.sending import at_nine, give_up_stuck, mail, may_send
from concordat.asked import day_asked
from concordat.kernel.commands import told_plainly
from concordat.kernel.dates import today
from concordat.kernel.sending_days import is_sending_day
from signatories.models import Message, Notice, Person

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
            is_dry = options["dry_run"] or not is_sending_day(on)
            answer = answer_of(on, limit) if is_dry else self._real(on, limit)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        self._print(answer, dry_run=options["dry_run"])

    def _real(self, on: date, limit: int | None) -> dict[str, Any]:
        """Plan the day, then send what waits. For another day than today it is 09:00 in London on that day."""
        now = timezone.now() if on == today() else at_nine(on)
        plan(on, by=BY)
        answer = answer_of(on, limit)
        give_up_stuck(by=BY, now=now)
        if may_send(now):
            for message_id in list(Message.objects.to_mail(now).order_by("pk").values_list("pk", flat=True)[:limit]):
                mail(message_id, by=BY, now=now)
        return answer

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


def answer_of(on: date, limit: int | None) -> dict[str, Any]:
    """What goes and when, what is held, and what is not said: as things stand, and nothing is written."""
    found = outlook(on)
    emails = dict(Person.objects.filter(email__isnull=False).values_list("pk", "email"))

    def line(row: Notice) -> dict[str, Any]:
        return {
            "recipient": emails.get(row.recipient_id),
            "rule": row.rule,
            "subject_type": row.subject_type,
            "subject_id": row.subject_id,
            "due_on": row.due_on.isoformat(),
        }

    return {
        "on": on.isoformat(),
        "messages": [line(each.notice) | {"send_on": each.goes_on.isoformat()} for each in found.remarks][:limit],
        "held": [line(each.notice) | {"why": each.why} for each in found.held][:limit],
        "suppressed": [line(each.notice) | {"why": each.why} for each in found.suppressed][:limit],
    }
