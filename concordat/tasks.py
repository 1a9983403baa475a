"""Jobs of the whole product."""

import time

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from actionplans.services.plans import publish_due_versions
from concordat.kernel.dates import today
from signatories.models import Enquiry
from signatories.services import enquiries, enquiry_mail
from signatories.services.declarations import publish_due_declarations

HEARTBEAT = "concordat:heartbeat"


@shared_task
def heartbeat() -> None:
    """Note in the shared cache that beat and a worker are alive (seconds since 1970, UTC)."""
    cache.set(HEARTBEAT, time.time(), timeout=None)


@shared_task
def mail_enquiry(enquiry_id: int) -> None:
    """Tell the administrators of one enquiry; does nothing if that is done or under way."""
    enquiry_mail.mail(enquiry_id, by="mail_enquiry", now=timezone.now())


@shared_task
def mail_enquiries() -> None:
    """Pick up every enquiry that is not mailed yet, whatever the broker has forgotten."""
    now = timezone.now()
    enquiry_mail.give_up_stuck(by="mail_enquiries", now=now)
    for enquiry_id in Enquiry.objects.to_mail(now).values_list("pk", flat=True):
        mail_enquiry.delay(enquiry_id)


@shared_task
def redact_old_enquiries() -> None:
    """Delete what visitors wrote, once it was answered long enough ago."""
    enquiries.redact_old(by="redact_old_enquiries", now=timezone.now())


@shared_task
def publish_scheduled() -> None:
    """Publish what was approved for today, or for a day that was missed: declarations first, as plans need them."""
    on = today()
    publish_due_declarations(on=on, by="publish_scheduled")
    publish_due_versions(on=on, by="publish_scheduled")
