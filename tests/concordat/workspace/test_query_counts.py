"""How many queries each page of the workspace takes: the same with 10 rows of everything as with 500.

The table is held against the addresses of the workspace: a page without an entry fails. To add one: its name, who
opens it, how many queries it takes, and what its address is about (a field of `World`; none for a list).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concordat.accounts.gate import has_a_page
from tests import addresses
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place, make_place
from tests.sign_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PAGES: dict[str, tuple[str, int, str]] = {
    "workspace": ("owner", 9, ""),
    "workspace-action": ("owner", 17, "action"),
    "workspace-no-change": ("owner", 17, "action"),
    "workspace-owners": ("coordinator", 9, "action"),
    "workspace-action-history": ("owner", 7, "action"),
    "workspace-evidence": ("owner", 6, "action"),
    "workspace-document": ("coordinator", 6, "document"),
    "workspace-declaration-documents": ("coordinator", 6, "declaration"),
    "workspace-version-documents": ("coordinator", 6, "version"),
    "workspace-partnerships": ("reviewer", 4, ""),
    "workspace-partnership": ("coordinator", 12, "slug"),
    "workspace-declarations": ("coordinator", 5, ""),
    "workspace-declaration": ("coordinator", 11, "declaration"),
    "workspace-sign": ("coordinator", 8, "declaration"),
    "workspace-signature-withdraw": ("administrator", 5, "signature"),
    "workspace-version": ("coordinator", 9, "version"),
    "workspace-national": ("reviewer", 5, ""),
    "workspace-national-declaration": ("reviewer", 17, "declaration"),
    "workspace-national-version": ("reviewer", 16, "version"),
    "workspace-review": ("coordinator", 5, ""),
    "workspace-report": ("coordinator", 6, "report"),
    "workspace-account": ("coordinator", 7, ""),
    "workspace-people": ("coordinator", 10, ""),
    "workspace-invite": ("coordinator", 8, ""),
    "workspace-role-end": ("administrator", 4, "role"),
    "workspace-person": ("administrator", 5, "person"),
    "workspace-account-close": ("administrator", 4, "person"),
}


@dataclass(frozen=True)
class World:
    """What the addresses are about."""

    action: int
    declaration: int
    version: int
    document: int
    signature: int
    report: int
    role: int
    person: int
    slug: str


def names() -> Iterator[str]:
    """The names of the workspace's pages."""
    return (name for name, address in addresses.workspace() if has_a_page(address))


def test_every_page_has_its_entry() -> None:
    assert sorted(names()) == sorted(PAGES)


def make_world(place: Place, size: int) -> World:
    """So many of everything: actions of the owner with reports, what hangs on one of them, declarations, people."""
    partnership, plan, owner = place.partnership, place.action.plan, place.people["owner"]
    version = plan.versions.get()
    area = make.make_area()
    make.cover(partnership, area)
    for number in range(size):
        text = f"Action {number}"
        action = make.make_action(plan=plan, text=text, due_on=TODAY - timedelta(days=number % 60))
        make.make_in_version(version=version, action=action, text=text)
        make.make_lead(action=action, organisation=place.police)
        make.make_owner(action=action, person=owner)
        make.make_update(action=action, reported_on=date(2026, 6, 1), author=owner)
        report = make.make_update(action=action, reported_on=date(2026, 10, 1), author=owner, state="submitted")
        make.make_update(action=place.action, reported_on=date(2026, 1, 1) + timedelta(days=number // 2), author=owner)
        document = make.make_document(subject=place.action, uploaded_by=owner)
        make.make_change(subject_type="actionplans.action", subject_id=place.action.pk, by=owner)
        role = make.make_membership("owner", organisation=place.police)
        make.make_owner(action=place.action, person=role.person)
        make.make_invitation(organisation=place.police, invited_by=place.people["coordinator"])
        make.make_sign_in(person=place.people["coordinator"])
        make.make_member(partnership=partnership, organisation=make.make_organisation())
        make.make_partnership()
        declaration = make.make_declaration(partnership=partnership, state="submitted", areas=[area])
        waiting = make.make_version(plan=plan, state="submitted")
    for subject in (declaration, waiting):
        for _ in range(size):
            make.make_document(subject=subject)
    signatures = [make.make_signature(declaration=declaration) for _ in range(size)]
    return World(
        action=place.action.pk,
        declaration=declaration.pk,
        version=waiting.pk,
        document=document.pk,
        signature=signatures[-1].pk,
        report=report.pk,
        role=role.pk,
        person=owner.pk,
        slug=partnership.slug,
    )


def counted(world: World, place: Place) -> dict[str, int]:
    """The queries of each page, opened by somebody who has opened a page before."""
    browsers: dict[str, Client] = {}
    found = {}
    for name, (role, _, about) in PAGES.items():
        if role not in browsers:
            browsers[role] = Client()
            enter(browsers[role], place.people[role])
            browsers[role].get("/workspace/account/")
        about_what = {"slug" if about == "slug" else "pk": getattr(world, about)} if about else {}
        address = reverse(name, kwargs=about_what)
        with CaptureQueriesContext(connection) as queries:
            answer = browsers[role].get(address)
        assert answer.status_code == 200, f"{name} answers {answer.status_code}"
        found[name] = len(queries)
    return found


@pytest.mark.parametrize("size", [10, 500])
def test_each_page_takes_the_same_queries(size: int) -> None:
    place: Any = make_place()
    world = make_world(place, size)
    assert counted(world, place) == {name: queries for name, (_, queries, _) in PAGES.items()}
