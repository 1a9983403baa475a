"""People: office-holders without an account, and those who can sign in. No password is ever shown or set here."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import EmptyFieldListFilter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from concordat.kernel.administration import RecordedAdmin, RecordedForm, points_to
from concordat.kernel.models import Change
from signatories.models import Person, Statement
from signatories.services.addresses import leave_the_old
from signatories.services.people import keep_address, shut_out

RIGHTS = ("is_active", "is_staff", "is_superuser")
OWN = "You cannot take this from yourself. Ask another national administrator."

points_to(Person, "What they changed", Change, lambda person: {"by__id__exact": person.pk})
points_to(Person, "Statements", Statement, lambda person: {"person__id__exact": person.pk})


ANOTHER = "Another person has this address."


class PersonForm(RecordedForm):
    editor: ClassVar[AbstractBaseUser]

    class Meta:
        error_messages: ClassVar = {"email": {"unique": ANOTHER}}
        labels: ClassVar = {
            "is_active": "may sign in",
            "is_staff": "national administrator",
            "is_superuser": "may see and change everything",
        }
        help_texts: ClassVar = {
            "email": "Signs in with it. Empty for somebody without an account, such as an office-holder who is quoted.",
            "is_active": "Untick this instead of deleting an account.",
            "is_staff": "May open these pages.",
            "is_superuser": "All the rights there are. Without it a national administrator sees only what was "
            "allowed one by one.",
        }

    def clean_email(self) -> str | None:
        """The address as accounts hold it: in small letters, null rather than empty."""
        return Person.objects.normalize_email(self.cleaned_data["email"]) or None

    def clean(self) -> dict[str, Any]:
        if self.instance.pk == self.editor.pk:
            for name in RIGHTS:
                if self.cleaned_data.get(name) is False and getattr(self.instance, name):
                    self.add_error(name, OWN)
        if self.cleaned_data.get("is_staff") and not self.cleaned_data.get("email"):
            self.add_error("email", "A national administrator needs an address to sign in.")
        return super().clean()


@admin.register(Person)
class PersonAdmin(RecordedAdmin):
    about = (
        "A new person has no password: accounts are by invitation. "
        "Nobody is deleted. When somebody leaves, close the account on the people page of the workspace: that also "
        "ends their roles and hands their actions back."
    )
    form = PersonForm
    list_display = ("name", "email", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter = (
        *("is_active", "is_staff", "is_superuser", "mail_stopped_why"),
        ("email", EmptyFieldListFilter),
        "last_login",
    )
    search_fields = ("name", "email")
    fields = ("name", "email", *RIGHTS, "last_login", "joined_at", "mail_stopped_on", "mail_stopped_why")
    shown = ("last_login", "joined_at", "mail_stopped_on", "mail_stopped_why")
    refusals: ClassVar = {"person_email_once_in_any_case": ("email", ANOTHER)}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Somebody with all rights is changed only by another with all rights: an address opens an account."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Only somebody with all rights gives rights."""
        shown = super().get_readonly_fields(request, obj)
        return shown if request.user.is_superuser else [*shown, "is_staff", "is_superuser"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
            super().save_model(request, obj, form, change)
            keep_address(obj)
            return
        super().save_model(request, obj, form, change)
        own = request.session.session_key if obj.pk == request.user.pk else None
        step: Any = {"by": request.user, "now": timezone.now(), "but": own}
        if "email" in form.changed_data:
            leave_the_old(obj, **step)
        elif "is_active" in form.changed_data:
            shut_out(obj, **step)
