"""The addresses of the workspace, from the project's own list of them."""

from collections.abc import Iterator

from django.urls import URLResolver, get_resolver, reverse
from django.urls.converters import StringConverter


def workspace() -> Iterator[tuple[str, str]]:
    """Each name, with an address under it; nothing need be there."""
    for part in get_resolver().url_patterns:
        if isinstance(part, URLResolver) and str(part.pattern) == "workspace/":
            for pattern in part.url_patterns:
                wanted = pattern.pattern.converters.items()
                kwargs = {name: "x" if isinstance(kind, StringConverter) else 7 for name, kind in wanted}
                yield pattern.name, reverse(pattern.name, kwargs=kwargs)
