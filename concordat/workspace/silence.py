"""Who is away, what is put off and what is held, for the pages on which that matters. Days in London."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Exists, OuterRef, Q, When

from actionplans.chasing.facts import ACTION
from actionplans.models import Action, ActionOwner
from actionplans.models.action import may_answer
from concordat.sentences import in_words
from signatories.models import ChasingHold, ChasingPause, Partnership, Person
from signatories.outbox.holding import not_ended


def day_in_words(day: date | None) -> str:
    """A day that the database demands of a row, in words."""
    return in_words(day) if day else ""


class Absence(NamedTuple):
    """Somebody is away; `deputy` is who stands in, if they can be written to. `may_answer`: for the page's action."""

    pause: ChasingPause
    deputy: Person | None
    is_now: bool
    may_answer: bool | None = None

    @property
    def meanwhile(self) -> str:
        """What becomes of the reminders, as a sentence about the deputy."""
        if self.deputy and self.may_answer is None:
            return f"{self.deputy} stands in and gets the reminders meanwhile."
        if self.deputy:
            can = (
                "and can answer meanwhile" if self.may_answer else "but has no role by which to answer for this action"
            )
            return f"{self.deputy} gets the reminders, {can}."
        if self.pause.deputy:
            return f"{self.pause.deputy} stands in, but gets no mails at present, so the reminders wait."
        return "Nobody stands in, so the reminders wait."

    @property
    def told(self) -> str:
        """“Jo Bloggs is away until 3 March 2027. …”"""
        return f"{self.pause.person} is away until {day_in_words(self.pause.until_on)}. {self.meanwhile}"


@dataclass(frozen=True, slots=True)
class Own:
    """What concerns one person: when they are away, for whom they stand in today, and what they have put off."""

    absences: list[Absence]
    stands_in: list[ChasingPause]
    put_off: dict[int, date]  # until when, by action

    @property
    def now(self) -> Absence | None:
        """The absence of today, if any: it is the first, since they do not overlap."""
        return next((each for each in self.absences if each.is_now), None)


def own(person: Person, on: date) -> Own:
    """What that person sees on their own pages. One query."""
    rows = list(_pauses(on).filter(not_ended(on), Q(person=person) | Q(deputy=person)))
    mine = [row for row in rows if row.person_id == person.pk]
    put_off = [row for row in mine if row.subject_type == ACTION and row.holds_on(on)]
    return Own(
        absences=[_absence(row, on) for row in mine if not row.subject_type],
        stands_in=[row for row in rows if row.deputy_id == person.pk and row.holds_on(on)],
        put_off={row.subject_id: row.until_on for row in put_off},
    )


@dataclass(frozen=True, slots=True)
class AboutAction:
    """Whether reminders of an action go, and to whom; `put_off_until` and `may_put_off` are of who looks at it."""

    absences: list[Absence]
    holds: list[ChasingHold]
    put_off_until: date | None
    may_put_off: bool

    @property
    def is_held(self) -> bool:
        """Whether the action itself is held, and not its whole partnership alone."""
        return any(not row.partnership_id for row in self.holds)


def about_action(action: Action, person: Person, on: date) -> AboutAction:
    """What the page of an action says of its reminders. Three queries."""
    owners = ActionOwner.objects.on(on).filter(action=action)
    away = Q(subject_type="", person__in=owners.values("person"))
    put_off = Q(subject_type=ACTION, subject_id=action.pk, person=person)
    answers = may_answer(on, action=action.pk, partnership=action.plan.partnership_id, person=OuterRef("deputy"))
    here = _pauses(on).filter(away | put_off, from_on__lte=on, until_on__gt=on)
    rows = list(here.annotate(may_answer=Case(When(answers, then=True), default=False)))
    held = Q(subject_type=ACTION, subject_id=action.pk) | Q(partnership=action.plan.partnership_id)
    return AboutAction(
        absences=[_absence(row, on, row.may_answer) for row in rows if not row.subject_type],
        holds=list(_holds(on).filter(held)),
        put_off_until=next((row.until_on for row in rows if row.subject_type), None),
        may_put_off=action.plan.partnership.programme.put_off_days > 0
        and ActionOwner.objects.may_report(on).filter(action=action, person=person).exists(),
    )


@dataclass(frozen=True, slots=True)
class InPartnership:
    """Who of those that answer for its actions is away, and what is held, with the action if it is about one."""

    absences: list[Absence]
    whole: ChasingHold | None
    of_actions: list[tuple[ChasingHold, Action]]


def in_partnership(partnership: Partnership, on: date) -> InPartnership:
    """What the page of a partnership says of its reminders. Three queries."""
    owners = ActionOwner.objects.on(on).filter(action__plan__partnership=partnership)
    away = _pauses(on).filter(person__in=owners.values("person"), from_on__lte=on, until_on__gt=on, subject_type="")
    actions = {row.pk: row for row in Action.objects.filter(plan__partnership=partnership, pk__in=_held_actions(on))}
    held = Q(partnership=partnership) | Q(subject_type=ACTION, subject_id__in=list(actions))
    holds = list(_holds(on).filter(held))
    return InPartnership(
        absences=[_absence(row, on) for row in away.order_by("until_on", "person__name", "pk")],
        whole=next((row for row in holds if row.partnership_id), None),
        of_actions=[(row, actions[row.subject_id]) for row in holds if row.subject_id],
    )


def _held_actions(on: date) -> Any:
    return ChasingHold.objects.on(on).filter(subject_type=ACTION).values("subject_id")


def _holds(on: date) -> Any:
    return ChasingHold.objects.on(on).select_related("held_by", "partnership").order_by("pk")


def _pauses(on: date) -> Any:
    """Pauses with the people, and whether the deputy is away too on that day."""
    away = ChasingPause.objects.on(on).filter(subject_type="", person=OuterRef("deputy"))
    rows = ChasingPause.objects.select_related("person", "deputy").annotate(deputy_is_away=Exists(away))
    return rows.order_by("from_on", "pk")


def _absence(row: Any, on: date, may_answer: bool | None = None) -> Absence:
    deputy = row.deputy
    is_told = deputy is not None and deputy.is_reachable and not row.deputy_is_away
    return Absence(row, deputy if is_told else None, row.holds_on(on), may_answer)
