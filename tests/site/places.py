"""One address of every type of public page, in a made-up country with something of everything."""

from django.core.management import call_command

from actionplans.models import Action, ActionOwner, ActionPlan, PlanVersion
from actionplans.progress import Thresholds
from actionplans.work import work_on
from areas.models import Area
from concordat.kernel.dates import today
from signatories.models import Board, Declaration, Organisation, Partnership
from signatories.outbox.links import token_of
from tests import factories as make

TODAY = "2026-11-01"


def busy_country() -> None:
    """A small made-up country over the real areas and their boundaries."""
    call_command("load_areas", verbosity=0)
    call_command("load_boundaries", verbosity=0)
    call_command("load_demo", partnerships=8, actions=6, seed=5, on=TODAY, verbosity=0)


def every_type() -> dict[str, str]:
    """Addresses by what they show; the country is there."""
    plan = ActionPlan.objects.filter(versions__superseded_on__isnull=False, actions__isnull=False).first()
    assert plan
    old = PlanVersion.objects.filter(plan=plan, superseded_on__isnull=False).earliest("id")
    area = Area.objects.filter(slug=_area_with_actions()).get()
    moved = Action.objects.filter(date_changes__isnull=False, updates__state="accepted", plan__kind="concordat").first()
    assert moved
    return {
        "the map, signing up": "/",
        "the map, delivery": "/?lens=delivery",
        "the map on a day of the past, filtered": "/?on=2020-02-01&region=London&status=amber",
        "the map, a day that makes no sense": "/?on=yesterday",
        "all areas": "/areas/",
        "an area with actions": f"/areas/{area.slug}/",
        "an area that has ended": "/areas/cumbria/",
        "an area that inherited": "/areas/cumberland/?on=2023-06-01",
        "finding, not yet asked": "/areas/find/",
        "finding several": "/areas/find/?q=north",
        "finding none": "/areas/find/?q=xyzzy",
        "a partnership": plan.partnership.get_absolute_url(),
        "a partnership elsewhere": Partnership.objects.exclude(pk=plan.partnership_id).latest("id").get_absolute_url(),
        "a declaration": Declaration.objects.filter(signatures__isnull=False).earliest("id").get_absolute_url(),
        "a plan": plan.get_absolute_url(),
        "an old version of a plan": f"/plans/{plan.pk}/versions/{old.pk}/",
        "an action": moved.get_absolute_url(),
        "an organisation": Organisation.objects.filter(leads__isnull=False).earliest("id").get_absolute_url(),
        "a board": f"/boards/{Board.objects.earliest('id').slug}/",
        "accessibility": "/accessibility/",
        "privacy": "/privacy/",
        "cookies": "/cookies/",
        "licence": "/licence/",
        "contact": "/contact/?about=/areas/",
        "contact, sent": "/contact/sent/",
        "not found": "/nowhere/",
        **_of_a_link(),
    }


def _of_a_link() -> dict[str, str]:
    """The link of a reminder to somebody who answers for an open action; and one that does not open."""
    on = today()
    owners = {owner.action_id: owner.person for owner in ActionOwner.objects.may_report(on).select_related("person")}
    work = next(work for work in work_on(Action.objects.filter(pk__in=owners), on, Thresholds()) if work.action.is_open)
    action = Action.objects.get(pk=work.action.id)
    link = make.make_link(message=make.make_message(recipient=owners[action.pk], day=on), actions=[action])
    base = f"/u/{token_of(link)}/"
    return {
        "the link of a reminder": base,
        "an action of that link": f"{base}{action.pk}",
        "an answer by that link": f"{base}{action.pk}/new-date",
        "a link that does not open": "/u/nonsense/",
    }


def _area_with_actions() -> str:
    """The slug of an area that a plan with actions covers today."""
    plan = ActionPlan.objects.filter(kind="concordat", actions__isnull=False, coverage__area__until_on__isnull=True)
    slug: str = plan.values_list("coverage__area__slug", flat=True).first() or ""
    return slug
