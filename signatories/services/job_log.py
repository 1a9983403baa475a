"""What became of the jobs of the beat, day by day: counted by conditional UPDATE, so that runs at once all count.

Moments in UTC, days in London. It is its own log and has no `Change` rows.
"""

from datetime import datetime

from django.db.models import F

from concordat.kernel.dates import LONDON
from signatories.models import JobDay
from signatories.services.mailing import said


def begin(job: str, *, now: datetime) -> int:
    """A run of the job begins; the key of its day, for `end` or `fail`. Two queries."""
    day = now.astimezone(LONDON).date()
    JobDay.objects.bulk_create([JobDay(job=job, day=day)], ignore_conflicts=True)
    rows = JobDay.objects.filter(job=job, day=day)
    rows.update(begun=F("begun") + 1, begun_at=now)
    return rows.values_list("pk", flat=True)[0]


def end(key: int, *, done: int, now: datetime) -> None:
    """The run has ended and did so many things."""
    JobDay.objects.filter(pk=key).update(ended=F("ended") + 1, ended_at=now, done=F("done") + done)


def fail(key: int, error: Exception, *, now: datetime) -> None:
    """The run has failed. The kind of error is kept, never its words, which may quote what somebody wrote."""
    JobDay.objects.filter(pk=key).update(failed=F("failed") + 1, failed_at=now, failure=said(error)[:200])
