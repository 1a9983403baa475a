"""The jobs of the beat, for national administrators: when each ran last, how it ended, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.accounts.gate import SignedInRequest, signed_in
from concordat.kernel.administration.links import list_url
from concordat.kernel.dates import today
from concordat.reach import SHARED
from concordat.tasks import HEARTBEAT
from concordat.workspace.chasing import PLANNER
from concordat.workspace.outbox import STATES
from signatories.models import JobDay, MailState, Message, Notice, Reply

DAYS = 14  # of chasing that are listed
# Each job: what it does, when, and what it counts.
JOBS: Mapping[str, tuple[str, str, str]] = {
    PLANNER: ("Plan what is due to be said", "each hour from 9am to 5pm", "reminders planned"),
    "mail_messages": ("Hand emails to the workers, those that were missed too", "every 5 minutes", "handed out"),
    "mail_replies": ("Hand answers to people’s own acts to the workers", "every minute", "handed out"),
    "mail_invitations": ("Hand invitations to the workers", "every 5 minutes", "handed out"),
    "mail_enquiries": ("Hand questions of visitors to the workers", "every 5 minutes", "handed out"),
    "take_imports": ("Hand plan files to the workers", "every 10 seconds", "handed out"),
    "take_orders": ("Hand reports that were ordered to the workers", "every 10 seconds", "handed out"),
    "order_scheduled_reports": ("Order what schedules ask for", "every 10 minutes from 7am", "ordered"),
    "empty_old_reports": ("Delete the files of old reports", "each hour", "deleted"),
    "read_bounces": ("Read what came back", "every 5 minutes", "reports read"),
    "publish_scheduled": ("Publish what was approved for its day", "every 10 minutes", "published"),
    "forget_old_sign_ins": ("Forget old sign-ins", "at 3.37am", "forgotten"),
    "empty_old_mails": ("Empty the texts of old mails", "at 3.27am", "emptied"),
    "redact_old_enquiries": ("Empty old questions of visitors", "at 3.17am", "emptied"),
}


@dataclass(frozen=True, slots=True)
class Job:
    """One job: what it does and when, its last day, and when it last failed and why."""

    name: str
    when: str
    counts: str
    last: JobDay | None
    failed: JobDay | None


@dataclass(frozen=True, slots=True)
class ChasingDay:
    """One day of chasing: its runs, how many remarks were planned, and what became of its digests, by state."""

    day: date
    runs: JobDay
    remarks: int
    digests: list[tuple[str, int]]


# Answers that wait for a person, by what became of them: the words for one and for several.
WAITING_ANSWERS: Mapping[MailState, tuple[str, str]] = {
    MailState.GIVEN_UP: ("was given up", "were given up"),
    MailState.UNCERTAIN: ("was perhaps sent", "were perhaps sent"),
}


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to people's own acts that stay as they are until a person decides: how many, and where they are."""

    count: int
    words: str
    address: str


@require_safe
@signed_in
def jobs_page(request: SignedInRequest) -> HttpResponse:
    """The jobs, the last days of chasing, and the answers that wait for a person. Six queries."""
    if not request.access.is_administrator:
        raise PermissionDenied
    on = today()
    rows = list(JobDay.objects.filter(day__gt=on - timedelta(days=DAYS)).order_by("-day", "job"))
    context = {
        "jobs": [_job(name, rows) for name in JOBS],
        "days": _days([row for row in rows if row.job == PLANNER]),
        "answers": _answers(),
        "alive_at": _heartbeat(),
    }
    return render(request, "workspace/chasing_jobs.html", context)


def _job(name: str, rows: list[JobDay]) -> Job:
    own = [row for row in rows if row.job == name]
    words, when, counts = JOBS[name]
    return Job(words, when, counts, next(iter(own), None), next((row for row in own if row.failed_at), None))


def _days(runs: list[JobDay]) -> list[ChasingDay]:
    """The days on which chasing was planned, with what came of them. Two queries."""
    on = [row.day for row in runs]
    planned: Any = Notice.objects.filter(planned_on__in=on).order_by().values_list("planned_on")
    remarks = dict(planned.annotate(count=Count("pk")))
    messages: Any = Message.objects.filter(day__in=on).order_by().values_list("day", "mail_state")
    states = {(day, state): count for day, state, count in messages.annotate(count=Count("pk"))}
    return [ChasingDay(row.day, row, remarks.get(row.day, 0), _digests(row.day, states)) for row in runs]


def _digests(day: date, states: Mapping[tuple[date, str], int]) -> list[tuple[str, int]]:
    counts = ((name, sum(states.get((day, each), 0) for each in of)) for name, of in STATES.values())
    return [(name, count) for name, count in counts if count]


def _answers() -> list[Answers]:
    """The answers that were given up, and those that perhaps went. One query."""
    rows: Any = Reply.objects.filter(mail_state__in=WAITING_ANSWERS).order_by().values_list("mail_state")
    counts = dict(rows.annotate(count=Count("pk")))
    return [
        Answers(counts[state], words[counts[state] > 1], list_url(Reply, {"mail_state__exact": state.value}))
        for state, words in WAITING_ANSWERS.items()
        if state in counts
    ]


def _heartbeat() -> datetime | None:
    """When beat and a worker were last alive; None if that is not known."""
    seconds = SHARED.ask(lambda: cache.get(HEARTBEAT), None)
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
