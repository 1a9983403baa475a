"""About how large a report will be, told cheaply: whether it is answered at once, or ordered. One query at most."""

from actionplans.models import Action
from concordat.reports.questions import Question
from concordat.reports.report import Report

# The reports that have a row for each action; the others have one for each area, or a fixed number.
OF_ACTIONS = frozenset({"tracker", "organisation", "data-quality", "changes"})
LARGE = 10_000  # rows: more of them take longer than somebody waits for a page


def about_rows(report: Report, question: Question) -> int:
    """About how many rows of actions it has; 0 for a report that has none of them."""
    if report.name not in OF_ACTIONS:
        return 0
    actions = Action.objects.all()
    if question.partnership:
        actions = actions.filter(plan__partnership=question.partnership)
    if question.organisation:
        actions = actions.filter(leads__organisation=question.organisation)
    if question.theme:
        actions = actions.filter(themes=question.theme)
    return actions.count()


def is_large(report: Report, question: Question) -> bool:
    """Whether somebody would wait too long for it."""
    return about_rows(report, question) > LARGE
