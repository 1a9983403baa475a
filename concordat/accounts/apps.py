from django.contrib.admin.apps import SimpleAdminConfig


class AdministrationConfig(SimpleAdminConfig):
    """The admin behind our own sign-in. Its modules are imported by concordat/apps.py, which says why."""

    default_site = "concordat.accounts.admin_site.GatedSite"
