"""Areas, the codes they have had, what became of them, and their shapes."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from concordat.kernel.coverage import Extent
from concordat.kernel.periods import Dated, DatedQuerySet, holds_on
from concordat.kernel.sources import Sourced


class Region(models.TextChoices):
    """The nine English regions, as the Concordat's old submission form named them."""

    EAST_MIDLANDS = "East Midlands"
    EAST_OF_ENGLAND = "East of England", "East of England"
    LONDON = "London"
    NORTH_EAST = "North East"
    NORTH_WEST = "North West"
    SOUTH_EAST = "South East"
    SOUTH_WEST = "South West"
    WEST_MIDLANDS = "West Midlands"
    YORKSHIRE_AND_THE_HUMBER = "Yorkshire and The Humber", "Yorkshire and The Humber"


class Kind(models.TextChoices):
    """What kind of authority the area's council is."""

    COUNTY = "county", "County"
    UNITARY = "unitary_authority", "Unitary authority"
    METROPOLITAN = "metropolitan_district", "Metropolitan district"
    LONDON_BOROUGH = "london_borough", "London borough"
    CITY_CORPORATION = "city_corporation", "City corporation"


class Area(Dated):
    """An upper-tier area. Its slug is permanent; its code and kind may change while it goes on."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    region = models.CharField(max_length=30, choices=Region)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(region__in=Region.values), name="area_region"),
            models.CheckConstraint(condition=~Q(name=""), name="area_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/areas/{self.slug}/"


def only_planned(area: str) -> models.Case:
    """Whether an area, whose id is in that column, is to follow another and no such plan is confirmed."""
    precessions = AreaSuccession.objects.filter(successor=models.OuterRef(area))
    confirmed = precessions.filter(state=AreaSuccession.State.CONFIRMED)
    return models.Case(
        models.When(models.Exists(precessions) & ~models.Exists(confirmed), then=True),
        default=False,
        output_field=models.BooleanField(),
    )


class AreaCodeQuerySet(DatedQuerySet):
    def existing_on(self, day: date) -> "AreaCodeQuerySet":
        """One row per area that exists on that day: the code it then has. Ordered by code.

        An area that is only planned, or whose plan was cancelled, does not come to exist.
        """
        return (
            self.exclude(only_planned("area"))
            .filter(holds_on(day), holds_on(day, "area__"))
            .select_related("area")
            .order_by("code")
        )


class AreaCode(Dated):
    """A GSS code of an area, with the kind of authority and the official name that went with it."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="codes")
    code = models.CharField("GSS code", max_length=9, unique=True)
    kind = models.CharField(max_length=30, choices=Kind)
    official_name = models.CharField(max_length=80)

    objects: ClassVar = AreaCodeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="areacode_kind"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^E(06|08|09|10)[0-9]{6}\Z"), name="areacode_is_upper_tier_of_england"
            ),
            models.UniqueConstraint(
                fields=["area"], condition=Q(until_on__isnull=True), name="areacode_one_open_per_area"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class AreaSuccession(Sourced):
    """An area, or a part of it, becomes part of another on a day. May be planned, and cancelled before it happens."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        CONFIRMED = "confirmed", "Confirmed"
        CANCELLED = "cancelled", "Cancelled"

    predecessor = models.ForeignKey(Area, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Area, models.PROTECT, related_name="precessions")
    on = models.DateField(help_text="The first day of the successor.")
    extent = models.CharField(max_length=5, choices=Extent, default=Extent.WHOLE)
    label = models.CharField("part", max_length=120, blank=True, help_text="Which part of the predecessor.")
    state = models.CharField(max_length=10, choices=State, default=State.CONFIRMED)

    class Meta:
        ordering: ClassVar = ["on", "predecessor_id", "successor_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="areasuccession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="areasuccession_of_two_areas"),
            models.CheckConstraint(
                condition=Q(extent=Extent.WHOLE, label="") | (Q(extent=Extent.PART) & ~Q(label="")),
                name="areasuccession_part_has_label",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "confirmed", "cancelled"]), name="areasuccession_state"
            ),
            models.UniqueConstraint(
                fields=["predecessor"],
                condition=Q(extent=Extent.WHOLE, state__in=["planned", "confirmed"]),
                name="areasuccession_one_whole_successor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}, {self.on}"


class BoundaryEpochQuerySet(models.QuerySet["BoundaryEpoch"]):
    def on(self, day: date) -> "BoundaryEpoch | None":
        """The epoch of that day: the last one that has begun."""
        return self.filter(from_on__lte=day).order_by("-from_on").first()


class BoundaryEpoch(Sourced):
    """The shapes of all areas from one date on which an area changed until the next; one immutable TopoJSON file."""

    from_on = models.DateField("from", unique=True)
    vintage = models.PositiveSmallIntegerField(help_text="The year of the source's boundaries.")
    approximate = models.BooleanField(default=False)
    attribution = models.TextField()
    topojson = models.TextField(help_text="TopoJSON in WGS84; the property `code` is the GSS code in this epoch.")
    digest = models.CharField(max_length=12, help_text="First 12 hex digits of the SHA-256 of `topojson`.")

    objects: ClassVar = BoundaryEpochQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["from_on"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{12}\Z"), name="boundaryepoch_digest"),
            models.CheckConstraint(condition=~Q(topojson=""), name="boundaryepoch_has_shapes"),
            models.CheckConstraint(condition=~Q(attribution=""), name="boundaryepoch_has_attribution"),
        ]

    def __str__(self) -> str:
        return f"Boundaries from {self.from_on}"


class Boundary(models.Model):
    """The shape of one area in one epoch: GeoJSON geometry in WGS84. In a table of its own, so lists never load it."""

    epoch = models.ForeignKey(BoundaryEpoch, models.CASCADE, related_name="boundaries")
    area = models.ForeignKey(Area, models.PROTECT, related_name="boundaries")
    geometry = models.JSONField()
    # The box around the shape in degrees, and a point inside it for its label.
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    label_longitude = models.FloatField()
    label_latitude = models.FloatField()

    objects: Any = models.Manager()

    class Meta:
        verbose_name_plural = "boundaries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["epoch", "area"], name="boundary_once_per_epoch"),
            models.CheckConstraint(
                # A box around England; anything outside is in the wrong coordinates.
                condition=Q(west__gte=-7, west__lt=F("east"), east__lte=2.5)
                & Q(south__gte=49.5, south__lt=F("north"), north__lte=56),
                name="boundary_in_england",
            ),
            models.CheckConstraint(
                condition=Q(label_longitude__gte=F("west"), label_longitude__lte=F("east"))
                & Q(label_latitude__gte=F("south"), label_latitude__lte=F("north")),
                name="boundary_label_inside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.epoch}"
