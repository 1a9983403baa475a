from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class MailStop(models.TextChoices):
    """Why we write to an address no more."""

    BOUNCED = "bounced", "Mails come back"
    COMPLAINED = "complained", "Marked as unwanted"


def reachable(prefix: str = "") -> Q:
    """Those who may be written to: of an account that is open, at an address that takes our mails.

    `prefix` leads to the person (`member__person__`). Put it into one `filter` with what else is asked along that way.
    """
    return Q(
        **{
            f"{prefix}is_active": True,
            f"{prefix}email__isnull": False,
            f"{prefix}mail_stopped_on__isnull": True,
        }
    )


class PersonManager(BaseUserManager["Person"]):
    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """In small letters: people type it in any case, and sign in by it."""
        return super().normalize_email(email).lower()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person who can sign in by email; without a password the account waits for an invitation."""
        person = self.model(email=self.normalize_email(email), **fields)
        if password is None:
            person.set_unusable_password()
        else:
            person.set_password(password)
        person.save()
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A national administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        """By email in any case, as people type it."""
        return self.get(email__iexact=(username or "")[:254])  # an email has no more; SQLite refuses a long pattern


class Person(AbstractBaseUser, PermissionsMixin):
    """A person, with or without an account. One without an email cannot sign in (an office-holder quoted in public).

    `mail_stopped_on` is the day in London from which we write to the address no more, `mail_stopped_why` the reason;
    `signatories/services/addresses.py` alone writes them.
    """

    name = models.CharField(max_length=120)
    email = models.EmailField(unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("national administrator", default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    mail_stopped_on = models.DateField("mails come back since", null=True, blank=True)
    mail_stopped_why = models.CharField("why none are sent", max_length=10, choices=MailStop, blank=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        verbose_name_plural = "people"
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="person_email_once_in_any_case"),
            models.CheckConstraint(condition=Q(email__isnull=True) | ~Q(email=""), name="person_email_null_not_empty"),
            models.CheckConstraint(condition=~Q(name=""), name="person_has_name"),
            models.CheckConstraint(
                condition=Q(mail_stopped_on__isnull=True, mail_stopped_why="")
                | Q(mail_stopped_on__isnull=False, mail_stopped_why__in=["bounced", "complained"]),
                name="person_mail_stopped_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        """How a page greets the person."""
        return self.name

    @property
    def is_reachable(self) -> bool:
        """Whether the person may be written to; `reachable` asks the database the same."""
        return self.is_active and bool(self.email) and self.mail_stopped_on is None
