"""The console of chasing: what goes next and why, what went, what is held, and what became of the jobs."""

from django.urls import path

from concordat.workspace import chasing, holding, jobs, letters, outbox

urlpatterns = [
    path("chasing/", chasing.overview, name="workspace-chasing"),
    path("chasing/jobs/", jobs.jobs_page, name="workspace-chasing-jobs"),
    path("chasing/messages/", outbox.message_list, name="workspace-chasing-messages"),
    path("chasing/messages/again/", outbox.again_page, name="workspace-chasing-again"),
    path("chasing/messages/<id:pk>/", outbox.message_page, name="workspace-chasing-message"),
    path("chasing/notices/<id:pk>/hold/", holding.hold_notice, name="workspace-chasing-hold"),
    path("chasing/partnerships/<slug:slug>/", chasing.console, name="workspace-chasing-partnership"),
    path("chasing/partnerships/<slug:slug>/people/<id:pk>/", letters.preview_page, name="workspace-chasing-preview"),
    path("chasing/partnerships/<slug:slug>/people/<id:pk>/letter/", letters.letter, name="workspace-chasing-letter"),
    path("chasing/partnerships/<slug:slug>/people/<id:pk>/send/", letters.send_page, name="workspace-chasing-send"),
]
