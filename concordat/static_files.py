"""Static files under names that hold a digest of what is in them, each also compressed."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What packages bring and no page of ours asks for: other versions of htmx, its extensions, and its debugging.
UNUSED = ("django_htmx/ext/*", "django_htmx/*-4*", "django_htmx/htmx-2.js", "django_htmx/django-htmx.js")


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise has no types
    """JavaScript modules, too, import each other by those names: a browser never mixes two releases."""

    support_js_module_import_aggregation = True


class UsedFiles(AppDirectoriesFinder):
    """The files of the apps, without those that are not used."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        """Each file with the storage that it is in."""
        yield from super().list([*(ignore_patterns or ()), *UNUSED])
