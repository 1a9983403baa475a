"""The addresses under which somebody's calendar program finds their deadlines: seen, made, renewed and ended."""

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from concordat.accounts.gate import sent_to, signed_in
from concordat.sentences import in_order
from concordat.workspace.differing import number_of
from signatories.models import CalendarAddress, Partnership
from signatories.services import calendars
from signatories.services.errors import NotAllowedError


class Feed(NamedTuple):
    """One calendar: what it is called, what is in it, and its address; `subscribe` opens a calendar program."""

    name: str
    about: str
    address: str

    @property
    def subscribe(self) -> str:
        """The address as calendar programs take it from a link."""
        return urlsplit(self.address)._replace(scheme="webcal").geturl()


@require_safe
@signed_in
def calendars_page(request: Any) -> HttpResponse:
    """My addresses, if I have asked for them; and how to make, renew and end them."""
    address = CalendarAddress.objects.filter(person=request.user, ended_at__isnull=True).first()
    context = {"address": address, "feeds": _feeds(request, calendars.token_of(address)) if address else []}
    return render(request, "workspace/calendars.html", context)


def _feeds(request: Any, token: str) -> list[Feed]:
    """My own calendar, and one for each partnership whose own side I see by a role there. One query."""
    site = settings.SITE_URL.rstrip("/")
    own = Feed(
        "Your deadlines",
        "The actions that you answer for, or that your organisation leads, and when updates on them are asked for.",
        site + reverse("own-deadlines", args=[token]),
    )
    partnerships = sorted(Partnership.objects.filter(pk__in=request.access.reads), key=lambda each: in_order(each.name))
    return [
        own,
        *(
            Feed(
                str(each),
                "All its open actions, its rounds of updates, and the meetings of its boards.",
                site + reverse("partnership-deadlines", args=[token, each.slug]),
            )
            for each in partnerships
        ),
    ]


TOLD = {
    "make": "You have an address now.",
    "renew": "You have a new address. The old one opens no more: give the new one to your calendar program.",
    "end": "Your addresses have ended. Take the calendars out of your calendar program.",
}


STEPS = {"renew": calendars.renew, "end": calendars.end}


@sent_to
@signed_in
def change_address(request: Any) -> HttpResponse:
    """`then`: `make`, `renew` or `end`, of the `version` that the person saw."""
    person, then, now = request.user, request.POST.get("then", ""), timezone.now()
    seen = number_of(request.POST.get("version"))
    try:
        if then == "make":
            calendars.make(person, by=person, now=now)
        elif then in STEPS:
            STEPS[then](get_object_or_404(CalendarAddress, person=person), seen=seen, by=person, now=now)
        else:
            raise NotAllowedError("Choose what to do.")
    except NotAllowedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, TOLD[then])
    return HttpResponseRedirect(reverse("workspace-calendars"))
