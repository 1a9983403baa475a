from django.urls import path

from concordat.workspace import actions, history, mine, owners, partnerships, review

urlpatterns = [
    path("", mine.my_work, name="workspace"),
    path("actions/<id:pk>/", actions.action_page, name="workspace-action"),
    path("actions/<id:pk>/no-change/", actions.no_change, name="workspace-no-change"),
    path("actions/<id:pk>/take-back/", actions.take_back, name="workspace-take-back"),
    path("actions/<id:pk>/owners/", owners.owners_page, name="workspace-owners"),
    path("actions/<id:pk>/history/", history.action_history, name="workspace-action-history"),
    path("no-change/", mine.no_change, name="workspace-no-change-many"),
    path("partnerships/", partnerships.partnership_list, name="workspace-partnerships"),
    path("partnerships/<slug:slug>/", partnerships.dashboard, name="workspace-partnership"),
    path("review/", review.queue, name="workspace-review"),
    path("reports/<id:pk>/", review.report_page, name="workspace-report"),
]
