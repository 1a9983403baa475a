"""Rows that the database refuses, and rows near them that it takes: roles, invitations, sign-ins."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.db.models import F, Model

from tests.constraint_rows.case import Case, check, in_order, mailed, not_empty, one_of, unique
from tests.factories import (
    DAY,
    make_invitation,
    make_membership,
    make_organisation,
    make_partnership,
    make_person,
    make_sign_in,
    noon,
)

IN_ORGANISATION, IN_PARTNERSHIP = ("owner", "organisation_lead"), ("coordinator", "chair", "board_member")


def membership(*, role: str = "owner", **fields: Any) -> Model:
    """A role in an organisation, unless another one is given."""
    return make_membership(role, **fields)


def _organisation(_: Model) -> dict[str, Any]:
    return {"organisation": make_organisation()}


def _partnership(_: Model) -> dict[str, Any]:
    return {"partnership": make_partnership()}


def placed(model: str, make: Callable[..., Model]) -> Iterator[Case]:
    """A role is known, and has the place that it needs and no other."""
    yield from one_of(f"{model}_role", make, "role", list(IN_ORGANISATION))
    local, national = partial(make, role="coordinator"), partial(make, role="national_reviewer")
    yield from check(f"{model}_role", local, refused={}, accepted={role: {"role": role} for role in IN_PARTNERSHIP})
    yield from check(f"{model}_role", national, refused={}, accepted={"national": {"role": "national_reviewer"}})
    place = f"{model}_role_has_its_place"
    yield from check(
        place,
        make,
        refused={
            "of an organisation, without one": {"organisation": None},
            "of an organisation, in a partnership too": _partnership,
            **{f"{role} in an organisation": {"role": role} for role in (*IN_PARTNERSHIP, "national_reviewer")},
        },
        accepted={"another organisation": _organisation},
    )
    yield from check(
        place,
        local,
        refused={
            "of a partnership, without one": {"partnership": None},
            "of a partnership, in an organisation too": _organisation,
            **{f"{role} in a partnership": {"role": role} for role in (*IN_ORGANISATION, "national_reviewer")},
        },
        accepted={"another partnership": _partnership},
    )
    yield from check(
        place,
        national,
        refused={"national, in an organisation": _organisation, "national, in a partnership": _partnership},
        accepted={"national": {"role": "national_reviewer"}},
    )


def once(
    model: str, make: Callable[..., Model], person: str, over: dict[str, dict[str, Any]], first: dict[str, Any]
) -> Iterator[Case]:
    """One row for the same person (`person`: the field that says who), role and place, unless it is over."""
    yield from unique(
        f"{model}_one_open_in_organisation",
        partial(make, role="organisation_lead"),
        first=partial(make, role="owner", **first),
        same=(person, "role", "organisation"),
        accepted=over,
    )
    yield from unique(
        f"{model}_one_open_in_partnership",
        partial(make, role="chair"),
        first=partial(make, role="coordinator", **first),
        same=(person, "role", "partnership"),
        accepted=over,
    )
    yield from unique(
        f"{model}_one_open_nationally",
        partial(make, role="national_reviewer"),
        same=(person,),
        accepted=over,
    )


_accepted = {"accepted_at": noon(DAY)}

CASES: list[Case] = [
    *in_order("membership_from_before_until", membership, "from_on", "until_on", same_day=True),
    *check(
        "membership_from_before_until",
        membership,
        refused={},
        accepted={"no first day": {"until_on": DAY}, "no end": {"from_on": DAY}},
    ),
    *placed("membership", membership),
    *once("membership", membership, "person", {"one that has ended": {"until_on": DAY}}, {}),
    *placed("invitation", make_invitation),
    *once(
        "invitation",
        make_invitation,
        "email",
        {
            "one that was accepted": lambda _: _accepted | {"accepted_by": make_person()},
            "one that was taken back": {"revoked_at": noon(DAY)},
        },
        {"email": "Ada@example.org"},
    ),
    *mailed("invitation", make_invitation),
    *not_empty("invitation_to_somebody", make_invitation, "email", "name"),
    *check(
        "invitation_nonce",
        make_invitation,
        refused={
            "none": {"nonce": ""},
            "one letter less": {"nonce": "a" * 31},
            "another alphabet": {"nonce": "g" * 32},
            "capitals": {"nonce": "A" * 32},
        },
        accepted={"32 letters": {"nonce": "0123456789abcdef" * 2}},
    ),
    *check(
        "invitation_expires_later",
        make_invitation,
        refused={"at once": {"expires_at": F("invited_at")}},
        accepted={"later": {"expires_at": noon(DAY.replace(year=DAY.year + 1))}},
    ),
    *check(
        "invitation_accepted_by_somebody",
        make_invitation,
        refused={
            "by nobody": _accepted,
            "at no time": lambda _: {"accepted_by": make_person()},
            "and taken back": lambda _: _accepted | {"accepted_by": make_person(), "revoked_at": noon(DAY)},
        },
        accepted={
            "accepted": lambda _: _accepted | {"accepted_by": make_person()},
            "taken back": {"revoked_at": noon(DAY)},
        },
    ),
    *one_of("signin_how", make_sign_in, "how", ["password", "code", "passkey", "invitation", "refused"]),
]
