"""What is known of a partnership and its plan before a file is understood: a fixed number of queries.

Days are days in London.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actionplans.importing.shown_dates import format_of
from actionplans.importing.tables import Book, Value
from actionplans.importing.understanding.answers import key_of
from actionplans.importing.understanding.leads import PERSON
from actionplans.importing.understanding.persons import identity
from actionplans.importing.understanding.plan_year import default_year
from actionplans.importing.understanding.shapes import (
    Known,
    KnownAction,
    KnownOrganisation,
    KnownSection,
    Meaning,
    RagKey,
    When,
)
from actionplans.models import Action, ActionInVersion, ImportMemory, PlanImport, PlanVersion, ProgressUpdate, Section
from actionplans.models.update import reported_on
from actionplans.proposals import standing_of, with_proposals
from actionplans.states import CLOSED, ActionState
from actionplans.timescale import Timescale
from actionplans.timescales.context import Context
from actionplans.timescales.reading import read_timescale
from areas.models import Area
from signatories.models import Organisation, OrganisationName, PartnershipMember

MIRRORS = "the action is kept in another plan."
IN_HAND = "a report on it is in hand or waits to be accepted."
LATER = "a later report on it is there already."


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known, and the rows of the database behind it."""

    known: Known
    lines: Mapping[int, ActionInVersion]  # of the draft, left out or not, by action
    standing: Mapping[int, dict[str, Any]]  # of each action (actionplans.proposals), as it is without the draft
    sections: Mapping[str, Section]
    organisations: Mapping[str, int]  # ids by slug
    reports: Mapping[int, ProgressUpdate]  # the accepted report that holds on the day of the file, by action


def facts_of(plan_import: PlanImport, on: date) -> Facts:
    """Everything that understanding and applying the file need. Sixteen queries, whatever the size of the plan."""
    draft = plan_import.draft
    partnership = draft.plan.partnership
    lines = _lines(draft)
    standing = standing_of([line.action for line in lines.values()], on)
    sections = {each.code: each for each in Section.objects.filter(programme=partnership.programme_id)}
    organisations = list(Organisation.objects.order_by("pk"))
    reports, held, closed = _reported(lines, plan_import.as_at, on)
    public = set(Action.objects.filter(plan=draft.plan_id).published_by(on).values_list("pk", flat=True))
    slugs = {each.pk: each.slug for each in organisations}
    memory = ImportMemory.objects.filter(partnership=partnership).first()
    known = Known(
        plan=draft.plan.title,
        partnership=partnership.name,
        sections=tuple(KnownSection(each.code, each.also_numbered, each.title) for each in sections.values()),
        organisations=_organisations(organisations, partnership.pk, on),
        actions=tuple(
            replace(
                _action(line, standing[line.action_id], reports.get(line.action_id), held, closed, slugs),
                is_public=line.action_id in public,
            )
            for line in lines.values()
        ),
        areas=tuple(Area.objects.order_by("name").values_list("name", flat=True)),
        rag_key=rag_key(memory),
        answers=tuple(
            {
                **_told_by_the_plan(lines, standing),
                **(memory.answers if memory else {}),
                **_of_the_same_file(plan_import),
            }.items()
        ),
    )
    return Facts(known, lines, standing, sections, {slug: pk for pk, slug in slugs.items()}, reports)


def _lines(draft: PlanVersion) -> dict[int, ActionInVersion]:
    lines = ActionInVersion.every.filter(version=draft).select_related("action", "section").order_by("position", "pk")
    found = {line.action_id: line for line in lines}
    if draft.published_on is not None:
        for line in found.values():
            line.proposes = {}  # it has taken effect
    return found


def _organisations(found: list[Organisation], partnership_id: int, on: date) -> tuple[KnownOrganisation, ...]:
    names: dict[int, list[str]] = defaultdict(list)
    for organisation, name in OrganisationName.objects.order_by("pk").values_list("organisation_id", "name"):
        names[organisation].append(name)
    members = dict(
        PartnershipMember.objects.on(on)
        .filter(partnership=partnership_id, organisation__isnull=False)
        .values_list("organisation_id", "name_as_written")
    )
    for organisation, name in members.items():
        names[organisation].append(name)
    return tuple(
        KnownOrganisation(each.slug, each.name, each.type, tuple(names[each.pk]), each.pk in members) for each in found
    )


def _reported(
    lines: Mapping[int, ActionInVersion], as_at: date, on: date
) -> tuple[dict[int, ProgressUpdate], dict[int, str], set[int]]:
    """The report that holds on the day of the file; why none may be added; and which actions are closed today."""
    mine = ProgressUpdate.objects.filter(action__in=list(lines))
    reports = {each.action_id: each for each in mine.filter(reported_on(as_at))}
    held = dict.fromkeys((action for action, line in lines.items() if line.action.mirrors_id), MIRRORS)
    held |= dict.fromkeys(mine.accepted().filter(reported_on__gt=as_at).values_list("action_id", flat=True), LATER)
    held |= dict.fromkeys(mine.open().values_list("action_id", flat=True), IN_HAND)
    closed = set(mine.filter(reported_on(on), status__in=CLOSED).values_list("action_id", flat=True))
    return reports, held, closed


def _action(
    line: ActionInVersion,
    standing: Mapping[str, Any],
    report: ProgressUpdate | None,
    held: Mapping[int, str],
    closed: set[int],
    slugs: Mapping[int, str],
) -> KnownAction:
    """One action as the draft has it: its words there, and what the draft proposes."""
    now = with_proposals(line.proposes, standing)
    return KnownAction(
        id=line.action_id,
        reference=line.reference,
        text=line.text,
        section=line.section.code if line.section else None,
        timescale_text=now["timescale"]["text"] or line.timescale_text,
        due_on=now["timescale"]["due_on"],
        outcome=line.outcome,
        outcome_measure=line.outcome_measure,
        leads=tuple((slugs.get(who) or text, role) for role, who, text in now["leads"]),
        status=report.status if report else str(ActionState.NOT_STARTED),
        progress=report.public_text if report else "",
        footprint=line.footprint,
        is_open=line.action_id not in closed and not line.is_left_out,
        confidence=(report.confidence or None) if report else None,
        must_do=now["must_do"],
        is_left_out=line.is_left_out,
        held=held.get(line.action_id, ""),
        is_kept_elsewhere=line.action.mirrors_id is not None,
    )


def _told_by_the_plan(
    lines: Mapping[int, ActionInVersion], standing: Mapping[int, Mapping[str, Any]]
) -> dict[str, str]:
    """The answers that the plan itself gives: what its texts were taken for before, where that is one thing."""
    times: dict[str, set[str]] = defaultdict(set)
    found: dict[str, str] = {}
    for action, line in lines.items():
        now = with_proposals(line.proposes, standing[action])
        if text := now["timescale"]["text"]:
            times[text].add(now["timescale"]["due_on"] or "none")
        for _, organisation, text in now["leads"]:
            if organisation is None and text:
                # Of a person whom the plan does not name nothing but the post is left to ask about.
                asked = "" if text == PERSON else text
                found |= {key_of("lead", "which", asked): "keep", key_of("person", identity(text)): "body"}
        if line.section_text and line.section_id is None:
            found[key_of("section", line.section_text)] = "none"
    return found | {key_of("timescale", text): days.pop() for text, days in times.items() if len(days) == 1}


def _of_the_same_file(plan_import: PlanImport) -> dict[str, str]:
    """The answers that were given when the same file was applied to the plan before. One query.

    Not what closed an action that the file leaves out: who has opened it again since is asked anew.
    """
    before = PlanImport.objects.filter(
        draft__plan=plan_import.draft.plan_id, sha256=plan_import.sha256, state=PlanImport.State.APPLIED
    )
    last = before.exclude(pk=plan_import.pk).order_by("-applied_at", "-pk").values_list("answers", flat=True).first()
    return {key: said for key, said in (last or {}).items() if said == "carried" or not key.startswith("missing:")}


def rag_key(memory: ImportMemory | None) -> RagKey | None:
    """What the partnership's colours stand for, as far as it has told."""
    if memory is None or not memory.rag_key:
        return None
    return {colour: Meaning(*told) for colour, told in memory.rag_key.items()}


def reader_for(plan_import: PlanImport, book: Book) -> When:
    """Reads the timescales of that file: in the plan's period, as the partnership counts, in the year that it names."""
    draft = plan_import.draft
    context = Context(
        period_start=draft.period_starts_on,
        period_end=draft.period_ends_on,
        as_at=plan_import.as_at,
        default_year=default_year(book) or plan_import.default_year,
        quarters=plan_import.quarters,  # type: ignore[arg-type] # one of its words, as the database demands
    )

    def when(text: str, value: Value, struck: str = "") -> Timescale:
        if isinstance(value, date):
            return read_timescale(value, context, number_format=format_of(text, value), struck=struck, shown=text)
        return read_timescale(text, context, struck=struck)

    return when
