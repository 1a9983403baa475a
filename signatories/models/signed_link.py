from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from concordat.kernel.dates import LONDON
from signatories.models.notice import Message


class SignedLinkQuerySet(models.QuerySet["SignedLink"]):
    def open_at(self, now: datetime) -> "SignedLinkQuerySet":
        """Those that open at that moment (UTC): not run out, and not taken back."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=now)


class SignedLink(models.Model):
    """The link in a digest by which its recipient answers for some actions without signing in. Moments are in UTC.

    The link itself is kept nowhere: it is a signature over the message, its recipient and `nonce`, made anew where it
    is needed (signatories/outbox/links.py). Taken back, it has another nonce (docs/adr/0020-the-signed-link.md).
    """

    message = models.OneToOneField(Message, models.PROTECT, related_name="link")
    action_ids = models.JSONField("the actions", default=list, help_text="Ids: it opens these and no others.")
    nonce = models.CharField(max_length=32)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField("taken back", null=True, blank=True)

    objects: ClassVar = SignedLinkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="signedlink_lasts"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("made_at")), name="signedlink_in_order"
            ),
            models.CheckConstraint(condition=Q(nonce__regex=r"^[0-9a-f]{32}\Z"), name="signedlink_nonce"),
        ]

    def __str__(self) -> str:
        return f"Link in digest {self.message_id}"

    @property
    def last_day(self) -> date:
        """The last day in London on which it opens."""
        return (self.expires_at - timedelta(microseconds=1)).astimezone(LONDON).date()
