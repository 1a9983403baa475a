"""The programme of the demonstration, and what may not share a database with it."""

from dataclasses import asdict
from datetime import date

from django.utils.text import slugify

from actionplans.models import Section, Theme
from concordat.demo.batch import BY, Batch
from concordat.demo.geography import HISTORY_MONTHS
from concordat.demo.parameters import Parameters
from concordat.demo.people import refuse_known_accounts
from concordat.demo.wording import LABEL, PROGRAMME
from concordat.history.reading import facts
from concordat.kernel.changes import create, record
from concordat.kernel.commands import RefusedError
from concordat.kernel.dates import add_months
from concordat.kernel.models import Change
from signatories.models import Milestone, Programme, Steward
from signatories.models.organisation import CORE_TYPES

SLUG = "demo"
MADE_UP = "made up"  # the verb of the change that keeps the parameters


def loaded_parameters() -> Parameters | None:
    """What the demonstration in this database was made from; None if there is none."""
    programme = Programme.objects.filter(slug=SLUG).first()
    if programme is None:
        return None
    told = Change.objects.about(programme).get(verb=MADE_UP).fields
    values = {name: after for name, (_, after) in told.items()}
    return Parameters(**{**values, "on": date.fromisoformat(values["on"])})


def refuse_other_records() -> None:
    """Raise RefusedError in a database that holds anything but areas."""
    other = Programme.objects.first()
    if other is not None:
        raise RefusedError(f"This database holds real records ({other}); give the demonstration one of its own.")
    refuse_known_accounts()


def launched_on(parameters: Parameters) -> date:
    """Its first day, before everything that happens in it."""
    return add_months(parameters.on, -HISTORY_MONTHS)


def make_programme(parameters: Parameters) -> Programme:
    """The programme. A change of its own tells what the country is made from."""
    programme = create(
        Programme(
            slug=SLUG,
            name=PROGRAMME,
            launched_on=launched_on(parameters),
            core_signatory_types=[core_type.value for core_type in CORE_TYPES],
            source=LABEL,
            source_note=f"Made up by load_demo {parameters.as_options()}",
        ),
        by=BY,
    )
    record(programme, MADE_UP, by=BY, fields={name: (None, value) for name, value in asdict(parameters).items()})
    return programme


def steward(programme: Programme, launched_on: date, batch: Batch) -> None:
    """Who looks after it, and what it asked of every area by when."""
    batch.add(Steward(programme=programme, name="Example national office", from_on=launched_on, source=LABEL))
    for name, months in (("Declaration", 10), ("Action plan", 13)):
        due_on = add_months(launched_on, months)
        batch.add(Milestone(programme=programme, name=name, due_on=due_on, source=LABEL))


def sections(programme: Programme, batch: Batch) -> dict[str, Section]:
    """The sections of the national template by code."""
    told = enumerate(facts("national")["sections"])
    rows = [batch.add(Section(programme=programme, position=position, **values)) for position, values in told]
    return {section.code: section for section in rows}


def themes(batch: Batch) -> dict[str, Theme]:
    """The themes by slug."""
    rows = [batch.add(Theme(slug=slugify(values["name"]), **values)) for values in facts("national")["themes"]]
    return {theme.slug: theme for theme in rows}
