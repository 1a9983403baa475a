from importlib import import_module

from django.apps import AppConfig


class ConcordatConfig(AppConfig):
    name = "concordat"
    verbose_name = "National picture"

    def ready(self) -> None:
        # Not admin.autodiscover(): that imports leaflet.admin, which needs GDAL and
        # stops the process where there is none (django-leaflet issue 299).
        for app in ("concordat.kernel", "areas", "signatories", "actionplans", "concordat.reports"):
            import_module(f"{app}.admin")
        import_module("concordat.accounts.receivers").connect()
