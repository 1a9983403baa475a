"""What has changed in public: the day it happened, what and why, and when we learnt it where that was later.

Only what a page may tell, and no names of persons. What happened after the day asked for is not told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q
from django.utils.timezone import localtime

from actionplans.models import ActionInVersion, ActionPlan, DateChange, PlanVersion, ProgressUpdate
from concordat.kernel.coverage import Coverage
from concordat.kernel.dates import LONDON
from concordat.kernel.models import Change
from concordat.kernel.sources import Precision
from signatories.models import Declaration, Document, Partnership, Signature
from signatories.models.declaration import Published

# The days of which a page tells when they were recorded.
DAYS = ("published_on", "superseded_on", "withdrawn_on", "signed_on", "from_on", "until_on")


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened on a day (`is_by`: by that day). `recorded_on`: when we learnt it, if that was later."""

    on: date
    what: str
    why: str = ""
    recorded_on: date | None = None
    is_by: bool = False


class Recorded:
    """On which day in London each day of these rows was recorded. One query."""

    def __init__(self, *rows: Model) -> None:
        numbers: dict[str, set[int]] = {}
        for row in rows:
            numbers.setdefault(row._meta.label_lower, set()).add(row.pk)
        about = Q(pk__in=[])
        for label, pks in numbers.items():
            about |= Q(subject_type=label, subject_id__in=pks)
        changes = Change.objects.filter(about).order_by("pk")
        self._days: dict[tuple[str, int, str, str], date] = {}
        for label, pk, fields, at in changes.values_list("subject_type", "subject_id", "fields", "recorded_at"):
            for name in DAYS:
                if name in fields and fields[name][1]:
                    self._days[label, pk, name, fields[name][1]] = london_day(at)

    def happening(self, row: Any, name: str, what: str, why: str = "", *, is_by: bool = False) -> Iterator[Happening]:
        """What happened on that day of the row; nothing where it has none."""
        day: date | None = getattr(row, name)
        if day is not None:
            recorded_on = self._days.get((row._meta.label_lower, row.pk, name, day.isoformat()))
            yield Happening(day, what, why, later(recorded_on, day), is_by)

    def publication(self, document: Published, name: str) -> Iterator[Happening]:
        """How a declaration or plan version came and went. `name` begins the sentences."""
        is_by = document.published_precision == Precision.BY
        yield from self.happening(document, "published_on", f"{name} was published", is_by=is_by)
        yield from self.happening(document, "superseded_on", f"{name} was replaced by a newer one")
        yield from self.happening(document, "withdrawn_on", f"{name} was withdrawn", document.withdrawn_reason)


def london_day(moment: datetime) -> date:
    """The day in London of a moment."""
    return localtime(moment, LONDON).date()


def later(recorded_on: date | None, on: date) -> date | None:
    """The day it was recorded, if that is later than the day it happened."""
    return recorded_on if recorded_on and recorded_on > on else None


def told(happenings: Iterable[Happening], on: date) -> list[Happening]:
    """Those that had happened by the day, the newest first."""
    return sorted((each for each in happenings if each.on <= on), key=lambda each: each.on, reverse=True)


def of_action(
    lines: Iterable[ActionInVersion],
    moves: Iterable[tuple[DateChange, str]],
    updates: Iterable[ProgressUpdate],
    on: date,
) -> list[Happening]:
    """What has changed about an action by the day: its wordings, its dates and its accepted reports. One query.

    `lines` has those too that were left out of their versions.
    """
    lines = sorted(lines, key=lambda line: (line.version.published_on, line.version_id))
    return told([*_wordings(lines), *_moves(moves), *_reports(updates)], on)


def _wordings(lines: list[ActionInVersion]) -> Iterator[Happening]:
    recorded = Recorded(*(line.version for line in lines))
    before = ""
    for line in lines:
        version = line.version
        if line.is_left_out:
            if before:
                left_out = f"Left out of {version.label}"
                yield from recorded.happening(version, "published_on", left_out, line.left_out_reason)
            continue
        verb = "Published again" if before == line.text else "Reworded" if before else "Published"
        is_by = version.published_precision == Precision.BY
        yield from recorded.happening(version, "published_on", f"{verb} in {version.label}", is_by=is_by)
        withdrawn = f"{version.label} was withdrawn"
        yield from recorded.happening(version, "withdrawn_on", withdrawn, version.withdrawn_reason)
        before = line.text


def _moves(moves: Iterable[tuple[DateChange, str]]) -> Iterator[Happening]:
    for move, sentence in moves:
        recorded_on = later(london_day(move.recorded_at), move.decided_on)
        yield Happening(move.decided_on, sentence.removesuffix("."), move.reason, recorded_on)


def _reports(updates: Iterable[ProgressUpdate]) -> Iterator[Happening]:
    for update in updates:
        recorded_on = later(london_day(update.accepted_at), update.reported_on) if update.accepted_at else None
        yield Happening(update.reported_on, f"Reported: {update.get_status_display()}", update.reason, recorded_on)


def of_declaration(declaration: Declaration, documents: Iterable[Document], on: date) -> list[Happening]:
    """What has changed about a declaration by the day. Three queries."""
    coverage = list(declaration.coverage.select_related("area").order_by("area__name", "pk"))
    signatures = list(declaration.signatures.order_by("name_as_signed", "pk"))
    recorded = Recorded(declaration, *coverage, *signatures)
    happened = [
        *recorded.publication(declaration, "The declaration"),
        *(each for signature in signatures for each in _signing(signature, recorded)),
        *_ended(coverage, "It is no longer for", recorded),
        *_shown(documents),
    ]
    return told(happened, on)


def _signing(signature: Signature, recorded: Recorded) -> Iterator[Happening]:
    """A body signed, and perhaps took its signature back: no name of a person."""
    name = f"{signature.name_as_signed}, as {signature.get_as_type_display()}"
    verb = "Signed" if signature.kind == Signature.Kind.SIGNATORY else "Supported"
    yield from recorded.happening(signature, "signed_on", f"{verb} by {name}")
    yield from recorded.happening(signature, "withdrawn_on", f"Signature withdrawn by {name}")


def _ended(coverage: Iterable[Coverage], words: str, recorded: Recorded) -> Iterator[Happening]:
    for each in coverage:
        yield from recorded.happening(each, "until_on", f"{words} {_area(each)}")


def _area(coverage: Any) -> str:
    return f"{coverage.area.name} ({coverage.label})" if coverage.label else str(coverage.area.name)


def _shown(documents: Iterable[Document]) -> Iterator[Happening]:
    """Documents are made public on the day itself."""
    for each in documents:
        if each.published_on:
            yield Happening(each.published_on, f"Document made public: {each.title}")


def of_plan(plan: ActionPlan, documents: Iterable[Document], on: date) -> list[Happening]:
    """What has changed about a plan by the day, in all its versions. Four queries."""
    versions = list(plan.versions.published_by(on).order_by("published_on", "pk"))
    coverage = list(plan.coverage.select_related("area").order_by("area__name", "pk"))
    recorded = Recorded(*versions, *coverage)
    happened = [
        *(each for version in versions for each in recorded.publication(version, version.label)),
        *_left_out(versions, recorded),
        *_ended(coverage, "The plan is no longer for", recorded),
        *_shown(documents),
    ]
    return told(happened, on)


def _left_out(versions: Iterable[PlanVersion], recorded: Recorded) -> Iterator[Happening]:
    """The actions that a version has no longer, and why. One query."""
    lines = ActionInVersion.every.dropped().filter(version__in=versions).select_related("version")
    for line in lines.order_by("position", "pk"):
        what = f"“{line}” was left out of {line.version.label}"
        yield from recorded.happening(line.version, "published_on", what, line.left_out_reason)


def of_partnership(partnership: Partnership, on: date) -> list[Happening]:
    """What has changed about a partnership by the day. Six queries."""
    coverage = list(partnership.coverage.select_related("area").order_by("area__name", "pk"))
    members = list(partnership.members.order_by("name_as_written", "pk"))
    boards = list(partnership.oversight.select_related("board").order_by("board__name", "pk"))
    declarations = list(partnership.declarations.published_by(on).order_by("published_on", "pk"))
    versions = list(PlanVersion.objects.published_by(on).filter(plan__partnership=partnership).select_related("plan"))
    recorded = Recorded(partnership, *coverage, *members, *boards, *declarations, *versions)
    between = [
        *((partnership, "The partnership began", "The partnership ended"),),
        *((each, f"It began to work for {_area(each)}", f"It no longer works for {_area(each)}") for each in coverage),
        *((each, f"{each} began to take part", f"{each} no longer takes part") for each in members),
        *((each, f"{each.board} began to oversee it", f"{each.board} no longer oversees it") for each in boards),
    ]
    happened = [
        *(each for row, began, _ in between for each in recorded.happening(row, "from_on", began)),
        *(each for row, _, ended in between for each in recorded.happening(row, "until_on", ended)),
        *(each for row in declarations for each in recorded.publication(row, f"“{row}”")),
        *(each for row in versions for each in recorded.publication(row, f"“{row}”")),
    ]
    return told(happened, on)
