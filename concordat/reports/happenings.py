"""What happened in public between two days, and what was recorded only then: sources, each read in two queries.

What a page of the thing tells (docs/rules.md, “Removing personal data, and history”), for the whole country at once.
No names of persons. Days are days in London; a period is from the day after `since` until `on`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from actionplans.models import PlanCoverage, PlanVersion
from areas.models import AreaSuccession
from concordat.kernel.dates import LONDON
from concordat.kernel.models import Change
from concordat.kernel.sources import Precision
from signatories.models import (
    BoardOversight,
    Declaration,
    DeclarationCoverage,
    Partnership,
    PartnershipCoverage,
    PartnershipMember,
    Programme,
    Signature,
)
from signatories.models.organisation import OrganisationType


class Subject(StrEnum):
    """What something that happened is about."""

    AREA = "area"
    PARTNERSHIP = "partnership"
    DECLARATION = "declaration"
    SIGNATURE = "signature"
    PLAN = "plan"
    ACTION = "action"


SUBJECTS = {
    Subject.AREA.value: "Area",
    Subject.PARTNERSHIP.value: "Partnership",
    Subject.DECLARATION.value: "Declaration",
    Subject.SIGNATURE.value: "Signature",
    Subject.PLAN.value: "Plan",
    Subject.ACTION.value: "Action",
}


@dataclass(frozen=True, slots=True)
class Period:
    """From the day after `since` until `on`. Days in London."""

    since: date
    on: date

    def holds(self, day: date | None) -> bool:
        """Whether the day lies in it."""
        return day is not None and self.since < day <= self.on

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """Its first moment, and the first one after it."""
        first, after = (datetime.combine(day + timedelta(days=1), time(), LONDON) for day in (self.since, self.on))
        return first, after

    def recorded(self, name: str) -> Q:
        """Whether a moment lies in it."""
        first, after = self.moments
        return Q(**{f"{name}__gte": first, f"{name}__lt": after})

    def told(self, day: date | None, recorded_on: date | None) -> bool:
        """Whether to tell of what happened that day: in the period, or before it and recorded in it."""
        return self.holds(day) or (day is not None and day <= self.since and self.holds(recorded_on))


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened on a day (`is_by`: by that day), and the day on which we learnt it, where known.

    `partnership_id`: two partnerships may have one name.
    """

    on: date
    subject: Subject
    partnership: str | None
    about: str
    what: str
    why: str = ""
    recorded_on: date | None = None
    is_by: bool = False
    partnership_id: int | None = None


Row = Mapping[str, Any]
Say = Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Source:
    """Rows with days on which something happened: for each such day what to say, and the field that says why.

    `whose`: the fields with the id and the name of the partnership; none for what is nobody's.
    """

    subject: Subject
    rows: QuerySet[Any, Any]
    whose: tuple[str, ...]
    about: Say
    days: Mapping[str, tuple[Say, str]]
    columns: tuple[str, ...] = field(default=())

    def happenings(self, period: Period) -> Iterator[Happening]:
        """Those to tell of. Two queries."""
        label = self.rows.model._meta.label_lower
        changes = Change.objects.filter(subject_type=label)
        entered = changes.filter(period.recorded("recorded_at")).order_by().values("subject_id")
        wanted = Q(pk__in=entered)
        for name in self.days:
            wanted |= Q(**{f"{name}__gt": period.since, f"{name}__lte": period.on})
        rows = self.rows.filter(wanted).order_by("pk")
        recorded = _recorded(changes.filter(subject_id__in=rows.order_by().values("pk")), self.days)
        for row in rows.values("pk", *dict.fromkeys((*self.days, *self.whose, *self.columns))):
            yield from self._of(row, recorded, period)

    def _of(self, row: Row, recorded: Mapping[tuple[int, str, str], date], period: Period) -> Iterator[Happening]:
        for name, (say, why) in self.days.items():
            day = row[name]
            recorded_on = recorded.get((row["pk"], name, day.isoformat())) if day else None
            if period.told(day, recorded_on):
                is_by = name == "published_on" and row.get("published_precision") == Precision.BY
                id_, whose = [row[each] for each in self.whose] or (None, None)
                reason = row[why] if why else ""
                yield Happening(day, self.subject, whose, self.about(row), say(row), reason, recorded_on, is_by, id_)


def _recorded(changes: QuerySet[Change], names: Iterable[str]) -> dict[tuple[int, str, str], date]:
    """On which day each day of the rows was recorded last. One query."""
    names = tuple(names)
    found = {}
    for pk, fields, at in changes.order_by("pk").values_list("subject_id", "fields", "recorded_at"):
        for name in names:
            if name in fields and fields[name][1]:
                found[pk, name, fields[name][1]] = london_day(at)
    return found


def london_day(moment: datetime) -> date:
    """The day in London of a moment."""
    return localtime(moment, LONDON).date()


def says(sentence: str) -> Say:
    """The sentence with what stands in the row; a name in it has points where the path has two strokes."""
    return lambda row: sentence.format_map(row)


def sources(programme: Programme, on: date, partnership: Partnership | None, region: str = "") -> list[Source]:
    """Every source of what happened in public by the day, of all partnerships or of one.

    `region`: of areas those alone that are in it, or came out of one there; what is of partnerships is not narrowed.
    """
    return [
        *_documents(programme, on, partnership),
        *_partnerships(programme, partnership),
        *([] if partnership else _areas(region)),  # the coverage of a partnership tells it
    ]


def _whose(path: str) -> tuple[str, str]:
    return f"{path}_id", f"{path}__name"


def _of(path: str, programme: Programme, partnership: Partnership | None) -> Q:
    """The rows of the programme, or of one partnership; `path` leads to it."""
    return Q(**{path: partnership}) if partnership else Q(**{f"{path}__programme": programme})


def _documents(programme: Programme, on: date, partnership: Partnership | None) -> Iterator[Source]:
    """Declarations and plan versions, which come and go; who signed; what they are no longer for."""
    life = {
        "published_on": (says("Published"), ""),
        "superseded_on": (says("Replaced by a newer one"), ""),
        "withdrawn_on": (says("Withdrawn"), "withdrawn_reason"),
    }
    more = ("published_precision", "withdrawn_reason")
    declared = Declaration.objects.published_by(on).filter(_of("partnership", programme, partnership))
    yield Source(Subject.DECLARATION, declared, _whose("partnership"), says("{title}"), life, (*more, "title"))
    versions = PlanVersion.objects.published_by(on).filter(_of("plan__partnership", programme, partnership))
    named = says("{plan__title}, {label}")
    yield Source(Subject.PLAN, versions, _whose("plan__partnership"), named, life, (*more, "plan__title", "label"))
    signing: Mapping[str, tuple[Say, str]] = {
        "signed_on": (_signed("Signed", "Supported"), ""),
        "withdrawn_on": (_signed("Signature withdrawn", "Support withdrawn"), ""),
    }
    of_it = _of("declaration__partnership", programme, partnership)
    signatures = Signature.objects.filter(of_it, declaration__published_on__lte=on)
    columns = ("declaration__title", "name_as_signed", "as_type", "kind")
    whose = _whose("declaration__partnership")
    yield Source(Subject.SIGNATURE, signatures, whose, says("{declaration__title}"), signing, columns)
    ended = {"until_on": (_place("No longer for"), "")}
    covers = DeclarationCoverage.objects.filter(of_it, declaration__published_on__lte=on)
    where = ("declaration__title", "area__name", "label")
    yield Source(Subject.DECLARATION, covers, whose, says("{declaration__title}"), ended, where)
    published = PlanVersion.objects.published_by(on).values("plan")
    planned = PlanCoverage.objects.filter(_of("plan__partnership", programme, partnership), plan__in=published)
    where = ("plan__title", "area__name", "label")
    yield Source(Subject.PLAN, planned, _whose("plan__partnership"), says("{plan__title}"), ended, where)


def _partnerships(programme: Programme, partnership: Partnership | None) -> Iterator[Source]:
    """Partnerships, the areas they work for, who takes part, and the boards that oversee them."""
    of_it, whose, named = _of("partnership", programme, partnership), _whose("partnership"), says("{partnership__name}")
    wanted = Q(pk=partnership.pk) if partnership else Q(programme=programme)
    life = {"from_on": (says("Began"), ""), "until_on": (says("Ended"), "")}
    own = Partnership.objects.filter(wanted)
    yield Source(Subject.PARTNERSHIP, own, ("id", "name"), says("{name}"), life, ("name",))
    for rows, began, ended, columns in (
        (PartnershipCoverage.objects, _place("Began to work for"), _place("No longer works for"), ("label",)),
        (PartnershipMember.objects, says("{name_as_written} began to take part"), _no_longer_in, ("name_as_written",)),
        (BoardOversight.objects, says("{board__name} began to oversee it"), _no_longer_over, ("board__name",)),
    ):
        days = {"from_on": (began, ""), "until_on": (ended, "")}
        more = ("area__name",) if columns == ("label",) else ()
        yield Source(Subject.PARTNERSHIP, rows.filter(of_it), whose, named, days, (*columns, *more))


_no_longer_in = says("{name_as_written} no longer takes part")
_no_longer_over = says("{board__name} no longer oversees it")


def _areas(region: str) -> Iterator[Source]:
    """Areas that became others, by the region of either."""
    rows = AreaSuccession.objects.filter(state=AreaSuccession.State.CONFIRMED)
    if region:
        rows = rows.filter(Q(predecessor__region=region) | Q(successor__region=region))
    days = {"on": (says("Became {successor__name}, or a part of it"), "")}
    names = ("predecessor__name", "successor__name")
    yield Source(Subject.AREA, rows, (), says("{predecessor__name}"), days, names)


def _signed(signatory: str, supporter: str) -> Say:
    def say(row: Row) -> str:
        verb = signatory if row["kind"] == Signature.Kind.SIGNATORY else supporter
        return f"{verb} by {row['name_as_signed']}, as {OrganisationType(row['as_type']).label}"

    return say


def _place(words: str) -> Say:
    def say(row: Row) -> str:
        part = f" ({row['label']})" if row["label"] else ""
        return f"{words} {row['area__name']}{part}"

    return say
