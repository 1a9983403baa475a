"""Rows that the database refuses, and rows near them that it takes: organisations, partnerships, declarations."""

from collections.abc import Callable, Iterator
from functools import partial

from django.db.models import F, Model

from signatories.models import Board, DeclarationCoverage, ExpectedArea, OrganisationIdentifier, PartnershipCoverage
from signatories.models.organisation import OrganisationType
from tests.constraint_rows.case import (
    AFTER,
    BEFORE,
    Case,
    check,
    covered,
    dated,
    day_with_precision,
    in_order,
    mailed,
    not_empty,
    one_of,
    unique,
)
from tests.factories import (
    DAY,
    cover,
    make_area,
    make_board,
    make_chair,
    make_declaration,
    make_enquiry,
    make_expectation,
    make_identifier,
    make_member,
    make_milestone,
    make_organisation,
    make_organisation_name,
    make_oversight,
    make_partnership,
    make_person,
    make_programme,
    make_signature,
    make_statement,
    make_steward,
    noon,
)


def partnership_coverage(part: str = "", *, is_primary: bool = False) -> PartnershipCoverage:
    return cover(make_partnership(), make_area(), part=part, is_primary=is_primary)


def declaration_coverage(part: str = "") -> DeclarationCoverage:
    return cover(make_declaration(), make_area(), part=part)


def expected_area() -> ExpectedArea:
    return make_expectation(areas=[make_area()]).expected_areas.get()


def published(model: str, make: Callable[..., Model]) -> Iterator[Case]:
    """The constraints of a publication; `make(published_on=…)` makes a published row, `make()` a draft."""
    yield from _publication(model, make)
    yield from _end_of_publication(model, partial(make, published_on=DAY))
    yield from _no_end_of_a_draft(model, make)
    yield from _review(model, make)
    yield from _abandoned(model, make)


def _abandoned(model: str, make: Callable[..., Model]) -> Iterator[Case]:
    return check(
        f"{model}_abandoned_with_reason",
        make,
        refused={
            "without a reason": {"state": "abandoned"},
            "a draft with a reason": {"abandoned_reason": "x"},
        },
        accepted={"with a reason": {"state": "abandoned", "abandoned_reason": "x"}},
    )


def _publication(model: str, make: Callable[..., Model]) -> Iterator[Case]:
    return check(
        f"{model}_published_has_day",
        make,
        refused={
            "published without a day": {"state": "published", "published_precision": "day"},
            "published without precision": {"state": "published", "published_on": DAY},
            "published in a precision that is none": {
                "state": "published",
                "published_on": DAY,
                "published_precision": "x",
            },
            "a draft with a day and its precision": {"published_on": DAY, "published_precision": "day"},
            "a draft with a day": {"published_on": DAY},
            "a draft with a precision": {"published_precision": "day"},
            "no such state": {"state": "x"},
            "no state": {"state": ""},
        },
        accepted={
            "published on a day": {"state": "published", "published_on": DAY, "published_precision": "day"},
            "published by a day": {"state": "published", "published_on": DAY, "published_precision": "by"},
            "submitted": {"state": "submitted", "submitted_at": noon(DAY)},
            "returned": {"state": "returned", "review_comment": "x"},
            "abandoned": {"state": "abandoned", "abandoned_reason": "x"},
        },
    )


def _end_of_publication(model: str, make: Callable[..., Model]) -> Iterator[Case]:
    yield from check(
        f"{model}_superseded_after_published",
        make,
        refused={"the day before": {"superseded_on": BEFORE}},
        accepted={"the same day": {"superseded_on": DAY}, "later": {"superseded_on": AFTER}},
    )
    yield from check(
        f"{model}_withdrawn_with_reason",
        make,
        refused={
            "without a reason": {"withdrawn_on": DAY},
            "a reason without a day": {"withdrawn_reason": "No longer true"},
            "the day before it was published": {"withdrawn_on": BEFORE, "withdrawn_reason": "x"},
        },
        accepted={"the same day": {"withdrawn_on": DAY, "withdrawn_reason": "x"}},
    )


def _no_end_of_a_draft(model: str, make: Callable[..., Model]) -> Iterator[Case]:
    return check(
        f"{model}_ends_only_if_published",
        make,
        refused={
            "a draft superseded": {"superseded_on": DAY},
            "a draft withdrawn": {"withdrawn_on": DAY, "withdrawn_reason": "x"},
        },
        accepted={
            "one that was published": {
                "state": "published",
                "published_on": DAY,
                "published_precision": "by",
                "superseded_on": DAY,
                "withdrawn_on": DAY,
                "withdrawn_reason": "x",
            }
        },
    )


def _review(model: str, make: Callable[..., Model]) -> Iterator[Case]:
    submitted = partial(make, state="submitted")
    yield from check(
        f"{model}_submitted_has_time",
        make,
        refused={"submitted at no time": {"state": "submitted"}},
        accepted={"at noon": {"state": "submitted", "submitted_at": noon(DAY)}},
    )
    yield from check(
        f"{model}_returned_with_comment",
        make,
        refused={"returned without a word": {"state": "returned"}},
        accepted={"with one": {"state": "returned", "review_comment": "x"}},
    )
    yield from check(
        f"{model}_only_submitted_scheduled",
        make,
        refused={"a draft": {"publish_on": DAY}},
        accepted={"a submitted one": {"publish_on": DAY, "state": "submitted", "submitted_at": noon(DAY)}},
    )
    yield from check(
        f"{model}_held_with_reason",
        submitted,
        refused={
            "without a reason": {"held_since": DAY},
            "a reason without a day": {"held_reason": "x"},
            "a draft": {"held_since": DAY, "held_reason": "x", "state": "draft"},
        },
        accepted={"both": {"held_since": DAY, "held_reason": "x"}, "neither": {"held_since": None}},
    )


PEOPLE: list[Case] = [
    *unique(
        "person_email_once_in_any_case",
        make_person,
        same=(),
        first=partial(make_person, email="jo@example.org"),
        refused={"in capitals": {"email": "JO@EXAMPLE.ORG"}},
        accepted={"another": {"email": "joe@example.org"}},
    ),
    *unique("signatories.person.email", make_person, same=("email",)),
    *unique(
        "signatories.person.email",
        make_person,
        same=("email",),
        first=partial(make_person, email=None),
        refused={},
        accepted={"two without any": {}},
    ),
    *check(
        "person_email_null_not_empty",
        make_person,
        refused={"an empty one": {"email": ""}},
        accepted={"none": {"email": None}},
    ),
    *not_empty("person_has_name", make_person, "name"),
]

ORGANISATIONS: list[Case] = [
    *dated("organisation", make_organisation),
    *one_of("organisation_type", make_organisation, "type", OrganisationType.values),
    *not_empty("organisation_has_name", make_organisation, "name"),
    *unique("signatories.organisation.slug", make_organisation, same=("slug",), accepted={"another": {"slug": "x"}}),
    *dated("organisationname", make_organisation_name),
    *unique("organisationname_once", make_organisation_name, same=("organisation", "name")),
    *not_empty("organisationname_has_name", make_organisation_name, "name"),
    *unique(
        "organisationidentifier_once",
        make_identifier,
        same=("scheme", "value"),
        first=partial(make_identifier, scheme="gss"),
    ),
    *not_empty("organisationidentifier_has_value", make_identifier, "value"),
    *one_of("organisationidentifier_scheme", make_identifier, "scheme", OrganisationIdentifier.Scheme.values),
]

PROGRAMMES: list[Case] = [
    *unique("signatories.programme.slug", make_programme, same=("slug",), accepted={"another": {"slug": "x"}}),
    *check(
        "programme_thresholds_make_sense",
        make_programme,
        refused={
            "an update every 0 months": {"update_every_months": 0},
            "stale at once": {"stale_after_periods": 0},
            "off track whatever happens": {"off_track_percent": 0},
            "never off track": {"off_track_percent": 101},
        },
        accepted={
            "the least of each": {"update_every_months": 1, "stale_after_periods": 1, "off_track_percent": 1},
            "all that are open": {"off_track_percent": 100},
        },
    ),
    *not_empty("programme_has_name", make_programme, "name"),
    *dated("steward", make_steward),
    *not_empty("steward_has_name", make_steward, "name"),
    *unique(
        "steward_once",
        lambda: make_steward(programme=make_programme(), from_on=DAY),
        same=("programme", "name", "from_on"),
        first=partial(make_steward, from_on=AFTER),
    ),
    *unique(
        "steward_once_undated",
        lambda: make_steward(programme=make_programme()),
        same=("programme", "name"),
        first=make_steward,
        accepted={"one with a first day": {"from_on": DAY}},
    ),
    *not_empty("milestone_has_name", make_milestone, "name"),
    *unique(
        "milestone_once",
        lambda: make_milestone(programme=make_programme()),
        same=("programme", "name"),
        first=make_milestone,
    ),
]

PARTNERSHIPS: list[Case] = [
    *dated("partnership", make_partnership),
    *not_empty("partnership_has_name", make_partnership, "name"),
    *unique("signatories.partnership.slug", make_partnership, same=("slug",), accepted={"another": {"slug": "x"}}),
    *check(
        "partnership_rhythm_at_least_monthly",
        make_partnership,
        refused={"every 0 months": {"update_every_months": 0}},
        accepted={"monthly": {"update_every_months": 1}, "the programme's": {"update_every_months": None}},
    ),
    *check(
        "partnership_not_its_own_parent",
        make_partnership,
        refused={"its own": {"parent": F("id")}},
        accepted={"another's": lambda _: {"parent": make_partnership()}, "nobody's": {"parent": None}},
    ),
    *covered("partnershipcoverage", partnership_coverage, owner="partnership"),
    *unique(
        "partnershipcoverage_one_primary_per_area",
        partial(partnership_coverage, is_primary=True),
        same=("area",),
        accepted={"one that is not primary": {"is_primary": False}, "one that has ended": {"until_on": DAY}},
    ),
    *check(
        "partnershipcoverage_primary_is_whole",
        partial(partnership_coverage, "Craven"),
        refused={"for a part": {"is_primary": True}},
        accepted={
            "for the whole": {"is_primary": True, "extent": "whole", "label": ""},
            "a part, not primary": {"is_primary": False},
        },
    ),
    *dated("partnershipmember", make_member),
    *unique(
        "partnershipmember_one_open",
        make_member,
        same=("partnership", "name_as_written"),
        accepted={"one that has ended": {"until_on": DAY}},
    ),
    *not_empty("partnershipmember_has_name", make_member, "name_as_written"),
]

BOARDS: list[Case] = [
    *dated("board", make_board),
    *not_empty("board_has_name", make_board, "name"),
    *one_of("board_kind", make_board, "kind", Board.Kind.values),
    *unique("signatories.board.slug", make_board, same=("slug",), accepted={"another": {"slug": "x"}}),
    *dated("boardoversight", make_oversight),
    *unique(
        "boardoversight_one_open",
        make_oversight,
        same=("board", "partnership"),
        accepted={"one that has ended": {"until_on": DAY}},
    ),
    *dated("boardchair", make_chair),
    *unique(
        "boardchair_one_open_per_role",
        make_chair,
        same=("board", "role"),
        accepted={
            "one that has ended": {"until_on": DAY},
            "a joint chair of the same title from a body": lambda _: {"organisation": make_organisation()},
        },
    ),
    *unique(
        "boardchair_one_open_per_body",
        lambda: make_chair(organisation=make_organisation()),
        same=("board", "organisation", "role"),
        accepted={"one that has ended": {"until_on": DAY}, "a person": lambda _: {"person": make_person()}},
    ),
    *unique(
        "boardchair_one_open_per_person",
        lambda: make_chair(person=make_person()),
        same=("board", "person"),
        accepted={"one that has ended": {"until_on": DAY}},
    ),
    *not_empty("boardchair_has_role", make_chair, "role"),
]

DECLARATIONS: list[Case] = [
    *published("declaration", make_declaration),
    *not_empty("declaration_has_title", make_declaration, "title"),
    *check(
        "declaration_claims_a_signatory",
        make_declaration,
        refused={"none at all": {"claimed_signatory_count": 0}},
        accepted={"one": {"claimed_signatory_count": 1}, "not said": {"claimed_signatory_count": None}},
    ),
    *check(
        "declaration_not_its_own_successor",
        make_declaration,
        refused={"itself": {"supersedes": F("id")}},
        accepted={"another": lambda _: {"supersedes": make_declaration()}, "none": {"supersedes": None}},
    ),
    *covered("declarationcoverage", declaration_coverage, owner="declaration"),
    *unique("planexpectation_once", make_expectation, same=("declaration", "label")),
    *not_empty("planexpectation_has_label", make_expectation, "label"),
    *unique("expectedarea_once", expected_area, same=("expectation", "area")),
    *unique(
        "signature_once_per_type",
        make_signature,
        same=("declaration", "organisation", "as_type"),
        first=partial(make_signature, as_type="council"),
        accepted={"one that was withdrawn": {"withdrawn_on": DAY, "withdrawn_reason": "x"}},
    ),
    *not_empty("signature_has_name", make_signature, "name_as_signed"),
    *one_of("signature_kind", make_signature, "kind", ["signatory", "supporter"]),
    *one_of("signature_type", make_signature, "as_type", OrganisationType.values),
    *check(
        "signature_withdrawn_with_reason",
        make_signature,
        refused={
            "without a reason": {"withdrawn_on": DAY},
            "a reason without a day": {"withdrawn_reason": "x"},
        },
        accepted={"both": {"withdrawn_on": DAY, "withdrawn_reason": "x"}},
    ),
    *in_order(
        "signature_withdrawn_after_signed",
        partial(make_signature, withdrawn_on=DAY, withdrawn_reason="x"),
        "signed_on",
        "withdrawn_on",
        same_day=True,
    ),
    *check(
        "signature_withdrawn_after_signed",
        partial(make_signature, withdrawn_on=DAY, withdrawn_reason="x"),
        refused={},
        accepted={"signed on a day that is not recorded": {"signed_on": None}},
    ),
    *unique(
        "statement_once_per_source",
        make_statement,
        same=("partnership", "person", "source"),
        first=partial(make_statement, source="A newspaper"),
    ),
    *not_empty("statement_is_complete", make_statement, "text", "role", "source"),
    *day_with_precision("statement_day_has_precision", make_statement, "said_on", "said_precision"),
]

_redacted = {"redacted_at": noon(DAY), "message": ""}

ENQUIRIES: list[Case] = [
    *unique("signatories.enquiry.reference", make_enquiry, same=("reference",), accepted={"x": {"reference": "x"}}),
    *not_empty("enquiry_has_reference", make_enquiry, "reference"),
    *one_of("enquiry_kind", make_enquiry, "kind", ["question", "mistake"]),
    *check(
        "enquiry_about_a_page_of_ours",
        make_enquiry,
        refused={
            "another website": {"about": "https://example.org/"},
            "another website by the same scheme": {"about": "//example.org/"},
        },
        accepted={"no page": {"about": ""}, "the first page": {"about": "/"}, "an area": {"about": "/areas/essex/"}},
    ),
    *check(
        "enquiry_texts_until_redacted",
        make_enquiry,
        refused={
            "no message": {"message": ""},
            "redacted, with its message": {"redacted_at": noon(DAY)},
            "redacted, with its page": _redacted | {"about": "/"},
            "redacted, with a name": _redacted | {"name": "x"},
            "redacted, with an email address": _redacted | {"email": "x@example.org"},
        },
        accepted={"one letter": {"message": "x"}, "redacted": _redacted},
    ),
    *mailed("enquiry", make_enquiry),
    *check(
        "enquiry_answered_by_somebody",
        make_enquiry,
        refused={
            "by nobody": {"answered_at": noon(DAY)},
            "at no time": lambda _: {"answered_by": make_person()},
        },
        accepted={"both": lambda _: {"answered_at": noon(DAY), "answered_by": make_person()}},
    ),
]

CASES: list[Case] = [*PEOPLE, *ORGANISATIONS, *PROGRAMMES, *PARTNERSHIPS, *BOARDS, *DECLARATIONS, *ENQUIRIES]
