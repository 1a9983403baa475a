"""The console of chasing: what goes next and why, holding, sending now, what went, and the jobs."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils import timezone

from actionplans.chasing.planning import plan
from actionplans.chasing.sending import MOST_TRIES, mail
from concordat import tasks
from concordat.kernel.models import Change
from concordat.workspace.jobs import JOBS
from signatories.models import ChasingHold, JobDay, Message, Notice, Partnership, Person
from tests import factories as make
from tests.admin_pages import Page
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
CHASING = "/workspace/chasing/"
MESSAGES = f"{CHASING}messages/"


def console(partnership: Partnership) -> str:
    return f"{CHASING}partnerships/{partnership.slug}/"


def rows() -> dict[str, int]:
    """How many rows each table has; a visit writes to no other table than those of sessions and of last visits."""
    mine = {"kernel", "areas", "signatories", "actionplans"}
    return {
        model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.app_label in mine
    }


@pytest.fixture(autouse=True)
def _heard(place: Place) -> None:
    """The plan was heard of lately, so that nothing goes but what a test brings about."""
    make.make_update(action=place.action, reported_on=date(2026, 10, 1), state="accepted")


def overdue(place: Place, text: str = "Open a crisis café", **fields: Any) -> Any:
    """An overdue action of the place, for which the owner answers."""
    number = place.action.plan.actions.count()
    own = {"reference": f"A1.{number}", "due_on": date(2026, 10, 30)} | fields
    action = make.make_action(plan=place.action.plan, text=text, **own)
    make.make_in_version(version=place.action.plan.versions.get(), action=action)
    make.make_owner(action=action, person=place.people["owner"])
    return action


def elsewhere(place: Place, text: str = "Street triage") -> Partnership:
    """Another partnership, in which the owner answers for an overdue action too."""
    version = make.make_version(published_on=date(2026, 1, 5))
    action = make.make_action(plan=version.plan, text=text, due_on=date(2026, 10, 30))
    make.make_in_version(version=version, action=action)
    make.make_owner(action=action, person=place.people["owner"])
    partnership: Partnership = version.plan.partnership
    return partnership


def people_page(place: Place, person: Person, end: str = "") -> str:
    return f"{console(place.partnership)}people/{person.pk}/{end}"


class TestWhatGoesNext:
    def test_it_says_to_whom_what_why_and_when(self, as_: As, place: Place) -> None:
        overdue(place)
        plan(TODAY, by="test")
        page = plain(as_("coordinator").get(console(place.partnership)))
        assert "Today 1 email goes." in page
        assert "Today, Monday 2 November 2026 Jo owner The day of an action has passed" in page
        assert "It was due on 30 October 2026 and is open. Told once. A1.1 Open a crisis café" in page

    def test_an_escalation_is_seen_two_working_days_before_it_goes(self, as_: As, place: Place) -> None:
        chair = make.make_membership("chair", partnership=place.partnership).person
        overdue(place, "Nobody in a cell", due_on=date(2026, 6, 1), must_do=True)
        plan(TODAY, by="test")
        page = plain(as_("coordinator").get(console(place.partnership)))
        assert "Escalations (1) These go over the owner’s head." in page
        assert f"A national must-do is long overdue , to {chair}" in page
        assert f"Wednesday 4 November 2026 {chair} An escalation: you see it two working days before it goes." in page

    def test_who_looks_after_one_partnership_goes_on_to_it_and_keeps_the_day(self, as_: As, place: Place) -> None:
        answer = as_("coordinator").get(f"{CHASING}?on=2026-12-07")
        assert answer.url == f"{console(place.partnership)}?on=2026-12-07"

    def test_what_waits_for_the_next_digest_says_so(self, as_: As, place: Place) -> None:
        overdue(place)
        reader = place.people["owner"]
        moved_at = make.noon(date(2026, 10, 29))
        make.make_message(recipient=reader, day=date(2026, 10, 29), mail_state="mailed", mail_moved_at=moved_at)
        page = plain(as_("coordinator").get(console(place.partnership)))
        assert "Today nothing goes, 1 later." in page
        assert "Thursday 5 November 2026 Jo owner They get one email in seven days" in page

    def test_in_somebodys_place_it_names_both(self, as_: As, place: Place) -> None:
        overdue(place)
        deputy = make.make_person(name="Dee Deputy")
        make.make_pause(person=place.people["owner"], deputy=deputy, from_on=TODAY, until_on=TODAY + timedelta(days=9))
        page = plain(as_("coordinator").get(console(place.partnership)))
        assert "Dee Deputy The day of an action has passed , in the place of Jo owner" in page

    def test_what_is_not_said_is_listed_with_why(self, as_: As, place: Place) -> None:
        overdue(place)
        make.make_pause(person=place.people["owner"], from_on=TODAY, until_on=date(2026, 11, 9))
        page = plain(as_("coordinator").get(console(place.partnership)))
        assert "What is not said now (1) The day of an action has passed , to Jo owner" in page
        assert "Not now: Paused until 9 November 2026." in page

    def test_national_administrators_are_named_to_each_other_alone(self, as_: As, place: Place) -> None:
        silent = make.make_version(plan=make.make_plan(partnership=place.partnership), published_on=date(2026, 1, 5))
        action = make.make_action(plan=silent.plan)
        make.make_in_version(version=silent, action=action)
        make.make_update(action=action, reported_on=date(2026, 3, 2), state="accepted")
        plan(TODAY, by="test")
        page = plain(as_("coordinator").get(console(place.partnership)))
        assert "Nothing is heard of a plan , to A national administrator" in page
        assert "Jo administrator" not in page
        read = as_("coordinator").get(people_page(place, place.people["administrator"])).content.decode()
        assert ("Hello A national administrator," in read, "Jo administrator" in read) == (True, False)
        assert "Nothing is heard of a plan , to Jo administrator" in plain(
            as_("administrator").get(console(place.partnership))
        )


class TestAnotherDay:
    def test_it_shows_what_would_go_and_writes_nothing(self, as_: As, place: Place) -> None:
        """On 7 December the round of updates before the end of the quarter is open."""
        overdue(place)
        client = as_("coordinator")
        client.get(console(place.partnership))
        before = rows()
        page = client.get(f"{console(place.partnership)}?on=2026-12-07")
        assert rows() == before
        assert "This is a simulation." in plain(page)
        assert "On 7 December 2026 1 email would go." in plain(page)
        assert "Papers are due on 31 December 2026. Updates are asked for 20 working days before." in plain(page)
        assert "Hold it" not in plain(page)
        assert '<form method="post" action="/workspace/chasing' not in page.content.decode()
        for end in ("?on=2026-12-07", "letter/?on=2026-12-07"):
            assert client.get(people_page(place, place.people["owner"], end)).status_code == 200
        assert rows() == before

    def test_a_day_on_which_nothing_goes_names_the_next(self, as_: As, place: Place) -> None:
        page = plain(as_("coordinator").get(f"{console(place.partnership)}?on=2026-12-24"))
        assert "the next such day is 4 January 2027" in page

    def test_a_day_that_makes_no_sense_is_refused(self, as_: As, place: Place) -> None:
        answer = as_("coordinator").get(f"{console(place.partnership)}?on=tomorrow")
        assert answer.status_code == 400
        assert "“tomorrow” is not a date." in plain(answer)

    def test_everywhere_for_national_administrators(self, as_: As, place: Place) -> None:
        overdue(place)
        elsewhere(place)
        client = as_("administrator")
        client.get(CHASING)
        before = rows()
        page = plain(client.get(f"{CHASING}?on=2026-12-07"))
        assert rows() == before
        assert f"{place.partnership} 2 reminders to 1 person 0 0" in page
        plan(TODAY, by="test")
        assert f"{place.partnership} 1 reminder to 1 person 0 0 0" in plain(client.get(CHASING))


class TestHolding:
    def test_it_keeps_back_on_the_day_and_release_lets_it_go(self, as_: As, place: Place, mailoutbox: Any) -> None:
        overdue(place)
        plan(TODAY, by="test")
        client, notice = as_("coordinator"), Notice.objects.get()
        address = f"{CHASING}notices/{notice.pk}/hold/"
        page = plain(client.post(address, {"reason": "I phoned.", "version": "0"}, follow=True))
        assert "The day of an action has passed, 30 October 2026, to Jo owner” are held." in page
        assert "What is held (1) The day of an action has passed, 30 October 2026, to Jo owner" in page
        assert "Held by Jo coordinator since 2 November 2026, until it is released. Why: I phoned." in page
        mail(Message.objects.get().pk, by="test", now=timezone.now())
        assert mailoutbox == []
        row, here = ChasingHold.objects.get(), f"http://testserver{console(place.partnership)}"
        page = plain(client.post(f"/workspace/holds/{row.pk}/release/", headers={"referer": here}, follow=True))
        assert "Reminders are released." in page
        assert "Nothing is held." in page
        client.post(people_page(place, place.people["owner"], "send/"))
        mail(Message.objects.get().pk, by="test", now=timezone.now())
        assert [each.subject for each in mailoutbox] == ["Actions past their due date"]
        assert [(each.verb, each.by) for each in Change.objects.about(row)] == [
            ("created", place.people["coordinator"]),
            ("released", place.people["coordinator"]),
        ]
        again = client.post(f"/workspace/holds/{row.pk}/release/", headers={"referer": here}, follow=True)
        assert "It is released already." in plain(again)

    def test_what_else_is_held_of_the_partnership_is_listed_and_released_here(self, as_: As, place: Place) -> None:
        action = overdue(place)
        client = as_("coordinator")
        rows = {
            "Everything of this partnership": make.make_hold(partnership=place.partnership),
            "Everything about “A1.1 Open a crisis café”": make.make_hold(
                subject_type="actionplans.action", subject_id=action.pk
            ),
            f"Everything about “{action.plan}”": make.make_hold(
                subject_type="actionplans.actionplan", subject_id=action.plan_id
            ),
        }
        page = plain(client.get(console(place.partnership)))
        assert "What is held (3)" in page
        assert "Nobody is to be reminded of anything now." in page
        for about, row in rows.items():
            assert about in page
            client.post(f"/workspace/holds/{row.pk}/release/")
        assert "Nothing is held." in plain(client.get(console(place.partnership)))

    def test_before_it_is_planned_all_about_its_action_can_be_held(self, as_: As, place: Place) -> None:
        action = overdue(place)
        page = as_("coordinator").get(console(place.partnership)).content.decode()
        assert f'href="/workspace/actions/{action.pk}/hold/"' in page


class TestTheMail:
    def test_it_is_shown_as_text_and_as_an_inert_page(self, as_: As, place: Place) -> None:
        overdue(place, "Beware <script>alert(1)</script>")
        client = as_("coordinator")
        page = client.get(people_page(place, place.people["owner"]))
        assert "Subject Actions past their due date" in plain(page)
        assert "* A1.1 Beware &lt;script&gt;" in page.content.decode()
        assert "sha256-" in page["Content-Security-Policy"]
        assert "sandbox srcdoc=" in page.content.decode()
        alone = client.get(people_page(place, place.people["owner"], "letter/"))
        assert "Beware &lt;script&gt;" in alone.content.decode()
        policy = set(alone["Content-Security-Policy"].split("; "))
        assert {"sandbox", "default-src 'none'", "script-src 'none'", "form-action 'none'"} <= policy
        assert {"frame-ancestors 'none'", "img-src 'none'"} <= policy
        assert "unsafe-inline" not in alone["Content-Security-Policy"]

    def test_of_other_partnerships_a_coordinator_sees_a_number(self, as_: As, place: Place) -> None:
        overdue(place)
        elsewhere(place)
        for end in ("", "send/"):
            page = as_("coordinator").get(people_page(place, place.people["owner"], end))
            assert "The email also holds 1 reminder of other partnerships" in plain(page)
            assert "Street triage" not in page.content.decode()
        alone = as_("coordinator").get(people_page(place, place.people["owner"], "letter/"))
        assert "Street triage" not in alone.content.decode()
        page = as_("administrator").get(people_page(place, place.people["owner"]))
        assert "Street triage" in page.content.decode()
        assert "of other partnerships" not in plain(page)

    def test_sent_now_it_is_on_its_way_and_twice_sends_once(self, as_: As, place: Place, mailoutbox: Any) -> None:
        overdue(place)
        client, address = as_("coordinator"), people_page(place, place.people["owner"], "send/")
        page = client.get(address)
        assert "They get everything that may go to them today, in one email." in plain(page)
        assert not Message.objects.exists()
        assert "is on its way" in plain(client.post(address, follow=True))
        assert "is on its way" in plain(client.post(address, follow=True))
        message = Message.objects.get()
        mail(message.pk, by="test", now=timezone.now())
        overdue(place, "Entered late")
        answer = client.post(address)
        assert answer.status_code == 400
        assert "They have had an email today. The next one can go tomorrow." in plain(answer)
        assert len(mailoutbox) == 1
        assert Change.objects.about(message).filter(verb="created").get().by == place.people["coordinator"]

    def test_a_queue_that_is_out_of_reach_leaves_it_to_the_sweep(
        self, as_: As, place: Place, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
    ) -> None:
        overdue(place)
        handed: list[int] = []
        monkeypatch.setattr("concordat.workspace.letters.hand_to_worker", lambda task, pk: handed.append(pk))
        with django_capture_on_commit_callbacks(execute=True):
            as_("coordinator").post(people_page(place, place.people["owner"], "send/"))
        message = Message.objects.get()
        assert (handed, message.mail_state) == ([message.pk], "received")
        assert list(Message.objects.to_mail(timezone.now())) == [message]

    def test_to_whom_nothing_of_the_partnership_goes_there_is_no_page(self, as_: As, place: Place) -> None:
        elsewhere(place)
        for end in ("", "letter/", "send/"):
            assert as_("coordinator").get(people_page(place, place.people["owner"], end)).status_code == 404

    def test_an_escalation_before_its_day_is_shown_and_not_sent(self, as_: As, place: Place) -> None:
        chair = make.make_membership("chair", partnership=place.partnership).person
        overdue(place, due_on=date(2026, 6, 1), must_do=True)
        plan(TODAY, by="test")
        client = as_("coordinator")
        assert "It goes on Wednesday 4 November 2026" in plain(client.get(people_page(place, chair)))
        page = client.post(people_page(place, chair, "send/"))
        assert page.status_code == 400
        assert "Nothing waits for them that may go today." in plain(page)


class TestWhatWent:
    @pytest.fixture
    def message(self, place: Place) -> Message:
        """A digest that perhaps went, with a remark of the place and one of another partnership."""
        message = make.make_message(
            recipient=place.people["owner"], day=TODAY, mail_state="uncertain", mail_moved_at=make.noon(TODAY),
            mail_failure="It stopped.", subject="The day of an action has passed", text="Secret: /fewer-mails/abc/",
        )  # fmt: skip
        make.make_notice(message=message, partnership=place.partnership, subject_id=place.action.pk)
        return message

    def test_the_list_says_what_became_of_each(self, as_: As, place: Place, message: Message) -> None:
        make.make_notice(message=message)
        mailed = make.make_message(mail_state="mailed", mail_moved_at=make.noon(TODAY), day=TODAY)
        make.make_notice(message=mailed, partnership=place.partnership)
        make.make_notice(message=make.make_message(day=TODAY))
        client = as_("coordinator")
        page = plain(client.get(MESSAGES))
        assert "To Jo owner, 2 November 2026 Perhaps sent: it stopped half-way" in page
        assert "It stopped. 1 reminder, and 1 of other partnerships." in page
        assert page.count("2 November 2026 Sent") == 1
        page = plain(client.get(f"{MESSAGES}?state=look&partnership={place.partnership.slug}"))
        assert ("Jo owner" in page, "2 November 2026 Sent" in page) == (True, False)
        assert "1 email needs a decision" in plain(client.get(console(place.partnership)))

    def test_what_is_refused_for_now_or_being_sent_is_counted(self, as_: As, place: Place) -> None:
        for state, besides in (("failed", {"mail_failure": "x", "mail_next_at": make.noon(TODAY)}), ("mailing", {})):
            message = make.make_message(mail_state=state, day=TODAY, mail_moved_at=make.noon(TODAY), **besides)
            make.make_notice(message=message, partnership=place.partnership)
        page = plain(as_("coordinator").get(console(place.partnership)))
        assert "1 email was refused for now, and is tried again by itself. See when" in page
        assert "1 email is being sent." in page
        page = plain(as_("coordinator").get(f"{MESSAGES}?state=failed"))
        assert "Refused for now, tried again Last tried on 2 November 2026 at 12:00. Tried again from" in page

    def test_a_planned_one_is_listed_before_it_is_filled(self, as_: As, place: Place) -> None:
        overdue(place)
        plan(TODAY, by="test")
        client = as_("coordinator")
        assert "Planned, not sent yet Not tried yet. It is filled when it goes." in plain(client.get(MESSAGES))

    def test_its_text_is_for_those_who_see_all_of_it_and_without_keys(
        self, as_: As, place: Place, message: Message
    ) -> None:
        address = f"{MESSAGES}{message.pk}/"
        page = as_("coordinator").get(address).content.decode()
        assert "Secret: /fewer-mails/…/" in page
        make.make_notice(message=message, subject_id=99)
        page = plain(as_("coordinator").get(address))
        assert "Secret" not in page
        assert "And 1 reminder of other partnerships, which you do not see." in page
        assert "Mental health nurse in the control room" in page
        assert "Secret" in plain(as_("administrator").get(address))

    def test_sent_again_it_keeps_its_message_id_and_says_who_and_why(
        self, as_: As, place: Place, mailoutbox: Any
    ) -> None:
        overdue(place)
        plan(TODAY, by="test")
        message = Message.objects.get()
        mail(message.pk, by="test", now=timezone.now())
        Message.objects.update(mail_state="uncertain", mail_failure="It stopped.")
        client, address = as_("coordinator"), f"{MESSAGES}{message.pk}/"
        assert "Say how you know." in plain(client.post(address, {"why": "", "then": "again"}))
        answer = client.post(address, {"why": "She has nothing", "then": "again"}, follow=True)
        # To the list, for a digest of which nothing is left to say is soon dropped, and then has no page for them.
        assert answer.redirect_chain == [(MESSAGES, 302)]
        assert "It is sent again" in plain(answer)
        assert "by Jo coordinator. Why: She has nothing" in plain(client.get(address))
        mail(message.pk, by="test", now=timezone.now())
        assert len({each.extra_headers["Message-ID"] for each in mailoutbox}) == 1
        assert len(mailoutbox) == 2
        answer = client.post(address, {"why": "Again", "then": "again"})
        assert answer.status_code == 409
        assert "Somebody else has settled it meanwhile." in plain(answer)

    def test_what_no_mail_server_took_is_said_again_at_once(self, as_: As, place: Place, mailoutbox: Any) -> None:
        """As after an outage of five days: one email to each, with what has become due since."""
        overdue(place)
        gone = {"mail_state": "given_up", "mail_tries": MOST_TRIES, "mail_failure": "TimeoutError"}
        week_ago = TODAY - timedelta(days=7)
        plan(week_ago, by="test")
        Message.objects.update(**gone, mail_moved_at=make.noon(week_ago + timedelta(days=5)))
        Notice.objects.update(message=Message.objects.get())
        assert "No mail server took" not in plain(as_("coordinator").get(MESSAGES))
        client = as_("administrator")
        assert "No mail server took 1 email, as after a long outage. Send it again" in plain(client.get(MESSAGES))
        page = plain(client.get(f"{MESSAGES}again/"))
        assert "No mail server took 1 email, though each was tried 12 times in over four days." in page
        assert "Say why it can go now." in plain(client.post(f"{MESSAGES}again/", {"why": " "}))
        answer = client.post(f"{MESSAGES}again/", {"why": "The server is back."}, follow=True)
        assert answer.redirect_chain == [(MESSAGES, 302)]
        assert "What was in 1 email goes with people’s next email." in plain(answer)
        assert "No mail server took 1" not in plain(answer)
        overdue(place, "Train the night staff")
        plan(TODAY, by="test")
        mail(Message.objects.get(day=TODAY).pk, by="test", now=timezone.now())
        assert len(mailoutbox) == 1
        assert "Open a crisis café" in mailoutbox[0].body
        assert "Train the night staff" in mailoutbox[0].body
        answer = client.post(f"{MESSAGES}again/", {"why": "Once more"}, follow=True)
        assert "None was left: all were sent or put back already." in plain(answer)

    def test_or_it_is_noted_that_it_arrived(self, as_: As, place: Place, message: Message) -> None:
        page = as_("coordinator").post(f"{MESSAGES}{message.pk}/", {"why": "I phoned", "then": "left"}, follow=True)
        assert "It is noted that it arrived." in plain(page)
        message.refresh_from_db()
        assert message.mail_state == "mailed"
        assert Change.objects.about(message).get().why == "I phoned"

    @pytest.mark.parametrize(
        ("then", "told", "stays"),
        [
            ("again", "What still holds of it goes with their next email.", False),
            ("left", "It is left as it is.", True),
        ],
    )
    def test_what_was_given_up_goes_with_the_next_one_or_is_left(
        self, as_: As, place: Place, message: Message, then: str, told: str, stays: bool
    ) -> None:
        Message.objects.update(mail_state="given_up", mail_failure="The mail server refused it")
        address = f"{MESSAGES}{message.pk}/"
        page = plain(as_("coordinator").get(address))
        assert "Put it into their next email Leave it" in page
        answer = as_("coordinator").post(address, {"why": "I phoned", "then": then}, follow=True)
        assert told in plain(answer)
        message.refresh_from_db()
        assert message.mail_state == "dropped"
        assert message.notices.exists() == stays
        assert Change.objects.about(message).get().why == "I phoned"
        answer = as_("administrator").post(address, {"why": "I phoned too", "then": then})
        assert answer.status_code == 409
        assert "Somebody else has settled it meanwhile." in plain(answer)


def test_another_coordinator_finds_nothing_under_any_id(client: Client, place: Place) -> None:
    action = overdue(place)
    plan(TODAY, by="test")
    message = make.make_message(mail_state="uncertain", mail_moved_at=make.noon(TODAY), day=TODAY)
    make.make_notice(message=message, partnership=place.partnership)
    holds = [
        make.make_hold(partnership=place.partnership),
        make.make_hold(notice=Notice.objects.earliest("pk")),
        make.make_hold(subject_type="actionplans.action", subject_id=action.pk),
        make.make_hold(subject_type="actionplans.actionplan", subject_id=action.plan_id),
        make.make_hold(subject_type="signatories.partnership", subject_id=place.partnership.pk),
    ]
    reader = place.people["owner"].pk
    enter(client, make.make_membership("coordinator").person)
    addresses = [
        f"messages/{message.pk}/",
        f"messages/?partnership={place.partnership.slug}",
        f"notices/{Notice.objects.earliest('pk').pk}/hold/",
        *(f"partnerships/{place.partnership.slug}/{end}" for end in ("", "?on=2026-12-07")),
        *(f"partnerships/{place.partnership.slug}/people/{reader}/{end}" for end in ("", "letter/", "send/")),
    ]
    before = rows()
    assert {each: client.get(CHASING + each).status_code for each in addresses} == dict.fromkeys(addresses, 404)
    writes = [each for each in addresses if each.endswith(("hold/", "send/"))] + [f"messages/{message.pk}/"]
    writes += [f"../holds/{row.pk}/release/" for row in holds]
    sent = {"reason": "x", "version": "0", "why": "x", "then": "again"}
    assert {each: client.post(urljoin(CHASING, each), sent).status_code for each in writes} == dict.fromkeys(
        writes, 404
    )
    assert rows() == before
    assert not ChasingHold.objects.filter(until_on__isnull=False).exists()
    message.refresh_from_db()
    assert message.mail_state == "uncertain"


class TestJobs:
    def test_each_job_of_the_timetable_is_told_of(self) -> None:
        scheduled = {entry["task"].rpartition(".")[2] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
        assert scheduled - {"heartbeat"} == set(JOBS)

    def test_a_run_is_noted_with_what_came_of_it(self, as_: As, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tasks.mail_message, "delay", lambda pk: mail(pk, by="mail_message", now=timezone.now()))
        overdue(place)
        tasks.plan_chasing()
        tasks.plan_chasing()
        row = JobDay.objects.get(job="plan_chasing")
        assert (row.day, row.begun, row.ended, row.failed, row.done) == (TODAY, 2, 2, 0, 1)
        page = plain(as_("administrator").get(f"{CHASING}jobs/"))
        assert "2 November 2026 2 of 2 ended 1 reminder 1 sent" in page
        assert "Hand emails to the workers, those that were missed too every 5 minutes 2 November 2026 at 12:00" in page
        assert "Chasing was last planned on 2 November 2026 at 12:00." in plain(as_("administrator").get(CHASING))

    def test_answers_that_wait_for_a_person_are_counted_and_lead_to_their_list(self, as_: As) -> None:
        administrator = as_("administrator")
        assert "None: every answer" in plain(administrator.get(f"{CHASING}jobs/"))
        for state, count in (("given_up", 2), ("uncertain", 1), ("mailed", 1), ("received", 1)):
            for number in range(count):
                make.make_reply(subject=f"{state} {number}", mail_state=state)
        page = Page(administrator.get(f"{CHASING}jobs/"))
        assert "2 answers were given up 1 answer was perhaps sent" in page.words
        list_of = "/admin/signatories/reply/?mail_state__exact="
        assert page.links[f"{list_of}given_up"] == "2 answers were given up"
        assert page.links[f"{list_of}uncertain"] == "1 answer was perhaps sent"
        listed = Page(administrator.get(f"{list_of}given_up")).words
        assert ["given_up 0" in listed, "given_up 1" in listed, "uncertain 0" in listed] == [True, True, False]

    def test_a_run_that_fails_says_why_and_one_that_is_killed_is_counted(
        self, as_: As, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fails(*args: Any, **options: Any) -> None:
            raise OSError("No route to olive@example.org")

        def killed(*args: Any, **options: Any) -> None:
            raise SystemExit

        monkeypatch.setattr(tasks.planning, "plan", fails)
        with pytest.raises(OSError, match="No route"):
            tasks.plan_chasing()
        monkeypatch.setattr(tasks.planning, "plan", killed)
        with pytest.raises(SystemExit):
            tasks.plan_chasing()
        row = JobDay.objects.get()
        assert (row.begun, row.ended, row.failed, row.unfinished, row.failure) == (2, 0, 1, 1, "OSError")
        page = plain(as_("administrator").get(f"{CHASING}jobs/"))
        assert "0 of 2 ended, 1 failed , 1 still running or stopped half-way" in page
        assert "2 November 2026 at 12:00: OSError" in page
        assert "olive@example.org" not in page
        assert "1 run of 2 November 2026 failed" in plain(as_("coordinator").get(console(place.partnership)))
