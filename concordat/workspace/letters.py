"""A digest before it goes, exactly as it will be sent; and sending it now."""

from datetime import datetime
from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.chasing.by_hand import NO_TIME, NOTHING, send_now
from actionplans.chasing.preview import Letter, View, letter_now, next_letter
from actionplans.chasing.sending import may_send
from concordat.accounts.gate import SignedInRequest, signed_in
from concordat.asked import Asked, asked_of
from concordat.handing import hand_to_worker
from concordat.kernel.dates import LONDON
from concordat.tasks import mail_message
from concordat.workspace.chased import named, sees
from concordat.workspace.chasing import partnership_of
from concordat.workspace.words import MAIL_STYLE
from signatories.access import Access
from signatories.models import Message, Partnership, Person
from signatories.models.mailed import MailState
from signatories.services.errors import NotAllowedError

WENT = (MailState.MAILED, MailState.UNCERTAIN)
# The page of a mail alone brings its own style, and may do nothing at all.
INERT = csp_replace({
    "sandbox": [True],
    **MAIL_STYLE,
    **{name: [NONE] for name in ("script-src", "img-src", "connect-src", "font-src", "form-action")},
})  # fmt: skip


def _view(access: Access, person: Person) -> View:
    """How somebody who looks after chasing sees a digest."""
    return View(sees(access), named(person, access))


@require_safe
@csp_update(MAIL_STYLE)
@signed_in
def preview_page(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The digest that somebody gets next, as of today or another day (`?on=`): text, and the page of the mail."""
    partnership, asked = partnership_of(request, slug), asked_of(request)
    person = get_object_or_404(Person, pk=pk)
    view = _view(request.access, person)
    letter = _of_partnership(next_letter(person, asked.on, view), partnership)
    context = {
        **_context(partnership, person, view, letter, asked),
        "may_send": may_send(timezone.now()) and not asked.is_past,
        "no_time": NO_TIME,
    }
    return render(request, "workspace/chasing_preview.html", context, status=asked.status_code)


@require_safe
@INERT
@signed_in
def letter(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The page of the mail alone; `?now`: as it is if it is sent now."""
    partnership, asked = partnership_of(request, slug), asked_of(request)
    person = get_object_or_404(Person, pk=pk)
    make = letter_now if "now" in request.GET else next_letter
    found = _of_partnership(make(person, asked.on, _view(request.access, person)), partnership)
    return HttpResponse(found.html, status=asked.status_code)


@require_http_methods(["GET", "HEAD", "POST"])
@csp_update(MAIL_STYLE)
@signed_in
def send_page(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What somebody gets if their digest is sent now; POST sends it."""
    partnership, now = partnership_of(request, slug), timezone.now()
    on = now.astimezone(LONDON).date()
    person = get_object_or_404(Person, pk=pk)
    view = _view(request.access, person)
    letter = letter_now(person, on, view)
    if not _is_of(letter, partnership):
        _of_partnership(next_letter(person, on, view), partnership)
        letter = None
    refusal = "" if may_send(now) else NO_TIME
    if letter is None:
        refusal = NOTHING
    if request.method == "POST" and not refusal:
        refusal = _send(request, person, now)
        if not refusal:
            messages.success(request, f"The email to {view.name} is on its way. What comes of it stands in the list.")
            return HttpResponseRedirect(reverse("workspace-chasing-partnership", args=[slug]))
    went = Message.objects.barring(on).filter(recipient=person, mail_state__in=WENT).order_by("-mail_moved_at")
    context = _context(partnership, person, view, letter, Asked(on, on)) | {"refusal": refusal, "went": went.first()}
    return render(
        request, "workspace/chasing_send.html", context, status=400 if refusal and request.method == "POST" else 200
    )


def _send(request: SignedInRequest, person: Person, now: datetime) -> str:
    """Have the digest sent; the refusal, if it is not."""
    try:
        message = send_now(person, by=request.user, now=now)
    except NotAllowedError as refusal:
        return str(refusal)

    def have_it_mailed() -> None:  # no partial: Django asks what failed for its name
        hand_to_worker(mail_message, message.pk)

    transaction.on_commit(have_it_mailed, robust=True)
    return ""


def _is_of(letter: Letter | None, partnership: Partnership) -> bool:
    return letter is not None and any(row.partnership_id == partnership.pk for row in letter.notices)


def _of_partnership(letter: Letter | None, partnership: Partnership) -> Letter:
    """The letter, if something in it is of that partnership. Raises Http404."""
    if letter is None or not _is_of(letter, partnership):
        raise Http404("Nothing of the partnership goes to them.")
    return letter


def _context(
    partnership: Partnership, person: Person, view: View, letter: Letter | None, asked: Asked
) -> dict[str, Any]:
    return {"partnership": partnership, "person": person, "name": view.name, "letter": letter, "asked": asked}
