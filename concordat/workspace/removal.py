"""Removing personal data: a national administrator says which words, looks where they stand, and takes them out."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods

from concordat.accounts import typed
from concordat.accounts.gate import signed_in
from concordat.kernel.models import Redaction
from concordat.kernel.passages import MARK, Sought, spans
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from concordat.sentences import counted
from concordat.traces.finding import ALL_MAILS, Found, find, own_texts
from concordat.traces.removing import REPEATS, remove_document_file, remove_words
from concordat.traces.texts import TEXTS
from concordat.workspace.kinds import history_address
from signatories.models import Document
from signatories.services.errors import NotAllowedError

FILE = Redaction.FILE
SHOWN = 200  # so many places elsewhere; of more the words say too little


class RemovalForm(GovukForm):
    """What is to be removed, and why."""

    words = PublishedText(
        label="The words to remove",
        help_text="A name, or all that tells who somebody is. Capitals, accents and line breaks do not matter.",
        at_most=500,
    )
    whole = forms.ChoiceField(label="Or remove a whole text", help_text="With all that it said before.", required=False)
    category = forms.ChoiceField(
        label="Why?",
        choices=Redaction.Category.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it is removed."},
    )
    reason = PublishedText(
        label="A note for the record",
        help_text="Administrators read it: who asked, and when. Do not repeat the words.",
        at_most=1000,
        required=True,
        error_messages={"required": "Say for the record who asked for it, or how it was noticed."},
    )

    def __init__(self, *args: Any, texts: Iterable[tuple[str, str, str]], has_file: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.texts = {key: (name, text) for key, name, text in texts}
        named = [(key, f"{name}: “{Truncator(text).chars(60)}”") for key, (name, text) in self.texts.items()]
        files = [(FILE, "The file itself: it is deleted for good")] if has_file else []
        self.fields["whole"].choices = [("", "No"), *files, *named]  # type: ignore[attr-defined] # a ChoiceField

    def clean_words(self) -> str:
        """Raises ValidationError for words that would fit nearly everything, or the mark itself."""
        words: str = self.cleaned_data["words"]
        if words and sum(letter.isalnum() for letter in words) < 2:
            raise forms.ValidationError("Give at least two letters.")
        if words and spans(MARK, words):
            raise forms.ValidationError(f"This is what the mark “{MARK}” says. Give other words.")
        return words

    def clean(self) -> dict[str, Any]:
        """Either words or a whole text, and a reason that does not repeat them."""
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned["words"]) == bool(cleaned["whole"]):
            self.add_error("words", "Give the words to remove, or choose a whole text; not both.")
        if not self.errors and spans(cleaned["reason"], self.sought.words):
            self.add_error("reason", REPEATS)
        return cleaned

    @property
    def takes_file(self) -> bool:
        """Whether it is the file that goes."""
        return bool(self.cleaned_data["whole"] == FILE)

    @property
    def sought(self) -> Sought:
        """The words, or the whole text."""
        whole = self.cleaned_data["whole"]
        return (
            Sought(self.texts[whole][1], is_whole=True) if whole in self.texts else Sought(self.cleaned_data["words"])
        )

    @property
    def whole_place(self) -> tuple[tuple[str, int], str] | None:
        """The row and field whose text goes as a whole, if one does."""
        if self.cleaned_data["whole"] not in self.texts:
            return None
        label, pk, field = self.cleaned_data["whole"].split(":")
        return (label, int(pk)), field


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def removal_page(request: Any, label: str, pk: int) -> HttpResponse:
    """Ask what to remove from one object. POST `then`: `look` shows where it stands, `remove` takes it out."""
    if not request.access.is_administrator:
        raise PermissionDenied
    if label not in TEXTS:
        raise Http404
    row: Model = get_object_or_404(apps.get_model(label)._base_manager.all(), pk=pk)
    has_file = isinstance(row, Document) and row.kind == Document.Kind.FILE and row.removed_at is None
    options: dict[str, Any] = {"texts": own_texts(row), "has_file": has_file}
    form = RemovalForm(typed.sent_or_kept(request), **options)
    if request.method != "POST":
        return _ask(request, row, form)
    if not form.is_valid():
        return _ask(request, row, form, status=400)
    if request.POST.get("then") == "remove":
        return _remove(request, row, form)
    found = Found([], []) if form.takes_file else find(form.sought, row)
    if not form.takes_file and not found.own and not found.elsewhere:
        form.add_error("words", "These words stand nowhere. Look at the text again, and give fewer of them.")
        return _ask(request, row, form, status=400)
    return _look(request, row, form, found)


def _remove(request: Any, row: Any, form: RemovalForm) -> HttpResponse:
    why = {name: form.cleaned_data[name] for name in ("category", "reason")}
    who: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    try:
        if form.takes_file:
            done = remove_document_file(row, **why, **who)
        else:
            also = set(request.POST.getlist("also"))
            done = remove_words(form.sought, row, whole=form.whole_place, also=also, **why, **who)
    except NotAllowedError as error:
        form.add_error(None, str(error))
        return _ask(request, row, form, status=400)
    messages.success(request, f"Removed in {counted(sum(each.places for each in done), 'place')}.")
    return HttpResponseRedirect(history_address(row) or request.path)


def _ask(request: Any, row: Model, form: RemovalForm, status: int = 200) -> HttpResponse:
    return render(request, "workspace/removal.html", _shared(row, form), status=status)


def _look(request: Any, row: Model, form: RemovalForm, found: Found) -> HttpResponse:
    context = {
        "found": found,
        "shown": found.elsewhere[:SHOWN],
        "mails": sum(place.is_mail for place in found.elsewhere),
        "all_mails": ALL_MAILS,
        "hidden": max(0, len(found.elsewhere) - SHOWN),
        "category": Redaction.Category(form.cleaned_data["category"]).label,
        "times": counted(sum(place.times for place in found.own), "place"),
    }
    return render(request, "workspace/removal_preview.html", {**_shared(row, form), **context})


def _shared(row: Model, form: RemovalForm) -> dict[str, Any]:
    removals = Redaction.objects.filter(subject_type=row._meta.label_lower, subject_id=row.pk).select_related("by")
    return {
        "row": row,
        "noun": row._meta.verbose_name,
        "form": form,
        "back": history_address(row),
        "removals": list(removals),
    }
