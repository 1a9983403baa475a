"""The country that `make demo` shows."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from actionplans.models import Action
from areas.loading import load_areas, read_history
from concordat.picture import picture
from concordat.verification import differences
from signatories.models import Partnership


@pytest.mark.slow
@pytest.mark.django_db
def test_it_is_busy_has_every_status_and_keeps_its_own_rules() -> None:
    load_areas(read_history(), by="load_areas")
    call_command("load_demo", on="2026-02-28", stdout=StringIO())
    assert Partnership.objects.count() == 60
    assert Action.objects.count() > 2000
    seen = picture(date(2026, 2, 28))
    assert min(seen.sign_up_counts.values()) > 10, seen.sign_up_counts
    assert min(seen.delivery_counts.values()) > 0, seen.delivery_counts
    assert list(differences()) == []
