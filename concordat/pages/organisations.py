"""The pages of an organisation and of a board: what they signed, lead and oversee."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from actionplans.models import ActionInVersion, ActionLead
from actionplans.reading import ActionOnDay, actions_on
from concordat.asked import asked_of
from concordat.caching import public_page
from concordat.kernel.periods import holds_on
from concordat.pages.dated import dated_page, day_within, life_sentence
from concordat.pages.slugs import in_small_letters
from concordat.picture import thresholds_of
from signatories.models import Board, Organisation, PartnershipCoverage, Programme, Signature
from signatories.models.declaration import live_on

ACTIONS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class LedIn:
    """The actions on this page that the organisation leads or works on in one partnership."""

    partnership: str
    slug: str
    actions: list[ActionOnDay]


@public_page("on", "page")
@in_small_letters(Organisation)
def organisation_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The organisation on the day, with the actions that it answers for, fifty at a time."""
    asked = asked_of(request)
    organisation = get_object_or_404(Organisation, slug=slug)
    on, programme = asked.on, Programme.objects.order_by("id").first()
    day = day_within(organisation, on)
    page = actions_page(organisation, on, request.GET.get("page", "1"))
    return dated_page(
        request,
        "pages/organisation.html",
        asked,
        programme,
        organisation=organisation,
        life=life_sentence(organisation, "This organisation", on),
        names=organisation.names.filter(Q(from_on__isnull=True) | Q(from_on__lte=on)).order_by("from_on", "name"),
        identifiers=organisation.identifiers.order_by("scheme", "value"),
        signatures=signatures_by(organisation, on),
        page=page,
        led=led_actions(page, programme, on) if programme else [],
        memberships=organisation.partnership_memberships.filter(holds_on(day))
        .select_related("partnership")
        .order_by("partnership__name"),
        chairs=organisation.chairs.filter(holds_on(day)).select_related("board").order_by("board__name", "role"),
        statements=organisation.statements.filter(Q(said_on__isnull=True) | Q(said_on__lte=on)).select_related(
            "person", "partnership"
        ),
    )


def signatures_by(organisation: Organisation, on: date) -> QuerySet[Signature, Signature]:
    """What it had signed by the day: only published declarations, the newest first."""
    signed = Q(signed_on__isnull=True) | Q(signed_on__lte=on)
    rows = organisation.signatures.filter(signed, declaration__published_on__lte=on)
    return rows.select_related("declaration__partnership").order_by("-declaration__published_on", "id")


def actions_page(organisation: Organisation, on: date, number: str) -> Page[Any]:
    """One page of the live lines whose action it leads or works on, by partnership and plan. Two queries.

    Raises Http404 where there is no such page, and for a number written in any but the usual way: each way of
    writing would be kept as a page of its own.
    """
    if not re.fullmatch("[1-9][0-9]{0,8}", number):
        raise Http404("This is no number of a page.")
    leading = ActionLead.objects.filter(holds_on(on), organisation=organisation, action=OuterRef("action"))
    lines = (
        ActionInVersion.objects.filter(live_on(on, "version__"), Exists(leading))
        .order_by("version__plan__partnership__name", "version__plan__title", "version_id", "position", "id")
        .values_list("version_id", "action_id", "version__plan__partnership__name", "version__plan__partnership__slug")
    )
    try:
        return Paginator(lines, ACTIONS_ON_A_PAGE).page(number)
    except InvalidPage:
        raise Http404("There is no such page of this organisation's actions.") from None


def led_actions(page: Page[Any], programme: Programme, on: date) -> list[LedIn]:
    """The actions of the page as they stand on the day, by partnership. Two queries."""
    lines = list(page.object_list)
    found = actions_on({line[0] for line in lines}, on, thresholds_of(programme), only={line[1] for line in lines})
    reading = {(action.version_id, action.id): action for action in found}
    return [
        LedIn(name, slug, [reading[version, action] for version, action, *_ in of_one])
        for (name, slug), of_one in groupby(lines, lambda line: line[2:])
    ]


@public_page("on")
@in_small_letters(Board)
def board_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A board on the day: which office chairs it, and what it oversees."""
    asked = asked_of(request)
    board = get_object_or_404(Board, slug=slug)
    day = day_within(board, asked.on)
    overseen = board.oversight.filter(holds_on(day)).select_related("partnership").order_by("partnership__name")
    covered = PartnershipCoverage.objects.filter(
        holds_on(day), partnership__in=overseen.order_by().values("partnership")
    )
    return dated_page(
        request,
        "pages/board.html",
        asked,
        Programme.objects.order_by("id").first(),
        board=board,
        life=life_sentence(board, "This board", asked.on),
        chairs=board.chairs.filter(holds_on(day)).select_related("organisation").order_by("role", "id"),
        overseen=overseen,
        coverage=covered.select_related("area").order_by("area__name", "label"),
    )
