"""The facts that the amber-green rule needs, read in a fixed number of queries."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from actionplans.models import ActionPlan, PlanCoverage, PlanVersion
from areas.models import Area, AreaSuccession
from concordat import national
from signatories.models import Declaration, DeclarationCoverage, ExpectedArea, Programme

PUBLICATION = ("published_on", "published_precision", "superseded_on", "withdrawn_on")
COVER = ("area_id", "label", "from_on", "until_on")


def national_facts(programme: Programme) -> national.Facts:
    """Everything that was ever published under the programme, and every area there ever was. Seven queries."""
    return national.Facts(
        areas=tuple(
            national.Area(*row) for row in Area.objects.values_list("id", "name", "slug", "from_on", "until_on")
        ),
        declarations=tuple(_declarations(programme)),
        plans=tuple(_plans(programme)),
        successions=tuple(
            national.Succession(*row)
            for row in AreaSuccession.objects.filter(state=AreaSuccession.State.CONFIRMED).values_list(
                "predecessor_id", "successor_id", "on"
            )
        ),
        begins_on=programme.launched_on or national.Facts.begins_on,
        inherit_months=programme.inherit_months,
    )


def _covers(rows: QuerySet[Any], owner: str) -> dict[int, list[national.Cover]]:
    covers: dict[int, list[national.Cover]] = defaultdict(list)
    for owner_id, *cover in rows.order_by(owner, "area_id", "label").values_list(owner, *COVER):
        covers[owner_id].append(national.Cover(*cover))
    return covers


def _declarations(programme: Programme) -> list[national.Declaration]:
    covers = _covers(DeclarationCoverage.objects.all(), "declaration_id")
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


def _plans(programme: Programme) -> list[national.Plan]:
    covers = _covers(PlanCoverage.objects.all(), "plan_id")
    versions: dict[tuple[int, int | None], list[national.Version]] = defaultdict(list)
    rows = PlanVersion.objects.published().filter(
        plan__kind=ActionPlan.Kind.CONCORDAT, plan__partnership__programme=programme
    )
    for plan, fulfils, id_, period_ends_on, *publication in rows.order_by("plan_id", "published_on", "id").values_list(
        "plan_id", "plan__fulfils_id", "id", "period_ends_on", *PUBLICATION
    ):
        versions[plan, fulfils].append(national.Version(id_, national.Publication(*publication), period_ends_on))
    return [
        national.Plan(plan, tuple(covers[plan]), tuple(published), fulfils)
        for (plan, fulfils), published in versions.items()
    ]
