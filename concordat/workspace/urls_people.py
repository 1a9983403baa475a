"""The pages about people: one's own account, and who has which role."""

from django.urls import path

from concordat.accounts import pages
from concordat.workspace import addresses, people

urlpatterns = [
    path("account/", pages.account, name="workspace-account"),
    path("account/sessions/<id:pk>/end/", pages.end_session, name="workspace-end-session"),
    path("account/links/switch-off/", pages.switch_off_links, name="workspace-links-off"),
    path("people/", people.people_page, name="workspace-people"),
    path("people/invite/", people.invite_page, name="workspace-invite"),
    path("people/invitations/<id:pk>/send/", people.send_again, name="workspace-invitation-send"),
    path("people/invitations/<id:pk>/revoke/", people.revoke, name="workspace-invitation-revoke"),
    path("people/roles/<id:pk>/end/", people.end_role_page, name="workspace-role-end"),
    path("people/<id:pk>/", people.person_page, name="workspace-person"),
    path("people/<id:pk>/close/", people.close_account_page, name="workspace-account-close"),
    path("people/<id:pk>/address/", addresses.address_page, name="workspace-address"),
    path("people/<id:pk>/open/", people.open_account, name="workspace-account-open"),
    path("people/<id:pk>/second-factors/", people.forget_second_factors, name="workspace-second-factors-forget"),
]
