"""The names of things in addresses: written in small letters, and found also by who writes a capital."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

View = Callable[..., HttpResponse]


def in_small_letters(model: type[Model]) -> Callable[[View], View]:
    """Lead `/areas/Kent/…` on to `/areas/kent/…`, if there is such a row and none that is written like the address.

    Raises Http404 if there is not. An address in small letters costs no query.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, slug: str) -> HttpResponse:
            small = slug.lower()
            if small == slug:
                return view(request, slug)
            there = set(model._default_manager.filter(slug__in=[slug, small]).values_list("slug", flat=True))
            if slug in there:
                return view(request, slug)
            if small not in there:
                raise Http404("There is nothing of this name.")
            before, _, after = request.path.rpartition(f"/{slug}/")
            path = f"{before}/{small}/{after}"
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)

        return answer

    return decorate
