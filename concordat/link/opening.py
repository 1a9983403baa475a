"""The door of the signed link: who may pass, and what they find of its actions. Days in London, moments in UTC."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actionplans.models import Action, ProgressUpdate
from actionplans.work import Work, work_on
from concordat.kernel.dates import today
from concordat.kernel.tokens import FIRST
from concordat.limits import origin, too_often
from concordat.link.address import LinkRequest, Token
from concordat.link.standing import Standing, standing
from concordat.link.too_many import WITHIN, is_too_much, not_sent, too_many
from concordat.picture import thresholds_of
from signatories.access import Access, access_of
from signatories.models import Person, SignedLink
from signatories.outbox import links
from signatories.outbox.links import LinkError

MOST_UNKNOWN = 60  # links that do not open, from one address
NOT_IN_IT = "The email did not ask you about this action, so its link does not open it."
SOMEBODY_ELSE = (
    "You are signed in here as somebody else than the person to whom the email was sent. If it was sent to you, sign "
    "out first and open the link again. Your own actions are in your workspace."
)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who came by a link that opens. `access` is what they may do by it; `on` is today."""

    token: Token
    link: SignedLink
    access: Access
    on: date
    now: datetime

    @property
    def person(self) -> Person:
        """To whom the email was sent: whoever answers by it answers as they."""
        person: Person = self.link.message.recipient
        return person

    @property
    def base(self) -> str:
        """The path of its first page; the others lie below it."""
        return f"{FIRST}{self.token.reveal()}/"


@dataclass(frozen=True, slots=True)
class Row:
    """One action of a link. `accepted` is its last accepted report (its id; 0: none)."""

    action: Action
    standing: Standing
    work: Work | None
    accepted: int

    @property
    def is_answerable(self) -> bool:
        return self.standing is Standing.ANSWERABLE

    @property
    def waits(self) -> bool:
        """Whether a report of it is with the coordinator."""
        return bool(self.work and self.work.report and self.work.report.state == ProgressUpdate.State.SUBMITTED)

    @property
    def may_be_ticked(self) -> bool:
        """Whether “no change” may be said with one tick."""
        return bool(self.work and self.work.may_say_no_change)

    @property
    def needs_sign_in(self) -> bool:
        """Whether the partnership asks for a sign-in before it is closed."""
        return bool(self.action.plan.partnership.sign_in_to_close)


View = Callable[..., HttpResponse]


def by_link(*methods: str) -> Callable[[View], View]:
    """A page of the signed link: the view is given the visit. Reading a page changes nothing, whoever reads it.

    What is sent by it stands or falls with it: nobody takes the link back in between.

    It needs no cookie, and the proof against other sites' forms that hangs on one: the token is the proof, and no other
    site knows it. (Without a referrer, browsers send such forms without their origin too.)
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @require_http_methods(methods)
        @wraps(view)
        def answer(request: Any, **kwargs: Any) -> HttpResponse:
            now = timezone.now()
            try:
                link = links.find(request.token.reveal(), now=now)
            except LinkError as error:
                is_guess = error.status == 404
                if is_guess and too_often("unknown-links", origin(request), at_most=MOST_UNKNOWN, seconds=WITHIN):
                    return too_many(request)
                return refused(request, str(error), error.status)
            if is_too_much(request, link.pk):
                return not_sent(request, kwargs.get("kind", "")) if request.method == "POST" else too_many(request)
            if request.user.is_authenticated and request.user.pk != link.message.recipient_id:
                return refused(request, SOMEBODY_ELSE, 404)
            on = today()
            visit = Visit(request.token, link, access_of(link.message.recipient, on).by_link, on, now)
            if request.method != "POST":
                return view(request, visit, **kwargs)
            try:
                with transaction.atomic():
                    links.keep_open(link)
                    return view(request, visit, **kwargs)
            except LinkError as error:
                return refused(request, str(error), error.status)

        return answer

    return decorate


def refused(request: LinkRequest, sentence: str, status: int) -> HttpResponse:
    """A plain page that says why the link does not open, and nothing else."""
    return render(request, "link/refused.html", {"sentence": sentence, "is_over": status == 410}, status=status)


def rows_of(visit: Visit, only: Collection[int] | None = None) -> list[Row]:
    """The actions of the link, or those `only` (ids) among them, the most urgent first. Eight queries."""
    ids = set(visit.link.action_ids) & set(visit.link.action_ids if only is None else only)
    related = "plan__partnership__programme"
    actions = {action.pk: action for action in Action.objects.filter(pk__in=ids).select_related(related)}
    own = set(
        Action.objects.own_work(visit.access, visit.on).filter(pk__in=ids).order_by().values_list("pk", flat=True)
    )
    works = _works(own, actions, visit.on)
    accepted = dict(
        ProgressUpdate.objects.accepted()
        .filter(action__in=ids, until_on__isnull=True)
        .order_by()
        .values_list("action_id", "pk")
    )
    order = [*works, *(pk for pk in actions if pk not in works)]
    return [
        Row(
            actions[pk],
            standing(
                is_own=pk in own,
                is_in_force=pk in works,
                is_open=pk in works and works[pk].action.is_open,
            ),
            works.get(pk),
            accepted.get(pk, 0),
        )
        for pk in order
    ]


def _works(own: set[int], actions: dict[int, Action], on: date) -> dict[int, Work]:
    """How the person's own actions stand, in the order of their urgency."""
    if not own:
        return {}
    programme = actions[min(own)].plan.partnership.programme
    works = work_on(Action.objects.filter(pk__in=own), on, thresholds_of(programme))
    return {work.action.id: work for work in works}


def row_of(visit: Visit, pk: int) -> Row | None:
    """That action, if the link is for it."""
    return next(iter(rows_of(visit, [pk])), None)
