"""Reminders of an action that its owner puts off, and that the coordinator holds and releases."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from concordat.kernel.models import Change
from signatories.models import ChasingHold, ChasingPause
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
REASON = "The trust told me that the nurse starts on 1 February."


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


def page_of(place: Place) -> str:
    return f"/workspace/actions/{place.action.pk}/"


def form(version: int = 0, reason: str = REASON, until: date | None = None) -> dict[str, Any]:
    parts = (until.day, until.month, until.year) if until else ("", "", "")
    return {"reason": reason, "version": version} | {f"until_on_{n}": part for n, part in enumerate(parts)}


class TestPutOff:
    def test_until_a_day_that_is_offered(self, as_: As, place: Place) -> None:
        client = as_("owner")
        assert "Remind me later" in plain(client.get(page_of(place)))
        page = plain(client.get(f"{page_of(place)}later/"))
        for choice in ("In a week, on 9 November 2026", "In 2 weeks, on 16 November 2026"):
            assert choice in page
        page = plain(client.post(f"{page_of(place)}later/", {"until_on": "2026-11-16"}, follow=True))
        assert "We remind you of “B1 Mental health nurse in the control room” again from 16 November 2026 on." in page
        assert "You put them off until 16 November 2026." in page
        row = ChasingPause.objects.get()
        assert (row.person, row.subject_id, row.until_on) == (place.people["owner"], place.action.pk, days(14))
        assert Change.objects.about(row).get().by == place.people["owner"]
        assert "Reminders put off" in plain(client.get("/workspace/"))
        assert "Until 16 November 2026." in plain(client.get("/workspace/reminders/"))

    def test_another_day_and_an_end(self, as_: As, place: Place) -> None:
        client = as_("owner")
        client.post(f"{page_of(place)}later/", {"until_on": "2026-11-16"})
        client.post(f"{page_of(place)}later/", {"until_on": "2026-11-09"})
        assert "You put them off until 9 November 2026." in plain(client.get(page_of(place)))
        page = plain(client.post(f"{page_of(place)}later/end/", follow=True))
        assert "again." in page
        assert "You put them off" not in page
        assert not ChasingPause.objects.on(TODAY).exists()

    @pytest.mark.parametrize("day", ["", "2026-11-10", "2027-11-02", "x", "2026-11-31", "2026-11-02"])
    def test_until_no_other_day(self, as_: As, place: Place, day: str) -> None:
        answer = as_("owner").post(f"{page_of(place)}later/", {"until_on": day})
        assert answer.status_code == 400
        assert ("Choose one of the days." if day else "Choose a day.") in plain(answer)
        assert not ChasingPause.objects.exists()

    def test_a_third_time_it_is_refused(self, as_: As, place: Place) -> None:
        for begun in (-40, -20):
            make.make_pause(
                person=place.people["owner"],
                subject_type="actionplans.action",
                subject_id=place.action.pk,
                from_on=days(begun),
                until_on=days(begun + 7),
            )
        page = plain(as_("owner").get(f"{page_of(place)}later/", follow=True))
        assert "You have put it off 2 times within 90 days, and that is the most." in page

    def test_not_where_the_programme_allows_none(self, as_: As, place: Place) -> None:
        programme = place.partnership.programme
        programme.put_off_days = 0
        programme.save()
        client = as_("owner")
        assert "Remind me later" not in plain(client.get(page_of(place)))
        assert client.get(f"{page_of(place)}later/").status_code == 403

    def test_of_one_person_it_shows_to_nobody_else(self, as_: As, place: Place) -> None:
        as_("owner").post(f"{page_of(place)}later/", {"until_on": "2026-11-16"})
        assert "put them off" not in plain(as_("coordinator").get(page_of(place)))


class TestHold:
    def test_of_an_action_with_a_reason(self, as_: As, place: Place) -> None:
        page = plain(as_("coordinator").post(f"{page_of(place)}hold/", form(until=days(91)), follow=True))
        assert "are held until 1 February 2027." in page
        told = f"Held until 1 February 2027 by Jo coordinator, since 2 November 2026: {REASON}"
        assert told in page
        row = ChasingHold.objects.get()
        change = Change.objects.about(row).get()
        assert (change.verb, change.by, change.why) == ("created", place.people["coordinator"], REASON)
        for role in ("owner", "board member"):
            seen = plain(as_(role).get(page_of(place)))
            assert told in seen
            assert "Release them" not in seen
        told = f"Jo coordinator holds them since 2 November 2026, until 1 February 2027: {REASON}"
        assert told in plain(as_("board member").get(f"/workspace/partnerships/{place.partnership.slug}/"))
        assert REASON in plain(as_("coordinator").get(f"{page_of(place)}history/"))

    def test_of_a_whole_partnership(self, as_: As, place: Place) -> None:
        here = f"/workspace/partnerships/{place.partnership.slug}/"
        page = plain(as_("coordinator").post(f"{here}hold/", form(reason="The board is re-formed."), follow=True))
        assert "No reminder goes about this partnership. Jo coordinator holds them since 2 November 2026" in page
        assert ChasingHold.objects.get().partnership == place.partnership
        told = "All reminders of this partnership are held by Jo coordinator, since 2 November 2026"
        assert told in plain(as_("owner").get(page_of(place)))
        assert "The board is re-formed." in plain(
            as_("coordinator").get(f"/workspace/history/partnerships/{place.partnership.pk}/")
        )

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            (form(reason=" "), "Say why reminders are held."),
            (form(until=TODAY), "Choose a day in the future."),
            (form(until=days(-3)), "Choose a day in the future."),
            (form() | {"until_on_1": "13", "until_on_0": "1", "until_on_2": "2027"}, "That is not a real date."),
        ],
    )
    def test_what_makes_no_sense_is_said(self, as_: As, place: Place, sent: dict[str, Any], sentence: str) -> None:
        answer = as_("coordinator").post(f"{page_of(place)}hold/", sent)
        assert answer.status_code == 400
        assert sentence in plain(answer)
        assert not ChasingHold.objects.exists()

    def test_it_is_changed(self, as_: As, place: Place) -> None:
        client = as_("coordinator")
        client.post(f"{page_of(place)}hold/", form())
        assert "Change the hold" in plain(client.get(page_of(place)))
        page = plain(client.post(f"{page_of(place)}hold/", form(1, "Because", days(9)), follow=True))
        assert "Held until 11 November 2026 by Jo coordinator, since 2 November 2026: Because" in page
        row = ChasingHold.objects.get()
        assert [each.verb for each in Change.objects.about(row)] == ["created", "changed"]

    @pytest.mark.parametrize("seen", [0, 1])
    def test_who_was_slower_sees_both(self, as_: As, place: Place, seen: int) -> None:
        """`seen` is 0 where the form was opened before anybody held it."""
        client = as_("coordinator")
        client.post(f"{page_of(place)}hold/", form(reason="First"))
        if seen:
            client.post(f"{page_of(place)}hold/", form(1, "Second"))
        answer = client.post(f"{page_of(place)}hold/", form(seen, "Third"))
        assert answer.status_code == 409
        page = plain(answer)
        assert "What somebody else has saved, beside what you typed" in page
        assert "Third" in page
        assert ("Second" if seen else "First") in page
        assert ChasingHold.objects.get().reason == ("Second" if seen else "First")

    def test_what_was_typed_to_a_hold_that_was_released_is_kept(self, as_: As, place: Place) -> None:
        client = as_("coordinator")
        client.post(f"{page_of(place)}hold/", form())
        client.post(f"/workspace/holds/{ChasingHold.objects.get().pk}/release/")
        answer = client.post(f"{page_of(place)}hold/", form(1, "Longer"))
        assert answer.status_code == 409
        assert "Longer" in plain(answer)


class TestRelease:
    @pytest.mark.parametrize("what", ["action", "partnership", "notice"])
    def test_by_the_coordinator_once(self, as_: As, place: Place, what: str) -> None:
        about = {
            "action": {"subject_type": "actionplans.action", "subject_id": place.action.pk},
            "partnership": {"partnership": place.partnership},
            "notice": {"notice": make.make_notice(partnership=place.partnership)} if what == "notice" else {},
        }[what]
        row = make.make_hold(from_on=days(-3), **about)
        client = as_("coordinator")
        assert "Reminders are released." in plain(client.post(f"/workspace/holds/{row.pk}/release/", follow=True))
        row.refresh_from_db()
        assert row.until_on == TODAY
        assert [each.verb for each in Change.objects.about(row)] == ["released"]
        assert "It is released already." in plain(client.post(f"/workspace/holds/{row.pk}/release/", follow=True))

    def test_not_by_others(self, as_: As, place: Place) -> None:
        row = make.make_hold(partnership=place.partnership, from_on=days(-3))
        for role, status in (("owner", 404), ("lead", 404), ("board member", 403), ("reviewer", 403), ("nobody", 403)):
            assert as_(role).post(f"/workspace/holds/{row.pk}/release/").status_code == status
        other = make.make_hold(subject_type="signatories.milestone", subject_id=1)
        assert as_("coordinator").post(f"/workspace/holds/{other.pk}/release/").status_code == 404
        assert ChasingHold.objects.on(TODAY).filter(pk=row.pk).exists()
