from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from concordat.kernel.periods import Dated, DatedQuerySet
from concordat.kernel.sources import Sourced
from signatories.models.organisation import Organisation
from signatories.models.partnership import Partnership
from signatories.models.person import Person

if TYPE_CHECKING:
    from signatories.access import Access


class BoardQuerySet(DatedQuerySet):
    def overseeing(self, partnerships: frozenset[int], on: date) -> "BoardQuerySet":
        """Those that oversee one of these partnerships on that day."""
        rows = BoardOversight.objects.on(on).filter(partnership__in=partnerships, board=models.OuterRef("pk"))
        return self.filter(models.Exists(rows))

    def visible_to(self, access: "Access", on: date) -> "BoardQuerySet":
        """Those of whose meetings the person reads: they oversee a partnership whose own side the person sees."""
        return self.all() if access.is_national else self.overseeing(access.reads, on)

    def editable_by(self, access: "Access", on: date) -> "BoardQuerySet":
        """Those whose meetings of that day the person plans: the coordinators of every partnership that it oversees."""
        return self.all() if access.is_administrator else self.overseeing(access.coordinates, on)


class Board(Dated, Sourced):
    """A board that oversees a partnership: it takes reports and asks questions."""

    class Kind(models.TextChoices):
        HEALTH_AND_WELLBEING = "health_and_wellbeing", "Health and Wellbeing Board"
        COMMUNITY_SAFETY = "community_safety", "Community Safety Board"
        MENTAL_HEALTH = "mental_health", "Mental Health Partnership Board"
        GOVERNANCE = "governance", "Governance board"
        OTHER = "other", "Other board"

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=30, choices=Kind)

    objects: ClassVar = BoardQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    kind__in=["health_and_wellbeing", "community_safety", "mental_health", "governance", "other"]
                ),
                name="board_kind",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="board_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/boards/{self.slug}/"


class BoardOversight(Dated, Sourced):
    """Which partnership a board oversees."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="oversight")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="oversight")

    class Meta:
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["board", "partnership"], condition=Q(until_on__isnull=True), name="boardoversight_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board} oversees {self.partnership}"


class BoardChair(Dated, Sourced):
    """Who chairs a board, in which office. Joint chairs are normal."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="chairs")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="chairs")
    role = models.CharField(max_length=160, help_text="The office that chairs, as the source names it.")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="chairs")

    class Meta:
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            # Joint chairs may share a title, so it is the person, or else the body, that chairs once.
            models.UniqueConstraint(
                fields=["board", "person"],
                condition=Q(until_on__isnull=True, person__isnull=False),
                name="boardchair_one_open_per_person",
            ),
            models.UniqueConstraint(
                fields=["board", "organisation", "role"],
                condition=Q(until_on__isnull=True, person__isnull=True, organisation__isnull=False),
                name="boardchair_one_open_per_body",
            ),
            models.UniqueConstraint(
                fields=["board", "role"],
                condition=Q(until_on__isnull=True, person__isnull=True, organisation__isnull=True),
                name="boardchair_one_open_per_role",
            ),
            models.CheckConstraint(condition=~Q(role=""), name="boardchair_has_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role}, chair of {self.board}"
