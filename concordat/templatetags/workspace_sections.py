"""The parts of the workspace that a person may enter, and in which of them a page lies."""

from collections.abc import Callable
from typing import Any

from django import template

from signatories.access import Access

register = template.Library()


def _everybody(access: Access) -> bool:
    return True


def _accepts(access: Access) -> bool:
    return bool(access.coordinates) or access.is_administrator


def _reads(access: Access) -> bool:
    return access.is_national or bool(access.reads)


def _signs(access: Access) -> bool:
    return _reads(access) or bool(access.leads)


def _is_national(access: Access) -> bool:
    return access.is_national


def _is_administrator(access: Access) -> bool:
    return access.is_administrator


# The name of each part's first page, what it is called, who may enter it, and how the names of its further pages begin.
SECTIONS: tuple[tuple[str, str, Callable[[Access], bool], tuple[str, ...]], ...] = (
    (
        *("workspace", "My work", _everybody),
        ("action", "owners", "evidence", "no-change", "take-back", "put-off", "reminders", "pause", "calendars"),
    ),
    ("workspace-review", "To accept", _accepts, ("report",)),
    (
        *("workspace-partnerships", "Partnerships", _reads),
        ("partnership", "plan", "version", "commitment", "commitments", "promise", "import", "round-answer"),
    ),
    ("workspace-chasing", "Chasing", _accepts, ("chasing",)),
    ("workspace-meetings", "Board meetings", _reads, ("meeting", "decision", "report-frozen")),
    ("workspace-declarations", "Declarations", _signs, ("declaration", "sign")),
    ("workspace-national", "Submissions", _is_national, ("national-declaration", "national-version")),
    ("workspace-lagging", "Areas that lag", _is_national, ("lagging", "national-area", "contact")),
    ("workspace-rounds", "Review rounds", _is_national, ("round",)),
    ("report-list", "Reports", _everybody, ("report-page", "report-file", "order", "orders", "schedule", "schedules")),
    ("workspace-words", "Words of mails", _is_administrator, ("words",)),
)


@register.simple_tag
def workspace_sections(page: str, access: Access) -> list[dict[str, Any]]:
    """The parts that the person may enter, with `here`: "page" for the part's first page, "true" within the part."""
    within = section_of(page)
    return [
        {"route": route, "name": name, "here": ("page" if page == route else "true") if route == within else ""}
        for route, name, may_enter, _ in SECTIONS
        if may_enter(access)
    ]


def section_of(page: str) -> str:
    """The part in which a page lies, by its name; empty for the pages about people, which have a menu of their own."""
    firsts = [route for route, *_ in SECTIONS if page == route]
    if firsts:
        return firsts[0]
    own = page.removeprefix("workspace-")
    fitting = [(len(start), route) for route, _, _, starts in SECTIONS for start in starts if _begins(own, start)]
    return max(fitting)[1] if fitting else ""


def _begins(name: str, start: str) -> bool:
    return name == start or name.startswith(f"{start}-")
