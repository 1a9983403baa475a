"""The forms of the sign-in pages, as GOV.UK components and in our own words."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context, ratelimit
from allauth.mfa.base import forms as second
from allauth.mfa.recovery_codes import forms as codes
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkey
from django import forms

from concordat.accounts import known_browsers
from concordat.look.forms import GovukForm

EMAIL = "Email address"
PASSWORD = "Password"  # noqa: S105 - a label
NEW_PASSWORD_HINT = "At least 8 characters. Not one that many people use, and nothing like your name or address."  # noqa: S105
EMPTY = {
    "login": "Give your email address.",
    "email": "Give your email address.",
    "password": "Give your password.",
    "oldpassword": "Give your present password.",
    "password1": "Choose a password.",
    "password2": "Type the password once more.",
    "code": "Give the code.",
    "name": "Give it a name.",
}


class OurForm(GovukForm):
    """A form of django-allauth in our look: our labels and hints, nothing inside a field but what is typed."""

    labels: ClassVar[dict[str, str]] = {}
    hints: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            if name in EMPTY:
                field.error_messages["required"] = EMPTY[name]
            if name == "code":
                field.widget.attrs.update(inputmode="text", spellcheck="false", autocapitalize="none")
            if name in ("login", "email"):
                field.error_messages["invalid"] = "Give an email address like name@example.org."
                field.widget.attrs.update(autocomplete="username", spellcheck="false")


class LoginForm(OurForm, account.LoginForm):
    labels: ClassVar = {"login": EMAIL, "password": PASSWORD}


class RequestLoginCodeForm(OurForm, account.RequestLoginCodeForm):
    labels: ClassVar = {"email": EMAIL}

    def clean_email(self) -> str:
        """The address. As in django-allauth, but that mails which strangers ask for do not use up those of a browser
        in which the person has signed in before. Raises ValidationError after too many.
        """
        email: str = self.cleaned_data["email"]
        key = f"{email.lower()}:{known_browsers.counted_apart(context.request, email)}"
        if not ratelimit.consume(context.request, action="request_login_code", key=key):
            raise get_adapter().validation_error("too_many_login_attempts")
        found = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        self._user = found[0] if found else None
        return email


class ConfirmLoginCodeForm(OurForm, account.ConfirmLoginCodeForm):
    labels: ClassVar = {"code": "Code from the email"}


class ResetPasswordForm(OurForm, account.ResetPasswordForm):
    labels: ClassVar = {"email": EMAIL}


class ResetPasswordKeyForm(OurForm, account.ResetPasswordKeyForm):
    labels: ClassVar = {"password1": "New password", "password2": "New password once more"}
    hints: ClassVar = {"password1": NEW_PASSWORD_HINT}


class ChangePasswordForm(OurForm, account.ChangePasswordForm):
    labels: ClassVar = {
        "oldpassword": "Present password",
        "password1": "New password",
        "password2": "New password once more",
    }
    hints: ClassVar = {"password1": NEW_PASSWORD_HINT}


class SetPasswordForm(OurForm, account.SetPasswordForm):
    labels: ClassVar = {"password1": PASSWORD, "password2": "Password once more"}
    hints: ClassVar = {"password1": NEW_PASSWORD_HINT}


class ReauthenticateForm(OurForm, account.ReauthenticateForm):
    labels: ClassVar = {"password": PASSWORD}


CODE = {"code": "Code"}
FROM_THE_APP = {"code": "The 6 digits that your app shows, or one of your recovery codes."}


class AuthenticateForm(OurForm, second.AuthenticateForm):
    labels, hints = CODE, FROM_THE_APP


class ReauthenticateByCodeForm(OurForm, second.ReauthenticateForm):
    labels, hints = CODE, FROM_THE_APP


class ActivateTOTPForm(OurForm, app.ActivateTOTPForm):
    labels: ClassVar = {"code": "Code from the app"}
    hints: ClassVar = {"code": "The 6 digits that it shows now."}


class DeactivateTOTPForm(OurForm, app.DeactivateTOTPForm):
    pass


class GenerateRecoveryCodesForm(OurForm, codes.GenerateRecoveryCodesForm):
    pass


class AddPasskeyForm(OurForm, passkey.AddWebAuthnForm):
    """A passkey always lets its owner in by itself, so it always asks for their finger, face or PIN."""

    labels: ClassVar = {"name": "Name"}
    hints: ClassVar = {"name": "So that you know which one it is, for example “Work laptop”."}
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)


class AuthenticateByPasskeyForm(OurForm, passkey.AuthenticateWebAuthnForm):
    pass


class LoginByPasskeyForm(OurForm, passkey.LoginWebAuthnForm):
    pass


class ReauthenticateByPasskeyForm(OurForm, passkey.ReauthenticateWebAuthnForm):
    pass


class EditPasskeyForm(OurForm, passkey.EditWebAuthnForm):
    labels: ClassVar = {"name": "Name"}
