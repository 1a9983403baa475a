"""How large a report will be, told cheaply: whether it is answered at once, or ordered. Two queries at most."""

from django.db.models import QuerySet

from actionplans.models import ActionInVersion
from actionplans.register import live
from concordat.reports.narrowing import lines_wanted
from concordat.reports.questions import Question
from concordat.reports.report import Report
from signatories.models import Programme

# The reports that have a row for each action, or for most of them; the others have one for each area.
OF_ACTIONS = frozenset({"tracker", "organisation", "data-quality", "board", "meeting"})
LARGE = 10_000  # actions: more of them take longer than somebody waits for a page
LARGE_ON_PAPER = 1_500  # and for a PDF, of which 2,000 take ten seconds


def about_rows(report: Report, question: Question) -> int:
    """Of about how many actions it tells, row by row; 0 for a report that does not."""
    return _actions(question).count() if report.name in OF_ACTIONS else 0


def is_large(report: Report, question: Question, kind: str = "html") -> bool:
    """Whether somebody would wait too long for it in that format. No more actions are counted than it takes to know."""
    most = LARGE_ON_PAPER if kind == "pdf" else LARGE
    return report.name in OF_ACTIONS and _actions(question)[: most + 1].count() > most


def _actions(question: Question) -> QuerySet[ActionInVersion]:
    """The actions that the question is about, as they stand in the plans that are in force on its day."""
    programme = Programme.objects.order_by("id").first()
    if programme is None:
        return ActionInVersion.objects.none()
    return ActionInVersion.objects.filter(live(question.on), lines_wanted(question, programme)).order_by()
