"""Addresses with capitals, as people type them and mail programs begin them."""

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from signatories.models import Organisation
from tests import factories as make

pytestmark = pytest.mark.django_db
ROWS: dict[str, Any] = {
    "areas": make.make_area,
    "partnerships": make.make_partnership,
    "organisations": make.make_organisation,
    "boards": make.make_board,
}


@pytest.mark.parametrize("kind", ROWS)
def test_capitals_lead_to_the_page(client: Client, kind: str) -> None:
    make.the_programme()
    row: Model = ROWS[kind](slug="kent-and-medway")
    answer = client.get(f"/{kind}/Kent-and-MEDWAY/?on=2026-01-01")
    assert (answer.status_code, answer["Location"]) == (301, f"/{kind}/kent-and-medway/?on=2026-01-01")
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(f"/{kind}/Kent-and-medway/")["Location"] == f"/{kind}/kent-and-medway/"
    assert str(row).encode() in client.get(f"/{kind}/kent-and-medway/").content


@pytest.mark.parametrize("kind", ROWS)
def test_where_there_is_nothing_capitals_lead_nowhere(client: Client, kind: str) -> None:
    make.the_programme()
    assert client.get(f"/{kind}/Nowhere/").status_code == 404


def test_a_name_that_was_given_with_capitals_keeps_them(client: Client) -> None:
    make.the_programme()
    Organisation.objects.filter(pk=make.make_organisation().pk).update(slug="NHS")
    assert client.get("/organisations/NHS/").status_code == 200
    assert client.get("/organisations/Nhs/").status_code == 404
