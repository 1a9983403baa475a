"""The sign-in pages: those of django-allauth that we use, and no other.

People do not add addresses or sign up here, so that the pages for that are not there.
"""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from concordat.accounts import pages
from concordat.accounts.gate import proved


def page(route: str, view: Any, name: str) -> URLPattern:
    """A page that no browser or proxy keeps: it holds codes, keys, or somebody's name."""
    found: URLPattern = path(route, never_cache(view), name=name)
    return found


def safe_page(route: str, view: Any, name: str) -> URLPattern:
    """A page that changes how somebody signs in, or shows what opens the account."""
    return page(route, proved(view), name=name)


own_account = RedirectView.as_view(pattern_name="workspace-account")

second_factor = [
    page("", pages.second_factor_page, name="second-factor"),
    page("all/", own_account, name="mfa_index"),
    page("authenticate/", second.authenticate, name="mfa_authenticate"),
    page("confirm/", second.reauthenticate, name="mfa_reauthenticate"),
    safe_page("app/add/", app.activate_totp, name="mfa_activate_totp"),
    safe_page("app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    safe_page("recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    safe_page("recovery-codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    safe_page("recovery-codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    page("passkeys/", own_account, name="mfa_list_webauthn"),
    safe_page("passkeys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    page("passkeys/confirm/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    page("passkeys/sign-in/", passkey.login_webauthn, name="mfa_login_webauthn"),
    safe_page("passkeys/<id:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    safe_page("passkeys/<id:pk>/rename/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    page("login/", account.login, name="account_login"),
    page("login/code/", account.request_login_code, name="account_request_login_code"),
    page("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    page("logout/", account.logout, name="account_logout"),
    page("closed/", account.account_inactive, name="account_inactive"),
    page("signup/", account.signup, name="account_signup"),
    page("confirm/", account.reauthenticate, name="account_reauthenticate"),
    page("email/", own_account, name="account_email"),
    safe_page("password/change/", account.password_change, name="account_change_password"),
    safe_page("password/set/", account.password_set, name="account_set_password"),
    page("password/reset/", account.password_reset, name="account_reset_password"),
    page("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    page("password/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        never_cache(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("second-factor/", include(second_factor)),
]
