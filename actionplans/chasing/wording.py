"""The words in force on a day, and deciding on others. Days in London."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction

from actionplans.chasing.policy import Rule
from actionplans.chasing.words import SHIPPED, Words, faults
from concordat.kernel.changes import create
from signatories.models import Person, Wording
from signatories.models.wording import TEXTS
from signatories.services.errors import FasterError, NotAllowedError

FASTER = "Somebody else has decided on these words meanwhile."


def words_on(on: date) -> Mapping[Rule, Words]:
    """What each rule says on that day: an administrator's words, or else those that came with the program. One query.

    Of a rule that the program knows no more nothing is said.
    """
    own = {
        Rule(row.rule): words_of(row)
        for row in Wording.objects.on(on).filter(is_shipped=False)
        if row.rule in SHIPPED  # a Rule is its own word
    }
    return {rule: own.get(rule, shipped) for rule, shipped in SHIPPED.items()}


def words_of(row: Wording) -> Words:
    """The words of a decision; the shipped ones where it says so."""
    return SHIPPED[Rule(row.rule)] if row.is_shipped else Words(*(getattr(row, name) for name in TEXTS))


def decisions(rule: Rule) -> list[Wording]:
    """All that was ever decided on the words of a rule, the latest first. One query."""
    return list(Wording.objects.filter(rule=rule.value).select_related("decided_by").order_by("-number"))


def use_own(rule: Rule, words: Words, *, seen: int, from_on: date, by: Person, on: date) -> Wording:
    """Let the reminders of a rule say these words from that day on.

    `seen`: the number of the last decision that the person saw, 0 for none. Raises FasterError if there is a later one,
    and NotAllowedError for a day that is past, placeholders that are wrong, or somebody who is no administrator.
    """
    if wrong := faults(rule, words):
        raise NotAllowedError(next(iter(wrong.values())))
    return _decide(Wording(rule=rule.value, **words._asdict()), seen=seen, from_on=from_on, by=by, on=on)


def use_shipped(rule: Rule, *, seen: int, from_on: date, by: Person, on: date) -> Wording:
    """Let them say again what came with the program. Raises as `use_own` does, and if they do."""
    last = Wording.objects.filter(rule=rule.value).order_by("-number").first()
    if last is None or last.is_shipped:
        raise NotAllowedError("These are the shipped words already.")
    return _decide(Wording(rule=rule.value, is_shipped=True), seen=seen, from_on=from_on, by=by, on=on)


@transaction.atomic
def _decide(row: Wording, *, seen: int, from_on: date, by: Person, on: date) -> Wording:
    if not (by.is_superuser and by.is_active):
        raise NotAllowedError("Only a national administrator decides on the words of mails.")
    if from_on < on:
        raise NotAllowedError("Choose today or a later day: what was sent stays as it was sent.")
    row.number, row.from_on, row.decided_by = seen + 1, from_on, by
    if Wording.objects.filter(rule=row.rule, number__gt=seen).exists() or _is_ahead(row.rule, seen):
        raise FasterError(FASTER)
    try:
        with transaction.atomic():  # of two at once one gets the number
            return create(row, by=by)
    except IntegrityError as error:
        raise FasterError(FASTER) from error


def _is_ahead(rule: str, seen: int) -> bool:
    """Whether the person claims to have seen a decision that there is not."""
    return seen > 0 and not Wording.objects.filter(rule=rule, number=seen).exists()
