"""Roles and invitations. Read-only: they are given, ended, sent and taken back on the people page of the workspace.

Sign-ins are not here: they are shown to the person alone.
"""

from django.contrib import admin

from concordat.kernel.administration import ReadOnlyAdmin, points_to
from signatories.models import Invitation, Membership, Organisation, Partnership, Person

points_to(Person, "Roles", Membership, lambda person: {"person__id__exact": person.pk})
points_to(Person, "Invitations they made", Invitation, lambda person: {"invited_by__id__exact": person.pk})
points_to(Organisation, "People", Membership, lambda row: {"organisation__id__exact": row.pk})
points_to(Partnership, "People", Membership, lambda row: {"partnership__id__exact": row.pk})


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    about = "Written when somebody accepts an invitation, and ended on the people page of the workspace."
    list_display = ("person", "role", "organisation", "partnership", "from_on", "until_on")
    list_filter = ("role", "from_on", "until_on")
    list_select_related = ("person", "organisation", "partnership")
    search_fields = ("person__name", "person__email", "organisation__name", "partnership__name")
    fields = ("person", "role", "organisation", "partnership", ("from_on", "until_on"))


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    about = "Written, sent again and taken back on the people page of the workspace."
    list_display = (
        "name", "email", "role", "organisation", "partnership", "invited_at", "expires_at", "accepted_at",
        "revoked_at", "mail_state",
    )  # fmt: skip
    list_filter = ("role", "mail_state", "invited_at", "accepted_at")
    list_select_related = ("organisation", "partnership")
    search_fields = ("name", "email", "organisation__name", "partnership__name")
    fields = (
        "name", "email", "role", "organisation", "partnership", ("invited_by", "invited_at"), "expires_at",
        ("accepted_by", "accepted_at"), "revoked_at", ("mail_state", "mail_failure"),
        ("mail_tries", "mail_moved_at", "mail_next_at"),
    )  # fmt: skip
