"""Jobs of the whole product."""

import logging
import time
from functools import partial
from typing import Any

from celery import Task, shared_task
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone

from actionplans.chasing import planning, sending
from actionplans.models import PlanImport
from actionplans.services import import_work, imports
from actionplans.services.plans import publish_due_versions
from concordat.at_work import PLAN_FILES
from concordat.kernel.dates import today
from concordat.noting import noted
from signatories.models import Enquiry, Invitation, Message, Reply
from signatories.outbox import keeping, letters, replies
from signatories.outbox.bounces import mailbox
from signatories.services import enquiries, enquiry_mail, invitation_mail, mailing, sign_ins
from signatories.services.declarations import publish_due_declarations

log = logging.getLogger(__name__)
HEARTBEAT = "concordat:heartbeat"
# Seconds. A mail that waits longer for a worker is handed out anew by its sweep: while a mail server hangs, the broker
# must not fill up with the same jobs. One that takes longer is ended, before its sender is taken for stopped.
WAITS, TAKES = 300, int(mailing.STUCK_AFTER.total_seconds()) - 60

# Seconds for which a code is good, and between the tries to send it: a server that refuses whom it does not know yet
# (greylisting) asks for five minutes.
OF_USE, PATIENCE = 900, (20, 60, 180, 300)


def hand_out(task: "Task[Any, Any]", rows: QuerySet[Any]) -> int:
    """Queue the job of each row; says how many there were."""
    count = 0
    for row_id in rows.order_by("pk").values_list("pk", flat=True).iterator():
        task.delay(row_id)
        count += 1
    return count


@shared_task
def heartbeat() -> None:
    """Note in the shared cache that beat and a worker are alive (seconds since 1970, UTC)."""
    cache.set(HEARTBEAT, time.time(), timeout=None)


@shared_task(expires=WAITS, time_limit=TAKES)
def mail_enquiry(enquiry_id: int) -> None:
    """Tell the administrators of one enquiry; does nothing if that is done or under way."""
    enquiry_mail.mail(enquiry_id, by="mail_enquiry", now=timezone.now())


@shared_task
@noted
def mail_enquiries() -> int:
    """Pick up every enquiry that is not mailed yet, whatever the broker has forgotten."""
    now = timezone.now()
    enquiry_mail.give_up_stuck(by="mail_enquiries", now=now)
    return hand_out(mail_enquiry, Enquiry.objects.to_mail(now))


@shared_task
@noted
def redact_old_enquiries() -> int:
    """Delete what visitors wrote, once it was answered long enough ago."""
    return enquiries.redact_old(by="redact_old_enquiries", now=timezone.now())


@shared_task
@noted
def publish_scheduled() -> int:
    """Publish what was approved for today, or for a day that was missed: declarations first, as plans need them."""
    on = today()
    declarations = publish_due_declarations(on=on, by="publish_scheduled")
    return len(declarations) + len(publish_due_versions(on=on, by="publish_scheduled"))


@shared_task(expires=WAITS)
def take_import(import_id: int) -> None:
    """Do the next step with one plan file; does nothing if that is done or under way."""
    tell, alive = partial(PLAN_FILES.tell, import_id), PLAN_FILES.alive
    import_work.step(import_id, by="take_import", on=today(), now=timezone.now(), progress=tell, alive=alive)


@shared_task
@noted
def take_imports() -> int:
    """Pick up every plan file that waits, and those whose worker was stopped, whatever the broker has forgotten."""
    imports.free_stuck(by="take_imports", now=timezone.now(), is_alive=PLAN_FILES.is_alive)
    return hand_out(take_import, PlanImport.objects.waiting())


@shared_task(expires=WAITS, time_limit=TAKES)
def mail_invitation(invitation_id: int) -> None:
    """Send one invitation; does nothing if that is done or under way."""
    invitation_mail.mail(invitation_id, by="mail_invitation", now=timezone.now())


@shared_task
@noted
def mail_invitations() -> int:
    """Pick up every invitation that is not mailed yet, whatever the broker has forgotten."""
    now = timezone.now()
    invitation_mail.give_up_stuck(by="mail_invitations", now=now)
    return hand_out(mail_invitation, Invitation.objects.to_mail(now))


@shared_task(bind=True, expires=OF_USE, max_retries=len(PATIENCE), time_limit=TAKES)
def mail_person(self: "Task[Any, Any]", to: str, subject: str, body: str) -> None:
    """Send what somebody asked for on the sign-in pages: a code, a link. It is of no use a quarter of an hour later."""
    try:
        mailing.send(letters.letter(subject=subject, text=body, to=to))
    except mailing.RefusedForGoodError:
        raise
    except mailing.NotSentError as error:
        tries = min(self.request.retries, len(PATIENCE) - 1)
        raise self.retry(exc=error, countdown=PATIENCE[tries]) from None


@shared_task
@noted
def forget_old_sign_ins() -> int:
    """Delete what we do not keep of sign-ins, and sessions that have run out."""
    forgotten = sign_ins.forget_old(now=timezone.now())
    call_command("clearsessions")
    return forgotten


@shared_task(acks_late=True)
@noted
def plan_chasing() -> int:
    """Plan what is due to be said today, and hand what waits to the workers. Twice does no more than once."""
    planned = planning.plan(today(), by="plan_chasing")
    mail_messages()
    return planned.notices


@shared_task(expires=WAITS, time_limit=TAKES)
def mail_message(message_id: int) -> None:
    """Send one digest; does nothing if that is done or under way, or it is no time for it."""
    sending.mail(message_id, by="mail_message", now=timezone.now())


@shared_task
@noted
def mail_messages() -> int:
    """Pick up every digest that is not sent yet, whatever the broker has forgotten."""
    now = timezone.now()
    sending.give_up_stuck(by="mail_messages", now=now)
    return hand_out(mail_message, Message.objects.to_mail(now)) if sending.may_send(now) else 0


@shared_task
@noted
def read_bounces() -> int:
    """Take what has come back to the mailbox of BOUNCE_MAILBOX, if one is named."""
    try:
        return mailbox.read_all(settings.BOUNCE_MAILBOX, by="read_bounces", now=timezone.now())
    except mailbox.MailboxError as error:
        log.warning("The mailbox to which our mails come back could not be read. %s", error)
        return 0


@shared_task
@noted
def empty_old_mails() -> int:
    """Empty the texts of mails that were sent longer ago than we keep them."""
    return keeping.empty_old(by="empty_old_mails", now=timezone.now())


@shared_task(expires=WAITS, time_limit=TAKES)
def mail_reply(reply_id: int) -> None:
    """Send one answer to somebody's own act; does nothing if that is done or under way."""
    replies.mail(reply_id, by="mail_reply", now=timezone.now())


@shared_task
@noted
def mail_replies() -> int:
    """Pick up every answer that is not sent yet, whatever the broker has forgotten."""
    now = timezone.now()
    replies.give_up_stuck(by="mail_replies", now=now)
    return hand_out(mail_reply, Reply.objects.to_mail(now))
