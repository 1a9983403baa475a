"""Reports that are ordered, and those that are made by themselves."""

from django.urls import path

from concordat.workspace import orders, schedules

urlpatterns = [
    path("orders/", orders.order_list, name="workspace-orders"),
    path("orders/new/<slug:name>/", orders.order_form, name="workspace-order-new"),
    path("orders/<id:pk>/", orders.order_page, name="workspace-order"),
    path("orders/<id:pk>/progress/", orders.progress, name="workspace-order-progress"),
    path("orders/<id:pk>/cancel/", orders.cancel, name="workspace-order-cancel"),
    path("orders/<id:pk>/file/", orders.file, name="workspace-order-file"),
    path("schedules/", schedules.schedule_list, name="workspace-schedules"),
    path("schedules/new/<slug:name>/", schedules.begin_page, name="workspace-schedule-new"),
    path("schedules/<id:pk>/", schedules.schedule_page, name="workspace-schedule"),
    path("schedules/<id:pk>/change/", schedules.change_page, name="workspace-schedule-change"),
    path("schedules/<id:pk>/step/", schedules.step, name="workspace-schedule-step"),
]
