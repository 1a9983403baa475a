"""The country of the bench of chasing with areas to it: every partnership works for one, has declared, and has a plan.

152 areas, so that thirteen partnerships share each. PostgreSQL alone; the database is empty but for its tables.
"""

from django.core.management.color import no_style
from django.db import connection, transaction

from actionplans import models as what
from areas import models as where
from signatories import models as who
from signatories.models.organisation import CORE_TYPES
from tests.bench.chasing import country
from tests.bench.chasing.country import DAY, ORGANISATIONS, day, fill, numbers

AREAS = 152
__all__ = ["AREAS", "DAY", "build"]


def build(partnerships: int) -> None:
    """Fill the database: the actions first, then what the map needs besides."""
    country.build(partnerships)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        _areas(partnerships)
        _declarations(partnerships)
        who.Programme.objects.update(core_signatory_types=[each.value for each in CORE_TYPES])
        written = (where.Area, who.Declaration)
        for statement in connection.ops.sequence_reset_sql(no_style(), written):
            cursor.execute(statement)


def _areas(partnerships: int) -> None:
    region = f"(ARRAY{where.Region.values!r})[n %% {len(where.Region.values)} + 1]"
    fill(where.Area, numbers(AREAS), id="n", slug="'area-' || n", name="'Area ' || n", region=region)
    kind = where.Kind.COUNTY.value
    fill(
        where.AreaCode,
        numbers(AREAS),
        area_id="n",
        code="'E0' || (9000000 + n)",
        kind=f"'{kind}'",
        official_name="'Area ' || n",
    )
    every, area = numbers(partnerships), f"(n - 1) %% {AREAS} + 1"
    fill(who.PartnershipCoverage, every, partnership_id="n", area_id=area, extent="'whole'", is_primary=f"n <= {AREAS}")
    fill(what.PlanCoverage, every, plan_id="n", area_id=area, extent="'whole'")


def _declarations(partnerships: int) -> None:
    every = numbers(partnerships)
    fill(
        who.Declaration,
        every,
        id="n",
        partnership_id="n",
        title="'Declaration ' || n",
        state="'published'",
        published_on=day("-1000"),
        published_precision="'day'",
    )
    fill(who.DeclarationCoverage, every, declaration_id="n", area_id=f"(n - 1) %% {AREAS} + 1", extent="'whole'")
    kinds = ", ".join(f"'{each.value}'" for each in CORE_TYPES)
    for place in range(1, ORGANISATIONS + 1):
        fill(
            who.Signature,
            every,
            declaration_id="n",
            organisation_id=f"{ORGANISATIONS} * (n - 1) + {place}",
            name_as_signed="'Body ' || n",
            as_type=f"(ARRAY[{kinds}])[{place}]",
            signed_on=day("-1010"),
        )
