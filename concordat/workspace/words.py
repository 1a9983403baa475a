"""What the reminders say: for national administrators, who may put other words in the place of the shipped ones."""

import base64
import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.chasing import example
from actionplans.chasing.placeholders import fault
from actionplans.chasing.policy import Rule
from actionplans.chasing.wording import decisions, use_own, use_shipped, words_of, words_on
from actionplans.chasing.words import MEANINGS, NAMES, SHIPPED, TEXTS, Words, allowed, required
from concordat.accounts import typed
from concordat.accounts.gate import SignedInRequest, signed_in
from concordat.kernel.dates import today
from concordat.look.fields import PublishedText
from concordat.sentences import in_words
from concordat.workspace.differing import differing, with_version
from concordat.workspace.filling import VersionedForm
from concordat.workspace.forms import Day
from signatories.models import Wording
from signatories.services.errors import FasterError, NotAllowedError

STYLE = Path(settings.BASE_DIR, "templates", "mail", "style.css")


def _hash(text: bytes) -> str:
    """A style by which a content security policy knows it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'"


# The page shows a mail as it will be, within a frame: that one style of a mail is let through, and nothing else.
MAIL_STYLE = {"style-src": [_hash(STYLE.read_bytes())]}


def _administrators_only(request: SignedInRequest) -> None:
    """Raises PermissionDenied (403) for everybody else."""
    if not request.access.is_administrator:
        raise PermissionDenied


@require_safe
@signed_in
def words_page(request: SignedInRequest) -> HttpResponse:
    """Every rule with what its mails say today, and whether that is what was shipped. Two queries."""
    _administrators_only(request)
    on = today()
    words, held = words_on(on), {row.rule: row for row in Wording.objects.on(on)}
    last = {row.rule: row for row in Wording.objects.order_by("number")}
    rows = []
    for rule, (name, to) in NAMES.items():
        own, ahead = held.get(rule), last.get(rule)
        rows.append(
            {
                "rule": rule.value,
                "name": name,
                "to": to,
                "subject": words[rule].subject,
                "own": own if own and not own.is_shipped else None,
                "ahead": ahead if ahead and ahead.from_on > on else None,
            }
        )
    return render(request, "workspace/words.html", {"rows": rows})


class WordsForm(VersionedForm):
    """The texts of one rule, and from when they are used."""

    subject = PublishedText(label="Subject", at_most=120, lines=False, required=True)
    opening = PublishedText(label="Opening", at_most=600, required=True)
    item = PublishedText(label="Item", at_most=300, required=True)
    why = PublishedText(label="Why", at_most=300, required=True)
    hand_over = PublishedText(label="Hand over", at_most=300, required=True)
    from_on = Day(label="From which day on?", help_text="Today or later. For example 27 3 2026.")

    def __init__(self, *args: Any, rule: Rule, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rule, self.on = rule, on
        for name, (label, _) in TEXTS.items():
            field = self.fields[name]
            field.label = label
            field.help_text = _offered(rule, name)
            field.error_messages["required"] = f"Fill in “{label}”."

    def clean(self) -> dict[str, Any]:
        """Say beside its field which placeholder is wrong, and that a day is past."""
        cleaned = super().clean() or {}
        for name in TEXTS:
            if cleaned.get(name) and (
                sentence := fault(cleaned[name], allowed(self.rule, name), required(self.rule, name))
            ):
                self.add_error(name, sentence)
        if "from_on" in cleaned and cleaned["from_on"] is None:
            self.add_error("from_on", "Say from which day on these words are used.")
        elif cleaned.get("from_on") and cleaned["from_on"] < self.on:
            self.add_error("from_on", "Choose today or a later day: what was sent stays as it was sent.")
        return cleaned

    def words(self) -> Words:
        """What was written; each text is one paragraph."""
        return Words(*(" ".join(self.cleaned_data[name].split()) for name in TEXTS))


def _offered(rule: Rule, name: str) -> str:
    """Which placeholders a text may have, and what each stands for."""
    needed = required(rule, name)
    told = [f"{{{each}}} ({MEANINGS[each]}{', needed' if each in needed else ''})" for each in allowed(rule, name)]
    return f"You may use {', '.join(told)}."


@csp_update(MAIL_STYLE)
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def rule_words_page(request: SignedInRequest, rule: str) -> HttpResponse:
    """The words of one rule. POST `then`: `preview` shows a mail in them, `shipped` goes back; anything else saves."""
    _administrators_only(request)
    if rule not in SHIPPED:  # a Rule is its own word
        raise Http404("There is no such rule.")
    return _RuleWords(request, Rule(rule)).answer()


class _RuleWords:
    """The page of one rule, as one person has it before them today."""

    def __init__(self, request: SignedInRequest, rule: Rule) -> None:
        self.request, self.rule, self.on = request, rule, today()
        self.decided = decisions(rule)
        self.last = self.decided[0] if self.decided else None

    def answer(self) -> HttpResponse:
        if self.request.method != "POST":
            return self._show(self._form(typed.kept(self.request)))
        form, then = self._form(self.request.POST), self.request.POST.get("then")
        if then == "shipped":
            return self._go_back(form)
        if not form.is_valid():
            return self._show(form, 400)
        if then == "preview":
            return self._show(form, words=form.words())
        return self._decide(form)

    def _form(self, sent: Any) -> WordsForm:
        words = words_of(self.last) if self.last else SHIPPED[self.rule]
        from_on = max(self.on, self.last.from_on) if self.last else self.on
        initial = {**words._asdict(), "from_on": from_on, "version": self.seen}
        return WordsForm(sent, initial=initial, rule=self.rule, on=self.on)

    @property
    def seen(self) -> int:
        """How many decisions there are, and one: as the form counts versions."""
        return (self.last.number if self.last else 0) + 1

    def _decide(self, form: WordsForm) -> HttpResponse:
        given = form.cleaned_data
        try:
            row = use_own(
                self.rule,
                form.words(),
                seen=given["version"] - 1,
                from_on=given["from_on"],
                by=self.request.user,
                on=self.on,
            )
        except FasterError as error:
            return self._beside(error)
        except NotAllowedError as error:
            form.add_error(None, str(error))
            return self._show(form, 400)
        return self._done(row, "These words are used")

    def _go_back(self, form: WordsForm) -> HttpResponse:
        """To the shipped words, from today on: no word of the form is looked at but the version."""
        version = form["version"].value() or ""
        seen = int(version) - 1 if str(version).isdecimal() and len(str(version)) < 10 else -1
        try:
            row = use_shipped(self.rule, seen=seen, from_on=self.on, by=self.request.user, on=self.on)
        except FasterError as error:
            return self._beside(error)
        except NotAllowedError as error:
            messages.error(self.request, str(error))
            return HttpResponseRedirect(self.request.path)
        return self._done(row, "The shipped words are used")

    def _done(self, row: Wording, what: str) -> HttpResponse:
        begin = "from now on" if row.from_on <= self.on else f"from {in_words(row.from_on)} on"
        messages.success(self.request, f"{what} {begin}: {NAMES[self.rule][0].lower()}.")
        return HttpResponseRedirect(reverse("workspace-words"))

    def _beside(self, error: NotAllowedError) -> HttpResponse:
        """Somebody was faster: their words beside what was typed, which is kept."""
        self.decided = decisions(self.rule)
        self.last = self.decided[0] if self.decided else None
        yours = self._form(with_version(self.request.POST, self.seen))
        yours.add_error(None, f"{error} What you typed is still here, and not saved.")
        return self._show(yours, 409, differences=differing(yours, self._form(None)))

    def _show(self, form: WordsForm, status: int = 200, *, words: Words | None = None, **more: Any) -> HttpResponse:
        shown = words or (words_of(self.last) if self.last else SHIPPED[self.rule])
        told = example.told(self.rule, shown, self.on)
        context = {
            "rule": self.rule.value,
            "name": NAMES[self.rule][0],
            "to": NAMES[self.rule][1],
            "form": form,
            "version": self.seen,
            "shipped": [(TEXTS[name][0], text) for name, text in SHIPPED[self.rule]._asdict().items()],
            "is_own": self.last is not None and not self.last.is_shipped,
            "decided": self.decided,
            "is_typed": words is not None,
            "mail": {"subject": told["subject"], "first_words": told["first_words"]},
            "as_text": example.as_text(self.rule, shown, self.on),
            "as_html": example.as_html(self.rule, shown, self.on),
            "was_faster": status == 409,
            **more,
        }
        return render(self.request, "workspace/rule_words.html", context, status=status)
