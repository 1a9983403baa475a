from django.conf import settings
from django.http import HttpRequest


def demonstration(request: HttpRequest) -> dict[str, bool]:
    """Whether this is the demonstration country: then every page says so."""
    return {"is_demonstration": settings.DEMO}
