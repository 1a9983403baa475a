"""Plan files as English partnerships write them, each beside what a careful coordinator reads in it."""

from __future__ import annotations

from tests.plan_files.examined.arrangements import ARRANGEMENTS
from tests.plan_files.examined.days import DAYS
from tests.plan_files.examined.documents import DOCUMENTS
from tests.plan_files.examined.fifth import FIFTH
from tests.plan_files.examined.fourth import FOURTH
from tests.plan_files.examined.kit import Examined
from tests.plan_files.examined.last import LAST
from tests.plan_files.examined.later import LATER
from tests.plan_files.examined.later_still import LATER_STILL
from tests.plan_files.examined.leading import LEADING
from tests.plan_files.examined.long import LONG
from tests.plan_files.examined.programs import PROGRAMS
from tests.plan_files.examined.sixth import SIXTH
from tests.plan_files.examined.standings import STANDINGS
from tests.plan_files.examined.turned import TURNED
from tests.plan_files.examined.untidy import UNTIDY
from tests.plan_files.examined.wordings import WORDINGS
from tests.plan_files.examined.workbooks import WORKBOOKS

FAMILIES = (
    WORKBOOKS,
    DOCUMENTS,
    STANDINGS,
    DAYS,
    LEADING,
    UNTIDY,
    LONG,
    LATER,
    LATER_STILL,
    LAST,
    FOURTH,
    FIFTH,
    SIXTH,
    TURNED,
    ARRANGEMENTS,
    WORDINGS,
    PROGRAMS,
)


def examined() -> list[Examined]:
    """Every examined plan file, made anew."""
    return [make() for family in FAMILIES for make in family.made]
