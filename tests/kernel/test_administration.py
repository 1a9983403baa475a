"""What all admin pages share: values in words, the history page, and nobody overwriting anybody unseen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actionplans.models import Action
from areas.models import Area
from concordat.kernel.administration.forms import INCOMPLETE, as_json
from concordat.kernel.administration.history import told
from concordat.kernel.administration.words import Words, field_named
from concordat.kernel.changes import revise
from concordat.kernel.dates import today
from concordat.kernel.models import Change
from signatories.models import Board, BoardChair, Organisation, OrganisationName, Partnership, Person, Signature
from tests import factories as make
from tests.admin_pages import (
    WHY,
    address,
    administrator,
    edit,
    open_page,
    row_address,
    send,
    signed_in,
)


@pytest.fixture
def browser(db: None) -> Client:
    return signed_in(administrator(name="Ada Administrator"))


class TestWords:
    @pytest.mark.parametrize(
        ("model", "name", "value", "words"),
        [
            (Organisation, "name", "Herts Police", "Herts Police"),
            (Organisation, "type", "fire", "fire and rescue service"),
            (Organisation, "type", "a former type", "a former type"),
            (Organisation, "from_on", "2015-04-01", "1 April 2015"),
            (Organisation, "website", "", "(empty)"),
            (Organisation, "until_on", None, "(empty)"),
            (Action, "must_do", True, "yes"),
            (Action, "must_do", False, "no"),
            (Action, "alternatives", [], "(empty)"),
            (Action, "alternatives", [{"kind": "month"}], '[{"kind": "month"}]'),
            (Action, "review_every_months", 3, "3"),
            (Person, "joined_at", "2015-07-01T11:00:00+00:00", "1 July 2015, 12:00"),
            (Person, "password", "pbkdf2_sha256$1$salt$hash", "(not shown)"),
            (Person, "a field no longer there", ["one", "two"], "one, two"),
        ],
    )
    def test_a_value(self, model: Any, name: str, value: Any, words: str) -> None:
        field = field_named(model, name)
        assert Words([(field, value)]).of(field, value) == words

    def test_a_long_text_is_cut(self) -> None:
        field = field_named(Action, "text")
        assert len(Words([]).of(field, "word " * 1000)) == 400

    @pytest.mark.django_db
    def test_rows_are_named(self) -> None:
        parent, theme = make.make_partnership(name="Humber"), make.make_theme(name="Housing")
        above, themes = field_named(Partnership, "parent_id"), field_named(Action, "themes")
        words = Words([(above, parent.pk), (themes, [theme.pk, -1])])
        assert words.of(above, parent.pk) == "Humber"
        assert words.of(themes, [theme.pk, -1]) == "Housing, number -1"

    @pytest.mark.django_db
    def test_a_row_of_a_form_is_its_number(self) -> None:
        one, two = make.make_theme(name="B"), make.make_theme(name="A")
        assert as_json(two) == two.pk
        assert as_json([two, one]) == sorted([one.pk, two.pk])
        assert as_json(date(2015, 4, 1)) == "2015-04-01"


class TestHistory:
    @pytest.mark.django_db
    def test_it_takes_the_same_queries_for_one_change_and_for_thirty(self) -> None:
        for _ in range(30):
            row = make.make_partnership(parent=make.make_partnership())
            fields = {"parent_id": [None, row.parent_id]}
            make.make_change(subject_type="signatories.partnership", subject_id=row.pk, fields=fields)
        changes = list(Change.objects.all())
        counts = []
        for some in (changes[:1], changes):
            with CaptureQueriesContext(connection) as queries:
                lines = [line for each in told(some) for line in each.lines]
            counts.append(len(queries))
            assert {line.label for line in lines} == {"Parent"}
        assert counts == [1, 1]

    @pytest.mark.django_db
    def test_what_the_product_has_no_longer_is_told_as_it_was(self) -> None:
        change = make.make_change(subject_type="signatories.gone", fields={"colour": ["red", "green"]})
        (each,) = told([change])
        (line,) = each.lines
        assert (each.subject, line.label, line.before, line.after) == (
            f"signatories.gone {change.subject_id}", "colour", "red", "green",
        )  # fmt: skip

    def test_redaction_leaves_its_mark_on_the_page(self, browser: Client) -> None:
        row = make.make_organisation()
        when = datetime(2026, 7, 1, 11, tzinfo=UTC)
        make.make_change(subject_type="signatories.organisation", subject_id=row.pk, redacted_at=when)
        words = open_page(browser, row_address(row, "history")).words
        assert "Personal details were taken out on 1 July 2026, 12:00." in words

    def test_the_parts_of_a_page_are_part_of_its_history(self, browser: Client) -> None:
        board, other = make.make_board(), make.make_board()
        for each, office in ((board, "The Sheriff"), (other, "The Mayor")):
            edit(browser, each, **{"chairs-0-role": office})
        words = open_page(browser, row_address(board, "history")).words
        assert "The Sheriff" in words
        assert "The Mayor" not in words

    def test_it_has_pages(self, browser: Client) -> None:
        row = make.make_organisation()
        for number in range(51):
            why = f"Reason {number}."
            make.make_change(subject_type="signatories.organisation", subject_id=row.pk, why=why)
        first, second = (open_page(browser, f"{row_address(row, 'history')}?p={page}").words for page in (1, 2))
        assert "51 changes" in first
        assert ("Reason 50." in first, "Reason 0." in first) == (True, False)
        assert ("Reason 50." in second, "Reason 0." in second) == (False, True)

    def test_it_is_only_read(self, browser: Client) -> None:
        assert browser.post(row_address(make.make_organisation(), "history")).status_code == 405

    def test_a_row_that_is_not_there_leads_home(self, browser: Client) -> None:
        assert browser.get(address(Organisation, "history", 0)).url == "/admin/"


class TestTwoAtOnce:
    def test_what_this_person_left_alone_is_taken_over_and_said(self, browser: Client) -> None:
        row = make.make_organisation(name="Herts Police")
        opened = open_page(browser, row_address(row))
        revise(row, by=make.make_person(name="Bo Before"), website="https://herts.police.uk", public_phone="101")
        page = send(browser, row_address(row), opened, name="Hertfordshire Police", why=WHY)
        assert page is not None
        assert "changed this to “https://herts.police.uk”. The box below says so now." in page.errors["website"]
        assert "“Public phone”, “Website”" in page.errors[""]
        assert (page.values["website"], page.values["name"]) == (["https://herts.police.uk"], ["Hertfordshire Police"])
        assert send(browser, row_address(row), page) is None
        row.refresh_from_db()
        assert (row.name, row.website, row.public_phone) == ("Hertfordshire Police", "https://herts.police.uk", "101")

    def test_two_who_write_the_same_do_not_disturb_each_other(self, browser: Client) -> None:
        row = make.make_organisation(name="Herts Police")
        opened = open_page(browser, row_address(row))
        revise(row, by=make.make_person(), name="Hertfordshire Police")
        assert send(browser, row_address(row), opened, name="Hertfordshire Police", why=WHY) is None

    def test_a_change_without_a_record_is_seen_too(self, browser: Client) -> None:
        row = make.make_organisation(name="Herts Police")
        opened = open_page(browser, row_address(row))
        Organisation.objects.filter(pk=row.pk).update(name="Police")
        page = send(browser, row_address(row), opened, name="Hertfordshire Police", why=WHY)
        assert page is not None
        assert page.errors["name"].startswith("Somebody changed this to “Police”.")

    def test_links_are_compared_too(self, browser: Client) -> None:
        action, housing, training = make.make_action(), make.make_theme(name="Housing"), make.make_theme()
        opened = open_page(browser, row_address(action))
        action.themes.add(housing)
        page = send(browser, row_address(action), opened, themes=[str(training.pk)], why=WHY)
        assert page is not None
        assert "changed this to “Housing”" in page.errors["themes"]
        assert list(action.themes.all()) == [housing]

    def test_the_rows_of_a_page_are_compared_too(self, browser: Client) -> None:
        name = make.make_organisation_name(name="Herts PCC")
        url = row_address(name.organisation)
        opened = open_page(browser, url)
        revise(name, by=make.make_person(name="Bo Before"), name="Herts OPCC")
        page = send(browser, url, opened, **{"names-0-name": "Hertfordshire PCC", "why": WHY})
        assert page is not None
        assert "changed this to “Herts OPCC”" in page.errors["names-0-name"]
        name.refresh_from_db()
        assert name.name == "Herts OPCC"

    @pytest.mark.parametrize("opened_as", [None, "", "{", "[]", '{"name": "Herts Police"}'])
    def test_a_page_that_does_not_say_how_it_was_opened_is_refused(
        self, browser: Client, opened_as: str | None
    ) -> None:
        row = make.make_organisation(name="Herts Police")
        page = edit(browser, row, name="Hertfordshire Police", opened_as=opened_as)
        assert page is not None
        assert page.errors[""] == INCOMPLETE
        row.refresh_from_db()
        assert row.name == "Herts Police"

    @pytest.mark.django_db(transaction=True)
    def test_of_two_who_save_at_the_same_moment_one_is_shown_both(self) -> None:
        row = make.make_organisation(name="Herts Police")
        browsers = {name: signed_in(administrator(name=name)) for name in ("Ada", "Bo")}
        opened = {name: open_page(browser, row_address(row)) for name, browser in browsers.items()}
        together = Barrier(2)

        def save(name: str) -> bool:
            try:
                together.wait()
                return send(browsers[name], row_address(row), opened[name], name=f"{name}'s words", why=WHY) is None
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as threads:
            saved = dict(zip(browsers, threads.map(save, browsers), strict=True))
        (winner,) = (name for name, is_saved in saved.items() if is_saved)
        row.refresh_from_db()
        assert row.name == f"{winner}'s words"
        assert Change.objects.about(row).get().fields == {"name": ["Herts Police", f"{winner}'s words"]}

    def test_the_row_is_locked_before_it_is_compared(self, browser: Client) -> None:
        """SQLite locks the whole database when the transaction begins, and knows no lock of a row."""
        row = make.make_organisation()
        with CaptureQueriesContext(connection) as queries:
            edit(browser, row, name="Hertfordshire Police")
        locked = any("FOR UPDATE" in query["sql"] for query in queries)
        assert locked == connection.features.has_select_for_update


class TestWhatTheDatabaseRefuses:
    def test_it_comes_back_on_the_page_and_nothing_is_saved(self, browser: Client) -> None:
        """Two new rows that exclude each other: neither is there to be found when the other is checked."""
        board = make.make_board(name="Old words")
        url = row_address(board)
        opened = open_page(browser, url)
        rows = {f"chairs-{row}-{name}": [""] for row in (0, 1) for name in ("person", "from_on", "until_on", "source")}
        opened.values |= rows | {"chairs-1-opened_as": ["{}"], "chairs-1-id": [""], "chairs-1-board": [str(board.pk)]}
        both = {"chairs-0-role": "The Mayor", "chairs-1-role": "The Mayor", "chairs-TOTAL_FORMS": "2"}
        page = send(browser, url, opened, name="New words", why=WHY, **both)
        assert page is not None
        assert page.status == 200
        assert page.errors[""].startswith(("This cannot be saved: two rows say the same", "This office chairs"))
        assert page.values["name"] == ["New words"]
        assert (Board.objects.get().name, BoardChair.objects.count(), Change.objects.count()) == ("Old words", 0, 0)


class TestPages:
    def test_line_ends_of_the_browser_are_no_change(self, browser: Client) -> None:
        row = make.make_organisation(public_address="One\nTwo")
        assert edit(browser, row, public_address="One\r\nTwo", name="Hertfordshire Police") is None
        (change,) = Change.objects.about(row)
        assert set(change.fields) == {"name"}
        assert edit(browser, row, public_address="One\r\nTwo\r\nThree") is None
        row.refresh_from_db()
        assert row.public_address == "One\nTwo\nThree"

    def test_links_that_were_added_and_taken_away_are_recorded(self, browser: Client) -> None:
        action, housing, training = make.make_action(), make.make_theme(), make.make_theme()
        action.themes.add(housing)
        assert edit(browser, action, themes=[str(training.pk)]) is None
        (change,) = Change.objects.about(action)
        assert (change.fields, change.why) == ({"themes": [[housing.pk], [training.pk]]}, WHY)
        assert list(action.themes.all()) == [training]

    def test_rows_of_a_page_are_recorded_with_its_reason(self, browser: Client) -> None:
        row = make.make_organisation()
        assert edit(browser, row, **{"names-0-name": "Herts PCC"}) is None
        name = OrganisationName.objects.get()
        (added,) = Change.objects.about(name)
        assert (added.verb, added.why) == ("created", WHY)
        assert edit(browser, row, **{"names-0-name": "Herts OPCC"}) is None
        changed = Change.objects.about(name).last()
        assert changed is not None
        assert (changed.verb, changed.why, changed.fields) == ("changed", WHY, {"name": ["Herts PCC", "Herts OPCC"]})
        assert not Change.objects.about(row).exists()

    def test_a_row_leads_to_the_lists_that_belong_to_it(self, browser: Client) -> None:
        signature, other = make.make_signature(), make.make_signature()
        links = open_page(browser, row_address(signature.organisation)).links
        (url,) = (url for url, words in links.items() if words == "Signatures")
        listed = browser.get(url).context["cl"].result_list
        assert signature in listed
        assert other not in listed
        assert url.startswith(address(Signature))

    @pytest.mark.parametrize(
        ("choice", "names"),
        [("", {"before", "now", "later"}), ("now", {"now"}), ("ended", {"before"}), ("later", {"later"})],
    )
    def test_dated_rows_are_filtered_by_today(self, browser: Client, choice: str, names: set[str]) -> None:
        tomorrow = today() + timedelta(days=1)
        make.make_area(name="before", until_on=today())
        make.make_area(name="now", from_on=today(), until_on=tomorrow)
        make.make_area(name="later", from_on=tomorrow)
        listed = browser.get(address(Area), {"time": choice} if choice else {}).context["cl"].result_list
        assert {area.name for area in listed} == names
