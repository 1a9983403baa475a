"""How often rows were changed and when last, from the record of changes: what a calendar's events are numbered by.

A row of that record is never deleted, so a number never falls; whoever changes a date, raises it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, time
from functools import reduce
from operator import or_

from django.db.models import Count, Max, Q

from concordat.calendars.events import Revision
from concordat.kernel.dates import LONDON
from concordat.kernel.models import Change

Subject = tuple[str, int]
# Of what nothing is recorded: the day on which the Concordat was launched.
LAUNCH = datetime(2014, 2, 18, tzinfo=UTC)


def recorded(subjects: Mapping[str, Collection[int]]) -> dict[Subject, Revision]:
    """The revision of each of these rows (ids by model label) that was ever changed. One query."""
    about = [Q(subject_type=label, subject_id__in=list(ids)) for label, ids in subjects.items()]
    rows = Change.objects.filter(reduce(or_, about)).order_by().values("subject_type", "subject_id")
    found = rows.annotate(number=Count("id"), at=Max("recorded_at"))
    return {(row["subject_type"], row["subject_id"]): Revision(row["number"], row["at"]) for row in found}


def together(revisions: Iterable[Revision | None]) -> Revision:
    """The revision of what hangs on several rows."""
    known = [each for each in revisions if each is not None]
    return Revision(sum(each.number for each in known), max((each.at for each in known), default=LAUNCH))


def begun_on(day: date) -> datetime:
    """The beginning of a day in London."""
    return datetime.combine(day, time(), tzinfo=LONDON)
