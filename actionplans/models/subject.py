from typing import ClassVar

from django.db import models
from django.db.models import Q

from signatories.models import Programme


class Section(models.Model):
    """A section of the national plan template: 1 Commissioning and the four areas A to D."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="sections")
    code = models.CharField(max_length=4, help_text="1, A, B, C or D.")
    also_numbered = models.CharField(max_length=4, blank=True, help_text="In plans that number 1 to 5.")
    title = models.CharField(max_length=160)
    plain_title = models.CharField(max_length=160, blank=True, help_text="What it means for a person in crisis.")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["programme_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "code"], name="section_code_once"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(title=""), name="section_has_code_and_title"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Theme(models.Model):
    """A subject that runs across sections: street triage, training, young people, housing."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80, unique=True)
    description = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(name=""), name="theme_has_name")]

    def __str__(self) -> str:
        return self.name
