"""The facts that the amber-green rule needs, read in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from django.db.models import F, Value

from actionplans.models import ActionPlan, PlanCoverage, PlanVersion
from areas.models import Area, AreaSuccession, only_planned
from concordat import national
from signatories.models import Declaration, DeclarationCoverage, ExpectedArea, Programme

PUBLICATION = ("published_on", "published_precision", "superseded_on", "withdrawn_on")
COVER = ("area_id", "label", "from_on", "until_on")
PLAN = ("plan__fulfils_id", "plan__partnership__update_every_months")
AREA = ("id", "name", "slug", "from_on", "until_on", "region")
CODE = ("code", "kind", "official_name", "from_on", "until_on")
Covers = dict[int, list[national.Cover]]


def national_facts(programme: Programme) -> national.Facts:
    """Everything that was ever published under the programme, and every area there ever was. Six queries."""
    declared, planned = _covers()
    return national.Facts(
        areas=tuple(_areas()),
        declarations=tuple(_declarations(programme, declared)),
        plans=tuple(_plans(programme, planned)),
        successions=tuple(
            national.Succession(*row)
            for row in AreaSuccession.objects.filter(state=AreaSuccession.State.CONFIRMED).values_list(
                "predecessor_id", "successor_id", "on"
            )
        ),
        begins_on=programme.launched_on or national.Facts.begins_on,
        inherit_months=programme.inherit_months,
    )


def _areas() -> Iterator[national.Area]:
    """Every area with all its codes, oldest first; one row for each code, or for an area without any."""
    rows = (
        Area.objects.annotate(is_planned=only_planned("pk"))
        .order_by("id", F("codes__from_on").asc(nulls_first=True), "codes__code")
        .values_list(*AREA, "is_planned", *(f"codes__{field}" for field in CODE))
    )
    for area, of_area in groupby(rows, key=itemgetter(slice(0, len(AREA) + 1))):
        codes = (row[len(AREA) + 1 :] for row in of_area)
        id_, name, slug, from_on, until_on, region, is_planned = area
        held = tuple(national.Code(*code) for code in codes if code[0] is not None)
        yield national.Area(id_, name, slug, from_on, until_on, region, held, is_planned)


def _covers() -> tuple[Covers, Covers]:
    """What every declaration covers, and what every plan covers. One query for both."""
    declared: Covers = defaultdict(list)
    planned: Covers = defaultdict(list)
    rows = DeclarationCoverage.objects.values_list(Value(0), "declaration_id", *COVER).union(
        PlanCoverage.objects.values_list(Value(1), "plan_id", *COVER), all=True
    )
    for kind, owner, *cover in sorted(rows, key=itemgetter(0, 1, 2, 3)):
        (planned if kind else declared)[owner].append(national.Cover(*cover))
    return declared, planned


def _declarations(programme: Programme, covers: Covers) -> list[national.Declaration]:
    expected: dict[int, dict[tuple[int, str], set[int]]] = defaultdict(lambda: defaultdict(set))
    for declaration, expectation, label, area in ExpectedArea.objects.values_list(
        "expectation__declaration_id", "expectation_id", "expectation__label", "area_id"
    ):
        expected[declaration][expectation, label].add(area)
    rows = Declaration.objects.published().filter(partnership__programme=programme).values_list("id", *PUBLICATION)
    return [
        national.Declaration(
            id_,
            national.Publication(*publication),
            tuple(covers[id_]),
            tuple(
                national.Expectation(expectation, label, frozenset(areas))
                for (expectation, label), areas in sorted(expected[id_].items())
            ),
        )
        for id_, *publication in rows.order_by("id")
    ]


def _plans(programme: Programme, covers: Covers) -> list[national.Plan]:
    versions: dict[tuple[int, int | None, int | None], list[national.Version]] = defaultdict(list)
    rows = PlanVersion.objects.published().filter(
        plan__kind=ActionPlan.Kind.CONCORDAT, plan__partnership__programme=programme
    )
    for plan, fulfils, rhythm, id_, period_ends_on, *publication in rows.order_by(
        "plan_id", "published_on", "id"
    ).values_list("plan_id", *PLAN, "id", "period_ends_on", *PUBLICATION):
        version = national.Version(id_, national.Publication(*publication), period_ends_on)
        versions[plan, fulfils, rhythm].append(version)
    return [
        national.Plan(plan, tuple(covers[plan]), tuple(published), fulfils, rhythm)
        for (plan, fulfils, rhythm), published in versions.items()
    ]
