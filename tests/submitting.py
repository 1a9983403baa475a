"""Declarations and plan versions that lack nothing, at any step of their way."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from actionplans.models import PlanVersion
from areas.models import Area
from signatories.models import Declaration, Partnership
from tests import factories as make

SUBMITTED_AT = datetime(2026, 10, 1, 9, tzinfo=UTC)
SIGNED_STATEMENT = "https://example.org/signed.pdf"


def complete_declaration(
    *, partnership: Partnership | None = None, areas: Iterable[Area] | None = None, **fields: Any
) -> Declaration:
    """A draft, or in the given state, for one area, which every core type of its programme has signed."""
    partnership = partnership or make.make_partnership()
    own = {"sections_covered": ["A", "B", "C", "D"], "source": SIGNED_STATEMENT, "title": "Our declaration"}
    own["summary"] = "We stand together."
    if fields.get("state") == "submitted":
        own["submitted_at"] = SUBMITTED_AT
    areas = [make.make_area()] if areas is None else areas
    declaration = make.make_declaration(partnership=partnership, areas=areas, **(own | fields))
    for core_type in partnership.programme.core_signatory_types:
        make.make_signature(declaration=declaration, organisation=make.make_organisation(type=core_type))
    return declaration


def complete_version(
    *, partnership: Partnership | None = None, area: Area | None = None, declared: bool = True, **fields: Any
) -> PlanVersion:
    """A draft, or in the given state, with one action, for an area with a declaration in force."""
    partnership, area = partnership or make.make_partnership(), area or make.make_area()
    if declared:
        make.make_declaration(partnership=partnership, areas=[area], published_on=date(2020, 1, 1))
    own = {"period_starts_on": date(2026, 4, 1), "period_ends_on": date(2028, 3, 31)}
    if fields.get("state") == "submitted":
        own["submitted_at"] = SUBMITTED_AT
    version = make.make_version(plan=make.make_plan(partnership=partnership, areas=[area]), **(own | fields))
    make.make_in_version(version=version)
    return version
