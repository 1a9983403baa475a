"""Writing facts once: what is there already is counted as known and left alone."""

from collections import Counter
from typing import Any

from django.db import models

from concordat.kernel.changes import M, claim, ensure, revise

BY = "load_history"


class Keeper:
    """Creates rows that are not there yet and counts them by what they are."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def keep(self, model: type[M], key: dict[str, Any], **values: Any) -> M:
        """The row with that key, created if there is none."""
        row, is_new = ensure(model, by=BY, key=key, **values)
        self.counts[str(model._meta.verbose_name_plural)] += is_new
        return row

    def claim(self, subject: models.Model, event: str, source: str, **values: Any) -> None:
        """A dated fact with its source."""
        _, is_new = claim(subject, event, by=BY, source=source, **values)
        self.counts["claims"] += is_new

    def complete(self, row: models.Model, **values: Any) -> None:
        """Fill in what is still empty in a row."""
        missing = {name: value for name, value in values.items() if getattr(row, name) in (None, "")}
        if missing:
            revise(row, by=BY, **missing)
            self.counts[f"{row._meta.verbose_name_plural} completed"] += 1
