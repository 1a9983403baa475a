"""The contact page: a visitor asks something or reports an error. The message is stored before anything else happens.

Not one of the cached pages: its form carries a token of this visitor's own.
"""

import re
import uuid
from typing import Any
from urllib.parse import urlencode, urlsplit

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from concordat.handing import hand_to_worker
from concordat.limits import origin, too_often
from concordat.look.fields import Text
from concordat.look.forms import GovukForm
from concordat.tasks import mail_enquiry
from signatories.models import Enquiry
from signatories.services.enquiries import KEPT_MONTHS, LETTERS, receive

LONGEST_MESSAGE, LONGEST_ADDRESS = 4000, 300
# Of what was typed into a box of a form that is sent back, as many characters are shown again.
SHOWN_AGAIN = 2 * LONGEST_MESSAGE
AN_HOUR, AT_MOST = 3600, 5
REFERENCE = re.compile(f"[{LETTERS}]{{5}}-[{LETTERS}]{{5}}")


class EnquiryForm(GovukForm):
    """A question or a report. Whether it comes from a person is asked by a box that only programs fill in."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=Enquiry.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], "Choose “A question” or “Something is wrong”."),
    )
    about = Text(
        label="Which page is it about? (optional)",
        help_text="Its address, for example /areas/hertfordshire/. Leave this empty if it is about no single page.",
        required=False,
    )
    message = Text(
        label="Your message",
        help_text=f"At most {LONGEST_MESSAGE:,} characters. Please do not tell us about your health.",
        lines=True,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Write your message."},
    )
    name = Text(label="Your name (optional)", required=False, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = Text(
        label="Your email address (optional)",
        help_text="We need it to answer you. Without it we read your message but cannot reply.",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    website = forms.CharField(
        label="Leave this box empty",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, host: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.host = host

    def clean_about(self) -> str:
        """The page's path; a person may paste its whole address."""
        text = self.cleaned_data["about"]
        path = local_path(text, self.host)
        if text and not path:
            raise forms.ValidationError("Give the address of a page of this website, such as /areas/hertfordshire/.")
        return path

    def clean_message(self) -> str:
        typed = self.data.get("message", "")
        cut = f" Only its first {SHOWN_AGAIN:,} are still here." if len(typed) > SHOWN_AGAIN else ""
        return _not_longer(self.cleaned_data["message"], LONGEST_MESSAGE, "Your message", cut)

    def clean_name(self) -> str:
        return _not_longer(self.cleaned_data["name"], 120, "Your name")

    def clean_email(self) -> str:
        """An address to which a reply can go."""
        email: str = self.cleaned_data["email"]
        try:
            return str(forms.EmailField(required=False, max_length=254).clean(email))
        except forms.ValidationError:
            raise forms.ValidationError("Give an email address like name@example.org, or none.") from None

    def clean_ticket(self) -> str:
        """The mark of this opened form; whatever is no such mark counts as none."""
        ticket: str = self.cleaned_data["ticket"]
        return ticket if re.fullmatch("[0-9a-f]{32}", ticket) else ""

    def clean(self) -> dict[str, Any] | None:
        """Refuse what fills in the box for programs. A browser may do so for a person, who then just sends again."""
        if self.cleaned_data.get("website"):
            self.data = {name: self.data[name] for name in self.data} | {"website": ""}
            raise forms.ValidationError("Send it once more. Something had filled in a box that must stay empty.")
        return super().clean()

    def shorten(self) -> None:
        """Keep of what is shown again so much that the page stays small, whatever was sent."""
        self.data = {name: self.data[name][:SHOWN_AGAIN] for name in self.fields if name in self.data}


def _not_longer(text: str, longest: int, what: str, then: str = "") -> str:
    if len(text) > longest:
        raise forms.ValidationError(f"{what} has {len(text):,} characters. Make it {longest:,} or fewer.{then}")
    return text


def local_path(text: str, host: str) -> str:
    """The path and question of an address on this website, with or without `https://` and our host; else empty."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return ""
    ours = (not parts.scheme and not parts.netloc) or (parts.scheme in {"http", "https"} and parts.netloc == host)
    path = parts._replace(scheme="", netloc="", fragment="").geturl()
    good = ours and re.fullmatch(r"/(?!/)[^\s\\\x00-\x1f\x7f]*", path) and len(path) <= LONGEST_ADDRESS
    return path if good else ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Show the form (`?about=/areas/hertfordshire/` says which page it is about), or take what was sent."""
    host = request.get_host()
    if request.method != "POST":
        about = local_path(request.GET.get("about", ""), host)
        kind = Enquiry.Kind.MISTAKE if about else None
        return _page(
            request, EnquiryForm(host=host, initial={"about": about, "kind": kind, "ticket": uuid.uuid4().hex})
        )
    form = EnquiryForm(request.POST, host=host)
    if not form.is_valid():
        return _page(request, form, status=400)
    if too_often("contact", origin(request), at_most=AT_MOST, seconds=AN_HOUR):
        form.add_error(None, "You have sent several messages within an hour. Wait an hour, then send this one.")
        response = _page(request, form, status=429)
        response["Retry-After"] = str(AN_HOUR)
        return response
    enquiry = _receive(form.cleaned_data)
    return HttpResponseRedirect(f"{reverse('contact-sent')}?{urlencode({'reference': enquiry.reference})}")


def _page(request: HttpRequest, form: EnquiryForm, status: int = 200) -> HttpResponse:
    if form.is_bound:
        form.shorten()
    return render(request, "pages/contact.html", {"form": form, "kept_months": KEPT_MONTHS}, status=status)


def _receive(sent: dict[str, Any]) -> Enquiry:
    """Keep it, then have it mailed. If the queue is out of reach, the sweep mails it later."""
    texts = {name: sent[name] for name in ("about", "message", "name", "email", "ticket")}
    enquiry = receive(kind=Enquiry.Kind(sent["kind"]), **texts, now=timezone.now(), by="contact_form")

    def have_it_mailed() -> None:  # no partial: Django asks what failed for its name
        hand_to_worker(mail_enquiry, enquiry.pk)

    transaction.on_commit(have_it_mailed, robust=True)
    return enquiry


@never_cache
@require_safe
def contact_sent(request: HttpRequest) -> HttpResponse:
    """What happens next. The reference comes from the address, so that nothing of the visitor need be kept."""
    reference = request.GET.get("reference", "")
    known = reference if REFERENCE.fullmatch(reference) else ""
    return render(request, "pages/contact_sent.html", {"reference": known})
