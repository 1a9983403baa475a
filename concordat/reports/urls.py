from django.urls import path, register_converter

from concordat.reports import frozen_pages, pages


class FileKind:
    """The end of a file's name."""

    regex = "csv|json|xlsx|ods|pdf"
    to_python = to_url = staticmethod(str)


register_converter(FileKind, "kind")

urlpatterns = [
    path("", pages.report_list, name="report-list"),
    path("frozen/<id:pk>.html", frozen_pages.frozen_page, name="report-frozen"),
    path("frozen/<id:pk>.<kind:kind>", frozen_pages.frozen_file, name="report-frozen-file"),
    path("<slug:name>.html", pages.report_page, name="report-page"),
    path("<slug:name>.<kind:kind>", pages.report_file, name="report-file"),
]
