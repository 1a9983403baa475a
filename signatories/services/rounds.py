"""Review rounds: opened by national staff, answered by coordinators. Days are days in London.

Every step of a round names the version that the person has `seen`; a conditional UPDATE decides who was first. That a
plan was refreshed is derived from the published versions (concordat/rounds.py); only “no change” is written down.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from areas.models import Area
from concordat.kernel.changes import change, create, create_many, record
from concordat.kernel.models import Change
from concordat.kernel.periods import holds_on
from signatories.access import access_of
from signatories.models import Partnership, PartnershipCoverage, Person, Programme, ReviewRound, ReviewRoundArea
from signatories.services.errors import FasterError, NotAllowedError

FASTER = "Somebody else has changed this round since you opened it. Read it again before you go on."
MOVED = "due day moved"
OVER = "This round is closed or cancelled."


def _demand_national(by: Person, on: date) -> None:
    if not access_of(by, on).is_national:
        raise NotAllowedError("Only national staff run review rounds.")


def faults(opens_on: date, due_on: date, on: date) -> dict[str, str]:
    """What is wrong with the days of a new round, by field, in sentences for the person who chose them."""
    found = {}
    if opens_on < on:
        found["opens_on"] = "A round opens today or later."
    if due_on <= opens_on:
        found["due_on"] = "The day for answers must be after the day on which the round opens."
    return found


@transaction.atomic
def open_round(
    *,
    programme: Programme,
    title: str,
    asks: str,
    opens_on: date,
    due_on: date,
    areas: Iterable[Area],
    by: Person,
    on: date,
) -> ReviewRound:
    """Ask these areas for a refreshed plan, from `opens_on` (today or later) until `due_on`.

    Raises NotAllowedError for who has no national role, without an area, for days that make no sense, and if there is
    a round with this title and first day.
    """
    _demand_national(by, on)
    if sentence := next(iter(faults(opens_on, due_on, on).values()), ""):
        raise NotAllowedError(sentence)
    areas = list(areas)
    if not areas:
        raise NotAllowedError("Choose at least one area.")
    row = ReviewRound(programme=programme, title=title, asks=asks, opens_on=opens_on, due_on=due_on)
    try:
        with transaction.atomic():
            create(row, by=by)
    except IntegrityError as error:
        raise NotAllowedError("There is a round with this title that opens on this day already.") from error
    create_many((ReviewRoundArea(round=row, area=area) for area in areas), by=by)
    return row


@transaction.atomic
def move_due_day(round_: ReviewRound, *, seen: int, due_on: date, reason: str, by: Person, on: date) -> ReviewRound:
    """Give more or less time. Raises NotAllowedError without a reason, and for a day that is not to come."""
    if not reason.strip():
        raise NotAllowedError("Say why the day moves.")
    if due_on <= max(on, round_.opens_on):
        raise NotAllowedError("Choose a day to come, after the round has opened.")
    if due_on == round_.due_on:
        raise NotAllowedError("That is the day already.")
    return _step(round_, {"due_on": due_on}, seen=seen, verb=MOVED, by=by, on=on, why=reason.strip())


@transaction.atomic
def close_round(round_: ReviewRound, *, seen: int, by: Person, on: date) -> ReviewRound:
    """Take no more answers from today on. Raises NotAllowedError for a round that has not opened yet."""
    if on < round_.opens_on:
        raise NotAllowedError("It has not opened yet. Cancel it instead.")
    return _step(round_, {"closed_on": on}, seen=seen, verb="closed", by=by, on=on)


@transaction.atomic
def cancel_round(round_: ReviewRound, *, seen: int, reason: str, by: Person, on: date) -> ReviewRound:
    """Take the request back; its answers are kept. Raises NotAllowedError without a reason."""
    if not reason.strip():
        raise NotAllowedError("Say why it is cancelled.")
    values = {"cancelled_on": on, "cancelled_reason": reason.strip()}
    return _step(round_, values, seen=seen, verb="cancelled", by=by, on=on, why=reason.strip())


def _step(
    round_: ReviewRound, values: Mapping[str, Any], *, seen: int, verb: str, by: Person, on: date, why: str = ""
) -> ReviewRound:
    """One conditional UPDATE of a round that is neither closed nor cancelled, with its record."""
    _demand_national(by, on)
    before = ReviewRound.objects.get(pk=round_.pk)
    same = ReviewRound.objects.filter(pk=round_.pk, version=seen, closed_on=None, cancelled_on=None)
    if not same.update(**values, version=F("version") + 1):
        round_.refresh_from_db()
        raise NotAllowedError(OVER) if round_.closed_on or round_.cancelled_on else FasterError(FASTER)
    round_.refresh_from_db()
    record(
        round_, verb, by=by, why=why, fields={name: (getattr(before, name), value) for name, value in values.items()}
    )
    return round_


def answering(areas: Collection[int], on: date) -> dict[int, list[Partnership]]:
    """Who answers for each area on the day: its primary partnership, else every one that works for it. One query."""
    rows = PartnershipCoverage.objects.filter(holds_on(on), holds_on(on, "partnership__"), area__in=areas)
    found: dict[int, list[PartnershipCoverage]] = {}
    for row in rows.select_related("partnership").order_by("area_id", "partnership__name", "pk"):
        found.setdefault(row.area_id, []).append(row)
    return {
        area: [row.partnership for row in of_area if row.is_primary]
        or list({row.partnership_id: row.partnership for row in of_area}.values())
        for area, of_area in found.items()
    }


def scope_of(round_: ReviewRound, partnership: Partnership, on: date) -> list[ReviewRoundArea]:
    """The areas of the round for which the partnership answers on the day, by name. Two queries."""
    rows = list(round_.scope.select_related("area", "confirmed_by", "confirmed_for").order_by("area__name"))
    by_area = answering([row.area_id for row in rows], on)
    return [row for row in rows if partnership in by_area.get(row.area_id, [])]


def open_rounds_for(partnership: Partnership, on: date) -> list[ReviewRound]:
    """The rounds that take answers on the day, and in which the partnership answers for an area. Two queries."""
    rows = list(
        ReviewRoundArea.objects.filter(
            round__in=ReviewRound.objects.taking_answers(on),
            area__in=partnership.coverage.filter(holds_on(on)).values("area"),
        ).select_related("round")
    )
    by_area = answering({row.area_id for row in rows}, on)
    found = {row.round for row in rows if partnership in by_area.get(row.area_id, [])}
    return sorted(found, key=lambda round_: (round_.due_on, round_.pk))


@transaction.atomic
def confirm_no_change(
    round_: ReviewRound, partnership: Partnership, *, areas: Collection[int], note: str, by: Person, on: date
) -> list[ReviewRoundArea]:
    """Say for these areas (ids) that the plan holds as it is, and why.

    Raises NotAllowedError for who does not coordinate the partnership, without a note or an area, for an area for which
    it does not answer, and once the round takes no more answers; FasterError if one of them was confirmed meanwhile.
    """
    if not access_of(by, on).coordinates_partnership(partnership.pk):
        raise NotAllowedError("Only a coordinator answers for the partnership.")
    if not note.strip():
        raise NotAllowedError("Say why the plan still holds.")
    if not areas:
        raise NotAllowedError("Choose the areas for which nothing has changed.")
    if not ReviewRound.objects.taking_answers(on).select_for_update().filter(pk=round_.pk).exists():
        raise NotAllowedError("This round takes no answers today.")
    rows = [row for row in scope_of(round_, partnership, on) if row.area_id in areas]
    if len(rows) != len(set(areas)):
        raise NotAllowedError("The partnership does not answer for one of these areas.")
    values = {"confirmed_on": on, "confirmed_by": by, "confirmed_for": partnership, "note": note.strip()}
    mine = ReviewRoundArea.objects.unanswered().filter(pk__in=[row.pk for row in rows])
    if mine.update(**values) != len(rows):
        # The transaction is undone as a whole: nobody's answer is half written.
        raise FasterError("Somebody else has answered for one of these areas already. Read it again.")
    told = {name: (None, value) for name, value in values.items()}
    Change.objects.bulk_create(change(row, "no change confirmed", by=by, fields=told) for row in rows)
    return rows
