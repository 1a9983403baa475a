"""Forms as GOV.UK components: what a person sees, and what a screen reader is told."""

import re
from typing import Any

import pytest
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.template.loader import render_to_string

from concordat.look.forms import GovukForm

HOSTILE = "<script>alert(1)</script>"


class Form(GovukForm):
    email = forms.EmailField(label="Your email", help_text="We use it to answer you.")
    message = forms.CharField(label="What is wrong?", widget=forms.Textarea(attrs={"rows": 5, "class": "wide"}))
    area = forms.ChoiceField(label="Area", choices=[("", "Choose"), ("essex", "Essex")])
    kind = forms.ChoiceField(
        label="Is it an error?", help_text="Choose one.", widget=forms.RadioSelect, choices=[("y", "Yes"), ("n", "No")]
    )
    pages = forms.MultipleChoiceField(
        label="Which pages?", required=False, widget=forms.CheckboxSelectMultiple, choices=[("map", "Map")]
    )
    agreed = forms.BooleanField(label="You may answer me")
    ticket = forms.CharField(required=False, widget=forms.HiddenInput)


def page(**sent: str) -> str:
    return str(Form(sent or None))


def tag(html: str, name: str) -> str:
    """The opening tag of the first thing with this name."""
    found = re.search(rf'<\w+ [^>]*\bname="{name}"[^>]*>', html)
    assert found
    return found.group()


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("email", "govuk-input"),
        ("message", "govuk-textarea wide"),
        ("area", "govuk-select"),
        ("kind", "govuk-radios__input"),
        ("pages", "govuk-checkboxes__input"),
        ("agreed", "govuk-checkboxes__input"),
    ],
)
def test_each_field_has_the_class_of_its_component(name: str, css: str) -> None:
    assert f'class="{css}"' in tag(page(), name)


@pytest.mark.parametrize(
    ("name", "label"), [("email", "Your email"), ("message", "What is wrong?"), ("agreed", "You may answer me")]
)
def test_each_field_has_its_label(name: str, label: str) -> None:
    assert re.search(rf'<label class="[^"]+" for="id_{name}">{re.escape(label)}</label>', page())


def test_a_group_of_choices_is_named_by_its_legend_and_each_choice_by_its_label() -> None:
    html = page()
    assert '<fieldset class="govuk-fieldset" aria-describedby="id_kind_helptext">' in html
    assert '<legend class="govuk-fieldset__legend">Is it an error?</legend>' in html
    assert 'for="id_kind_1">No</label>' in html


def test_the_hint_belongs_to_its_field() -> None:
    html = page()
    assert '<div class="govuk-hint" id="id_email_helptext">We use it to answer you.</div>' in html
    assert 'aria-describedby="id_email_helptext"' in tag(html, "email")
    assert "aria-describedby" not in tag(html, "message")


def test_a_fault_stands_at_its_field_and_belongs_to_it() -> None:
    html = page(email="x")
    assert 'aria-describedby="id_email_helptext id_email_error"' in tag(html, "email")
    assert 'aria-invalid="true"' in tag(html, "email")
    assert 'class="govuk-input govuk-input--error"' in tag(html, "email")
    fault = html.partition('id="id_email_error">')[2].partition("</div>")[0]
    assert "Error:</span> Enter a valid email address." in fault


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("message", "Fill in “What is wrong?”."),
        ("area", "Choose an answer for “Area”."),
        ("kind", "Choose an answer for “Is it an error?”."),
        ("agreed", "Tick “You may answer me”."),
    ],
)
def test_an_empty_field_says_what_to_do(name: str, sentence: str) -> None:
    assert Form({}).errors[name] == [sentence]


def test_a_sentence_of_the_fields_own_is_kept() -> None:
    class Own(GovukForm):
        message = forms.CharField(error_messages={"required": "Write your message."})

    assert Own({}).errors == {"message": ["Write your message."]}


def test_the_summary_leads_to_every_fault_in_the_order_of_the_page() -> None:
    class Whole(Form):
        def clean(self) -> dict[str, Any]:
            raise forms.ValidationError("Send it once more.")

    found = list(Whole({"email": "x"}).error_links())
    assert [href for href, _ in found] == ["", "#id_email", "#id_message", "#id_area", "#id_kind_0", "#id_agreed"]
    html = render_to_string("parts/error_summary.html", {"form": Whole({"email": "x"})})
    assert "There is a problem" in html
    assert "<li>Send it once more.</li>" in html
    assert '<a href="#id_email">Enter a valid email address.</a>' in html


@pytest.mark.parametrize("context", [{}, {"form": Form()}, {"form": Form({})}])
def test_a_page_with_a_fault_says_so_in_its_title(context: dict[str, Any]) -> None:
    html = render_to_string("404.html", context)
    wrong = "form" in context and context["form"].is_bound
    assert ("<title>Error: " in html) == wrong
    assert ("There is a problem" in html) == wrong


def test_the_browser_checks_nothing_but_helps_to_fill_in() -> None:
    html = page()
    assert " required" not in html
    assert 'autocomplete="email"' in tag(html, "email")
    assert 'spellcheck="false"' in tag(html, "email")


def test_a_fields_own_attributes_win() -> None:
    class Own(GovukForm):
        email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "off"}))

    assert 'autocomplete="off"' in tag(str(Own()), "email")


def test_what_is_hidden_has_neither_label_nor_group() -> None:
    assert page().startswith('<input type="hidden" name="ticket"')
    assert 'for="id_ticket"' not in page()


def test_nothing_that_was_sent_or_said_becomes_part_of_the_page() -> None:
    class Hostile(GovukForm):
        text = forms.CharField(label=HOSTILE, help_text=HOSTILE)
        kind = forms.ChoiceField(label=HOSTILE, choices=[(HOSTILE, HOSTILE)], widget=forms.RadioSelect)

        def clean_text(self) -> str:
            raise forms.ValidationError(HOSTILE)

    form = Hostile({"text": f'"{HOSTILE}', "kind": HOSTILE})
    html = str(form) + render_to_string("parts/error_summary.html", {"form": form})
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 6
    assert 'value="&quot;&lt;script&gt;' in html


def test_forms_of_the_admin_keep_their_own_look() -> None:
    assert "govuk" not in str(AuthenticationForm())
