"""In which part of the workspace a page lies, and who sees which parts."""

import pytest

from concordat.templatetags.workspace_sections import SECTIONS, section_of, workspace_sections
from signatories.access import Access
from tests import addresses

ALONE = {
    # Their menu is the header's, or they are about anything.
    *("account", "people", "invite", "invitation-send", "invitation-revoke", "role-end", "person", "account-close"),
    *("end-session", "second-factors-forget", "history", "remove", "document", "signature-withdraw"),
    *(
        "account-open",
        "links-off",
        "calendar-address",
        "address",
        "blank-plan",
        "accept-many",
        "tracker-xlsx",
        "tracker-csv",
        "hold-release",
    ),
}


@pytest.mark.parametrize(
    ("page", "section"),
    [
        ("workspace", "workspace"),
        ("workspace-action", "workspace"),
        ("workspace-action-history", "workspace"),
        ("workspace-report", "workspace-review"),
        ("workspace-partnership", "workspace-partnerships"),
        ("workspace-version-action-new", "workspace-partnerships"),
        ("workspace-round-answer", "workspace-partnerships"),
        ("workspace-round-new", "workspace-rounds"),
        ("workspace-declaration-documents", "workspace-declarations"),
        ("workspace-national-declaration", "workspace-national"),
        ("workspace-national-area", "workspace-lagging"),
        ("workspace-chasing-message", "workspace-chasing"),
        ("workspace-words-rule", "workspace-words"),
        ("workspace-order-new", "report-list"),
        ("workspace-schedules", "report-list"),
        ("workspace-account", ""),
    ],
)
def test_the_part_of_a_page(page: str, section: str) -> None:
    assert section_of(page) == section


def test_every_page_lies_in_a_part_or_is_known_to_stand_alone() -> None:
    names = {name for name, _ in addresses.workspace()}
    assert {name.removeprefix("workspace-") for name in names if not section_of(name)} == ALONE


def test_one_is_marked_and_each_sees_their_own() -> None:
    coordinator = Access(coordinates=frozenset({1}))
    told = {each["name"]: each["here"] for each in workspace_sections("workspace-meeting-new", coordinator)}
    assert told == {
        **{"My work": "", "To accept": "", "Partnerships": "", "Chasing": ""},
        **{"Board meetings": "true", "Declarations": "", "Reports": ""},
    }
    owner = Access(owns_in=frozenset({1}))
    assert workspace_sections("workspace", owner) == [
        {"route": "workspace", "name": "My work", "here": "page"},
        {"route": "report-list", "name": "Reports", "here": ""},
    ]
    everything = workspace_sections("workspace-rounds", Access(is_administrator=True))
    assert [each["route"] for each in everything] == [route for route, *_ in SECTIONS]
