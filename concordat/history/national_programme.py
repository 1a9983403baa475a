"""The national programme: its stewards, milestones, sections, themes, and what national sources said."""

from django.utils.text import slugify

from actionplans.models import Section, Theme
from concordat.history.keeping import Keeper
from concordat.history.reading import facts
from signatories.models import Milestone, Programme, Steward
from signatories.models.organisation import CORE_TYPES


def load_programme(keeper: Keeper) -> Programme:
    """The programme and everything that belongs to it alone."""
    national = facts("national")
    fields = national["programme"]
    core_types = [core_type.value for core_type in CORE_TYPES]
    programme = keeper.keep(Programme, {"slug": fields.pop("slug")}, core_signatory_types=core_types, **fields)
    for steward in national["stewards"]:
        keeper.keep(Steward, {"programme": programme, "name": steward.pop("name")}, **steward)
    for milestone in national["milestones"]:
        keeper.keep(Milestone, {"programme": programme, "name": milestone.pop("name")}, **milestone)
    for position, section in enumerate(national["sections"]):
        keeper.keep(Section, {"programme": programme, "code": section.pop("code")}, position=position, **section)
    for theme in national["themes"]:
        keeper.keep(Theme, {"slug": slugify(theme["name"])}, **theme)
    for claim in national["claims"]:
        keeper.claim(programme, claim.pop("event"), claim.pop("source"), **claim)
    return programme
