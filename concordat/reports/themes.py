"""What the plans in force are about: actions by section and by theme, and which areas have one on each theme.

Counted like the map: the plans that count for the areas asked about, each action once however many areas share it.
Sections are those of the versions in force; themes are those that the actions have today.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q

from actionplans.facts import action_groups_by
from actionplans.models import Section, Theme
from actionplans.progress import ActionGroup, Tally, tally
from concordat.picture import AreaOnDay, once, picture, thresholds_of
from concordat.reports.narrowing import lines_wanted
from concordat.reports.numbers import numbers
from concordat.reports.questions import Question
from concordat.reports.report import Report, anybody_with_a_role
from concordat.reports.selection import caveats, fits
from concordat.reports.shapes import Answer, Column, Kind, Shown, Table, column, filled
from concordat.sentences import counted, in_words
from signatories.models import Programme

Groups = Mapping[Any, Mapping[int, list[ActionGroup]]]  # by section or theme, then by plan


@dataclass(frozen=True, slots=True)
class OfSection:
    """The actions of one section of the plan template; None: those that stand under none of them."""

    section: Section | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class OfTheme:
    """The actions on one theme, and how many areas have any."""

    theme: Theme
    tally: Tally
    areas: int


@dataclass(frozen=True, slots=True)
class InArea:
    """The actions of an area on one theme."""

    theme: Theme
    area: AreaOnDay
    tally: Tally


OF_SECTION: Sequence[Column[OfSection]] = numbers(lambda row: row.tally)
OF_THEME: Sequence[Column[OfTheme]] = numbers(lambda row: row.tally)
IN_AREA: Sequence[Column[InArea]] = numbers(lambda row: row.tally)

SECTIONS: Sequence[Column[OfSection]] = (
    column(
        "section",
        "Section",
        lambda row: row.section.code if row.section else None,
        "The section of the national plan template; empty: none of them.",
    ),
    column(
        "title",
        "What it is about",
        lambda row: row.section.title if row.section else "Other actions",
        "Actions under a heading of a plan’s own stand under “Other actions”.",
    ),
    *OF_SECTION,
)
THEMES: Sequence[Column[OfTheme]] = (
    column("theme", "Theme", lambda row: row.theme.name, "A subject that runs across sections."),
    column(
        *("slug", "Address", lambda row: row.theme.slug, "By which the theme is asked for."),
        shown=Shown.TO_PROGRAMS,
    ),
    column("areas", "Areas", lambda row: row.areas, "Areas with at least one action on it.", Kind.NUMBER),
    *OF_THEME,
)
AREAS: Sequence[Column[InArea]] = (
    column("theme", "Theme", lambda row: row.theme.name, "A subject that runs across sections."),
    column("region", "Region", lambda row: row.area.region, "One of the nine regions of England."),
    column("name", "Area", lambda row: row.area.name, "The upper-tier area, by its name of today."),
    column("code", "Code", lambda row: row.area.code, "The GSS code that the area has on the day."),
    *IN_AREA,
)


def answer(question: Question) -> Answer:
    """The three tables on that day. 13 queries. Raises Programme.DoesNotExist where nothing is loaded."""
    programme = Programme.objects.earliest("id")
    on, thresholds = question.on, thresholds_of(programme)
    areas = [area for area in picture(on, programme).areas if fits(area, question)]
    plans = frozenset(plan for area in areas for plan in area.sign_up.plans)
    only = _only(question, programme)
    by_section = action_groups_by("section_id", on, thresholds, only)
    by_theme = action_groups_by("{action}__themes__id", on, thresholds, only)
    themes = [each for each in Theme.objects.all() if question.theme is None or each == question.theme]
    sections = _sections_table(of_sections(programme, by_section, plans))
    return Answer(
        REPORT.name,
        REPORT.title,
        on,
        (sections, *_themes(themes, by_theme, areas, plans)),
        about=question.about,
        summary=(_summary(by_section, plans, areas, on),),
        notes=caveats(on, programme.complete_to, is_reported=True),
    )


def _only(question: Question, programme: Programme) -> Q:
    """The lines that the question is about by its theme and its organisation; its areas are told by their plans."""
    return lines_wanted(replace(question, region="", partnership=None), programme)


def _summary(by_section: Groups, plans: frozenset[int], areas: Sequence[AreaOnDay], on: date) -> str:
    """How many actions there are, and of how many areas: those that have none are not counted among these."""
    numbers = _all_of(by_section, plans)
    if not numbers.total:
        return f"On {in_words(on)}: no actions are recorded."
    having = sum(bool(_all_of(by_section, area.sign_up.plans).total) for area in areas)
    whose = counted(having, "area") if having == len(areas) else f"{having:,} of {counted(len(areas), 'area')}"
    of = f"{counted(numbers.total, 'action')} in the plans of {whose}"
    return f"On {in_words(on)}: {of}, {numbers.done:,} of them done, {numbers.overdue:,} overdue."


def _all_of(by_section: Groups, plans: Iterable[int]) -> Tally:
    """The actions of these plans, of every section."""
    return tally(group for groups in by_section.values() for group in once(plans, groups))


def of_sections(programme: Programme, groups: Groups, plans: frozenset[int]) -> list[OfSection]:
    """The actions of these plans by section; those under none of them last, where there are any. One query."""
    sections: list[Section | None] = [*programme.sections.all(), None]
    rows = [OfSection(each, tally(once(plans, groups.get(each.pk if each else None, {})))) for each in sections]
    return [row for row in rows if row.section or row.tally.total]


def _sections_table(rows: Sequence[OfSection]) -> Table:
    told = "Each action once, in the section under which the plan in force has it."
    return filled("sections", "Sections of the plan template", SECTIONS, rows, told)


def _themes(
    themes: Sequence[Theme], groups: Groups, areas: Sequence[AreaOnDay], plans: frozenset[int]
) -> tuple[Table, Table]:
    in_areas = list(_in_areas(themes, groups, areas))
    having = [row.theme.pk for row in in_areas]
    of_themes = [OfTheme(each, tally(once(plans, groups.get(each.pk, {}))), having.count(each.pk)) for each in themes]
    told = "An action on several themes counts for each of them; one on none is in none."
    return (
        filled("themes", "Themes", THEMES, of_themes, told),
        filled("areas", "Areas with an action on a theme", AREAS, in_areas, "A row for each theme and area."),
    )


def _in_areas(themes: Sequence[Theme], groups: Groups, areas: Sequence[AreaOnDay]) -> Iterator[InArea]:
    for theme in themes:
        for area in areas:
            numbers = tally(once(area.sign_up.plans, groups.get(theme.pk, {})))
            if numbers.total:
                yield InArea(theme, area, numbers)


REPORT = Report(
    name="themes",
    title="Sections and themes",
    told="How the actions stand by section of the plan template and by theme, and which areas have one on each theme.",
    answer=answer,
    may_read=anybody_with_a_role,
    takes=frozenset({"region", "partnership", "organisation", "theme", "status"}),
)
