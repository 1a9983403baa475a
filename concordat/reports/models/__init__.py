"""What is kept of reports: those that were frozen, those that were ordered, and how they are made again and again."""

from concordat.reports.models.frozen import FrozenLine, FrozenReport
from concordat.reports.models.order import ReportDelivery, ReportOrder, State
from concordat.reports.models.schedule import ReportSchedule, Rhythm

__all__ = ["FrozenLine", "FrozenReport", "ReportDelivery", "ReportOrder", "ReportSchedule", "Rhythm", "State"]
