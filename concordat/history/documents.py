"""The facts of the five documents that this product was made from: Hertfordshire's three and Hampshire's one
(the national one is in `national_programme.py`)."""

from typing import Any

from django.utils.text import slugify

from actionplans.models import Action, ActionInVersion, ActionPlan, Commitment, PlanVersion, Promise, Theme
from actionplans.services.plans import publish_version
from actionplans.timescale import Kind, TimePrecision, Timescale
from concordat.history.keeping import BY, Keeper
from concordat.history.partnerships import areas_of_2014
from concordat.history.reading import facts
from concordat.kernel.changes import record
from concordat.kernel.coverage import Extent
from signatories.models import (
    Board,
    BoardChair,
    BoardOversight,
    Organisation,
    OrganisationIdentifier,
    OrganisationName,
    Partnership,
    PartnershipCoverage,
    PartnershipMember,
    Person,
    Programme,
    Signature,
    Statement,
)

Told = dict[str, Any]


def load_hertfordshire(keeper: Keeper, programme: Programme) -> None:
    """Its partners, boards, statements, claimed signatories, aims and four actions; and the plan of 2019."""
    told = facts("hertfordshire")
    partnership = Partnership.objects.get(slug=slugify(told["partnership"]))
    _organisations(keeper, told["organisations"])
    _members(keeper, partnership, told["members"])
    _boards(keeper, partnership, told["boards"])
    _declaration(keeper, partnership, told["declaration"])
    _statements(keeper, partnership, told["statements"])
    version = PlanVersion.objects.get(plan__partnership=partnership)
    keeper.complete(version, aims=told["plan"]["aims"])
    _actions(keeper, version, told["plan"]["actions"])
    _related_plan(keeper, programme, told["related"])


def load_hampshire(keeper: Keeper, programme: Programme) -> None:
    """The breakthrough agreement: its partners, the parts of areas it is for, and its You said / We will."""
    told = facts("hampshire")
    source = told["partnership"]["source"]
    partnership = _partnership(keeper, programme, told["partnership"])
    _organisations(keeper, [{"source": source, **entry} for entry in told["organisations"]])
    _members(keeper, partnership, [{"source": source, **entry} for entry in told["members"]])
    keeper.claim(partnership, "agreement", source, text=told["partnership"]["agreement"], chosen=True)
    for position, entry in enumerate(told["commitments"]):
        commitment = keeper.keep(
            Commitment,
            {"partnership": partnership, "you_said": entry["you_said"]},
            theme=Theme.objects.get(name=entry["theme"]),
            position=position,
            source=source,
        )
        _promises(keeper, commitment, entry["we_will"])


def _promises(keeper: Keeper, commitment: Commitment, told: list[Told]) -> None:
    for position, entry in enumerate(told):
        timescale = Timescale()
        if "timescale" in entry:
            timescale = Timescale(
                entry["timescale"], Kind.SEASON, entry["starts_on"], entry["due_on"], TimePrecision.SEASON
            )
        keeper.keep(
            Promise,
            {"commitment": commitment, "we_will": entry["text"]},
            is_hope=entry.get("is_hope", False),
            position=position,
            **timescale.as_fields(),
        )


def _partnership(keeper: Keeper, programme: Programme, told: Told) -> Partnership:
    partnership = keeper.keep(
        Partnership,
        {"slug": slugify(told["name"])},
        programme=programme,
        name=told["name"],
        **{name: told[name] for name in ("from_on", "public_note", "source", "source_note") if name in told},
    )
    areas = areas_of_2014()
    for entry in told["coverage"]:
        label = entry.get("label", "")
        keeper.keep(
            PartnershipCoverage,
            {"partnership": partnership, "area": areas[entry["area"]]},
            extent=Extent.PART if label else Extent.WHOLE,
            label=label,
        )
    return partnership


def _organisations(keeper: Keeper, told: list[Told]) -> None:
    for entry in told:
        names, identifiers = entry.pop("also_known_as", []), entry.pop("identifiers", [])
        organisation = keeper.keep(Organisation, {"slug": slugify(entry["name"])}, **entry)
        for name in names:
            keeper.keep(OrganisationName, {"organisation": organisation, "name": name})
        for identifier in identifiers:
            keeper.keep(OrganisationIdentifier, identifier, organisation=organisation)


def _organisation(name: str | None) -> Organisation | None:
    return Organisation.objects.filter(name=name).first() if name else None


def _members(keeper: Keeper, partnership: Partnership, told: list[Told]) -> None:
    for entry in told:
        name = entry.pop("name_as_written")
        key = {"partnership": partnership, "name_as_written": name}
        keeper.keep(PartnershipMember, key, organisation=_organisation(name), **entry)


def _person(keeper: Keeper, name: str) -> Person:
    """An office-holder quoted in public: no account, so no email and no password."""
    return keeper.keep(Person, {"name": name, "email": None}, password="!")  # noqa: S106 an unusable one


def _boards(keeper: Keeper, partnership: Partnership, told: list[Told]) -> None:
    for entry in told:
        chair = entry.pop("chair", None)
        board = keeper.keep(Board, {"slug": slugify(entry["name"])}, **entry)
        keeper.keep(BoardOversight, {"board": board, "partnership": partnership}, source=entry["source"])
        if chair:
            keeper.keep(
                BoardChair,
                {"board": board, "role": chair["role"]},
                person=_person(keeper, chair["person"]),
                organisation=_organisation(chair["organisation"]),
                source=entry["source"],
            )


def _declaration(keeper: Keeper, partnership: Partnership, told: Told) -> None:
    declaration = partnership.declarations.get()
    keeper.complete(declaration, claimed_signatory_count=told["claimed_signatory_count"], summary=told["summary"])
    for entry in told["signatures"]:
        organisation = _organisation(entry.pop("organisation"))
        keeper.keep(Signature, {"declaration": declaration, "organisation": organisation}, **entry)
    for entry in told["claims"]:
        keeper.claim(declaration, entry.pop("event"), entry.pop("source"), **entry)


def _statements(keeper: Keeper, partnership: Partnership, told: list[Told]) -> None:
    for entry in told:
        entry["organisation"] = _organisation(entry["organisation"])
        key = {"partnership": partnership, "person": _person(keeper, entry.pop("person")), "source": entry["source"]}
        keeper.keep(Statement, key, said_precision="day", **{k: v for k, v in entry.items() if k != "source"})


def _actions(keeper: Keeper, version: PlanVersion, told: list[Told]) -> None:
    for position, entry in enumerate(told):
        action = keeper.keep(Action, {"plan": version.plan, "text": entry["text"]}, source=version.source)
        keeper.keep(ActionInVersion, {"version": version, "action": action}, text=entry["text"], position=position)
        action.themes.add(*Theme.objects.filter(name__in=entry["themes"]))
        record(action, "themes chosen", by=BY, fields={"themes": ([], entry["themes"])})


def _related_plan(keeper: Keeper, programme: Programme, told: Told) -> None:
    """The five-year plan of 2019: related to the Concordat, but no concordat plan, so the map leaves it out."""
    partnership = _partnership(
        keeper,
        programme,
        {
            "name": told["partnership"],
            "from_on": told["published_on"],
            "source": told["source"],
            "coverage": [{"area": "E10000015"}],
        },
    )
    _members(keeper, partnership, [{"name_as_written": name, "source": told["source"]} for name in told["members"]])
    _statements(keeper, partnership, told["statements"])
    plan = keeper.keep(
        ActionPlan, {"partnership": partnership, "title": told["title"]}, kind="related", source=told["source"]
    )
    version = keeper.keep(
        PlanVersion,
        {"plan": plan, "label": told["label"]},
        aims=told["aims"],
        period_text=told["period_text"],
        source=told["source"],
    )
    _actions(keeper, version, told["actions"])
    keeper.claim(plan, "publication", told["source"], on=told["published_on"], precision="day", chosen=True)
    if not version.published_on:
        publish_version(version, on=told["published_on"], by=BY)
