"""A small partnership with people in every role, on one day; and a made-up country, loaded once for a file."""

from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.concordat.workspace.conftest import TODAY, Place, _today, as_, place

__all__ = ["TODAY", "Place", "_today", "as_", "place"]
ON = date(2026, 11, 2)


@pytest.fixture(scope="module")
def _country(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded in a transaction around all the tests of a file."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_areas", stdout=StringIO())
        call_command("load_demo", partnerships=20, actions=6, seed=7, on=ON.isoformat(), stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def country(_country: None, db: None) -> None:
    """Each test begins with the country loaded."""
