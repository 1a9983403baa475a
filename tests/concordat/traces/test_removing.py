"""Words go out of the texts, out of what they said before, and out of typed drafts; a mark and a record are left."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Model

from actionplans.models import Action, ActionInVersion, DateChange, ProgressUpdate
from concordat.accounts import typed
from concordat.kernel.changes import create, record, revise
from concordat.kernel.models import Change, Redaction, Revision
from concordat.kernel.passages import MARK, Sought
from concordat.picture import picture
from concordat.traces.finding import find
from concordat.traces.removing import ALIKE, NOWHERE, REPEATS, remove_words
from signatories.models import Enquiry, Person
from signatories.services.errors import NotAllowedError
from tests import factories as make
from tests.actionplans.reporting import report
from tests.factories import DAY, noon

pytestmark = pytest.mark.django_db
NAME = "Zoë O’Brien"
NOW = noon(date(2026, 11, 3))


@pytest.fixture
def administrator() -> Person:
    return make.make_person(name="The administrator", is_staff=True, is_superuser=True)


@pytest.fixture
def remove(administrator: Person) -> Callable[..., list[Redaction]]:
    def remove(root: Model, words: str = "zoe o'brien", *, whole: str = "", **options: Any) -> list[Redaction]:
        sought = Sought(getattr(root, whole), is_whole=True) if whole else Sought(words)
        place = ((root._meta.label_lower, root.pk), whole) if whole else None
        why = {"category": "person", "reason": "Asked for by letter"} | options
        return remove_words(sought, root, whole=place, by=administrator, now=NOW, **why)

    return remove


Remove = Callable[..., list[Redaction]]


def everything() -> str:
    """All that stands in the record and in the texts of actions and reports."""
    rows: list[Any] = [*Change.objects.values_list("why", "fields"), *Redaction.objects.values()]
    for model in (Action, ActionInVersion, ProgressUpdate, DateChange, Enquiry):
        rows += model._base_manager.values()
    return " ".join(map(str, rows)).casefold()


def test_the_text_and_all_its_past(remove: Remove, administrator: Person) -> None:
    action = create(Action(plan=make.make_plan(), text=f"A nurse for {NAME}"), by="test", why=f"{NAME} asked")
    revise(action, by="test", text=f"A nurse and a bed for {NAME}, says {NAME}")
    rows = remove(action)
    action.refresh_from_db()
    assert action.text == f"A nurse and a bed for {MARK}, says {MARK}"
    first, second, last = Change.objects.about(action)
    assert (first.why, first.fields["text"]) == (f"{MARK} asked", [None, f"A nurse for {MARK}"])
    assert second.fields["text"] == [f"A nurse for {MARK}", action.text]
    assert first.redacted_at == second.redacted_at == NOW
    assert (last.verb, last.by, last.why, last.fields) == ("redacted", administrator, "It names a person", {})
    assert [(row.field, row.places) for row in rows] == [("text", 2), ("record", 5)]
    assert "brien" not in everything()


def test_a_second_removal_takes_more_of_the_same_change(remove: Remove) -> None:
    action = create(Action(plan=make.make_plan(), text=f"{NAME} and Jo Smith"), by="test")
    remove(action)
    remove(action, "Jo Smith")
    assert Change.objects.about(action)[0].fields["text"] == [None, f"{MARK} and {MARK}"]


def test_copies_go_with_it_and_nobody_elses(remove: Remove) -> None:
    action = make.make_action(text=f"A nurse for {NAME}")
    line = make.make_in_version(action=action)
    mirror = make.make_action(text=f"A nurse for {NAME}", mirrors=action)
    mirrored = make.make_in_version(action=mirror)
    note = make.make_update(action=action, internal_note=f"{NAME} is ill")
    moved = make.make_date_change(action=action, reason=f"{NAME}\nleft")
    other = make.make_action(text=f"A bed for {NAME}")
    remove(action)
    for row in (action, line, mirror, mirrored, note, moved, other):
        row.refresh_from_db()
    assert action.text == line.text == mirror.text == mirrored.text == f"A nurse for {MARK}"
    assert (note.internal_note, moved.reason) == (f"{MARK} is ill", f"{MARK}\nleft")
    assert other.text == f"A bed for {NAME}"


def test_from_the_mirror_too(remove: Remove) -> None:
    action = make.make_action(text=f"A nurse for {NAME}")
    remove(make.make_action(text=f"A nurse for {NAME}", mirrors=action))
    action.refresh_from_db()
    assert action.text == f"A nurse for {MARK}"


def test_elsewhere_where_it_is_ticked(remove: Remove) -> None:
    action, other, third = (make.make_action(text=f"{number} for {NAME}") for number in (1, 2, 3))
    record(third, "told", by="test", why=f"{NAME} wrote")
    keys = {place.name: place.key for place in find(Sought(NAME), action).elsewhere}
    assert list(keys) == [
        f"Action {other.pk}: text", f"Action {third.pk}: text", f"Action {third.pk}: in the record of its changes",
    ]  # fmt: skip
    remove(action, also=[f"actionplans.action:{third.pk}:record", f"actionplans.action:{other.pk}:text"])
    other.refresh_from_db()
    third.refresh_from_db()
    assert (other.text, third.text) == (f"2 for {MARK}", f"3 for {NAME}")
    assert Change.objects.about(third)[0].why == f"{MARK} wrote"


@pytest.mark.parametrize(
    "text", ["Zoë O’Brien", "ZOE\nO'BRIEN", "Zoe\u0308 O'Brien", 'Said "Zoë O’Brien"', "é Zoe O`Brien"]
)
def test_the_database_finds_it_however_it_is_written(text: str) -> None:
    other = make.make_update(public_text=text)
    record(make.make_action(), "told", by="test", fields={"text": ("", text)})
    found = find(Sought("Zoë O'Brien"), make.make_action()).elsewhere
    assert [place.field for place in found] == ["public_text", "record"]
    assert found[0].pk == other.pk


def test_a_whole_text_with_all_it_said_before(remove: Remove) -> None:
    action = create(Action(plan=make.make_plan(), text="He lives at 5 High Street"), by="test")
    revise(action, by="test", text="He lives in the red house")
    make.make_in_version(action=action, text="He lives in the red house")
    note = make.make_update(action=action, internal_note="He lives in the red house by the church")
    remove(action, whole="text")
    action.refresh_from_db()
    note.refresh_from_db()
    assert action.text == action.in_versions.get().text == MARK
    assert [change.fields.get("text") for change in Change.objects.about(action)] == [[None, MARK], [MARK, MARK], None]
    assert note.internal_note == "He lives in the red house by the church"


def test_text_that_does_not_fit_with_its_mark_is_the_mark_alone(remove: Remove) -> None:
    action = make.make_action(timescale_text=f"Jo {'x' * 397}")
    remove(action, "Jo")
    action.refresh_from_db()
    assert action.timescale_text == MARK


def test_a_long_past_is_emptied_as_a_whole(remove: Remove) -> None:
    action = create(Action(plan=make.make_plan(), text=f"{'é ' * 20_000} {NAME}"), by="test")
    remove(action)
    assert Change.objects.about(action)[0].fields["text"] == [None, MARK]


def test_who_has_a_report_open_is_told(remove: Remove) -> None:
    action = make.make_action()
    draft = report(action, DAY, hand_in=False, public_text=f"{NAME} left")
    remove(action)
    draft.refresh_from_db()
    assert (draft.public_text, draft.version) == (f"{MARK} left", 2)
    with pytest.raises(NotAllowedError):
        report(action, DAY, version=1, hand_in=False, public_text=f"{NAME} left")


PROPOSES: dict[str, Any] = {
    "outcome": f"{NAME} is helped in 2027",
    "footprint": f"Where {NAME} lives, and {'x' * 90}",
    "themes": [],
    "leads": [["working_with", None, NAME]],
    "timescale": {"text": f"when {NAME} says so", "due_on": "2027-03-31", "precision": "day"},
}


@pytest.mark.parametrize("is_left_out", [False, True])
def test_what_a_draft_proposes(remove: Remove, is_left_out: bool) -> None:
    """Also of an action that is left out. Who has the draft open is told by its version."""
    plan = make.make_plan()
    draft = make.make_version(plan=plan)
    line = make.make_in_version(version=draft, proposes=PROPOSES, is_left_out=is_left_out)
    found = {place.field: (place.times, len(place.excerpts)) for place in find(Sought(NAME), draft).own}
    assert found == {"proposes": (4, 4), "outcome": (1, 1), "footprint": (1, 1)}
    assert {row.field: row.places for row in remove(draft)} == {"proposes": 4, "outcome": 1, "footprint": 1}
    line = ActionInVersion.every.get(pk=line.pk)
    assert line.proposes == {
        "outcome": f"{MARK} is helped in 2027",
        "footprint": f"Where {MARK} lives, and {'x' * 90}",
        "themes": [],
        "leads": [["working_with", None, MARK]],
        "timescale": {"text": f"when {MARK} says so", "due_on": "2027-03-31", "precision": "day"},
    }
    assert (line.outcome, line.footprint) == (line.proposes["outcome"], line.proposes["footprint"])
    draft.refresh_from_db()
    assert draft.version == 2


def test_what_a_published_version_says(remove: Remove) -> None:
    """It is written once; words go all the same, also those that its action has no longer."""
    words = dict.fromkeys(("outcome", "outcome_measure", "footprint"), f"{NAME} is helped")
    line = make.make_in_version(version=make.make_version(published_on=DAY), **words)
    assert {row.field for row in remove(line.action)} == set(words)
    assert ActionInVersion.objects.values(*words).get(pk=line.pk) == dict.fromkeys(words, f"{MARK} is helped")


def test_a_day_or_a_role_of_a_draft_is_nobodys_words(remove: Remove) -> None:
    line = make.make_in_version(proposes=PROPOSES)
    for words in ("2027-03-31", "working_with"):
        with pytest.raises(NotAllowedError, match=NOWHERE):
            remove(line.version, words)


def test_what_a_draft_proposes_stays_short_enough_for_its_place(remove: Remove) -> None:
    line = make.make_in_version(proposes={"footprint": f"Jo {'x' * 117}", "outcome": f"Jo {'x' * 117}"})
    remove(line.version, "Jo")
    line.refresh_from_db()
    assert line.proposes == {"footprint": MARK, "outcome": f"{MARK} {'x' * 117}"}
    assert (line.footprint, line.outcome) == (MARK, f"{MARK} {'x' * 117}")


def test_other_readings_of_a_timescale(remove: Remove) -> None:
    reading = {"text": f"when {NAME} says so", "kind": "none", "question": f"When does {NAME} say so?"}
    for row in (make.make_action(alternatives=[reading]), make.make_promise(alternatives=[reading])):
        remove(row)
        row.refresh_from_db()
        assert row.alternatives == [
            {"text": f"when {MARK} says so", "kind": "none", "question": f"When does {MARK} say so?"}
        ]


def test_an_entry_of_the_contact_log(remove: Remove) -> None:
    """Nobody changes an entry, but this."""
    entry = make.make_contact(said=f"{NAME} is ill", whom=NAME, next_step=f"Ring {NAME}")
    remove(entry)
    entry.refresh_from_db()
    assert (entry.said, entry.whom, entry.next_step) == (f"{MARK} is ill", MARK, f"Ring {MARK}")
    remove(entry, whole="said")
    entry.refresh_from_db()
    assert entry.said == MARK


def test_who_has_a_promise_open_is_told(remove: Remove) -> None:
    promise = make.make_promise(we_will=f"Call {NAME}")
    remove(promise)
    promise.commitment.refresh_from_db()
    assert promise.commitment.version == 2


def test_typed_texts_in_sessions_go(remove: Remove) -> None:
    kept = {}
    for text in (f"Saw {NAME}", "Saw nobody"):
        session = SessionStore()
        sent = urlencode({"public_text": text})
        session[typed.SESSION_KEY] = {"path": "/workspace/", "who": "x", "sent": sent}
        session["language"] = "en"
        session.create()
        kept[text] = session.session_key
    remove(make.make_action(text=NAME))
    left = {text: dict(SessionStore(key).items()) for text, key in kept.items()}
    assert left[f"Saw {NAME}"] == {"language": "en"}
    assert typed.SESSION_KEY in left["Saw nobody"]


@pytest.mark.django_db(transaction=True)
def test_no_page_is_kept(remove: Remove) -> None:
    action = make.make_action(text=NAME)
    before = Revision.current()
    remove(action)
    assert Revision.current() != before


def test_an_enquiry(remove: Remove) -> None:
    enquiry = make.make_enquiry(message=f"{NAME} is my son", name="Ann Lee")
    remove(enquiry)
    remove(enquiry, whole="name")
    enquiry.refresh_from_db()
    assert (enquiry.message, enquiry.name) == (f"{MARK} is my son", MARK)


def test_the_name_of_a_person(remove: Remove) -> None:
    statement = make.make_statement(person=make.make_person(name=NAME, email=None))
    remove(statement.person)
    statement.person.refresh_from_db()
    assert statement.person.name == MARK


def test_the_reason_must_not_say_it_again(remove: Remove) -> None:
    action = make.make_action(text=NAME)
    with pytest.raises(NotAllowedError, match=REPEATS):
        remove(action, reason="ZOE O'BRIEN asked")
    action.refresh_from_db()
    assert action.text == NAME
    assert not Redaction.objects.exists()


def test_words_that_stand_nowhere(remove: Remove) -> None:
    action = make.make_action(text=NAME)
    remove(action)
    with pytest.raises(NotAllowedError, match=NOWHERE):
        remove(action)
    assert Redaction.objects.count() == 1


def test_two_texts_must_not_become_alike(remove: Remove) -> None:
    partnership = make.make_partnership()
    for text in ("One", "Two"):
        make.make_commitment(partnership=partnership, you_said=text)
    remove(partnership.commitments.get(you_said="One"), whole="you_said")
    second = partnership.commitments.get(you_said="Two")
    with pytest.raises(NotAllowedError, match=ALIKE[:40]):
        remove(second, whole="you_said")
    second.refresh_from_db()
    assert second.you_said == "Two"
    assert not Change.objects.about(second).exists()


def test_as_at_answers_stay_as_they_were(remove: Remove) -> None:
    area = make.make_area()
    partnership = make.make_partnership()
    make.make_declaration(
        partnership=partnership,
        areas=[area],
        published_on=date(2026, 1, 1),
        summary=NAME,
        withdrawn_on=date(2026, 8, 1),
    )
    plan = make.make_plan(partnership=partnership, areas=[area])
    action = make.make_action(plan=plan, text=NAME, due_on=date(2026, 2, 1))
    make.make_in_version(version=make.make_version(plan=plan, published_on=date(2026, 1, 5)), action=action)
    make.make_date_change(action=action, decided_on=date(2026, 3, 1), due_on=date(2026, 9, 1), reason=f"{NAME} left")
    make.make_update(action=action, reported_on=date(2026, 4, 1), public_text=NAME)
    days = [date(2026, month, 15) for month in range(1, 12)]
    before = [picture(on, partnership.programme) for on in days]
    declaration = partnership.declarations.get()
    remove(action)
    remove(declaration)
    assert [picture(on, partnership.programme) for on in days] == before
    declaration.refresh_from_db()
    assert declaration.summary == MARK


@pytest.mark.parametrize("size", [1, 50])
def test_queries(remove: Remove, size: int, django_assert_num_queries: Any) -> None:
    """However many reports hold it."""
    action = make.make_action(text=f"For {NAME}")
    for number in range(size):
        create(ProgressUpdate(action=action, reported_on=DAY, status="in_progress", state="accepted", until_on=DAY,
                              accepted_at=noon(DAY), public_text=f"{number}: {NAME}"), by="test")  # fmt: skip
    with django_assert_num_queries(69):
        remove(action)
    assert ProgressUpdate.objects.filter(public_text__contains=MARK).count() == size


class TestMails:
    """What we keep of mails quotes any text: it is found there, and goes with it if that is ticked."""

    def mails(self) -> list[Any]:
        message = make.make_message(subject=f"Late: {NAME}", text=f"* A nurse for {NAME}", mail_state="mailed")
        reply = make.make_reply(subject="Returned", text=f"Hello {NAME},", mail_state="mailed")
        report = make.make_mail_report(of=message, diagnostic=f"550 no {NAME} here")
        return [message, reply, report]

    def texts(self, rows: list[Any]) -> str:
        for row in rows:
            row.refresh_from_db()
        message, reply, report = rows
        return " | ".join((message.subject, message.text, reply.text, report.diagnostic))

    def test_words_are_found_in_them(self) -> None:
        self.mails()
        found = find(Sought(NAME), make.make_action(text=f"For {NAME}"))
        assert [place.name for place in found.elsewhere if place.is_mail] == [
            f"Message {found.elsewhere[0].pk}: subject",
            f"Message {found.elsewhere[0].pk}: text",
            f"Mail report {found.elsewhere[2].pk}: diagnostic",
            f"Reply {found.elsewhere[3].pk}: text",
        ]

    def test_all_at_once(self, remove: Remove) -> None:
        rows, action, other = self.mails(), make.make_action(text=f"For {NAME}"), make.make_enquiry(message=NAME)
        remove(action, also={"mails"})
        assert self.texts(rows) == f"Late: {MARK} | * A nurse for {MARK} | Hello {MARK}, | 550 no {MARK} here"
        other.refresh_from_db()
        assert other.message == NAME

    def test_one_by_one(self, remove: Remove) -> None:
        rows, action = self.mails(), make.make_action(text=f"For {NAME}")
        remove(action, also={f"signatories.reply:{rows[1].pk}:text"})
        assert self.texts(rows) == f"Late: {NAME} | * A nurse for {NAME} | Hello {MARK}, | 550 no {NAME} here"

    def test_words_of_an_administrator_for_mails_too(self, remove: Remove) -> None:
        wording = make.make_wording(opening=f"Ask {NAME}.")
        remove(make.make_action(text=f"For {NAME}"), also={f"signatories.wording:{wording.pk}:opening"})
        wording.refresh_from_db()
        assert wording.opening == f"Ask {MARK}."
