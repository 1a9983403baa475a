"""Jobs through the real broker to a real worker."""

import time
from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from concordat.tasks import HEARTBEAT, heartbeat, mail_enquiries, mail_enquiry, redact_old_enquiries
from signatories.models import Enquiry
from tests import services
from tests.factories import make_enquiry


def test_the_heartbeat_notes_when_it_ran() -> None:
    before = time.time()
    heartbeat()
    assert before <= cache.get(HEARTBEAT) <= time.time()


@pytest.mark.slow
def test_the_heartbeat_goes_through_broker_and_worker_into_the_shared_cache(
    celery_worker_process: services.Worker,
) -> None:
    assert cache.get(HEARTBEAT) is None
    heartbeat.delay()
    services.wait_until(lambda: cache.get(HEARTBEAT), "the heartbeat")
    assert celery_worker_process.poll() is None


@pytest.mark.django_db
def test_the_sweep_picks_up_what_is_due_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(mail_enquiry, "delay", asked.append)
    received = make_enquiry()
    for state in ("mailing", "mailed", "uncertain"):
        make_enquiry(mail_state=state, mail_moved_at=received.received_at)
    mail_enquiries()
    assert asked == [received.pk]
    assert not Enquiry.objects.filter(mail_state="mailing").exists()


@pytest.mark.django_db
def test_what_was_answered_over_a_year_ago_is_emptied() -> None:
    old = make_enquiry(answered_at=timezone.now() - timedelta(days=370))
    new = make_enquiry(answered_at=timezone.now(), message="Why?")
    redact_old_enquiries()
    assert [Enquiry.objects.get(pk=row.pk).message for row in (old, new)] == ["", "Why?"]


def test_beat_names_only_jobs_that_exist() -> None:
    current_app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(current_app.tasks)
