import json
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from actionplans.chasing.outlook import Outlook, outlook
from actionplans.chasing.planning import plan
from actionplans.chasing.sending import at_nine, give_up_stuck, mail, may_send
from concordat.asked import day_asked
from concordat.kernel.commands import told_plainly
from concordat.kernel.dates import today
from concordat.kernel.sending_days import is_sending_day
from signatories.models import Message, Notice, Person

BY = "chase"
MOST = 1_000_000_000  # lines or mails; a larger limit is none
NOT_TODAY = (
    "Mails go today, and what a missed run left out is said by today’s. For another day there is only --dry-run."
)


class Command(BaseCommand):
    help = "Plan what is due to be said on a day, and send it: once, however often this is run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on",
            metavar="YYYY-MM-DD",
            help="The day, in London; today if not given. In production for a dry run alone.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would go, and change nothing.")
        parser.add_argument("--json", action="store_true", help="What goes, is held, and is not said, as JSON.")
        parser.add_argument("--limit", type=int, metavar="N", help="Send at most so many digests; list so many lines.")

    def handle(self, *args: Any, **options: Any) -> None:
        limit = options["limit"]
        if limit is not None and limit < 1:
            raise CommandError("--limit must be 1 or more.")
        limit = limit and min(limit, MOST)
        try:
            on = day_asked(options["on"], today())
        except ValueError as refusal:
            raise CommandError(str(refusal)) from refusal
        # What is recorded as sent on a day to come would bar its readers until then.
        if not (options["dry_run"] or settings.EMBEDDED or on == today()):
            raise CommandError(NOT_TODAY)
        is_dry = options["dry_run"] or not is_sending_day(on)
        with told_plainly():
            found = outlook(on) if is_dry else self._real(on, limit)
        if options["json"]:
            self._write(found, limit)
            return
        self._print(found, limit, is_dry=is_dry)

    def _real(self, on: date, limit: int | None) -> Outlook:
        """Plan the day, then send what waits, as long as it is time for that: a server may take hours for it.

        For another day than today it is 09:00 in London on that day.
        """
        is_today = on == today()

        def now() -> datetime:
            return timezone.now() if is_today else at_nine(on)

        plan(on, by=BY)
        found = outlook(on)
        give_up_stuck(by=BY, now=now())
        for message_id in list(Message.objects.to_mail(now()).order_by("pk").values_list("pk", flat=True)[:limit]):
            if not may_send(at := now()):
                break
            mail(message_id, by=BY, now=at)
        return found

    def _write(self, found: Outlook, limit: int | None) -> None:
        """As JSON, line by line: there may be very many."""
        self.stdout.write(f'{{"on": "{found.on}"', ending="")
        for name, lines in lines_of(found).items():
            self.stdout.write(f',\n "{name}": [', ending="")
            for number, line in enumerate(islice(lines, limit)):
                before = ",\n  " if number else "\n  "
                self.stdout.write(before + json.dumps(line, ensure_ascii=False), ending="")
            self.stdout.write("]", ending="")
        self.stdout.write("}")

    def _print(self, found: Outlook, limit: int | None, *, is_dry: bool) -> None:
        going = found.remarks[:limit]
        today_ = [each for each in going if each.goes_on == found.on]
        self.stdout.write(
            f"{'Would go' if is_dry else 'Planned'} on {found.on}: {len(today_)} remarks to "
            f"{len({each.notice.recipient_id for each in today_})} people; {len(going) - len(today_)} later, "
            f"{len(found.held[:limit])} held, {len(found.suppressed[:limit])} not said."
        )


def lines_of(found: Outlook) -> dict[str, Iterator[dict[str, Any]]]:
    """What goes and when, what is held, and what is not said: as things stand."""
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
        "messages": (line(each.notice) | {"send_on": each.goes_on.isoformat()} for each in found.remarks),
        "held": (line(each.notice) | {"why": each.why} for each in found.held),
        "suppressed": (line(each.notice) | {"why": each.why} for each in found.suppressed),
    }
