"""By when, in words: what they say is taken as the day, shown, and asked for where they do not say it."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

import pytest
from django.test import Client

from actionplans.models import ActionInVersion, ProgressUpdate, Promise
from actionplans.proposals import timescale_of
from actionplans.services import drafting, updates
from concordat.workspace.when import meant, understood
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
Q4 = "1 January to 31 March 2027 (Q4 2026/27)"


@pytest.fixture
def line(place: Place) -> ActionInVersion:
    version = drafting.begin_version(place.action.plan, by="test", on=TODAY)
    return ActionInVersion.objects.select_related("version", "action").get(version=version)


def send(client: Client, line: ActionInVersion, **differs: Any) -> Any:
    sent = {"reference": line.reference, "text": line.text, "version": line.version.version, "precision": "day"}
    sent |= {"date_reason": "The plan names it now"}
    lead = line.action.leads.get().organisation_id
    return client.post(
        f"/workspace/versions/{line.version_id}/actions/{line.pk}/", sent | {"lead": lead} | differs, follow=True
    )


def day(on: date, name: str = "due_on") -> dict[str, str]:
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


def proposed(line: ActionInVersion) -> dict[str, str]:
    line.refresh_from_db()
    said: dict[str, str] = line.proposes.get("timescale", {})
    return said


class TestActionOfADraft:
    def test_the_day_is_taken_from_the_words_and_said(self, as_: As, line: ActionInVersion) -> None:
        client = as_("coordinator")
        page = plain(send(client, line, timescale_text="Q4 2026/27"))
        assert f"is saved. Understood as: {Q4}." in page
        assert proposed(line) == {"text": "Q4 2026/27", "due_on": "2027-03-31", "precision": "quarter"}
        page = plain(client.get(f"/workspace/versions/{line.version_id}/actions/{line.pk}/"))
        assert f"Understood as: {Q4}." in page
        assert str(timescale_of(proposed(line), line.action).start) == "2027-01-01"

    def test_a_typed_day_wins(self, as_: As, line: ActionInVersion) -> None:
        page = plain(send(as_("coordinator"), line, timescale_text="Q4 2026/27", **day(date(2027, 2, 1))))
        assert "Understood as" not in page
        assert proposed(line) == {"text": "Q4 2026/27", "due_on": "2027-02-01", "precision": "day"}

    def test_a_new_action_has_the_last_day_of_its_words(self, as_: As, line: ActionInVersion) -> None:
        sent = {"text": "A crisis café", "reference": "B2", "version": 1, "precision": "day"}
        address = f"/workspace/versions/{line.version_id}/actions/new/"
        page = plain(as_("coordinator").post(address, sent | {"timescale_text": "summer 2027"}, follow=True))
        assert "“B2 A crisis café” is added. Understood as: " in page
        assert "(summer 2027)." in page
        new = line.version.actions.get(reference="B2")
        assert proposed(new) == {"text": "summer 2027", "due_on": "2027-08-31", "precision": "season"}

    def test_words_that_are_the_day_alone_follow_it(self, as_: As, line: ActionInVersion) -> None:
        make.make_date_change(action=line.action, due_on=date(2027, 6, 30), decided_on=date(2026, 8, 1))
        sent = {"timescale_text": "30 June 2027", **day(date(2027, 9, 30))}
        send(as_("coordinator"), line, **sent)
        assert proposed(line) == {"text": "30 September 2027", "due_on": "2027-09-30", "precision": "day"}

    def test_what_is_not_clear_is_asked(self, as_: As, line: ActionInVersion) -> None:
        answer = send(as_("coordinator"), line, timescale_text="Q1 2027")
        assert answer.status_code == 400
        beside = plain(answer).partition("The last day of that time")[2]
        assert "It may mean 1 January to 31 March 2027 (Q4 2026/27) or 1 April to 30 June 2027" in beside
        assert 'value="Q1 2027"' in answer.content.decode()
        assert proposed(line) == {}

    def test_there_may_be_no_day(self, as_: As, line: ActionInVersion) -> None:
        send(as_("coordinator"), line, timescale_text="when funding allows", precision="none")
        assert proposed(line) == {"text": "when funding allows", "due_on": "", "precision": ""}

    def test_words_that_stay_are_not_asked_again(self, as_: As, line: ActionInVersion) -> None:
        client = as_("coordinator")
        send(client, line, timescale_text="when funding allows", precision="none")
        line.version.refresh_from_db()
        answer = send(client, line, timescale_text="when funding allows", text="Two nurses")
        assert "is saved." in plain(answer)

    def test_again_and_again(self, as_: As, line: ActionInVersion) -> None:
        page = plain(send(as_("coordinator"), line, timescale_text="every quarter"))
        assert "Understood as: every 3 months." in page
        timescale = timescale_of(proposed(line), line.action)
        assert (timescale.kind, timescale.review_every_months) == ("recurring", 3)


class TestPromise:
    def test_the_day_is_taken_from_the_words_and_said(self, as_: As, place: Place) -> None:
        commitment = make.make_commitment(partnership=place.partnership)
        client, sent = as_("coordinator"), {"we_will": "Open one", "version": 1, "timescale_text": "Q4 2026/27"}
        page = plain(client.post(f"/workspace/commitments/{commitment.pk}/promises/new/", sent, follow=True))
        assert f"Understood as: {Q4}." in page
        promise = Promise.objects.get()
        assert (promise.timescale_kind, promise.starts_on, promise.due_on, promise.timescale_precision) == (
            "quarter", date(2027, 1, 1), date(2027, 3, 31), "quarter",
        )  # fmt: skip
        assert f"Understood as: {Q4}." in plain(client.get(f"/workspace/promises/{promise.pk}/"))

    def test_what_is_not_clear_is_asked(self, as_: As, place: Place) -> None:
        commitment = make.make_commitment(partnership=place.partnership)
        sent = {"we_will": "Open one", "version": 1, "timescale_text": "June"}
        answer = as_("coordinator").post(f"/workspace/commitments/{commitment.pk}/promises/new/", sent)
        assert answer.status_code == 400
        assert "Which year is meant? Give the last day. Or choose “There is no due day”." in plain(answer)
        assert not Promise.objects.exists()


class TestReport:
    REPORT: ClassVar = {
        "status": "in_progress",
        "then": "hand_in",
        "version": "",
        "new_date_reason": "Funding came late",
    }

    def ask(self, client: Client, place: Place, text: str, **differs: Any) -> Any:
        sent = self.REPORT | {"public_text": "Begun", "confidence": "off_track", "new_timescale_text": text}
        return client.post(f"/workspace/actions/{place.action.pk}/", sent | differs, follow=True)

    def test_the_day_is_taken_from_the_words_and_said(self, as_: As, place: Place) -> None:
        page = plain(self.ask(as_("owner"), place, "Q4 2026/27"))
        assert f"Its new date is understood as: {Q4}." in page
        report = ProgressUpdate.objects.get()
        assert (report.new_timescale_text, report.new_due_on) == ("Q4 2026/27", date(2027, 3, 31))
        page = plain(as_("coordinator").get(f"/workspace/reports/{report.pk}/"))
        assert "Q4 2026/27" in page.partition("Proposed new date, in words")[2]
        updates.accept_update(report, by=place.people["coordinator"], on=TODAY, version=1, decided_on=TODAY)
        move = place.action.date_changes.get()
        assert (move.timescale_kind, move.due_on, move.timescale_precision) == (
            "quarter", date(2027, 3, 31), "quarter",
        )  # fmt: skip

    def test_a_typed_day_wins(self, as_: As, place: Place) -> None:
        self.ask(as_("owner"), place, "Q4 2026/27", **day(date(2027, 2, 1), "new_due_on"))
        assert ProgressUpdate.objects.get().new_due_on == date(2027, 2, 1)

    @pytest.mark.parametrize(
        ("text", "asked"), [("June", "Which year is meant? Give the last day."), ("ongoing", "name no last day")]
    )
    def test_what_is_not_clear_is_asked(self, as_: As, place: Place, text: str, asked: str) -> None:
        answer = self.ask(as_("owner"), place, text)
        assert answer.status_code == 400
        assert asked in plain(answer)
        assert not ProgressUpdate.objects.exists()

    def test_a_draft_keeps_the_words(self, as_: As, place: Place) -> None:
        self.ask(as_("owner"), place, "June", then="draft")
        assert ProgressUpdate.objects.get().new_timescale_text == "June"


def test_what_words_mean() -> None:
    assert understood("by the end of June 2027", date(2027, 6, 30)) == "Understood as: by the end of June 2027."
    assert understood("by the end of June 2027", date(2027, 6, 1)) == ""
    assert understood("", None) == ""
    reading = meant("June 2027")
    assert not isinstance(reading, str)
    assert reading.end == date(2027, 6, 30)
