"""Of what packages bring, only what our pages ask for is given out."""

from django.contrib.staticfiles.finders import get_finders


def test_one_file_of_htmx_is_enough() -> None:
    listed = {path for finder in get_finders() for path, _ in finder.list(None)}
    assert {path for path in listed if path.startswith("django_htmx/")} == {"django_htmx/htmx-2.min.js"}
    assert any(path.startswith("leaflet/") for path in listed)
