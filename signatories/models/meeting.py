from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.formats import date_format

from concordat.kernel.periods import holds_on
from signatories.models.board import Board, BoardOversight
from signatories.models.partnership import Partnership

if TYPE_CHECKING:
    from signatories.access import Access


class BoardMeetingQuerySet(models.QuerySet["BoardMeeting"]):
    def standing(self) -> "BoardMeetingQuerySet":
        """Those not cancelled."""
        return self.filter(cancelled_on__isnull=True)

    def about(self, partnerships: frozenset[int]) -> "BoardMeetingQuerySet":
        """Those of a board that on the day of the meeting oversees one of these partnerships."""
        rows = BoardOversight.objects.filter(
            holds_on(OuterRef("held_on")), board=OuterRef("board"), partnership__in=partnerships
        )
        return self.filter(Exists(rows))

    def visible_to(self, access: "Access") -> "BoardMeetingQuerySet":
        """Those about a partnership whose own side the person sees."""
        return self.all() if access.is_national else self.about(access.reads)

    def editable_by(self, access: "Access") -> "BoardMeetingQuerySet":
        """Those that the person may change or cancel: about a partnership that the person coordinates."""
        return self.all() if access.is_administrator else self.about(access.coordinates)


class BoardMeeting(models.Model):
    """A day on which a board meets, and the day by which it wants its papers.

    All partnerships that the board oversees on that day share it. It is never deleted: it is moved, or cancelled with
    a reason. Once a decision of it is recorded (`has_decisions`) its day stays, and it can be cancelled no more.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="meetings")
    held_on = models.DateField("held on", help_text="The day of the meeting in London.")
    papers_due_on = models.DateField("papers due on", help_text="The day by which the board wants its papers.")
    title = models.CharField(max_length=160, blank=True, help_text="For example: Extraordinary meeting.")
    place = models.CharField(max_length=200, blank=True, help_text="Where it meets, or how to join.")
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_reason = models.TextField("why it is cancelled", blank=True)
    has_decisions = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = BoardMeetingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["held_on", "board__name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(papers_due_on__lte=F("held_on")), name="boardmeeting_papers_before"),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True, cancelled_reason="")
                | (Q(cancelled_on__isnull=False) & ~Q(cancelled_reason="")),
                name="boardmeeting_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(has_decisions=False) | Q(cancelled_on__isnull=True),
                name="boardmeeting_decided_is_not_cancelled",
            ),
            models.UniqueConstraint(
                fields=["board", "held_on"],
                condition=Q(cancelled_on__isnull=True),
                name="boardmeeting_one_open_per_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board}, {date_format(self.held_on, 'j F Y')}"

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.cancelled_on is not None

    @property
    def partnerships(self) -> "QuerySet[Partnership]":
        """Those that the board oversees on the day of the meeting, by name."""
        oversight = BoardOversight.objects.on(self.held_on).filter(board=self.board_id)
        found: QuerySet[Partnership] = Partnership.objects.filter(pk__in=oversight.values("partnership"))
        return found.order_by("name", "pk")
