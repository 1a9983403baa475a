"""Jobs through the real broker to a real worker."""

import time
from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone

from concordat.tasks import (
    HEARTBEAT,
    forget_old_sign_ins,
    heartbeat,
    mail_enquiries,
    mail_enquiry,
    mail_invitation,
    mail_invitations,
    redact_old_enquiries,
)
from signatories.models import Enquiry, SignIn
from tests import services
from tests.factories import make_enquiry, make_invitation, make_sign_in


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


@pytest.mark.django_db
def test_old_sign_ins_and_sessions_that_ran_out_go() -> None:
    now = timezone.now()
    make_sign_in(at=now - timedelta(days=370))
    kept = make_sign_in(at=now)
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(days=1))
    forget_old_sign_ins()
    assert list(SignIn.objects.all()) == [kept]
    assert [session.session_key for session in Session.objects.all()] == ["new"]


@pytest.mark.django_db
def test_the_sweep_picks_up_invitations_that_are_due(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(mail_invitation, "delay", asked.append)
    today = timezone.localdate()
    due = make_invitation(invited_on=today)
    make_invitation(invited_on=today, mail_state="mailed")
    make_invitation(invited_on=today - timedelta(days=20))
    make_invitation(invited_on=today, revoked_at=timezone.now())
    mail_invitations()
    assert asked == [due.pk]


def test_beat_names_only_jobs_that_exist() -> None:
    current_app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(current_app.tasks)
