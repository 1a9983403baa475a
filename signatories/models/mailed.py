"""Rows of which somebody must be told by one email, at most once: what the mail of each came to."""

from datetime import datetime, timedelta
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q


class MailState(models.TextChoices):
    """What the mail of a row came to. From `mailing` on a mail server may have it; before that none has."""

    RECEIVED = "received", "Not mailed yet"
    CLAIMED = "claimed", "Being prepared"
    MAILING = "mailing", "Being mailed"
    MAILED = "mailed", "Mailed"
    FAILED = "failed", "Could not be mailed, will be tried again"
    UNCERTAIN = "uncertain", "Perhaps mailed: it stopped half-way"
    GIVEN_UP = "given_up", "Could not be mailed, and is not tried again"
    DROPPED = "dropped", "Done with: nothing was left to say, or it was put back or left"


M = TypeVar("M", bound=models.Model)


class MailedQuerySet(models.QuerySet[M]):
    def to_mail(self, now: datetime) -> Self:
        """Those of which nobody has a mail yet, where it is time to try. A kind of its own may need none."""
        return self.filter(
            Q(mail_state=MailState.RECEIVED) | Q(mail_state=MailState.FAILED, mail_next_at__lte=now),
        )

    def stuck(self, now: datetime, after: timedelta) -> Self:
        """Those whose mail somebody began that long ago without saying how it ended."""
        return self.filter(mail_state__in=[MailState.CLAIMED, MailState.MAILING], mail_moved_at__lte=now - after)


class Mailed(models.Model):
    """A row with a mail of its own. `signatories/services/mailing.py` alone writes these fields. Moments are in UTC."""

    mail_state = models.CharField("mail", max_length=10, choices=MailState, default=MailState.RECEIVED)
    mail_moved_at = models.DateTimeField("mail last tried", null=True, blank=True)
    mail_tries = models.PositiveSmallIntegerField("mails tried", default=0)
    mail_next_at = models.DateTimeField("mail tried again from", null=True, blank=True)
    mail_failure = models.CharField("why it was not mailed", max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(mail_state__in=MailState.values), name="%(class)s_mail_state"),
            models.CheckConstraint(
                condition=(Q(mail_state="failed", mail_next_at__isnull=False) & ~Q(mail_failure=""))
                | (~Q(mail_state="failed") & Q(mail_next_at__isnull=True)),
                name="%(class)s_failed_is_tried_again",
            ),
        ]
