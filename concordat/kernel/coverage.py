"""Coverage: which areas something is about, whole or a labelled part, from and until a date."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from concordat.kernel.periods import Dated


class Extent(models.TextChoices):
    WHOLE = "whole", "the whole area"
    PART = "part", "part of the area"


class Covering(models.Model):
    """An area, the extent of it, and the name of the part where it is one."""

    area = models.ForeignKey("areas.Area", models.PROTECT, related_name="+")
    extent = models.CharField(max_length=5, choices=Extent, default=Extent.WHOLE)
    label = models.CharField(
        "part", max_length=120, blank=True, help_text="Which part of the area, in words; empty for the whole."
    )

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(extent__in=Extent.values), name="%(class)s_extent"),
            models.CheckConstraint(
                condition=Q(extent=Extent.WHOLE, label="") | (Q(extent=Extent.PART) & ~Q(label="")),
                name="%(class)s_part_has_label",
            ),
        ]


class Coverage(Covering, Dated):
    """Base of the coverage tables of partnerships, declarations and plans."""

    class Meta:
        abstract = True
        constraints: ClassVar = [*Covering.Meta.constraints, *Dated.Meta.constraints]
