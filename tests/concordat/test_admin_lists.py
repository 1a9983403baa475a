"""Every list of the admin: what it shows, finds and filters, and how many queries it takes whatever its size.

A model that is registered without a row in the table fails here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.admin.views.main import ERROR_FLAG
from django.db.models import Model
from django.test import Client

from signatories.models import MailReportCount, Wording
from tests import factories as make
from tests.admin_pages import address, administrator, open_page, queries_of, registered, signed_in
from tests.factories import DAY

LATER = date(2016, 4, 1)


@dataclass(frozen=True)
class List:
    """A list: how its rows are made; one row made with those fields is found by the search and left by the filter."""

    make: Callable[..., Model]
    fields: dict[str, Any]
    search: str
    filter: str
    shows: str
    queries: int
    # Rows as they are made when the queries are counted: with everything they can point to.
    full: Callable[..., Model] | None = None


def coverage(owner: Callable[..., Any]) -> Callable[..., Model]:
    """Makes the coverage of one area by a new partnership, declaration or plan."""

    def one(*, name: str = "", region: str = "London", **fields: Any) -> Model:
        return make.cover(owner(), make.make_area(name=name, region=region), **fields)

    return one


def area_of(maker: Callable[..., Model]) -> Callable[..., Model]:
    """Makes a row that has an area, with that area's name and region."""
    return lambda *, name="", region="London": maker(area=make.make_area(name=name, region=region))


def count_of(**fields: Any) -> Model:
    """A count of reports on a day of its own."""
    return make.make_mail_report_count(day=DAY + timedelta(days=MailReportCount.objects.count()), **fields)


def wording_of(**fields: Any) -> Model:
    """A decision on words with a number of its own."""
    return make.make_wording(number=Wording.objects.count() + 1, **fields)


def role_of(*, name: str = "", role: str = "owner") -> Model:
    """A role of somebody with that name."""
    return make.make_membership(role, person=make.make_person(name=name))


def round_area_of(*, name: str = "", **fields: Any) -> Model:
    """An area with that name in a round."""
    return make.make_round_area(area=make.make_area(name=name), **fields)


def action_in_section(**fields: Any) -> Model:
    """An action of a version, under a section."""
    return make.make_in_version(section=make.make_section(), **fields)


def update_with_people(**fields: Any) -> Model:
    """An update with its author and the person who accepted it."""
    return make.make_update(author=make.make_person(), accepted_by=make.make_person(), **fields)


def delivery_of(*, name: str = "", withheld: str = "") -> Model:
    """That somebody with that name was told of a report, or why not."""
    return make.make_report_delivery(person=make.make_person(name=name), withheld=withheld)


def expectation_with_plan() -> Model:
    """A plan expected, and made."""
    expectation = make.make_expectation()
    make.make_plan(fulfils=expectation)
    return expectation


LISTS = {
    "kernel.change": List(
        make.make_change, {"verb": "withdrawn", "why": "Hertford"}, "hertford", "verb=withdrawn", "Hertford", 10,
        full=lambda: make.make_change(by=make.make_person()),
    ),
    "kernel.claim": List(
        make.make_claim, {"text": "Hertford signed", "event": "plan"}, "hertford", "event__exact=plan",
        "Hertford signed", 9, full=lambda: make.make_claim(on=DAY),
    ),
    "kernel.redaction": List(
        make.make_redaction, {"reason": "Hertford", "category": "health"}, "hertford", "category__exact=health",
        "It tells of somebody’s health", 9,
    ),
    "areas.area": List(
        make.make_area, {"name": "Hertford", "region": "London"}, "hertford", "region__exact=London", "Hertford", 5
    ),
    "areas.areacode": List(
        make.make_code, {"official_name": "Hertford", "kind": "unitary_authority"}, "hertford",
        "kind__exact=unitary_authority", "Hertford", 5,
    ),
    "areas.areasuccession": List(
        make.make_succession, {"part": "Hertford", "state": "planned"}, "hertford", "state__exact=planned", "Hertford",
        7,
    ),
    "areas.boundaryepoch": List(
        make.make_epoch, {"attribution": "Hertford", "vintage": 2011}, "hertford", "vintage=2011", "2011", 6
    ),
    "areas.boundary": List(
        area_of(make.make_boundary), {"name": "Hertford", "region": "South East"}, "hertford",
        "area__region__exact=South+East", "Hertford", 6,
    ),
    "signatories.programme": List(
        make.make_programme, {"name": "Hertford", "nation": "Wales"}, "hertford", "nation=Wales", "Hertford", 6
    ),
    "signatories.milestone": List(
        make.make_milestone, {"name": "Hertford", "due_on": LATER}, "hertford", "due_on__gte=2016-01-01", "Hertford", 5
    ),
    "signatories.steward": List(
        make.make_steward, {"name": "Hertford", "until_on": DAY}, "hertford", "time=ended", "Hertford", 5
    ),
    "signatories.organisation": List(
        make.make_organisation, {"name": "Hertford", "type": "fire"}, "hertford", "type__exact=fire", "Hertford", 5
    ),
    "signatories.partnership": List(
        make.make_partnership, {"name": "Hertford", "until_on": DAY}, "hertford", "time=ended", "Hertford", 6,
        full=lambda: make.make_partnership(parent=make.make_partnership()),
    ),
    "signatories.partnershipcoverage": List(
        coverage(make.make_partnership), {"name": "Hertford", "is_primary": True}, "hertford", "is_primary__exact=1",
        "Hertford", 5,
    ),
    "signatories.board": List(
        make.make_board, {"name": "Hertford", "kind": "governance"}, "hertford", "kind__exact=governance", "Hertford", 5
    ),
    "signatories.boardmeeting": List(
        make.make_meeting, {"title": "Hertford", "has_decisions": True}, "hertford", "has_decisions__exact=1",
        "Hertford", 7,
    ),
    "signatories.statement": List(
        make.make_statement, {"text": "Hertford", "said_on": LATER, "said_precision": "by"}, "hertford",
        "said_precision__exact=by", "Hertford", 7,
        full=lambda: make.make_statement(organisation=make.make_organisation(), said_on=DAY, said_precision="day"),
    ),
    "signatories.person": List(
        make.make_person, {"name": "Jo Hertford", "is_active": False}, "hertford", "is_active__exact=0", "Jo Hertford",
        5,
    ),
    "signatories.declaration": List(
        make.make_declaration, {"title": "Hertford signs", "published_on": DAY}, "hertford", "state__exact=published",
        "Hertford signs", 7, full=lambda: make.make_signature(declaration=make.make_declaration(published_on=DAY)),
    ),
    "signatories.declarationcoverage": List(
        coverage(make.make_declaration), {"name": "Hertford", "until_on": DAY}, "hertford", "time=ended", "Hertford", 5
    ),
    "signatories.planexpectation": List(
        make.make_expectation, {"label": "Hertford"}, "hertford", "", "Hertford", 5, full=expectation_with_plan
    ),
    "signatories.signature": List(
        make.make_signature, {"name_as_signed": "Hertford CCG", "kind": "supporter"}, "hertford",
        "kind__exact=supporter", "Hertford CCG", 7, full=lambda: make.make_signature(signed_on=DAY),
    ),
    "signatories.enquiry": List(
        make.make_enquiry, {"message": "About Hertford", "about": "/areas/hertford/", "kind": "mistake"}, "hertford",
        "kind__exact=mistake", "/areas/hertford/", 5, full=lambda: make.make_enquiry(answered_at=make.noon(DAY)),
    ),
    "signatories.membership": List(
        role_of, {"name": "Jo Hertford", "role": "chair"}, "hertford", "role__exact=chair", "Jo Hertford", 5,
    ),
    "signatories.invitation": List(
        make.make_invitation, {"name": "Jo Hertford", "role": "chair"}, "hertford", "role__exact=chair", "Jo Hertford",
        5,
    ),
    "signatories.contactentry": List(
        make.make_contact, {"whom": "Hertford council", "how": "letter"}, "hertford", "how__exact=letter",
        "Hertford council", 5,
    ),
    "signatories.message": List(
        make.make_message, {"subject": "Hertford is due", "mail_state": "uncertain"}, "hertford",
        "mail_state__exact=uncertain", "Hertford is due", 5,
    ),
    "signatories.signedlink": List(
        lambda *, name="", **fields: make.make_link(
            message=make.make_message(recipient=make.make_person(name=name)), **fields
        ),
        {"name": "Hertford", "revoked_at": make.noon(LATER)}, "hertford", "revoked_at__isnull=False", "Hertford", 5,
    ),
    "signatories.reply": List(
        make.make_reply, {"subject": "Hertford came back", "mail_state": "uncertain"}, "hertford",
        "mail_state__exact=uncertain", "Hertford came back", 5,
    ),
    "signatories.notice": List(
        make.make_notice, {"rule": "hertford_due", "dropped_on": DAY, "dropped_why": "Hertford said so"}, "hertford",
        "dropped_on__isnull=False", "Hertford said so", 6,
        full=lambda: make.make_notice(message=make.make_message()),
    ),
    "signatories.mailreport": List(
        make.make_mail_report, {"diagnostic": "550 no Hertford here", "kind": "soft", "status": "4.2.2"}, "hertford",
        "kind__exact=soft", "4.2.2", 5, full=lambda: make.make_mail_report(person=make.make_person()),
    ),
    "signatories.mailreportcount": List(
        count_of, {"outcome": "forged"}, "forged", "outcome__exact=forged", "Not signed as it has to be", 6,
    ),
    "signatories.wording": List(
        wording_of, {"rule": "hertford", "subject": "Hertford is late"}, "hertford", "rule=hertford",
        "Hertford is late", 6,
    ),
    "signatories.reviewround": List(
        make.make_round, {"title": "Hertford round", "closed_on": LATER}, "hertford", "closed_on__isempty=0",
        "Hertford round", 5,
    ),
    "signatories.reviewroundarea": List(
        round_area_of, {"name": "Hertford", "confirmed_on": DAY}, "hertford", "confirmed_on__isempty=0", "Hertford", 5,
    ),
    "actionplans.section": List(make.make_section, {"title": "Hertford"}, "hertford", "", "Hertford", 6),
    "actionplans.theme": List(make.make_theme, {"name": "Hertford"}, "hertford", "", "Hertford", 5),
    "actionplans.actionplan": List(
        make.make_plan, {"title": "Hertford", "kind": "related"}, "hertford", "kind__exact=related", "Hertford", 5,
        full=lambda: make.make_plan(fulfils=make.make_expectation()),
    ),
    "actionplans.planversion": List(
        make.make_version, {"label": "Hertford 2", "published_on": DAY}, "hertford", "state__exact=published",
        "Hertford 2", 7, full=lambda: make.make_version(published_on=DAY),
    ),
    "actionplans.plancoverage": List(
        coverage(make.make_plan), {"name": "Hertford", "until_on": DAY}, "hertford", "time=ended", "Hertford", 5
    ),
    "actionplans.action": List(
        make.make_action, {"text": "Open a café in Hertford", "must_do": True}, "hertford", "must_do__exact=1",
        "Open a café in Hertford", 8, full=lambda: make.make_update(action=make.make_action(due_on=DAY)).action,
    ),
    "actionplans.actioninversion": List(
        make.make_in_version, {"text": "Open a café in Hertford", "timescale_text": "Q2"}, "hertford", "",
        "Open a café in Hertford", 6, full=action_in_section,
    ),
    "actionplans.progressupdate": List(
        make.make_update, {"public_text": "Hertford", "status": "paused"}, "hertford", "status__exact=paused", "Paused",
        7, full=update_with_people,
    ),
    "actionplans.meetingdecision": List(
        make.make_decision, {"note": "Hertford waits", "kind": "asked"}, "hertford", "kind__exact=asked",
        "Hertford waits", 7, full=lambda: make.make_decision(recorded_by=make.make_person()),
    ),
    "actionplans.planimport": List(
        make.make_import,
        {"original_name": "Hertford.xlsx", "stored_as": "documents/1", "pasted": "", "state": "abandoned"},
        "hertford", "state__exact=abandoned", "Hertford.xlsx", 7,
        full=lambda: make.make_import(uploaded_by=make.make_person()),
    ),
    "actionplans.datechange": List(
        make.make_date_change, {"reason": "Hertford", "due_on": None, "timescale_kind": "none"}, "hertford",
        "timescale_kind__exact=none", "Hertford", 7,
    ),
    "actionplans.commitment": List(
        make.make_commitment, {"you_said": "Hertford", "made_on": LATER, "made_precision": "day"}, "hertford",
        "made_on__gte=2016-01-01", "Hertford", 8,
        full=lambda: make.make_commitment(theme=make.make_theme(), made_on=DAY, made_precision="day"),
    ),
    "reports.reportorder": List(
        make.make_report_order, {"report": "hertford", "state": "cancelled"}, "hertford", "state__exact=cancelled",
        "hertford", 8,
    ),
    "reports.reportdelivery": List(
        delivery_of, {"name": "Jo Hertford", "withheld": "They may no longer read it"}, "hertford",
        "withheld__isempty=0", "Jo Hertford", 5,
    ),
    "reports.reportschedule": List(
        make.make_report_schedule, {"report": "hertford", "rhythm": "week"}, "hertford", "rhythm__exact=week",
        "hertford", 6,
    ),
    "actionplans.promise": List(
        make.make_promise, {"we_will": "Hertford", "is_hope": True}, "hertford", "is_hope__exact=1", "Hertford", 5
    ),
}  # fmt: skip
EVERY = pytest.mark.parametrize("label", LISTS)


@pytest.fixture
def browser(db: None) -> Client:
    return signed_in(administrator(name="Ada Administrator"))


def model_of(label: str) -> type[Model]:
    return registered()[label].model


def rows_of(client: Client, url: str) -> set[int]:
    """The ids in the list at that address; a filter it does not know fails."""
    response = client.get(url)
    assert response.status_code == 200, f"{url} leads to {response.get('Location')}"
    return {row.pk for row in response.context["cl"].result_list}


def test_every_registered_model_has_its_row() -> None:
    assert set(registered()) == set(LISTS)


@EVERY
def test_a_list_shows_and_finds_a_row_and_not_another(browser: Client, label: str) -> None:
    case, url = LISTS[label], address(model_of(label))
    row, other = case.make(**case.fields), case.make()
    assert case.shows in open_page(browser, url).words
    assert {row.pk, other.pk} <= rows_of(browser, url)
    found = rows_of(browser, f"{url}?q={case.search}")
    assert row.pk in found
    assert other.pk not in found


@pytest.mark.parametrize("label", [label for label, case in LISTS.items() if case.filter])
def test_a_filter_leaves_the_row_and_not_another(browser: Client, label: str) -> None:
    case, url = LISTS[label], address(model_of(label))
    row, other = case.make(**case.fields), case.make()
    left = rows_of(browser, f"{url}?{case.filter}")
    assert row.pk in left
    assert other.pk not in left


@EVERY
def test_every_filter_answers(browser: Client, label: str) -> None:
    url = address(model_of(label))
    LISTS[label].make(**LISTS[label].fields)
    changelist = browser.get(url).context["cl"]
    for spec in changelist.filter_specs:
        *_, last = spec.choices(changelist)
        assert ERROR_FLAG not in browser.get(f"{url}{last['query_string']}").get("Location", "")


@EVERY
def test_a_list_takes_the_same_queries_at_any_size(browser: Client, label: str) -> None:
    case, url = LISTS[label], address(model_of(label))
    build = case.full or case.make
    for _ in range(3):
        build()
    few = queries_of(browser, url)
    for _ in range(57):
        build()
    assert (few, queries_of(browser, url)) == (case.queries, case.queries)


@EVERY
def test_a_list_is_paged_by_fifty(label: str) -> None:
    assert registered()[label].list_per_page == 50
