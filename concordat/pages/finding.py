"""Finding an area: straight to its page, or to a choice of areas, or to what else can be tried."""

import unicodedata
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from areas import finding
from concordat.asked import asked_of
from concordat.templatetags.day_links import day_query

LONGEST, SHOWN = 60, 40


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed, fit to be shown again, and what is wrong with it."""

    text: str = ""
    errors: str = ""

    @property
    def error_links(self) -> list[tuple[str, str]]:
        """For the list of problems at the top of the page."""
        return [("#q", self.errors)] if self.errors else []

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the address keeps while another day is chosen."""
        return [("q", self.text)] if self.text else []

    @property
    def shown(self) -> str:
        """The text in a sentence, shortened."""
        return f"{self.text[:SHOWN]}…" if len(self.text) > SHOWN else self.text


def search_of(typed: str | None) -> Search:
    """Read `?q=`; nothing is wrong where nothing was asked yet. Marks that steer the text around them are dropped."""
    if typed is None:
        return Search()
    seen = ("" if unicodedata.category(letter) in ("Cf", "Cs", "Co", "Cn") else letter for letter in typed)
    spaced = (" " if unicodedata.category(letter) == "Cc" else letter for letter in "".join(seen))
    text = " ".join("".join(spaced).split())
    if not text:
        return Search(errors="Enter a postcode, or the name of an area.")
    if len(text) > LONGEST:
        return Search(text[:SHOWN], f"What you enter must be {LONGEST} characters or fewer.")
    return Search(text)


# Not kept anywhere: what one person looks for, perhaps their postcode, is of no use to the next.
@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The page of the one area that is meant by `?q=`, as of `?on=`; else the search, with what was found."""
    asked, search = asked_of(request), search_of(request.GET.get("q"))
    found = finding.Found()
    if search.text and not search.errors:
        found = finding.find(search.text, finding.known_places(), asked.on)
    if found.only and not asked.refusal:
        return redirect(reverse("area", args=[found.only.slug]) + day_query(asked))
    page = {
        "asked": asked,
        "on": asked.on,
        "today": asked.today,
        "form": search,
        "found": found,
        "places": [(place, place.exists_on(asked.on)) for place in found.places],
    }
    return render(request, "pages/find.html", page, status=asked.status_code)
