"""Where a fact comes from and how exactly its day is known."""

from django.db import models


class Precision(models.TextChoices):
    DAY = "day", "on this day"
    BY = "by", "by this day at the latest"


class Sourced(models.Model):
    """A row that names its public source."""

    source = models.CharField(
        max_length=400, blank=True, help_text="Where this is published: an address or a document's title."
    )
    source_note = models.TextField("note on the source", blank=True)

    class Meta:
        abstract = True
