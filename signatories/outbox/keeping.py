"""How long we keep what mails said: the programme's time; then their texts are emptied and their rows stay.

Days in London, moments in UTC. What people have in their mailboxes is theirs.
"""

from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Q, QuerySet

from concordat.kernel.changes import Actor, change
from concordat.kernel.dates import LONDON
from concordat.kernel.models import Change
from signatories.models import MailReport, MailState, Message, Programme, Reply

AT_ONCE = 500
# Nothing becomes of these any more unless a person decides so: then the digest is filled anew.
ENDED = (MailState.MAILED, MailState.GIVEN_UP, MailState.UNCERTAIN, MailState.DROPPED)


def kept_months() -> int:
    """For how many months texts of mails are kept: of several programmes the longest counts. One query."""
    return max(Programme.objects.values_list("mail_kept_months", flat=True), default=12)


def empty_old(*, by: Actor, now: datetime) -> int:
    """Empty the texts of mails that were tried last so long ago, and servers' words about them; says how many mails."""
    before = now - relativedelta(months=kept_months())
    old = Q(mail_state__in=ENDED, mail_moved_at__lt=before, emptied_on__isnull=True) & ~Q(text="")
    count = sum(_empty(kind.objects.filter(old), by=by, now=now) for kind in (Message, Reply))
    MailReport.objects.filter(received_at__lt=before).exclude(diagnostic="").update(diagnostic="")
    return count


def _empty(rows: "QuerySet[Message] | QuerySet[Reply]", *, by: Actor, now: datetime) -> int:
    """In batches, each locked: two at once tell of each mail once."""
    on, count = now.astimezone(LONDON).date(), 0
    told: dict[str, Any] = {"by": by, "why": f"Kept for {kept_months()} months", "fields": {"emptied_on": (None, on)}}
    while True:
        with transaction.atomic():
            batch = list(rows.order_by("pk").only("pk").select_for_update()[:AT_ONCE])
            if not batch:
                return count
            rows.filter(pk__in=[row.pk for row in batch]).update(text="", emptied_on=on)
            Change.objects.bulk_create([change(row, "emptied", **told) for row in batch])
        count += len(batch)
