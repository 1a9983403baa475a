from django.urls import path

from actionplans.models import Action, PlanVersion
from concordat.workspace import (
    actions,
    declarations,
    documents,
    history,
    mine,
    national,
    owners,
    partnerships,
    removal,
    review,
    versions,
)
from signatories.models import Declaration

urlpatterns = [
    path("", mine.my_work, name="workspace"),
    path("actions/<id:pk>/", actions.action_page, name="workspace-action"),
    path("actions/<id:pk>/no-change/", actions.no_change, name="workspace-no-change"),
    path("actions/<id:pk>/take-back/", actions.take_back, name="workspace-take-back"),
    path("actions/<id:pk>/owners/", owners.owners_page, name="workspace-owners"),
    path("actions/<id:pk>/history/", history.history_page, {"kind": "actions"}, name="workspace-action-history"),
    path("history/<slug:kind>/<id:pk>/", history.history_page, name="workspace-history"),
    path("remove/<str:label>/<id:pk>/", removal.removal_page, name="workspace-remove"),
    path("no-change/", mine.no_change, name="workspace-no-change-many"),
    path("actions/<id:pk>/evidence/", documents.documents_page, {"model": Action}, name="workspace-evidence"),
    path(
        "declarations/<id:pk>/documents/",
        documents.documents_page,
        {"model": Declaration},
        name="workspace-declaration-documents",
    ),
    path(
        "versions/<id:pk>/documents/",
        documents.documents_page,
        {"model": PlanVersion},
        name="workspace-version-documents",
    ),
    path("documents/<id:pk>/", documents.document_page, name="workspace-document"),
    path("partnerships/", partnerships.partnership_list, name="workspace-partnerships"),
    path("partnerships/<slug:slug>/", partnerships.dashboard, name="workspace-partnership"),
    path("partnerships/<slug:slug>/declarations/new/", declarations.begin, name="workspace-declaration-new"),
    path("declarations/", declarations.declaration_list, name="workspace-declarations"),
    path("declarations/<id:pk>/", declarations.declaration_page, name="workspace-declaration"),
    path("declarations/<id:pk>/areas/", declarations.take_over_areas, name="workspace-declaration-areas"),
    path("declarations/<id:pk>/sign/", declarations.sign, name="workspace-sign"),
    path("signatures/<id:pk>/withdraw/", declarations.withdraw_signature, name="workspace-signature-withdraw"),
    path("versions/<id:pk>/", versions.version_page, name="workspace-version"),
    path("national/", national.queue, name="workspace-national"),
    path("national/declarations/<id:pk>/", national.declaration_page, name="workspace-national-declaration"),
    path("national/versions/<id:pk>/", national.version_page, name="workspace-national-version"),
    path("review/", review.queue, name="workspace-review"),
    path("reports/<id:pk>/", review.report_page, name="workspace-report"),
]
