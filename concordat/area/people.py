"""Who works for an area on a day: its partnerships, the boards that oversee them, and what was said in public."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Q, QuerySet

from concordat.kernel.periods import holds, holds_on
from signatories.models import PartnershipCoverage, Programme, Statement

PARTNERSHIP = ("partnership_id", "partnership__name", "partnership__slug", "partnership__public_note", "label")
BOARD = ("oversight__board__name", "oversight__board__slug")
BOARD_HELD = ("oversight__board__from_on", "oversight__board__until_on")


class Overseer(NamedTuple):
    """A board that oversees a partnership."""

    name: str
    slug: str


@dataclass(frozen=True)
class Working:
    """A partnership that works for the area on the day, or for the named part of it; primary: whom to contact."""

    id: int
    name: str
    slug: str
    note: str
    part: str
    is_primary: bool
    boards: list[Overseer] = field(default_factory=list)


def working_on(area: int, programme: Programme, on: date) -> tuple[Working, ...]:
    """The partnerships of the area on the day with their boards, the primary one first. One query."""
    rows = (
        PartnershipCoverage.objects.filter(
            holds_on(on), holds_on(on, "partnership__"), area=area, partnership__programme=programme
        )
        .annotate(
            oversight=FilteredRelation("partnership__oversight", condition=holds_on(on, "partnership__oversight__"))
        )
        .order_by("-is_primary", "partnership__name", "id", "oversight__board__name")
        .values_list("id", "is_primary", *PARTNERSHIP, *BOARD, *BOARD_HELD)
    )
    found: dict[int, Working] = {}
    for id_, is_primary, partnership, name, slug, note, part, board, board_slug, from_on, until_on in rows:
        working = found.setdefault(id_, Working(partnership, name, slug, note, part, is_primary))
        if board and holds(from_on, until_on, on):
            working.boards.append(Overseer(board, board_slug))
    return tuple(found.values())


def statements_on(partnerships: Collection[int], on: date) -> QuerySet[Any, Any]:
    """What office-holders had said in public by the day about the partnerships' work, oldest first."""
    said = Q(said_on__isnull=True) | Q(said_on__lte=on)
    return Statement.objects.filter(said, partnership__in=partnerships).select_related("person", "organisation")
