"""Which lines of plans a question is about, for the database. Days are days in London."""

from django.db.models import Exists, OuterRef, Q

from actionplans.models import Action, ActionInVersion, ActionLead, PlanCoverage
from actionplans.register import live
from concordat.kernel.periods import holds_on
from concordat.reports.questions import Question
from signatories.models import Organisation, PartnershipMember, Programme


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


def at_work(question: Question) -> Q:
    """The organisations (Organisation) that lead or work on an action of a plan in force on the day.

    Where the question names a partnership: on one of its plans. The organisation that it names is always among them.
    """
    lines = ActionInVersion.objects.filter(live(question.on))
    if question.partnership:
        lines = lines.filter(version__plan__partnership=question.partnership)
    told = Exists(lines.filter(action=OuterRef("action"))) | Exists(lines.filter(action__mirrors=OuterRef("action")))
    leads = ActionLead.objects.on(question.on).filter(told, organisation=OuterRef("pk"))
    return Q(Exists(leads)) | _named_in(question)


def taking_part(question: Question) -> Q:
    """The organisations (Organisation) that take part in a partnership on the day, or in the one that is named."""
    members = PartnershipMember.objects.filter(holds_on(question.on), organisation=OuterRef("pk"))
    if question.partnership:
        members = members.filter(partnership=question.partnership)
    return Q(Exists(members)) | _named_in(question)


def _named_in(question: Question) -> Q:
    return Q(pk=question.organisation.pk) if question.organisation else Q(pk__in=[])
