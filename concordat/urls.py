from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path, re_path, register_converter
from django.utils.functional import lazy
from django.views.generic import RedirectView

from concordat import api, errors, hooks, probes
from concordat.accounts import invitations
from concordat.pages import (
    areas,
    calendars,
    comparing,
    contact,
    declarations,
    fewer_mails,
    finding,
    maps,
    national,
    organisations,
    partnerships,
    plans,
    trust,
)
from concordat.workspace.documents import document_file


class RowId:
    """The id of a row: a positive number that the database can hold."""

    regex = "[1-9][0-9]{0,17}"
    to_python = staticmethod(int)
    to_url = staticmethod(str)


register_converter(RowId, "id")
static_lazy = lazy(static, str)  # its name is known only once static files are collected

urlpatterns = [
    path("", national.front_page, name="front-page"),
    path("map.svg", maps.map_svg, name="map-svg"),
    path("boundaries/<slug:name>.json", maps.boundaries, name="boundaries"),
    path("areas/", areas.area_list, name="area-list"),
    path("areas/find/", finding.find, name="area-find"),
    path("areas/<slug:slug>/", areas.area_page, name="area"),
    path("areas/<slug:slug>/deadlines.ics", calendars.area_deadlines, name="area-deadlines"),
    path("partnerships/<slug:slug>/", partnerships.partnership_page, name="partnership"),
    path("declarations/<id:pk>/", declarations.declaration_page, name="declaration"),
    path("plans/<id:pk>/", plans.plan_page, name="plan"),
    path("plans/<id:pk>/versions/<id:version_pk>/", plans.version_page, name="plan-version"),
    path("plans/<id:pk>/compare/<id:version_pk>/", comparing.compare_page, name="plan-compare"),
    path("actions/<id:pk>/", plans.action_page, name="action"),
    path("organisations/<slug:slug>/", organisations.organisation_page, name="organisation"),
    path("boards/<slug:slug>/", organisations.board_page, name="board"),
    path("api/v1/status", api.status, name="api-status"),
    path("api/v1/history", api.history, name="api-history"),
    re_path("^api/", errors.nothing_here),
    path("accessibility/", trust.accessibility, name="accessibility"),
    path("privacy/", trust.privacy, name="privacy"),
    path("cookies/", trust.cookies, name="cookies"),
    path("licence/", trust.licence, name="licence"),
    path("contact/", contact.contact, name="contact"),
    path("contact/sent/", contact.contact_sent, name="contact-sent"),
    path("documents/<id:pk>/<str:name>", document_file, name="document"),
    path("workspace/", include("concordat.workspace.urls")),
    path("workspace/", include("concordat.workspace.urls_people")),
    path("workspace/", include("concordat.workspace.urls_chasing")),
    path("workspace/", include("concordat.workspace.urls_imports")),
    path("workspace/", include("concordat.workspace.urls_reports")),
    path("reports/", include("concordat.reports.urls")),
    path("accounts/", include("concordat.accounts.urls")),
    path("hooks/bounces/", hooks.bounces, name="hook-bounces"),
    path("fewer-mails/<str:token>/", fewer_mails.fewer_mails, name="fewer-mails"),
    path("u/-/", include("concordat.link.urls")),  # what is left of /u/<token> once that is off (link/address.py)
    path("me/<str:token>/deadlines.ics", calendars.own_deadlines, name="own-deadlines"),
    path(
        "me/<str:token>/partnerships/<slug:slug>/deadlines.ics",
        calendars.partnership_deadlines,
        name="partnership-deadlines",
    ),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("admin/", admin.site.urls),
    path("favicon.ico", RedirectView.as_view(url=static_lazy("mark.svg"))),  # asked for beside a picture or an answer
    path("robots.txt", probes.robots),
    path("healthz", probes.healthz),
    path("readyz", probes.readyz),
]

handler400 = errors.bad_request
handler500 = errors.server_error
