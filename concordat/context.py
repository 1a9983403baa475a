from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from concordat.accounts import typed


def of_every_page(request: HttpRequest) -> dict[str, object]:
    """Whether this is the demonstration country, for then every page says so; the address of the site; the mark of who
    opens a form (`accounts/typed.py`), made only where a form asks for it; and whether a form holds what was kept.
    """
    who = SimpleLazyObject(lambda: typed.who(request.user))
    was_kept = getattr(request, "was_kept", False)
    site = settings.SITE_URL.rstrip("/")
    return {"is_demonstration": settings.DEMO, "site": site, "who": who, "was_kept": was_kept}
