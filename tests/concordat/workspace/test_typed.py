"""What was typed in any form of the workspace outlives the end of a session, and the asking for a second factor."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from concordat.kernel.models import Change
from tests.concordat.workspace.conftest import Place
from tests.concordat.workspace.every_form import FORMS, Form, make_there
from tests.plain import plain
from tests.sign_in import SECRET, enter

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
WORDS = "Words that took me long <script>alert(1)</script>"
WHO = re.compile(r'name="who" value="([^"]+)"')


@pytest.fixture
def there(place: Place) -> dict[str, Any]:
    return make_there(place)


def opened(client: Client, form: Form, there: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Where it is sent, and what is sent: its mark and what was typed."""
    marks = WHO.findall(client.get(form.opened_at(there)).content.decode())
    assert marks, "the form holds no mark of its person"
    name, _ = next(form.texts())
    return form.address(there), {"who": marks[-1], **form.sent(there, name, WORDS)}


@pytest.mark.parametrize("name", FORMS)
def test_the_session_ended(as_: As, there: dict[str, Any], name: str) -> None:
    """Signed in again they find their words in the form; once, and nothing was done."""
    role = FORMS[name].role
    client = as_(role)
    to, typed = opened(client, FORMS[name], there)
    before = Change.objects.count()
    client.session.flush()
    away = client.post(to, typed)
    assert away.headers["Location"].startswith("/accounts/login/?next=")
    page = as_(role).get(to)
    assert page.status_code == 200
    assert WORDS in html.unescape(page.content.decode())
    assert WORDS not in page.content.decode()
    assert "What you typed is still here, and is not saved yet." in plain(page)
    assert WORDS not in html.unescape(client.get(to).content.decode())
    assert Change.objects.count() == before


@pytest.mark.parametrize("form", ["an invitation", "what a coordinator asks for"])
def test_a_second_factor_is_asked_for(client: Client, place: Place, there: dict[str, Any], form: str) -> None:
    coordinator = place.people["coordinator"]
    TOTP.activate(coordinator, SECRET)
    enter(client, coordinator)
    to, typed = opened(client, FORMS[form], there)
    client.logout()
    enter(client, coordinator, second_factor=False)
    away = client.post(to, typed)
    assert away.headers["Location"].startswith("/accounts/second-factor/confirm/?next=%2Fworkspace%2F")
    enter(client, coordinator)
    assert WORDS in html.unescape(client.get(to).content.decode())


def test_why_nothing_moves_is_read_on_the_page_of_the_action(as_: As, there: dict[str, Any]) -> None:
    to = f"/workspace/actions/{there['action']}/no-change/"
    assert "Why does nothing move?" in plain(as_("owner").get(to))
    assert as_("board member").get(to).status_code == 403
