"""The addresses of the workspace, from the project's own list of them."""

from collections.abc import Iterator

from django.urls import URLResolver, get_resolver, reverse


def workspace() -> Iterator[tuple[str, str]]:
    """Each name, with an address under it; nothing need be there."""
    for part in get_resolver().url_patterns:
        if isinstance(part, URLResolver) and str(part.pattern) == "workspace/":
            for pattern in part.url_patterns:
                kwargs = {name: 7 if name == "pk" else "x" for name in pattern.pattern.converters}
                yield pattern.name, reverse(pattern.name, kwargs=kwargs)
