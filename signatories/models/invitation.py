from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from signatories.models.mailed import Mailed, MailedQuerySet
from signatories.models.membership import Role, role_has_its_place
from signatories.models.organisation import Organisation
from signatories.models.partnership import Partnership

UNANSWERED = Q(accepted_at__isnull=True, revoked_at__isnull=True)


class InvitationQuerySet(MailedQuerySet["Invitation"]):
    def open_at(self, moment: datetime) -> Self:
        """Those that can still be accepted then."""
        return self.unanswered().filter(expires_at__gt=moment)

    def unanswered(self) -> Self:
        """Those that nobody accepted or took back, whether they have expired or not."""
        return self.filter(UNANSWERED)

    def to_mail(self, now: datetime) -> Self:
        """Those that are not mailed yet, where it is time to try, and that can still be accepted."""
        return MailedQuerySet.to_mail(self.open_at(now), now)


class Invitation(Mailed):
    """Somebody is asked to take a role. Its link holds a signed token of the row and its `nonce`; sending it again
    makes a new nonce, so that only the latest link opens. `mail_state` says whether it was mailed, and
    `mail_moved_at` when. Moments are in UTC.
    """

    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="invitations")
    partnership = models.ForeignKey(Partnership, models.PROTECT, null=True, blank=True, related_name="invitations")
    nonce = models.CharField(max_length=32)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations_made")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="invitations_accepted"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-invited_at", "id"]
        constraints: ClassVar = [
            *Mailed.Meta.constraints,
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role"),
            models.CheckConstraint(condition=role_has_its_place(), name="invitation_role_has_its_place"),
            models.CheckConstraint(condition=~Q(email="") & ~Q(name=""), name="invitation_to_somebody"),
            models.CheckConstraint(condition=Q(nonce__regex=r"^[0-9a-f]{32}\Z"), name="invitation_nonce"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="invitation_expires_later"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at__isnull=True),
                name="invitation_accepted_by_somebody",
            ),
            *(
                models.UniqueConstraint(
                    Lower("email"), "role", *place, condition=UNANSWERED & where, name=f"invitation_one_open_{words}"
                )
                for place, where, words in (
                    (["organisation"], Q(organisation__isnull=False), "in_organisation"),
                    (["partnership"], Q(partnership__isnull=False), "in_partnership"),
                    ([], Q(organisation__isnull=True, partnership__isnull=True), "nationally"),
                )
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_role_display()}"
