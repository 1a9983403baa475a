"""The outbox: digests and what they carry, and answers at once. Read-only, but for one button: “Send it again”."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from concordat.kernel.administration import ReadOnlyAdmin, points_to
from signatories.models import MailReport, MailReportCount, Message, Notice, Person, Reply, SignedLink, Wording
from signatories.models.mailed import MailState
from signatories.outbox.notices import let_wait
from signatories.services import mailing

ENDED = (MailState.UNCERTAIN, MailState.GIVEN_UP)

points_to(Person, "Digests to them", Message, lambda person: {"recipient__id__exact": person.pk})
points_to(Person, "Notices to them", Notice, lambda person: {"recipient__id__exact": person.pk})
points_to(Message, "Its link", SignedLink, lambda message: {"message__id__exact": message.pk})
points_to(Person, "Answers to them", Reply, lambda person: {"recipient__id__exact": person.pk})
points_to(Person, "Reports of mails to them", MailReport, lambda person: {"person__id__exact": person.pk})
points_to(Message, "What it carries", Notice, lambda message: {"message__id__exact": message.pk})


class MailAdmin(ReadOnlyAdmin):
    """Rows with a mail of their own. One that perhaps went, or was given up, stays so until a person decides."""

    change_form_template = "admin/mail_change_form.html"
    list_select_related = ("recipient",)
    search_fields = ("recipient__name", "recipient__email", "subject")

    def get_urls(self) -> list[URLPattern]:
        name = f"signatories_{self.opts.model_name}_again"
        return [path("<int:pk>/again/", self.admin_site.admin_view(self.again), name=name), *super().get_urls()]

    def _may(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"signatories.change_{self.opts.model_name}")

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        ended = object_id.isdigit() and self.model.objects.filter(pk=object_id, mail_state__in=ENDED).exists()
        again = reverse(f"admin:signatories_{self.opts.model_name}_again", args=[object_id]) if ended else ""
        context = {"send_again": again if self._may(request) else ""}
        return super().change_view(request, object_id, *args, **(kwargs | {"extra_context": context}))

    @method_decorator(require_POST)
    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The button “Send it again”."""
        if not self._may(request):
            raise PermissionDenied
        get_object_or_404(self.model, pk=pk)
        why = "An administrator decided so"
        if self._send_again(pk, by=request.user, why=why):
            messages.success(request, self.sent_again)
        else:
            messages.error(request, "It is not sent again: only what was perhaps mailed, or given up, can be.")
        return HttpResponseRedirect(reverse(f"admin:signatories_{self.opts.model_name}_change", args=[pk]))

    def _send_again(self, pk: int, *, by: Any, why: str) -> Any:
        return mailing.send_again(self.model, pk, by=by, now=timezone.now(), why=why)

    sent_again = "It is sent again within minutes."


@admin.register(Message)
class MessageAdmin(MailAdmin):
    about = (
        "Digests of reminders. One that was perhaps mailed, or given up, stays so until a person decides: look into it "
        "with the person or the mail server before you send it again."
    )
    sent_again = "It is sent again on a working day between 9am and 6pm; what was given up goes with their next digest."

    def _send_again(self, pk: int, *, by: Any, why: str) -> Any:
        return let_wait(Message.objects.filter(pk=pk), by=by, why=why) or super()._send_again(pk, by=by, why=why)

    list_display = ("day", "recipient", "subject", "mail_state", "mail_tries", "mail_failure")
    list_filter = ("mail_state", "day")
    fields = (
        ("recipient", "day"), ("mail_state", "mail_failure"), ("mail_tries", "mail_moved_at", "mail_next_at"),
        "subject", "text", "emptied_on",
    )  # fmt: skip


@admin.register(Reply)
class ReplyAdmin(MailAdmin):
    about = (
        "Answers to what somebody did: a report or a submission that came back, or was published. One that was perhaps "
        "mailed, or given up, stays so until a person decides."
    )
    list_display = ("made_at", "recipient", "subject", "mail_state", "mail_tries", "mail_failure")
    list_filter = ("mail_state", "made_at")
    fields = (
        ("recipient", "made_at"), ("mail_state", "mail_failure"), ("mail_tries", "mail_moved_at", "mail_next_at"),
        ("subject_type", "subject_id"), "subject", "text", "emptied_on",
    )  # fmt: skip


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    about = "What is due to be said, or was: to whom, why, and in which digest. One that came to nothing says why."
    list_display = ("rule", "recipient", "subject_type", "subject_id", "due_on", "send_on", "message", "dropped_why")
    list_filter = ("rule", "send_on", "dropped_on")
    list_select_related = ("recipient", "message__recipient")
    search_fields = ("recipient__name", "rule", "subject_type")
    fields = (
        ("recipient", "person"), "rule", ("subject_type", "subject_id", "partnership"),
        ("due_on", "planned_on", "send_on"), "message", ("dropped_on", "dropped_why"),
    )  # fmt: skip


@admin.register(SignedLink)
class SignedLinkAdmin(ReadOnlyAdmin):
    about = (
        "The links by which people answer without signing in. What they hold is kept nowhere. One is switched off on "
        "the page “Links in reminders” of a partnership."
    )
    list_display = ("message", "made_at", "expires_at", "revoked_at")
    list_filter = ("made_at", "revoked_at")
    list_select_related = ("message__recipient",)
    search_fields = ("message__recipient__name",)
    fields = ("message", "action_ids", ("made_at", "expires_at", "revoked_at"))


@admin.register(MailReport)
class MailReportAdmin(ReadOnlyAdmin):
    about = (
        "What mail servers and mailboxes told us of our mails: that one came back, or was marked as unwanted. What "
        "follows is on the page of people in the workspace."
    )
    list_display = ("reported_on", "kind", "status", "person", "subject_type", "subject_id")
    list_filter = ("kind", "reported_on")
    list_select_related = ("person",)
    search_fields = ("person__name", "status", "diagnostic")
    fields = (
        ("kind", "status"), "person", ("subject_type", "subject_id"), "diagnostic", ("reported_on", "received_at"),
    )  # fmt: skip


@admin.register(MailReportCount)
class MailReportCountAdmin(ReadOnlyAdmin):
    about = "How many reports came in on a day, and what became of them. Forged and unknown ones change nothing else."
    list_display = ("day", "way", "outcome", "count")
    list_filter = ("outcome", "way", "day")
    search_fields = ("outcome", "way")
    fields = ("day", "way", "outcome", "count")


@admin.register(Wording)
class WordingAdmin(ReadOnlyAdmin):
    about = "What was decided on the words of reminders. The page “Words of mails” of the workspace decides."
    list_display = ("rule", "number", "from_on", "is_shipped", "subject", "decided_by")
    list_filter = ("rule", "is_shipped")
    list_select_related = ("decided_by",)
    search_fields = ("rule", "subject")
    fields = (
        ("rule", "number", "from_on", "is_shipped"), "subject", "opening", "item", "why", "hand_over",
        ("decided_by", "decided_at"),
    )  # fmt: skip
