"""What visitors asked and reported. Read-only, but for two buttons: that it is answered, and that its texts must go."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from concordat.kernel.administration import ReadOnlyAdmin, points_to
from signatories.models import Enquiry, Person
from signatories.services import enquiries
from signatories.services.errors import NotAllowedError

MAY = "signatories.change_enquiry"
ON_REQUEST = "Asked for by an administrator"

points_to(Person, "Enquiries they answered", Enquiry, lambda person: {"answered_by__id__exact": person.pk})


class OpenFilter(admin.SimpleListFilter):
    """Enquiries by whether somebody has dealt with them."""

    title = "whether it is answered"
    parameter_name = "answered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "Open"), ("yes", "Answered")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(answered_at__isnull=self.value() == "no") if self.value() in {"no", "yes"} else queryset


@admin.register(Enquiry)
class EnquiryAdmin(ReadOnlyAdmin):
    about = (
        "Written by the contact page. Personal: pass it on to nobody who need not know. What was written is deleted "
        f"{enquiries.KEPT_MONTHS} months after it is answered, as the privacy page says."
    )
    change_form_template = "admin/enquiry_change_form.html"
    list_display = ("reference", "kind", "about", "received_at", "mail_state", "answered_at", "answered_by")
    list_filter = (OpenFilter, "kind", "mail_state", "received_at")
    list_select_related = ("answered_by",)
    search_fields = ("reference", "about", "message", "name", "email")
    search_help_text = "A reference number, a page, or words of the message, the name or the email address."
    fields = (
        "reference", "kind", "page", "received_at", "message", "name", "email", ("mail_state", "mail_failure"),
        "mailed_to", ("mail_tries", "mail_moved_at", "mail_next_at"), ("answered_at", "answered_by"), "redacted_at",
    )  # fmt: skip

    @admin.display(description="page", empty_value="-")
    def page(self, enquiry: Enquiry) -> str | SafeString:
        """The page that it is about, with a link to it."""
        return format_html('<a href="{0}">{0}</a>', enquiry.about) if enquiry.about else ""

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/answer/", self.admin_site.admin_view(self.answer), name="signatories_enquiry_answer"),
            path("<int:pk>/redact/", self.admin_site.admin_view(self.redact), name="signatories_enquiry_redact"),
        ]
        return own + super().get_urls()

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        context = {"may_act": request.user.has_perm(MAY)}
        return super().change_view(request, object_id, *args, **(kwargs | {"extra_context": context}))

    @method_decorator(require_POST)
    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The button “Mark as answered”."""
        return self._act(request, pk, "It is marked as answered.", enquiries.answer)

    @method_decorator(require_POST)
    def redact(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The button “Delete what was written”, for somebody who asks for it."""
        if request.POST.get("sure") != "yes":
            messages.error(request, "Nothing is deleted. Tick “I am sure” first: it cannot be undone.")
            return self._page_of(pk)
        return self._act(request, pk, "What was written is deleted.", enquiries.redact, why=ON_REQUEST)

    def _act(self, request: HttpRequest, pk: int, done: str, service: Any, **values: Any) -> HttpResponse:
        if not request.user.has_perm(MAY):
            raise PermissionDenied
        enquiry = get_object_or_404(Enquiry, pk=pk)
        try:
            service(enquiry, by=request.user, now=timezone.now(), **values)
        except NotAllowedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
        return self._page_of(pk)

    def _page_of(self, pk: int) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:signatories_enquiry_change", args=[pk]))
