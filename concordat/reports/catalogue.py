"""Every report by its name, in the order in which they are listed."""

from concordat.reports import (
    board,
    changes,
    data_quality,
    lagging,
    meeting,
    national,
    organisation,
    signatories,
    themes,
    tracker,
)
from concordat.reports.report import Report

REPORTS: dict[str, Report] = {
    each.name: each
    for each in (
        national.REPORT,
        lagging.REPORT,
        signatories.REPORT,
        themes.REPORT,
        data_quality.REPORT,
        changes.REPORT,
        board.REPORT,
        meeting.REPORT,
        tracker.REPORT,
        organisation.REPORT,
    )
}
