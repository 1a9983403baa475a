"""The outbox: what is due to be said (`Notice`), the digests that say it (`Message`), and answers at once (`Reply`)."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from concordat.kernel.dates import LONDON
from signatories.models.chasing import ChasingHold, ChasingPause
from signatories.models.mailed import Mailed, MailedQuerySet, MailState
from signatories.models.partnership import Partnership
from signatories.models.person import reachable

if TYPE_CHECKING:
    from signatories.access import Access

# Somebody gets at most one digest in so many days running.
DAYS_BETWEEN = 7


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)


# Of a message in these states surely nothing went; it goes, or is tried again, by itself.
STILL_TO_GO = (MailState.RECEIVED, MailState.FAILED)


class MessageQuerySet(MailedQuerySet["Message"]):
    def visible_to(self, access: "Access") -> "MessageQuerySet":
        """Those that carry a notice of a partnership that the person coordinates, or will once they are filled."""
        if access.is_administrator:
            return self.all()
        own = Notice.objects.visible_to(access)
        coming = own.waiting().filter(recipient=OuterRef("recipient"), send_on__lte=OuterRef("day"))
        begun = [MailState.RECEIVED, MailState.CLAIMED, MailState.MAILING]
        unfilled = Q(mail_state__in=begun) & Exists(coming)
        return self.filter(Exists(own.filter(message=OuterRef("pk"))) | unfilled)

    def barring(self, on: date) -> "MessageQuerySet":
        """Those because of which their recipient gets no new digest on that day: one that went, or perhaps went, in the
        last seven days, and one that has still to go.
        """
        earliest = _start_of(on - timedelta(days=DAYS_BETWEEN - 1))
        went = Q(mail_state__in=[MailState.MAILED, MailState.UNCERTAIN], mail_moved_at__gte=earliest)
        to_go = [MailState.RECEIVED, MailState.CLAIMED, MailState.MAILING, MailState.FAILED]
        return self.filter(went | Q(mail_state__in=to_go))


class Message(Mailed):
    """A digest for one person, at most one a day; `mail_state` says what became of it. It is filled when it is claimed.

    `day` is the day in London for which it was planned; `subject` and `text` are what was sent. The text is emptied
    after the programme's time (`emptied_on`); the row stays.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages")
    day = models.DateField()
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    emptied_on = models.DateField(null=True, blank=True)

    objects: ClassVar = MessageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["mail_state", "mail_next_at"], name="message_to_mail"),
            models.Index(fields=["recipient", "mail_moved_at"], name="message_last_of_somebody"),
        ]
        constraints: ClassVar = [
            *Mailed.Meta.constraints,
            models.UniqueConstraint(fields=["recipient", "day"], name="message_once_a_day"),
            models.CheckConstraint(
                condition=Q(emptied_on__isnull=True) | Q(text=""), name="message_emptied_says_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"To {self.recipient}, {self.day}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, access: "Access") -> "NoticeQuerySet":
        """Those of the partnerships that the person coordinates; an administrator sees all."""
        return self.all() if access.is_administrator else self.filter(partnership__in=access.coordinates)

    def standing(self) -> "NoticeQuerySet":
        """Those not dropped: planned, or in a message."""
        return self.filter(dropped_on__isnull=True)

    def waiting(self) -> "NoticeQuerySet":
        """Those planned and in no message yet."""
        return self.filter(dropped_on__isnull=True, message__isnull=True)

    def to_go(self) -> "NoticeQuerySet":
        """Those of which surely nothing went yet: waiting, or in a message that has still to go."""
        return self.standing().filter(Q(message__isnull=True) | Q(message__mail_state__in=STILL_TO_GO))

    def held(self, on: date) -> "NoticeQuerySet":
        """Those that a hold of that day stops."""
        by_partnership, by_itself, by_subject = map(Exists, _holds(on))
        return self.filter(by_partnership | by_itself | by_subject)

    def going(self, on: date) -> "NoticeQuerySet":
        """Those that may go on that day: it has come, nothing holds them, and who gets them may be written to."""
        pauses = ChasingPause.objects.on(on)
        away = pauses.filter(person=OuterRef("recipient"), subject_type="")
        snoozed = pauses.filter(
            person=OuterRef("person"), subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id")
        )
        who = self.waiting().filter(reachable("recipient__"), send_on__lte=on)
        return who.filter(~Exists(away), ~Exists(snoozed), *(~Exists(hold) for hold in _holds(on)))


def _holds(on: date) -> tuple[models.QuerySet[ChasingHold], ...]:
    """What holds a notice on that day: its partnership, itself, or its subject.

    Each is a condition of its own: of “one or the other” the database makes a question for every single notice.
    """
    holds = ChasingHold.objects.on(on)
    subject = holds.filter(subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id"))
    return holds.filter(partnership=OuterRef("partnership")), holds.filter(notice=OuterRef("pk")), subject


class Notice(models.Model):
    """One due remark: to whom, why (`rule`), about what, and the day that it hangs on. Days are days in London.

    `person` is whose it is; `recipient` gets it, who may be their deputy. It may go from `send_on`. Once it is in a
    `message`, that one's `mail_state` is what became of it. One that came to nothing is dropped, with why; if it comes
    true again it stands again.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="own_notices")
    rule = models.CharField(max_length=20)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    due_on = models.DateField()
    partnership = models.ForeignKey(
        Partnership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
        help_text="Its coordinator sees it.",
    )
    planned_on = models.DateField()
    send_on = models.DateField()
    message = models.ForeignKey(Message, models.PROTECT, null=True, blank=True, related_name="notices")
    dropped_on = models.DateField(null=True, blank=True)
    dropped_why = models.CharField(max_length=200, blank=True)

    objects: ClassVar = NoticeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(
                fields=["recipient", "send_on"],
                condition=Q(message__isnull=True, dropped_on__isnull=True),
                name="notice_waiting",
            ),
            models.Index(
                fields=["rule", "subject_type", "subject_id", "person"],
                condition=Q(dropped_on__isnull=True),
                name="notice_standing",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recipient", "subject_type", "subject_id", "rule", "due_on"], name="notice_once"
            ),
            models.CheckConstraint(condition=~Q(rule="") & ~Q(subject_type=""), name="notice_says_why"),
            models.CheckConstraint(condition=Q(send_on__gte=F("planned_on")), name="notice_goes_once_planned"),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True, dropped_why="")
                | (Q(dropped_on__isnull=False, message__isnull=True) & ~Q(dropped_why="")),
                name="notice_dropped_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}, {self.subject_type} {self.subject_id}"

    @property
    def state(self) -> str:
        """What became of it: dropped, planned, or the state of its message."""
        if self.dropped_on:
            return "dropped"
        return str(self.message.mail_state) if self.message else "planned"


class Reply(Mailed):
    """A mail at once about what became of somebody's own act. The weekly limit does not count it.

    Its text is emptied after the programme's time, like that of a digest.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="replies")
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    emptied_on = models.DateField(null=True, blank=True)

    objects: ClassVar = MailedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "replies"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            *Mailed.Meta.constraints,
            models.CheckConstraint(condition=~Q(subject="") & ~Q(subject_type=""), name="reply_says_something"),
            models.CheckConstraint(
                condition=(Q(emptied_on__isnull=True) & ~Q(text="")) | Q(emptied_on__isnull=False, text=""),
                name="reply_has_text_until_emptied",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
