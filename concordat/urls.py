from django.contrib import admin
from django.urls import path

from concordat import probes, views

urlpatterns = [
    path("", views.front_page, name="front-page"),
    path("admin/", admin.site.urls),
    path("healthz", probes.healthz),
    path("readyz", probes.readyz),
]
