"""The pages on which reports are made by themselves: begun, read, changed, paused, ended, left."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from concordat.reports.models import ReportSchedule
from concordat.workspace.schedules import NOT_TO_SEND
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
NEW = "/workspace/schedules/new/national/"
BEGIN = {"rhythm": "month", "format": "csv"}


@pytest.fixture
def row(place: Place) -> ReportSchedule:
    people = place.people
    return make.make_report_schedule(owner=people["reviewer"], from_on=TODAY, recipients=[people["owner"]])


class TestBeginning:
    def test_it_is_set_up_for_those_who_may_read_it(self, as_: As, place: Place) -> None:
        client, people = as_("reviewer"), place.people
        form = client.get(f"{NEW}?region=London")
        assert "About London." in plain(form)
        assert form.context["form"]["recipients"].value() == people["reviewer"].email
        typed = f"{people['owner'].email}\n{people['coordinator'].email.upper()}, {people['owner'].email}"
        answer = client.post(f"{NEW}?region=London", BEGIN | {"recipients": typed})
        row = ReportSchedule.objects.get()
        assert answer.headers["Location"] == f"/workspace/schedules/{row.pk}/"
        assert (row.question, row.rhythm, row.from_on, row.until_on) == ({"region": "London"}, "month", TODAY, None)
        assert set(row.recipients.all()) == {people["owner"], people["coordinator"]}
        page = plain(client.get(f"/workspace/schedules/{row.pk}/"))
        assert "The next is made on 2 November 2026." in page
        shown = ", ".join(sorted(str(people[role].email) for role in ("coordinator", "owner")))
        assert f"Who gets it {shown}" in page

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("nobody@example.org", "“nobody@example.org”"),
            ("no address", "“no”, “address”"),
            ("", "Give at least one email address."),
            (" ".join(f"jo{number}@example.org" for number in range(51)), "At most 50 people get it."),
        ],
    )
    def test_an_address_of_nobody(self, as_: As, name: str, sentence: str) -> None:
        answer = as_("reviewer").post(NEW, BEGIN | {"recipients": name})
        assert answer.status_code == 400
        assert sentence in plain(answer)
        assert not ReportSchedule.objects.exists()

    def test_whoever_may_not_read_it_does_not_get_it(self, as_: As, place: Place) -> None:
        """The same sentence as of an address that is nobody's."""
        people = place.people
        tracker = f"/workspace/schedules/new/tracker/?partnership={place.partnership.slug}"
        typed = "\n".join(str(people[role].email) for role in ("board member", "owner", "nobody"))
        answer = as_("coordinator").post(tracker, BEGIN | {"recipients": typed})
        assert f"{NOT_TO_SEND} “{people['owner'].email}”, “{people['nobody'].email}”." in plain(answer)
        assert not ReportSchedule.objects.exists()

    @pytest.mark.parametrize(
        ("role", "named"),
        [
            ("owner", {"owner"}),
            ("lead", {"owner", "lead"}),
            ("board member", {"owner", "coordinator", "board member"}),
            ("coordinator", {"owner", "coordinator", "board member"}),
            ("reviewer", {"owner", "coordinator", "board member", "reviewer", "chair of another"}),
            ("administrator", {"owner", "lead", "coordinator", "board member", "reviewer", "administrator"}),
        ],
    )
    def test_whom_somebody_may_name(self, as_: As, place: Place, role: str, named: set[str]) -> None:
        """Whom else they name is refused with the words of an address that nobody has."""
        elsewhere = {"chair of another": make.make_membership("chair").person}
        elsewhere["owner elsewhere"] = make.make_membership("owner").person
        client, found = as_(role), set()
        for name, person in {**place.people, **elsewhere}.items():
            answer = client.post(NEW, BEGIN | {"recipients": str(person.email)})
            if answer.status_code == 302:
                found.add(name)
            else:
                assert f"{NOT_TO_SEND} “{person.email}”." in plain(answer)
        more = {"chair of another", "owner elsewhere"} if role == "administrator" else set()
        assert found == named | more

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({"rhythm": "day"}, "Select a valid choice"),
            ({"rhythm": ""}, "Choose how often it is made."),
            ({"from_on_0": "1", "from_on_1": "11", "from_on_2": "2026"}, "It cannot begin in the past."),
            ({"until_on_0": "2", "until_on_1": "11", "until_on_2": "2026"}, "must be in the future"),
            ({"until_on_0": "31", "until_on_1": "2", "until_on_2": "2027"}, "not a real date"),
        ],
    )
    def test_what_makes_no_sense(self, as_: As, place: Place, sent: dict[str, str], sentence: str) -> None:
        answer = as_("reviewer").post(NEW, BEGIN | {"recipients": str(place.people["owner"].email)} | sent)
        assert answer.status_code == 400
        assert sentence in plain(answer)
        assert not ReportSchedule.objects.exists()


class TestOne:
    @pytest.mark.parametrize(
        ("role", "told", "not_told"),
        [
            ("administrator", "Jo owner: mailed", "Jo lead: no mail. They may no longer read this report."),
            ("reviewer", "{owner}: told by email", "{lead}: no mail went to them this time"),
        ],
    )
    def test_who_was_told_by_address_and_to_an_administrator_why_somebody_was_not(
        self, as_: As, place: Place, row: ReportSchedule, role: str, told: str, not_told: str
    ) -> None:
        people = place.people
        order = make.make_report_order(state="ready", schedule=row, period=TODAY, ordered_by=people["reviewer"])
        mail = make.make_reply(recipient=people["owner"], mail_state="mailed")
        make.make_report_delivery(order=order, person=people["owner"], reply=mail)
        make.make_report_delivery(order=order, person=people["lead"], withheld="They may no longer read this report.")
        page = plain(as_(role).get(f"/workspace/schedules/{row.pk}/"))
        addresses = {name: people[name].email for name in ("owner", "lead")}
        assert told.format_map(addresses) in page
        assert not_told.format_map(addresses) in page
        assert ("Jo owner" in page) is (role == "administrator")

    def test_who_gets_it_sees_no_others_and_can_leave(self, as_: As, place: Place, row: ReportSchedule) -> None:
        row.recipients.add(place.people["lead"])
        client = as_("owner")
        page = plain(client.get(f"/workspace/schedules/{row.pk}/"))
        assert "Jo lead" not in page
        assert "Pause it" not in page
        answer = client.post(f"/workspace/schedules/{row.pk}/step/", {"then": "leave"}, follow=True)
        assert answer.redirect_chain == [("/workspace/schedules/", 302)]
        assert "It is not sent to you any more." in plain(answer)
        assert list(row.recipients.all()) == [place.people["lead"]]

    @pytest.mark.parametrize("then", ["pause", "end"])
    def test_who_only_gets_it_does_not_steer_it(self, as_: As, row: ReportSchedule, then: str) -> None:
        client = as_("owner")
        sent = {"then": then, "version": "1"}
        assert client.post(f"/workspace/schedules/{row.pk}/step/", sent).status_code == 403
        assert client.get(f"/workspace/schedules/{row.pk}/change/").status_code == 403
        row.refresh_from_db()
        assert (row.version, row.paused_on, row.until_on) == (1, None, None)

    @pytest.mark.parametrize("role", ["coordinator", "board member", "lead"])
    def test_it_is_not_there_for_others(self, as_: As, row: ReportSchedule, role: str) -> None:
        client = as_(role)
        assert client.get(f"/workspace/schedules/{row.pk}/").status_code == 404
        assert client.post(f"/workspace/schedules/{row.pk}/step/", {"then": "leave"}).status_code == 404

    def test_it_is_paused_resumed_and_ended(self, as_: As, row: ReportSchedule) -> None:
        client = as_("reviewer")

        def step(then: str, version: int) -> str:
            sent = {"then": then, "version": str(version)}
            return plain(client.post(f"/workspace/schedules/{row.pk}/step/", sent, follow=True))

        assert "Paused since 2 November 2026." in step("pause", 1)
        assert "Somebody else has changed this schedule" in step("end", 1)
        assert "The next is made on" in step("resume", 2)
        assert "Ended on 2 November 2026." in step("end", 3)
        assert "It has ended." in step("pause", 4)
        assert "Choose what to do with it." in step("dance", 4)

    def test_one_that_the_tracker_paused_says_why(self, as_: As, row: ReportSchedule) -> None:
        ReportSchedule.objects.update(paused_on=TODAY, paused_why="Whoever set it up may no longer read this report.")
        page = plain(as_("administrator").get(f"/workspace/schedules/{row.pk}/"))
        assert "It was paused by the tracker: Whoever set it up may no longer read this report." in page

    def test_a_change_does_not_tell_what_became_of_those_who_get_it(
        self, as_: As, place: Place, row: ReportSchedule
    ) -> None:
        """Who gets it already stays, whatever became of them; the mails are withheld."""
        owner = place.people["owner"]
        owner.memberships.update(until_on=TODAY)
        owner.is_active = False
        owner.save()
        sent = {"recipients": f"{owner.email} {place.people['reviewer'].email}", "version": "1"}
        assert as_("reviewer").post(f"/workspace/schedules/{row.pk}/change/", sent).status_code == 302
        assert set(row.recipients.all()) == {owner, place.people["reviewer"]}

    def test_it_is_changed(self, as_: As, place: Place, row: ReportSchedule) -> None:
        client, address = as_("reviewer"), f"/workspace/schedules/{row.pk}/change/"
        assert client.get(address).context["form"]["recipients"].value() == place.people["owner"].email
        until = {"until_on_0": "31", "until_on_1": "3", "until_on_2": "2027"}
        sent: Any = {"recipients": place.people["coordinator"].email, "version": "1"} | until
        assert client.post(address, sent).status_code == 302
        row.refresh_from_db()
        assert (list(row.recipients.all()), row.until_on) == ([place.people["coordinator"]], date(2027, 3, 31))
        late = client.post(address, sent | {"recipients": place.people["owner"].email})
        assert late.status_code == 409
        assert "What you typed is still here, and not saved." in plain(late)


def test_everybody_sees_their_own_and_an_administrator_all(as_: As, place: Place, row: ReportSchedule) -> None:
    other = make.make_report_schedule()
    found = {
        role: [each for each, *_ in as_(role).get("/workspace/schedules/").context["schedules"]]
        for role in ("reviewer", "owner", "lead", "administrator")
    }
    assert found == {"reviewer": [row], "owner": [row], "lead": [], "administrator": [other, row]}
