"""Every action of the plans in force on a day, one by one as the database gives them: hardly any of them is held.

How each stands is `actionplans.reading`'s. Days are days in London.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, CharField, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Collate

from actionplans.importing.understanding.as_written import HELPING, LEADING, listed
from actionplans.models import ActionInVersion, ActionLead, ActionPlan, PlanVersion, Section
from actionplans.progress import ActionGroup, Cutoffs, Lateness, Thresholds, cutoffs, lateness
from actionplans.proposals import in_words
from actionplans.reading import disagreement, lines_on, of_timescale
from actionplans.states import CLOSED, ActionState, Confidence
from concordat.kernel.periods import holds_on
from signatories.models import Organisation
from signatories.models.declaration import live_on

AT_ONCE = 2000  # rows
PATHS = ("action", "action__mirrors")
ROLES = [role.value for role in ActionLead.Role]
MOST_KEPT = 20_000  # lists of leads whose words are kept


class Lead(NamedTuple):
    """Who leads an action or works on it: an organisation (id), or what the plan says."""

    role: str
    organisation: int | None
    text: str


class Place(NamedTuple):
    """Where actions stand: their plan, and its version that is in force."""

    partnership: str
    partnership_slug: str
    plan: str
    version: str


class Entry(NamedTuple):
    """An action as the version in force words it, and as it stands on the day.

    The first eight are told by the database alone. One that mirrors an action of another plan has the state, the
    dates and the reports of that one.
    """

    partnership: str
    version_id: int
    position: int
    line_id: int
    action_id: int
    section_id: int | None
    section_text: str
    timescale_text: str  # as the version words it
    reference: str
    text: str
    outcome: str
    outcome_measure: str
    footprint: str
    must_do: bool
    state: str
    merged_into: str | None
    confidence: str | None
    last_update: date | None
    last_text: str | None
    completed_on: date | None
    timescale: str  # as it holds on the day
    is_moved: bool
    starts_on: date | None
    due_on: date | None
    precision: str
    review_every_months: int | None
    first_due_on: date | None
    times_moved: int
    mirrors: int | None  # the action of another plan that it is
    leads: tuple[Lead, ...] = ()

    @property
    def timescale_in_words(self) -> str:
        """The timescale as the tracker writes it: of a day that moved without words of its own, the day."""
        moved = in_words(self.due_on) if self.is_moved and self.due_on else ""
        return self.timescale or moved or self.timescale_text


class Register:
    """The actions of the plans in force on a day.

    `wanted` leaves lines (ActionInVersion) out, `state` those that do not stand so on the day. Five queries when it is
    made and read once, however many actions.
    """

    def __init__(self, on: date, thresholds: Thresholds, wanted: Q, state: str = "") -> None:
        self.on, self._state = on, state
        self._cut: Cutoffs = cutoffs(on, thresholds)
        self._wanted = live(on) & wanted
        self._words: dict[tuple[Lead, ...], tuple[str, str]] = {}
        versions = PlanVersion.objects.filter(live_on(on), plan__kind=ActionPlan.Kind.CONCORDAT)
        self.places: Mapping[int, Place] = {
            pk: Place(*told)
            for pk, *told in versions.values_list(
                "pk", "plan__partnership__name", "plan__partnership__slug", "plan__title", "label"
            )
        }
        self._sections = {each.pk: str(each) for each in Section.objects.all()}
        self.organisations: Mapping[int, str] = dict(Organisation.objects.values_list("pk", "name"))

    def __iter__(self) -> Iterator[Entry]:
        """Each action by partnership, plan, and as its version orders them. Two queries, read as they come.

        What is published while they are read, after the plans were looked up, is left out.
        """
        lines = _in_order(_lines(path, self._wanted, self.on) for path in PATHS)
        joined = _joined(lines, _in_order(_leads(path, self._wanted, self.on) for path in PATHS))
        return (entry for entry in joined if entry.version_id in self.places and self._state in ("", entry.state))

    def section_of(self, entry: Entry) -> str:
        """The section as the tracker writes it: of the plan template, or else as the plan has it."""
        return self._sections.get(entry.section_id or 0, entry.section_text)

    def led_by(self, entry: Entry) -> str:
        """Who answers for it, as the tracker lists them."""
        return self._listed(entry.leads)[0]

    def working_with(self, entry: Entry) -> str:
        """Who helps, as the tracker lists them."""
        return self._listed(entry.leads)[1]

    def is_overdue(self, entry: Entry) -> bool:
        """`group_of(entry).is_overdue`, quickly: it is asked of a million actions."""
        return entry.state not in CLOSED and lateness(entry.due_on, self._cut) >= Lateness.OVERDUE

    def disagreement(self, entry: Entry) -> str:
        """What `ActionOnDay.disagreement` says of it."""
        if entry.confidence != Confidence.ON_TRACK:
            return ""
        return disagreement(entry.state, entry.confidence, entry.due_on, lateness(entry.due_on, self._cut))

    def group_of(self, entry: Entry) -> ActionGroup:
        """The action alone, as the delivery rule counts it."""
        return ActionGroup(
            state=ActionState(entry.state),
            confidence=Confidence(entry.confidence) if entry.confidence else None,
            lateness=lateness(entry.due_on, self._cut),
            must_do=entry.must_do,
            last_update=entry.last_update,
            mirrored_action=entry.mirrors,
        )

    def _listed(self, leads: tuple[Lead, ...]) -> tuple[str, str]:
        found = self._words.get(leads)
        if found is None:
            named = [(self.organisations.get(each.organisation or 0, each.text), each.role) for each in leads]
            found = (
                listed(each for each in named if each[1] in LEADING),
                listed(each for each in named if each[1] in HELPING),
            )
            if len(self._words) < MOST_KEPT:
                self._words[leads] = found
        return found


def live(on: date) -> Q:
    """The lines of the concordat plans' versions that are in force on the day."""
    return live_on(on, "version__") & Q(version__plan__kind=ActionPlan.Kind.CONCORDAT)


ORDER = ("of_partnership", "version_id", "position", "id")


def _lines(path: str, wanted: Q, on: date) -> QuerySet[Any, Any]:
    target = ActionInVersion.objects.filter(version=OuterRef("version"), action=OuterRef("report__merged_into"))
    is_merged = When(report__status=ActionState.MERGED, then=Subquery(target.values("reference")[:1]))
    return (
        lines_on(path, wanted, on)
        .annotate(
            of_partnership=_by_its_letters("version__plan__partnership__name"),
            merged_into=Case(is_merged, output_field=CharField()),
            is_moved=Case(When(move__isnull=False, then=Value(value=True)), default=Value(value=False)),
            starts_on=of_timescale("starts_on", path),
            precision=of_timescale("timescale_precision", path),
            review_every_months=of_timescale("review_every_months", path),
        )
        .values_list(
            *ORDER,
            *("action_id", "section_id", "section_text", "timescale_text", "reference", "text"),
            *("outcome", "outcome_measure", "footprint"),
            *("must_do", "state", "merged_into", "confidence", "last_update", "last_text", "completed_on"),
            *("timescale", "is_moved", "starts_on", "due_on", "precision", "review_every_months"),
            *("first_due_on", "times_moved", "action__mirrors_id"),
        )
    )


def _leads(path: str, wanted: Q, on: date) -> QuerySet[Any, Any]:
    """Who leads the lines of that path; of those that mirror another, both its own leads and those of the other."""
    lines = ActionInVersion.objects.filter(wanted)
    return (
        lines.annotate(lead=FilteredRelation(f"{path}__leads", condition=holds_on(on, f"{path}__leads__")))
        .filter(lead__isnull=False)
        .annotate(
            of_partnership=_by_its_letters("version__plan__partnership__name"),
            is_borrowed=Value(value=path != "action"),
            role=F("lead__role"),
            organisation=F("lead__organisation_id"),
            told=F("lead__text"),
        )
        .values_list(*ORDER, "is_borrowed", "role", "organisation", "told")
        .order_by()
    )


def _by_its_letters(field: str) -> Collate:
    """A name by the numbers of its letters, as Python compares them, whatever the language of the database."""
    return Collate(field, "C" if connection.vendor == "postgresql" else "BINARY")


def _in_order(queries: Iterable[QuerySet[Any, Any]]) -> Iterator[Any]:
    first, second = queries
    return first.union(second, all=True).order_by(*ORDER).iterator(AT_ONCE)


def _joined(lines: Iterator[Any], leads: Iterator[Any]) -> Iterator[Entry]:
    """Each line with its leads. Both are in the same order; leads of a line that came between are passed over."""
    place = itemgetter(0, 1, 2, 3)
    of_lines = groupby(leads, place)
    at, held = next(of_lines, (None, ()))
    for line in lines:
        here = line[:4]
        while at is not None and at < here:
            at, held = next(of_lines, (None, ()))
        yield Entry._make((*line, _own_or_borrowed(held) if at == here else ()))


def _own_or_borrowed(rows: Iterable[Any]) -> tuple[Lead, ...]:
    """An action's own leads in the order of their roles, or else those of the one that it mirrors."""
    found = [(row[4], ROLES.index(row[5]), row[6] or 0, row[7], Lead(*row[5:])) for row in rows]
    if len(found) == 1:
        return (found[0][-1],)
    found.sort(key=itemgetter(0, 1, 2, 3))
    return tuple(each[-1] for each in found if each[0] == found[0][0])
