"""What django-allauth asks us: who may sign up, what messages say, how mail goes out, when to ask again."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from concordat.accounts import known_browsers, second_factor
from concordat.accounts.browsers import in_words
from concordat.kernel.dates import today
from concordat.tasks import mail_person
from signatories.access import access_of
from signatories.models import Person, SignIn
from signatories.services import sign_ins

NAME = "Concordat Tracker"
# Who signed in so recently is not asked for the password again.
RECENT_SECONDS = 15 * 60
NO_ADDRESS = "0.0.0.0"  # noqa: S104 - nothing listens there: it stands for “not kept”


def browser_of(request: HttpRequest) -> str:
    """Which browser asks, in a few words."""
    return in_words(request.headers.get("User-Agent", ""))


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are by invitation alone."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed.",
        "email_password_mismatch": "The email address or the password is not right.",
        "enter_current_password": "This is not your present password.",
        "incorrect_code": "This code is not right, or it is too old.",
        "incorrect_password": "This is not your password.",
        "invalid_password_reset": "This link does not work any more. Ask for a new one.",
        "rate_limited": "There were too many tries. Wait a few minutes, then try again.",
        "too_many_login_attempts": "There were too many tries. Wait 15 minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """No IP address: none is kept with a session, and no limit counts by it (docs/adr/0010-sign-in.md)."""
        return NO_ADDRESS

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("workspace-account")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Have a worker send it: an answer then takes as long for an address that we know as for one that we do not."""
        site = settings.SITE_URL.rstrip("/")
        message = self.render_mail(template_prefix, email, {"email": email, "site": site, **context})
        mail_person.delay(to=email, subject=str(message.subject), body=str(message.body))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By what wrong passwords are counted: the account, and the browser if it is known for that account."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{known_browsers.counted_apart(request, str(credentials.get('email', '')))}"

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        """From now on this browser is known for that person."""
        response = super().post_login(request, user, **details)
        if user.email:
            known_browsers.remember(request, response, user.email)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a refused sign-in for the person whose address it was, if there is one."""
        person = Person.objects.filter(email__iexact=str(credentials.get("email", ""))[:254]).first()
        if person:
            sign_ins.note(person, how=SignIn.How.REFUSED, now=timezone.now(), browser=browser_of(request))

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Not from somebody who signed in a few minutes ago: setting up a second factor is then one step less."""
        records = get_authentication_records(self.request, self.request.user)
        recent = any(time.time() - record["at"] < RECENT_SECONDS for record in records)
        return not recent and super().is_reauthentication_required(app=app, **options)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes from an app, recovery codes, passkeys."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "You need a second factor for your role. Add another one first.",
        "incorrect_code": "This code is not right, or it was used already. Wait for the next one.",
    }

    def encrypt(self, text: str) -> str:
        return second_factor.lock(text)

    def decrypt(self, encrypted_text: str) -> str:
        return second_factor.unlock(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whose role asks for a second factor keeps one at least."""
        if not access_of(authenticator.user, today()).needs_second_factor:
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """“Passkey 1”: what a new one is called unless the person says otherwise."""
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_totp_issuer(self) -> str:
        return NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What the browser calls us when it asks for a passkey."""
        return super().get_public_key_credential_rp_entity() | {"name": NAME}
