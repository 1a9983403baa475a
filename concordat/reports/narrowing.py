"""Which lines of plans a question is about, for the database. Days are days in London."""

from django.db.models import Exists, OuterRef, Q

from actionplans.models import Action, ActionLead, PlanCoverage
from concordat.reports.questions import Question
from signatories.models import Organisation, Programme


def lines_wanted(question: Question, programme: Programme) -> Q:
    """The lines (ActionInVersion) of the programme that the question is about, by all that it names but the status."""
    wanted = Q(version__plan__partnership__programme=programme)
    if question.partnership:
        wanted &= Q(version__plan__partnership=question.partnership)
    if question.region:
        there = PlanCoverage.objects.on(question.on).filter(area__region=question.region)
        wanted &= Q(Exists(there.filter(plan=OuterRef("version__plan"))))
    if question.theme:
        themes = Action.themes.through.objects.filter(theme=question.theme)
        of_it = [Exists(themes.filter(action=OuterRef(path))) for path in ("action", "action__mirrors")]
        wanted &= Q(of_it[0]) | Q(of_it[1])
    if question.organisation:
        wanted &= works_on(question.organisation, question)
    return wanted


def works_on(organisation: Organisation, question: Question) -> Q:
    """The lines that the organisation leads or works on that day.

    One that mirrors an action of another plan, and has no leads of its own, is led by whoever leads that one.
    """
    own, borrowed = (
        ActionLead.objects.on(question.on).filter(action=OuterRef(path)) for path in ("action", "action__mirrors")
    )
    is_borrowed = ~Exists(own) & Exists(borrowed.filter(organisation=organisation))
    return Q(Exists(own.filter(organisation=organisation))) | Q(is_borrowed)
