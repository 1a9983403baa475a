"""Who declared and who published a plan in 2014-15, each with its claims: conflicting ones are all kept."""

from actionplans.models import ActionPlan, PlanCoverage, PlanVersion
from actionplans.services.plans import publish_version
from areas.models import Area
from concordat.history.keeping import BY, Keeper
from concordat.history.partnerships import areas_of_2014
from concordat.history.reading import EVERY_OTHER_AREA, Event, events, facts
from concordat.kernel.sources import Precision
from signatories.models import Declaration, DeclarationCoverage, ExpectedArea, Partnership, PlanExpectation
from signatories.services.declarations import publish_declaration


def load_publications(keeper: Keeper, partnerships: dict[str, Partnership]) -> None:
    """Write the declarations with what they expect, then the plans."""
    areas = areas_of_2014()
    told = events()
    for name, partnership in partnerships.items():
        for title, covered in _declarations_of(partnership, name):
            _load_declaration(keeper, partnership, title, covered, _claims(told, name, "declaration"))
    _load_expectations(keeper, partnerships, areas)
    for event in told:
        if event.event == "plan":
            _load_plan(keeper, partnerships[event.scope], event)
        if event.event == "intended":
            _intended(keeper, partnerships[event.scope], event)


def _declarations_of(partnership: Partnership, name: str) -> list[tuple[str, list[Area]]]:
    """The group's declarations: usually one for all its areas, without those that declared elsewhere."""
    geometry = facts("geometry")
    elsewhere = {
        code for entry in geometry["declared_elsewhere"] if entry["partnership"] == name for code in entry["areas"]
    }
    rows = partnership.coverage.filter(extent="whole").select_related("area").order_by("area__name")
    covered = [row.area for row in rows.exclude(area__codes__code__in=elsewhere)]
    if not covered:
        return []
    if any(entry["partnership"] == name for entry in geometry["one_declaration_each"]):
        return [(f"{area.name} declaration", [area]) for area in covered]
    plain = name.partition(" (")[0]  # without “(regional declaration)” and the like
    return [(f"{plain} declaration", covered)]


def _claims(told: list[Event], scope: str, event: str) -> list[Event]:
    """What the sources say of one group; the national sentence about “every other area” speaks of it too
    where no other source has an earlier day."""
    own = [row for row in told if row.scope == scope and row.event == event]
    everyone = [row for row in told if row.scope == EVERY_OTHER_AREA and row.event == event]
    if own and min(row.on for row in own) <= min(row.on for row in everyone):
        return own
    return own + everyone


def _load_declaration(
    keeper: Keeper, partnership: Partnership, title: str, covered: list[Area], claims: list[Event]
) -> None:
    chosen = min(claims, key=lambda row: row.on)
    declaration = keeper.keep(
        Declaration,
        {"partnership": partnership, "title": title},
        source=chosen.source,
        source_note=chosen.note,
    )
    for area in covered:
        keeper.keep(DeclarationCoverage, {"declaration": declaration, "area": area})
    for row in claims:
        keeper.claim(
            declaration,
            "declaration",
            row.source,
            on=row.on,
            precision=row.precision,
            text=row.note,
            chosen=row is chosen,
        )
    if not declaration.published_on:
        publish_declaration(declaration, on=chosen.on, precision=Precision(chosen.precision), by=BY)


def _load_expectations(keeper: Keeper, partnerships: dict[str, Partnership], areas: dict[str, Area]) -> None:
    for entry in facts("geometry")["expects"]:
        declaration = partnerships[entry["partnership"]].declarations.earliest("id")
        expectation = keeper.keep(
            PlanExpectation,
            {"declaration": declaration, "label": entry["label"]},
            source=entry["source"],
            source_note=entry.get("source_note", ""),
        )
        for code in entry["areas"]:
            keeper.keep(ExpectedArea, {"expectation": expectation, "area": areas[code]})


def _load_plan(keeper: Keeper, partnership: Partnership, event: Event) -> None:
    plan = keeper.keep(
        ActionPlan,
        {"partnership": partnership, "title": f"{partnership.name} action plan"},
        source=event.source,
        source_note=event.note,
    )
    for row in partnership.coverage.all():
        keeper.keep(PlanCoverage, {"plan": plan, "area": row.area}, extent=row.extent, label=row.label)
    version = keeper.keep(PlanVersion, {"plan": plan, "label": "First published version"}, source=event.source)
    keeper.claim(plan, "plan", event.source, on=event.on, precision=event.precision, text=event.note, chosen=True)
    if not version.published_on:
        publish_version(version, on=event.on, precision=Precision(event.precision), by=BY)


def _intended(keeper: Keeper, partnership: Partnership, event: Event) -> None:
    declaration = partnership.declarations.earliest("id")
    keeper.claim(
        declaration,
        "intended",
        event.source,
        on=event.on,
        precision=event.precision,
        text=event.note,
        chosen=True,
    )
