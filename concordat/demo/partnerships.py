"""Made-up partnerships with their coverage, members, boards and statements."""

from datetime import date, timedelta
from typing import Any

from areas.models import Area
from concordat.demo.group import Group
from concordat.demo.meetings import meet
from concordat.demo.stories import Geometry
from concordat.demo.wording import LABEL, SAID, listed
from concordat.kernel.coverage import Extent
from concordat.kernel.sources import Precision
from signatories.models import (
    Board,
    BoardChair,
    BoardOversight,
    Partnership,
    PartnershipCoverage,
    PartnershipMember,
    Programme,
    Statement,
)
from signatories.models.organisation import OrganisationType

PART = "northern villages"
Covered = list[dict[str, Any]]


def named(number: int, areas: list[Area], programme: Programme) -> Partnership:
    """A partnership that says in its name that it is made up."""
    names = listed([area.name for area in areas])
    return Partnership(
        programme=programme,
        slug=f"example-{number + 1}-{areas[0].slug}",
        name=f"Example partnership {number + 1}: {names}",
        public_note=LABEL,
        source=LABEL,
    )


def covered(group: Group) -> Covered:
    """The coverage of the whole partnership: its areas, the last one perhaps in part."""
    return [
        {"area": area, "extent": Extent.PART, "label": PART}
        if group.story.geometry is Geometry.WITH_PART and area is group.areas[-1]
        else {"area": area}
        for area in group.areas
    ]


def fill(group: Group, with_primary: set[int]) -> None:
    """Its own rows, coverage, members, boards and statement; `with_primary` are the areas that have a contact."""
    story, partnership = group.story, group.partnership
    partnership.update_every_months = story.update_every_months
    group.batch.add(partnership, later=bool(story.parent_back))
    for cover in covered(group):
        area = cover["area"].pk
        is_primary = not story.is_regional and "label" not in cover and area not in with_primary
        if is_primary:
            with_primary.add(area)
        group.batch.add(PartnershipCoverage(partnership=partnership, is_primary=is_primary, **cover))
    for organisation in group.organisations.values():
        group.batch.add(
            PartnershipMember(
                partnership=partnership, organisation=organisation, name_as_written=organisation.name, source=LABEL
            )
        )
    _board(group)
    _statement(group)


def _board(group: Group) -> None:
    """A board that oversees it, with its chair or two joint ones."""
    kinds = list(Board.Kind)
    kind = kinds[group.number % len(kinds)]
    board = group.batch.add(
        Board(
            slug=f"example-board-{group.number + 1}",
            name=f"Example {kind.label} for {listed([area.name for area in group.areas])}",
            kind=kind,
            source=LABEL,
        )
    )
    group.batch.add(BoardOversight(board=board, partnership=group.partnership, source=LABEL))
    meet(group, board)
    commissioner = group.organisations[OrganisationType.POLICE_COMMISSIONER]
    _chair(group, board, "Police and Crime Commissioner", person=group.people["chair"], organisation=commissioner)
    if group.number % 3 == 0:
        joint = group.organisations[OrganisationType.CLINICAL_COMMISSIONER]
        _chair(group, board, "Clinical chair", organisation=joint)


def _chair(group: Group, board: Board, role: str, **values: object) -> None:
    group.batch.add(BoardChair(board=board, role=role, source=LABEL, **values))


def _statement(group: Group) -> None:
    """What its chair said in public."""
    said_on: date = group.days_ago(200, 800) - timedelta(days=1)
    group.batch.add(
        Statement(
            partnership=group.partnership,
            person=group.people["chair"],
            role="Chair",
            organisation=group.organisations[OrganisationType.POLICE_COMMISSIONER],
            said_on=said_on,
            said_precision=Precision.DAY,
            text=group.chances.choice(SAID),
            source=LABEL,
        )
    )
