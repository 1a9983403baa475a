"""Words that an administrator decided on: from a day on, numbered, and back to the shipped ones."""

from datetime import date, timedelta

import pytest

from actionplans.chasing.planning import plan
from actionplans.chasing.policy import Rule
from actionplans.chasing.sending import at_nine, mail
from actionplans.chasing.wording import FASTER, decisions, use_own, use_shipped, words_on
from actionplans.chasing.words import SHIPPED, Words
from concordat.kernel.models import Change
from signatories.models import Message, Person, Wording
from signatories.services.errors import FasterError, NotAllowedError
from tests.actionplans.chasing.calendar import make_place
from tests.actionplans.test_updates_concurrent import DONE, at_once
from tests.factories import make_membership, make_person, make_wording

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)  # a Monday
LATER = DAY + timedelta(days=7)
RULE = Rule.DUE_PASSED
OWN = Words("Late: {partnership}", "It is <b>late</b> & open.", "{action} {due}", "It is yours.", "Ring {partnership}.")


@pytest.fixture
def ada() -> Person:
    return make_person(name="Ada", is_superuser=True)


def decide(ada: Person, words: Words = OWN, *, seen: int = 0, from_on: date = DAY) -> Wording:
    return use_own(RULE, words, seen=seen, from_on=from_on, by=ada, on=DAY)


class TestDeciding:
    def test_until_then_the_shipped_words_are_used_and_the_record_says_who(self, ada: Person) -> None:
        row = decide(ada, from_on=LATER)
        assert words_on(LATER - timedelta(days=1)) == SHIPPED
        assert words_on(LATER) == {**SHIPPED, RULE: OWN}
        change = Change.objects.about(row).get()
        assert (change.verb, change.by, change.fields["opening"]) == ("created", ada, [None, OWN.opening])
        assert change.fields["from_on"] == [None, "2026-06-08"]

    def test_a_later_decision_counts_from_its_day_on(self, ada: Person) -> None:
        decide(ada)
        second = OWN._replace(subject="Second")
        decide(ada, second, seen=1, from_on=LATER)
        third = OWN._replace(subject="Third")
        assert [words_on(day)[RULE].subject for day in (DAY, LATER)] == [OWN.subject, "Second"]
        decide(ada, third, seen=2, from_on=DAY + timedelta(days=1))
        assert [words_on(day)[RULE].subject for day in (DAY, DAY + timedelta(days=1), LATER)] == [
            OWN.subject,
            "Third",
            "Third",
        ]
        assert [row.number for row in decisions(RULE)] == [3, 2, 1]

    def test_back_to_the_shipped_words(self, ada: Person) -> None:
        decide(ada)
        decide(ada, OWN._replace(subject="Ahead"), seen=1, from_on=LATER)
        use_shipped(RULE, seen=2, from_on=DAY, by=ada, on=DAY)
        assert words_on(DAY)[RULE] == words_on(LATER)[RULE] == SHIPPED[RULE]
        with pytest.raises(NotAllowedError, match="shipped words already"):
            use_shipped(RULE, seen=3, from_on=DAY, by=ada, on=DAY)

    def test_whoever_had_not_seen_the_last_decision_is_told(self, ada: Person) -> None:
        decide(ada)
        for seen in (0, 2, 9):
            with pytest.raises(FasterError):
                decide(ada, seen=seen)
        with pytest.raises(FasterError):
            use_shipped(RULE, seen=0, from_on=DAY, by=ada, on=DAY)
        assert Wording.objects.count() == 1

    @pytest.mark.parametrize(
        "words", [OWN._replace(opening="{day.year}"), OWN._replace(item="late"), OWN._replace(why="")]
    )
    def test_words_with_a_fault_are_refused(self, ada: Person, words: Words) -> None:
        with pytest.raises(NotAllowedError):
            decide(ada, words)
        assert not Wording.objects.exists()

    def test_nothing_is_said_of_days_that_are_past(self, ada: Person) -> None:
        with pytest.raises(NotAllowedError, match="today or a later day"):
            decide(ada, from_on=DAY - timedelta(days=1))

    def test_only_a_national_administrator_decides(self) -> None:
        for other in (make_membership("national_reviewer").person, make_person(is_superuser=True, is_active=False)):
            with pytest.raises(NotAllowedError, match="Only a national administrator"):
                decide(other)

    def test_words_of_a_rule_that_the_program_knows_no_more_are_left_out(self) -> None:
        make_wording(rule="gone", from_on=DAY)
        assert words_on(DAY) == SHIPPED


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told() -> None:
    ada = make_person(is_superuser=True)
    outcomes = at_once(*[lambda: decide(ada)] * 2)
    assert sorted(outcomes) == [f"FasterError: {FASTER}", DONE]
    assert Wording.objects.count() == 1


class TestMails:
    def sent(self, day: date) -> Message:
        plan(day, by="test")
        message = Message.objects.latest("pk")
        mail(message.pk, by="test", now=at_nine(day))
        message.refresh_from_db()
        return message

    def test_a_mail_says_the_words_of_the_day_on_which_it_goes_and_stays_as_it_was_sent(
        self, ada: Person, mailoutbox: list[object]
    ) -> None:
        place = make_place(name="North")
        place.action(text="Open a <café> {due}", reference="A1.1", due_on=date(2026, 5, 20))
        plan(DAY, by="test")  # planned with the shipped words, sent with others
        decide(ada)
        message = self.sent(DAY)
        assert message.subject == "Late: North"
        assert "A1.1 Open a <café> {due} was due 20 May 2026" in message.text
        assert "Ring North." in message.text
        (letter,) = mailoutbox
        html = letter.alternatives[0].content  # type: ignore[attr-defined]
        assert "It is &lt;b&gt;late&lt;/b&gt; &amp; open." in html
        assert "<b>" not in html
        use_shipped(RULE, seen=1, from_on=DAY, by=ada, on=DAY)
        message.refresh_from_db()
        assert message.subject == "Late: North"

    def test_a_name_with_a_line_break_does_not_break_the_subject(self, ada: Person) -> None:
        place = make_place(name="North\nBcc: all@example.org")
        place.action(due_on=date(2026, 5, 20))
        decide(ada)
        message = self.sent(DAY)
        assert (message.mail_state, message.subject) == ("mailed", "Late: North Bcc: all@example.org")
