"""What is noted when somebody signs in or sets up a second factor. Connected by the app's `ready`."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.signals import login_code_rejected, user_logged_in
from allauth.mfa.signals import authentication_failed, authenticator_added
from django.http import HttpRequest
from django.utils import timezone

from concordat.accounts import second_factor
from concordat.accounts.adapters import browser_of
from signatories.models import MailStop, Person, SignIn
from signatories.services import addresses, sign_ins
from signatories.services.people import end_sessions

INVITATION = "invitation"
# By these somebody proves that mails reach them.
MAILED = frozenset({SignIn.How.CODE, SignIn.How.INVITATION})
HOW = {"password": SignIn.How.PASSWORD, "code": SignIn.How.CODE, INVITATION: SignIn.How.INVITATION}


def connect() -> None:
    """Listen to django-allauth."""
    user_logged_in.connect(signed_in, dispatch_uid="concordat.signed_in")
    login_code_rejected.connect(refused, dispatch_uid="concordat.code_refused")
    authentication_failed.connect(refused, dispatch_uid="concordat.second_factor_refused")
    authenticator_added.connect(set_up, dispatch_uid="concordat.second_factor_set_up")


def signed_in(request: HttpRequest, user: Person, **told: Any) -> None:
    """Keep how somebody signed in."""
    methods = [str(record.get("method")) for record in get_authentication_records(request, user)]
    how = next((HOW[method] for method in methods if method in HOW), SignIn.How.PASSKEY)
    is_second = second_factor.was_used(request)
    sign_ins.note(user, how=how, now=timezone.now(), second_factor=is_second, browser=browser_of(request))
    if how in MAILED and user.mail_stopped_why == MailStop.BOUNCED:
        addresses.write_again(user, by=user, why="They signed in by what was mailed to it")


def refused(request: HttpRequest, user: Person, **told: Any) -> None:
    """Keep that a code was wrong. One of a second factor comes after the first one was right."""
    is_second = "authenticator" in told
    sign_ins.note(
        user, how=SignIn.How.REFUSED, now=timezone.now(), second_factor=is_second, browser=browser_of(request)
    )


def set_up(request: HttpRequest, user: Person, authenticator: Any, **told: Any) -> None:
    """Whoever sets a second factor up has proved it: the session counts as opened with it, and the others end."""
    if authenticator.type != second_factor.Type.RECOVERY_CODES:
        end_sessions(user, but=request.session.session_key)
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)
