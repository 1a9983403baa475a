"""What is kept of reports: those that were frozen, and those that were ordered."""

from concordat.reports.models.frozen import FrozenLine, FrozenReport

__all__ = ["FrozenLine", "FrozenReport"]
