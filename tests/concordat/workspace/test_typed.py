"""What was typed in any form of the workspace outlives the end of a session, and the asking for a second factor."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from concordat.kernel.models import Change
from tests import factories as make
from tests.actionplans.reporting import report
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain
from tests.sign_in import SECRET, enter

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
WORDS = "Words that took me long"
WHO = re.compile(r'name="who" value="([^"]+)"')

# Each form with a text: its page, where it is sent, who fills it in, and in which field.
FORMS: dict[str, tuple[str, str, str, str]] = {
    "a report": ("actions/{action}/", "", "owner", "public_text"),
    "evidence with a report": ("actions/{action}/", "", "owner", "evidence-title"),
    "why nothing moves": ("actions/{action}/", "actions/{action}/no-change/", "owner", "why"),
    "a document": ("actions/{action}/evidence/", "", "owner", "title"),
    "why a document is withdrawn": ("documents/{document}/", "", "owner", "reason"),
    "an invitation": ("people/invite/", "", "coordinator", "name"),
    "why a role ends": ("people/roles/{role}/end/", "", "coordinator", "why"),
    "why an account is closed": ("people/{person}/close/", "", "administrator", "why"),
    "what a coordinator asks for": ("reports/{report}/", "", "coordinator", "comment"),
    "a declaration": ("declarations/{declaration}/", "", "coordinator", "summary"),
    "a signature": ("declarations/{declaration}/sign/", "", "coordinator", "statement"),
    "why a signature is withdrawn": ("signatures/{signature}/withdraw/", "", "administrator", "reason"),
    "a plan version": ("versions/{version}/", "", "coordinator", "source"),
    "a decision": ("national/declarations/{submitted}/", "", "reviewer", "comment"),
}


@pytest.fixture
def there(place: Place) -> dict[str, Any]:
    elsewhere = make.make_action(plan=place.action.plan)
    for month in (6, 7, 8):
        make.make_update(action=place.action, reported_on=TODAY.replace(month=month), is_no_change=True)
    make.make_member(partnership=place.partnership, organisation=place.police)
    declaration = make.make_declaration(partnership=place.partnership)
    return {
        "action": place.action.pk,
        "document": make.make_document(subject=place.action).pk,
        "report": report(elsewhere, TODAY).pk,
        "declaration": declaration.pk,
        "submitted": make.make_declaration(state="submitted").pk,
        "signature": make.make_signature(declaration=declaration).pk,
        "version": make.make_version(plan=place.action.plan).pk,
        "role": make.make_membership("chair", partnership=place.partnership).pk,
        "person": make.make_person().pk,
    }


def opened(client: Client, form: str, there: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Where it is sent, and what is sent: its mark and what was typed."""
    page, to, _, field = (part.format(**there) for part in FORMS[form])
    marks = WHO.findall(client.get(f"/workspace/{page}").content.decode())
    assert marks, "the form holds no mark of its person"
    return f"/workspace/{to or page}", {"who": marks[-1], field: WORDS, "then": "withdraw"}


@pytest.mark.parametrize("form", FORMS)
def test_the_session_ended(as_: As, there: dict[str, Any], form: str) -> None:
    role = FORMS[form][2]
    client = as_(role)
    to, typed = opened(client, form, there)
    before = Change.objects.count()
    client.session.flush()
    away = client.post(to, typed)
    assert away.headers["Location"].startswith("/accounts/login/?next=")
    page = as_(role).get(to)
    assert page.status_code == 200
    assert WORDS in page.content.decode()
    assert "What you typed is still here, and is not saved yet." in plain(page)
    assert WORDS not in client.get(to).content.decode()
    assert Change.objects.count() == before


@pytest.mark.parametrize("form", ["an invitation", "what a coordinator asks for"])
def test_a_second_factor_is_asked_for(client: Client, place: Place, there: dict[str, Any], form: str) -> None:
    coordinator = place.people["coordinator"]
    TOTP.activate(coordinator, SECRET)
    enter(client, coordinator)
    to, typed = opened(client, form, there)
    client.logout()
    enter(client, coordinator, second_factor=False)
    away = client.post(to, typed)
    assert away.headers["Location"].startswith("/accounts/second-factor/confirm/?next=%2Fworkspace%2F")
    enter(client, coordinator)
    assert WORDS in client.get(to).content.decode()


def test_why_nothing_moves_is_read_on_the_page_of_the_action(as_: As, there: dict[str, Any]) -> None:
    to = f"/workspace/actions/{there['action']}/no-change/"
    assert "Why does nothing move?" in plain(as_("owner").get(to))
    assert as_("board member").get(to).status_code == 403
