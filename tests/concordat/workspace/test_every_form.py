"""No form of the workspace is forgotten: those into which somebody types are held against those that are tried."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import resolve

from concordat import workspace
from concordat.look.fields import PublishedText
from tests import addresses
from tests.concordat.workspace.conftest import Place
from tests.concordat.workspace.every_form import FORMS, make_there

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
# What is sent here are steps, and choices among what is listed: nobody types.
NO_WORDS = {
    *("workspace-no-change-many", "workspace-take-back", "workspace-owners", "workspace-end-session"),
    *("workspace-invitation-send", "workspace-invitation-revoke", "workspace-second-factors-forget"),
    *("workspace-account-open", "workspace-accept-many", "workspace-links-off"),
    "workspace-partnership-links",
    "workspace-address",  # an email address: tried in test_addresses.py
    *("workspace-declaration-new", "workspace-declaration-areas", "workspace-version-new"),
    *("workspace-version-actions", "workspace-version-left-out", "workspace-commitments"),
    # Days and choices: tried in test_reminders.py.
    *("workspace-reminders", "workspace-reminders-fewer", "workspace-pause", "workspace-pause-end"),
    *("workspace-put-off", "workspace-put-off-end", "workspace-hold-release", "workspace-calendar-address"),
    # A file or a paste, and choices: tried in test_imports.py.
    *("workspace-import-new", "workspace-import-columns", "workspace-import-questions"),
    *("workspace-import-apply", "workspace-import-abandon", "workspace-chasing-send"),
    *("workspace-meeting-freeze", "workspace-order-new", "workspace-order-cancel", "workspace-schedule-step"),
}


def test_every_address_that_takes_words_is_tried(client: Client, as_: As, place: Place) -> None:
    """An address that takes what is sent to it has a form here, or nobody types into it."""
    there, administrator = make_there(place), as_("administrator")
    tried = {resolve(form.address(there)).url_name for form in FORMS.values()}
    takers = {name for name, address in addresses.workspace() if "POST" in allowed(administrator, address)}
    assert takers - NO_WORDS == tried
    assert takers > NO_WORDS


def allowed(client: Client, address: str) -> str:
    return str(client.options(address).headers.get("Allow", ""))


def every_class() -> Iterator[type[forms.Form]]:
    """The forms of the workspace that have a field for text."""
    for module in pkgutil.iter_modules(workspace.__path__):
        for each in vars(importlib.import_module(f"concordat.workspace.{module.name}")).values():
            fields = each.base_fields.values() if isinstance(each, type) and issubclass(each, forms.Form) else ()
            if any(isinstance(field, PublishedText) for field in fields):
                yield each


def test_every_form_with_a_text_is_tried() -> None:
    tried = {form.fields for form in FORMS.values()}
    assert {each.__qualname__ for each in every_class() if each not in tried} == set()


class Reader(HTMLParser):
    """The forms of a page that are sent: which fields each has, and whether somebody types into one."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[set[str], bool]] = []
        self.sends = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        its = dict(attrs)
        if tag == "form":
            self.sends = its.get("method") == "post"
            self.found += [(set(), False)] if self.sends else []
        elif self.sends and tag in ("input", "textarea"):
            names, is_typed = self.found[-1]
            is_text = tag == "textarea" or its.get("type", "text") in ("text", "email", "url")
            self.found[-1] = ({*names, its.get("name") or ""}, is_typed or is_text)

    def handle_endtag(self, tag: str) -> None:
        self.sends = self.sends and tag != "form"


@pytest.mark.parametrize("name", FORMS)
def test_each_form_of_its_page_knows_its_person(as_: As, place: Place, name: str) -> None:
    there: dict[str, Any] = make_there(place)
    page = as_(FORMS[name].role).get(FORMS[name].opened_at(there))
    assert page.status_code == 200
    typed_into = [names for names, is_typed in Reader(page.content.decode()).found if is_typed]
    assert typed_into
    assert all("who" in names for names in typed_into)
