"""Static files under names that hold a digest of what is in them, each also compressed."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise has no types
    """JavaScript modules, too, import each other by those names: a browser never mixes two releases."""

    support_js_module_import_aggregation = True
