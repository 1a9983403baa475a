"""Every page of the admin: who gets in, what may be edited, what each edit records, and that nothing is lost.

A model that is registered without a row in one of the two tables fails here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.widgets import AutocompleteMixin
from django.contrib.auth.models import Permission
from django.db.models import Model, UniqueConstraint
from django.forms import ModelChoiceField
from django.test import Client, RequestFactory

from concordat.kernel.administration import RecordedAdmin, RecordedInline, RecordedStack
from concordat.kernel.changes import revise
from concordat.kernel.models import Change
from tests import factories as make
from tests.admin_pages import (
    WHY,
    address,
    administrator,
    edit,
    open_page,
    registered,
    row_address,
    send,
    signed_in,
)
from tests.constraint_rows.links import BUILDERS


@dataclass(frozen=True)
class Editable:
    """A row that may be edited: its field, what it says, what is put there, and what is refused there and how."""

    make: Callable[[], Model]
    field: str
    before: str
    after: str
    bad: tuple[str, Any, str]


REQUIRED = "This field is required."
EDITABLE = {
    "signatories.programme": Editable(
        lambda: make.make_programme(name="Old words"), "name", "Old words", "New words",
        ("off_track_percent", "0", "Ensure this value is greater than or equal to 1."),
    ),
    "signatories.milestone": Editable(
        lambda: make.make_milestone(name="Old words"), "name", "Old words", "New words",
        ("due_on", "31 June 2015", "Enter a valid date."),
    ),
    "signatories.steward": Editable(
        lambda: make.make_steward(name="Old words", from_on=make.DAY), "name", "Old words", "New words",
        ("until_on", make.DAY.isoformat(), "The end must be after the first day."),
    ),
    "signatories.organisation": Editable(
        lambda: make.make_organisation(name="Old words"), "name", "Old words", "New words",
        ("public_email", "post", "Enter a valid email address."),
    ),
    "signatories.partnership": Editable(
        lambda: make.make_partnership(name="Old words"), "name", "Old words", "New words",
        ("update_every_months", "0", "Ensure this value is greater than or equal to 1."),
    ),
    "signatories.board": Editable(
        lambda: make.make_board(name="Old words", from_on=make.DAY), "name", "Old words", "New words",
        ("until_on", make.DAY.isoformat(), "The end must be after the first day."),
    ),
    "signatories.boardmeeting": Editable(
        lambda: make.make_meeting(title="Old words"), "title", "Old words", "New words",
        ("papers_due_on", "2015-05-01", "The papers cannot be due after the meeting."),
    ),
    "signatories.statement": Editable(
        lambda: make.make_statement(text="Old words"), "text", "Old words", "New words",
        ("source", "", "A statement needs its source."),
    ),
    "signatories.person": Editable(
        lambda: make.make_person(name="Old words"), "name", "Old words", "New words",
        ("email", "Ada@Example.ORG", "Another person has this address."),
    ),
    "actionplans.section": Editable(
        lambda: make.make_section(title="Old words"), "title", "Old words", "New words", ("position", "", REQUIRED)
    ),
    "actionplans.theme": Editable(
        lambda: make.make_theme(name="Old words"), "name", "Old words", "New words", ("name", " ", REQUIRED)
    ),
    "actionplans.actionplan": Editable(
        lambda: make.make_plan(title="Old words"), "title", "Old words", "New words", ("title", "", REQUIRED)
    ),
    "actionplans.plancoverage": Editable(
        lambda: make.cover(make.make_plan(), make.make_area(), part="Old words"), "label", "Old words", "New words",
        ("label", "", "A part has a name, and the whole area has none."),
    ),
    "actionplans.action": Editable(
        lambda: make.make_action(text="Old words"), "text", "Old words", "New words", ("text", "", REQUIRED)
    ),
    "actionplans.commitment": Editable(
        lambda: make.make_commitment(you_said="Old words"), "you_said", "Old words", "New words",
        ("made_precision", "day", "A day needs its precision, and a precision its day."),
    ),
    "actionplans.promise": Editable(
        lambda: make.make_promise(we_will="Old words"), "we_will", "Old words", "New words", ("we_will", "", REQUIRED)
    ),
}  # fmt: skip
READ_ONLY = {
    "kernel.change": make.make_change,
    "kernel.claim": make.make_claim,
    "kernel.redaction": make.make_redaction,
    **{
        label: BUILDERS[label]
        for label in (
            "areas.area",
            "areas.areacode",
            "areas.areasuccession",
            "areas.boundaryepoch",
            "areas.boundary",
            "signatories.partnershipcoverage",
            "signatories.declaration",
            "signatories.declarationcoverage",
            "signatories.planexpectation",
            "signatories.signature",
            "signatories.enquiry",
            "signatories.contactentry",
            "signatories.membership",
            "signatories.message",
            "signatories.reply",
            "signatories.notice",
            "signatories.signedlink",
            "signatories.mailreport",
            "signatories.mailreportcount",
            "signatories.wording",
            "signatories.reviewround",
            "signatories.reviewroundarea",
            "signatories.invitation",
            "actionplans.planversion",
            "actionplans.actioninversion",
            "actionplans.datechange",
            "actionplans.meetingdecision",
            "actionplans.planimport",
            "actionplans.progressupdate",
        )
    },
    "reports.reportorder": make.make_report_order,
    "reports.reportschedule": make.make_report_schedule,
    "reports.reportdelivery": make.make_report_delivery,
}
BUILT: dict[str, Callable[[], Model]] = {label: case.make for label, case in EDITABLE.items()} | READ_ONLY
EVERY = pytest.mark.parametrize("label", BUILT)
EACH_EDITABLE = pytest.mark.parametrize("label", EDITABLE)
EACH_READ_ONLY = pytest.mark.parametrize("label", READ_ONLY)
SAVE_BUTTONS = {"_save", "_continue", "_addanother"}


@pytest.fixture
def ada(db: None) -> Any:
    return administrator(name="Ada Administrator", email="ada@example.org")


@pytest.fixture
def browser(ada: Any) -> Client:
    return signed_in(ada)


def model_of(label: str) -> type[Model]:
    return registered()[label].model


def stored(row: Model) -> dict[str, Any]:
    return type(row)._base_manager.filter(pk=row.pk).values().get()


def changes_of(row: Model) -> list[Change]:
    return list(Change.objects.about(row))


def test_every_registered_model_is_editable_or_read_only() -> None:
    assert set(registered()) == set(BUILT)


@EVERY
def test_every_page_says_what_writes_it_or_what_to_mind(label: str) -> None:
    assert registered()[label].about.endswith(".")


@EVERY
@pytest.mark.django_db
def test_only_administrators_get_in(label: str) -> None:
    row = BUILT[label]()
    urls = [address(model_of(label)), row_address(row), row_address(row, "history")]
    for browser in (Client(), signed_in(make.make_person())):
        assert [browser.get(url).url for url in urls] == [f"/admin/login/?next={url}" for url in urls]
    without_rights = signed_in(make.make_person(is_staff=True))
    assert [without_rights.get(url).status_code for url in urls] == [403, 403, 403]


@EVERY
def test_nothing_is_deleted(browser: Client, label: str) -> None:
    row = BUILT[label]()
    url = row_address(row, "delete")
    assert (browser.get(url).status_code, browser.post(url, {"post": "yes"}).status_code) == (403, 403)
    assert url not in open_page(browser, row_address(row)).links
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    browser.post(address(model_of(label)), chosen)
    assert type(row)._base_manager.filter(pk=row.pk).exists()


@EACH_READ_ONLY
def test_what_a_service_writes_is_read_only(browser: Client, label: str) -> None:
    row = READ_ONLY[label]()
    before = stored(row)
    page = open_page(browser, row_address(row))
    assert page.status == 200
    assert not page.buttons & SAVE_BUTTONS
    assert registered()[label].about in page.words
    urls = [row_address(row), address(model_of(label)), address(model_of(label), "add")]
    assert [browser.post(url, {"_save": "Save"}).status_code for url in urls] == [403, 403, 403]
    assert stored(row) == before


@EACH_EDITABLE
def test_an_edit_records_who_from_to_and_why_and_its_history_tells_it(browser: Client, ada: Any, label: str) -> None:
    case = EDITABLE[label]
    row = case.make()
    opened = open_page(browser, row_address(row))
    assert opened.buttons >= {"_save"}
    assert send(browser, row_address(row), opened, **{case.field: case.after, "why": WHY}) is None
    assert stored(row)[case.field] == case.after
    (change,) = changes_of(row)
    assert (change.by, change.why, change.fields) == (ada, WHY, {case.field: [case.before, case.after]})
    assert not LogEntry.objects.exists()
    words = open_page(browser, row_address(row, "history")).words
    assert "Ada Administrator Changed" in words
    assert f"{case.before} {case.after} {WHY}" in words


@EACH_EDITABLE
def test_an_edit_needs_a_reason_and_no_edit_records_nothing(browser: Client, label: str) -> None:
    case = EDITABLE[label]
    row = case.make()
    before, opened = stored(row), open_page(browser, row_address(row))
    page = send(browser, row_address(row), opened, **{case.field: case.after, "why": "  "})
    assert page is not None
    assert page.errors["why"] == REQUIRED
    assert send(browser, row_address(row), opened, why=WHY) is None
    assert (stored(row), changes_of(row)) == (before, [])


@EACH_EDITABLE
def test_what_is_refused_comes_back_beside_its_field(browser: Client, label: str) -> None:
    case = EDITABLE[label]
    row = case.make()
    before = stored(row)
    field, value, words = case.bad
    page = edit(browser, row, **{field: value})
    assert page is not None
    assert page.errors.get(field) == words
    assert (stored(row), changes_of(row)) == (before, [])


@EACH_EDITABLE
def test_the_second_of_two_sees_both_and_chooses(browser: Client, label: str) -> None:
    case = EDITABLE[label]
    row = case.make()
    url = row_address(row)
    opened = open_page(browser, url)
    bo = make.make_person(name="Bo Before")
    revise(type(row)._base_manager.get(pk=row.pk), by=bo, **{case.field: "Bo's words"})
    page = send(browser, url, opened, **{case.field: case.after, "why": WHY})
    assert page is not None
    assert page.errors[case.field].startswith("Bo Before (")
    assert "changed this to “Bo's words”. The box below says what you wrote" in page.errors[case.field]
    assert page.values[case.field] == [case.after]
    assert stored(row)[case.field] == "Bo's words"
    assert send(browser, url, page) is None
    assert stored(row)[case.field] == case.after
    assert [change.fields[case.field] for change in changes_of(row)] == [
        [case.before, "Bo's words"],
        ["Bo's words", case.after],
    ]


@EVERY
def test_every_row_has_a_history_page(browser: Client, label: str) -> None:
    row = BUILT[label]()
    assert "No change of this is recorded." in open_page(browser, row_address(row, "history")).words


@EACH_EDITABLE
@pytest.mark.django_db
def test_somebody_who_may_only_look_sees_no_box(label: str) -> None:
    row = EDITABLE[label].make()
    reader = make.make_person(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    page = open_page(signed_in(reader), row_address(row))
    assert EDITABLE[label].before in page.words
    assert not page.buttons & SAVE_BUTTONS
    assert "why" not in page.values


def recorded() -> dict[str, Any]:
    """Whatever is edited, on a page of its own or as a row of another's: what edits it, by the model's label."""
    pages = registered().values()
    rows = [inline(its.model, admin.site) for its in pages for inline in its.inlines]
    kinds = RecordedAdmin | RecordedInline | RecordedStack
    return {each.model._meta.label_lower: each for each in (*rows, *pages) if isinstance(each, kinds)}


def choosers() -> list[tuple[str, str]]:
    """Every field of an editable page that chooses other rows: the label of its model and its name."""
    return sorted((label, name) for label, its in recorded().items() for name in its.autocomplete_fields)


@pytest.mark.parametrize("label", recorded())
def test_every_uniqueness_is_refused_in_plain_words(label: str) -> None:
    its = recorded()[label]
    constraints = its.model._meta.constraints
    unique = {constraint.name for constraint in constraints if isinstance(constraint, UniqueConstraint)}
    assert unique <= set(its.refusals) <= {constraint.name for constraint in constraints}
    assert {field for field, _ in its.refusals.values()} <= {field.name for field in its.model._meta.fields}


@pytest.mark.parametrize("label", EDITABLE)
@pytest.mark.django_db
def test_other_rows_are_found_by_typing_and_never_listed_whole(label: str) -> None:
    page = EDITABLE[label].make()
    request = RequestFactory().get("/")
    request.user = administrator()
    its = registered()[label]
    formsets = [formset for formset, _ in its.get_formsets_with_inlines(request, page)]
    forms = [its.get_form(request, None), *(formset.form for formset in formsets)]
    chosen = [field for form in forms for field in form.base_fields.values() if isinstance(field, ModelChoiceField)]
    widgets = [getattr(field.widget, "widget", field.widget) for field in chosen]
    assert all(isinstance(widget, AutocompleteMixin) for widget in widgets)


@pytest.mark.parametrize(("label", "field"), choosers())
def test_another_row_is_found_by_typing_its_name(browser: Client, label: str, field: str) -> None:
    model = apps.get_model(label)
    target = BUILDERS[model._meta.get_field(field).related_model._meta.label_lower]()
    asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field}
    url = "/admin/autocomplete/"
    found = browser.get(url, asked | {"term": str(target)}).json()["results"]
    assert {"id": str(target.pk), "text": str(target)} in found
    assert browser.get(url, asked | {"term": "nobody has this name"}).json()["results"] == []
    assert signed_in(make.make_person()).get(url, asked).status_code == 302


def test_that_it_is_a_demonstration_is_said_in_a_landmark(db: None, settings: Any) -> None:
    settings.DEMO = True
    page = signed_in(administrator()).get("/admin/").content.decode()
    assert '<aside class="demonstration" aria-label="Demonstration"><p><strong>Demonstration.</strong>' in page
