"""Every report by its name, in the order in which they are listed."""

from concordat.reports import national, organisation, tracker
from concordat.reports.report import Report

REPORTS: dict[str, Report] = {each.name: each for each in (national.REPORT, tracker.REPORT, organisation.REPORT)}
