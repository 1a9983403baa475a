"""The settings of the product, with the bench's addresses; static files need not be collected."""

from concordat.settings import *  # noqa: F403 - the product's own

ROOT_URLCONF = "tests.bench.urls"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
