from django.conf import settings
from django.http import HttpRequest


def of_every_page(request: HttpRequest) -> dict[str, object]:
    """Whether this is the demonstration country, for then every page says so; and the address of the site."""
    return {"is_demonstration": settings.DEMO, "site": settings.SITE_URL.rstrip("/")}
