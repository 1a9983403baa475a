from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class SignIn(models.Model):
    """That somebody signed in, or tried to: shown to that person alone, who then knows whether it was them."""

    class How(models.TextChoices):
        PASSWORD = "password", "With a password"
        CODE = "code", "With a code by email"
        PASSKEY = "passkey", "With a passkey"
        INVITATION = "invitation", "By an invitation"
        REFUSED = "refused", "Refused: wrong password or code"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_ins")
    at = models.DateTimeField(help_text="UTC.")
    how = models.CharField(max_length=10, choices=How)
    second_factor = models.BooleanField(default=False)
    browser = models.CharField(max_length=120, blank=True, help_text="Browser and system, in a few words.")

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["person", "-at"], name="signin_of_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(how__in=["password", "code", "passkey", "invitation", "refused"]), name="signin_how"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()}, {self.at:%Y-%m-%d %H:%M}"
