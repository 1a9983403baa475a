"""The addresses of the signed link, as they are once its token is off the path (address.py)."""

from django.urls import path

from concordat.link import answering, pages

urlpatterns = [
    path("", pages.overview, name="link"),
    path("no-change", pages.no_change, name="link-no-change"),
    path("switch-off", pages.switch_off, name="link-switch-off"),
    path("<id:pk>", pages.action_page, name="link-action"),
    path("<id:pk>/<slug:kind>", answering.answer_page, name="link-answer"),
]
