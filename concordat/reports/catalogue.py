"""Every report by its name, in the order in which they are listed."""

from concordat.reports import board, meeting, national
from concordat.reports.report import Report

REPORTS: dict[str, Report] = {each.name: each for each in (national.REPORT, board.REPORT, meeting.REPORT)}
