"""Every report by its name, in the order in which they are listed."""

from concordat.reports import (
    board,
    changes,
    data_quality,
    history,
    lagging,
    meeting,
    ministerial,
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
        ministerial.REPORT,
        lagging.REPORT,
        signatories.REPORT,
        themes.REPORT,
        data_quality.REPORT,
        changes.REPORT,
        history.REPORT,
        board.REPORT,
        meeting.REPORT,
        tracker.REPORT,
        organisation.REPORT,
    )
}
