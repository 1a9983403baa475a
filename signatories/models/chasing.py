"""What chasing remembers besides what it said: rounds of updates, pauses, holds, and who wants fewer mails."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from concordat.kernel.periods import Dated
from signatories.models.partnership import Partnership


class UpdateWindowQuerySet(models.QuerySet["UpdateWindow"]):
    def standing(self) -> "UpdateWindowQuerySet":
        """Those not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)

    def open_on(self, day: date) -> "UpdateWindowQuerySet":
        """Those in which updates are awaited on that day."""
        return self.standing().filter(opens_on__lte=day, due_on__gte=day)

    def last_passed(self, day: date) -> "UpdateWindowQuerySet":
        """Of each partnership the last one that was over before that day."""
        later = UpdateWindow.objects.standing().filter(
            partnership=OuterRef("partnership"), due_on__lt=day, due_on__gt=OuterRef("due_on")
        )
        return self.standing().filter(~Exists(later), due_on__lt=day)


class UpdateWindow(models.Model):
    """A round of updates of a partnership before its papers are due, from the day on which it opened. Days in London.

    While it is open it follows the partnership's next paper deadline. `before` is the one before it, so that those who
    missed several can be found.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="windows")
    opens_on = models.DateField()
    nudge_on = models.DateField()
    closing_on = models.DateField()
    last_notice_on = models.DateField()
    due_on = models.DateField(help_text="The day by which the papers are due.")
    withdrawn_on = models.DateField(null=True, blank=True)
    before = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="after")

    objects: ClassVar = UpdateWindowQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["partnership_id", "due_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "due_on"], condition=Q(withdrawn_on__isnull=True), name="updatewindow_once"
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("nudge_on"))
                & Q(nudge_on__lte=F("closing_on"))
                & Q(closing_on__lte=F("last_notice_on"))
                & Q(last_notice_on__lte=F("due_on")),
                name="updatewindow_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}: updates by {self.due_on}"


SUBJECT_IS_WHOLE = models.CheckConstraint(
    condition=Q(subject_type="", subject_id__isnull=True) | (~Q(subject_type="") & Q(subject_id__isnull=False)),
    name="%(class)s_subject_is_whole",
)


class About(Dated):
    """A row that may be about one thing: its model's label (“actionplans.action”) and id; both or neither.

    One that was ended on its first day, or before it, held on none.
    """

    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(from_on__lte=F("until_on")),
                name="%(class)s_from_before_until",
            ),
            SUBJECT_IS_WHOLE,
        ]


class ChasingPause(About):
    """Somebody is not to be written to from a day until the day of return; a deputy gets what is due meanwhile.

    About one thing it is a snooze: the person asks not to be reminded of that until the day. Nobody stands in then.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="chasing_pauses")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="chasing_deputised"
    )

    class Meta:
        ordering: ClassVar = ["person_id", "from_on", "id"]
        constraints: ClassVar = [
            *About.Meta.constraints,
            models.CheckConstraint(
                condition=Q(from_on__isnull=False, until_on__isnull=False), name="chasingpause_has_days"
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("person")), name="chasingpause_deputy_is_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(subject_type="") | Q(deputy__isnull=True), name="chasingpause_snooze_has_no_deputy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, until {self.until_on}"


# What is held without an end is held once.
HELD_ONCE = {
    "partnership": ["partnership"],
    "notice": ["notice"],
    "subject": ["subject_id", "subject_type"],
}


class ChasingHold(About):
    """Nothing is sent about a partnership, a thing, or one notice, from a day until another, for a reason."""

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, null=True, blank=True, related_name="chasing_holds", help_text="All of it."
    )
    notice = models.ForeignKey(
        "signatories.Notice", models.PROTECT, null=True, blank=True, related_name="holds", help_text="This one alone."
    )
    reason = models.TextField()
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="chasing_holds")

    class Meta:
        ordering: ClassVar = ["-from_on", "-id"]
        constraints: ClassVar = [
            # Not that of Dated: one that was a slip is released on its first day, and then held nothing.
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(from_on__lte=F("until_on")),
                name="chasinghold_from_before_until",
            ),
            SUBJECT_IS_WHOLE,
            *(
                models.UniqueConstraint(
                    fields=fields,
                    condition=Q(until_on__isnull=True, **{f"{fields[0]}__isnull": False}),
                    name=f"chasinghold_one_open_of_{name}",
                )
                for name, fields in HELD_ONCE.items()
            ),
            models.CheckConstraint(
                condition=Q(partnership__isnull=False, notice__isnull=True, subject_type="")
                | Q(partnership__isnull=True, notice__isnull=False, subject_type="")
                | (Q(partnership__isnull=True, notice__isnull=True) & ~Q(subject_type="")),
                name="chasinghold_is_about_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="chasinghold_has_reason"),
        ]

    def __str__(self) -> str:
        return f"Held: {self.partnership or self.notice or f'{self.subject_type} {self.subject_id}'}"


class ChasingOptOut(Dated):
    """Somebody wants no reminders but those that are needed, from a day on."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="chasing_opt_outs")

    class Meta:
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"], condition=Q(until_on__isnull=True), name="chasingoptout_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} wants fewer mails"
