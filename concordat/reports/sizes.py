"""How large a report will be, told cheaply: whether it is answered at once, or ordered. Two queries at most."""

from django.db.models import QuerySet

from actionplans.models import ActionInVersion
from actionplans.register import live
from concordat.reports.narrowing import lines_wanted
from concordat.reports.questions import Question
from concordat.reports.report import Report
from signatories.models import Programme

# The reports that have a row for each action; the others have one for each area, or as many as a paper holds.
OF_ACTIONS = frozenset({"tracker", "organisation", "data-quality"})
LARGE = 10_000  # rows: more of them take longer than somebody waits for a page


def about_rows(report: Report, question: Question) -> int:
    """About how many rows of actions it has; 0 for a report that has none of them."""
    return _actions(question).count() if report.name in OF_ACTIONS else 0


def is_large(report: Report, question: Question) -> bool:
    """Whether somebody would wait too long for it. No more actions are counted than it takes to know."""
    return report.name in OF_ACTIONS and _actions(question)[: LARGE + 1].count() > LARGE


def _actions(question: Question) -> QuerySet[ActionInVersion]:
    """The actions that the question is about, as they stand in the plans that are in force on its day."""
    programme = Programme.objects.order_by("id").first()
    if programme is None:
        return ActionInVersion.objects.none()
    return ActionInVersion.objects.filter(live(question.on), lines_wanted(question, programme)).order_by()
