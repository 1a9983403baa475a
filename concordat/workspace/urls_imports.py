from django.urls import path

from concordat.workspace import imports, trackers

urlpatterns = [
    path("versions/<id:pk>/tracker.xlsx", trackers.tracker_file, {"ending": "xlsx"}, name="workspace-tracker-xlsx"),
    path("versions/<id:pk>/tracker.csv", trackers.tracker_file, {"ending": "csv"}, name="workspace-tracker-csv"),
    path("blank-plan.xlsx", trackers.template, name="workspace-blank-plan"),
    path("versions/<id:pk>/import/", imports.start, name="workspace-import-new"),
    path("imports/<id:pk>/", imports.import_page, name="workspace-import"),
    path("imports/<id:pk>/progress/", imports.progress, name="workspace-import-progress"),
    path("imports/<id:pk>/questions/", imports.questions, name="workspace-import-questions"),
    path("imports/<id:pk>/columns/", imports.columns, name="workspace-import-columns"),
    path("imports/<id:pk>/apply/", imports.apply, name="workspace-import-apply"),
    path("imports/<id:pk>/abandon/", imports.abandon, name="workspace-import-abandon"),
    path("imports/<id:pk>/file/", imports.file, name="workspace-import-file"),
]
