"""Names of bodies that lists could be split at, or that plans write short."""

import pytest

from actionplans.importing.understanding.leads import Leads
from actionplans.importing.understanding.organisations import Organisations
from actionplans.importing.understanding.shapes import KnownOrganisation

KNOWN = (
    KnownOrganisation(
        "ambulance", "South Downs and Severn Ambulance Service NHS Foundation Trust", "ambulance_trust", ("SDSAS",)
    ),
    KnownOrganisation("mh-trust", "Northshire and Westmarch NHS Trust", "mental_health_trust"),
    KnownOrganisation("county", "Northshire County Council", "council"),
    KnownOrganisation("city", "Anytown City Council", "council"),
    KnownOrganisation("westmarch", "Westmarch Council", "council"),
    KnownOrganisation("mind", "Mind in Northshire", "voluntary"),
    KnownOrganisation("relate", "Relate Northshire", "voluntary"),
)
LEADS = Leads(Organisations(KNOWN))


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("South Downs and Severn Ambulance Service", "ambulance"),
        ("South Downs & Severn Ambulance Service NHS FT", "ambulance"),
        ("South Downs and Severn Ambulance Service NHS Foundation Trust", "ambulance"),
        ("South Downs and Severn Ambulance Service and Mind", "ambulance mind"),
        ("Northshire and Westmarch NHS Trust", "mh-trust"),
        ("County Council / City Council", "county city"),
        ("County Council and Westmarch Council", "county westmarch"),
        ("Mind", "mind"),
    ],
)
def test_each_is_one_body(text: str, slugs: str) -> None:
    parts = LEADS.read(text).leading
    assert [part.found.slugs for part in parts] == [(slug,) for slug in slugs.split()]
    assert all(part.found.sure for part in parts)


@pytest.mark.parametrize("text", ["Northshire and Westmarch", "Borough Council", "Both councils"])
def test_what_may_be_several_is_not_sure(text: str) -> None:
    assert not any(part.found.sure for part in LEADS.read(text).leading)
