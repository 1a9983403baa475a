"""The rounds and the contact log of the made-up country."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from areas.loading import load_areas, read_history
from concordat.kernel.models import Change
from concordat.lagging import Rule
from concordat.rounds import answers_of, counted
from concordat.watching import lagging_areas
from signatories.models import ContactEntry, Programme, ReviewRound, RoundState
from signatories.services.rounds import open_rounds_for

ON = date(2026, 2, 28)


@pytest.mark.django_db
def test_one_round_is_over_one_is_open_and_calls_are_noted() -> None:
    load_areas(read_history(), by="load_areas")
    call_command("load_demo", partnerships=12, actions=4, on=ON.isoformat(), stdout=StringIO())
    this, last = ReviewRound.objects.order_by("-opens_on")
    assert (last.state_on(ON), this.state_on(ON)) == (RoundState.CLOSED, RoundState.OPEN)
    for round_ in (this, last):
        counts = counted(answers_of(round_, ON))
        assert counts["no_change"] > 0
        assert counts["none"] > 0
    first = this.programme.partnerships.earliest("pk")
    assert open_rounds_for(first, ON) == [this]

    lagging = lagging_areas(ON, Programme.objects.get())
    assert {Rule.NO_DECLARATION, Rule.NO_PLAN, Rule.NOBODY_COORDINATES} <= {
        each.rule for row in lagging for each in row.findings
    }
    assert any(row.next_step for row in lagging)
    assert not ContactEntry.objects.filter(spoken_on__gt=ON).exists()
    assert {change.verb for change in Change.objects.filter(subject_type="signatories.contactentry")} == {"created"}
