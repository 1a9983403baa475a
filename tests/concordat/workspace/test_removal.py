"""Removing personal data: asked for, looked at, done; by national administrators alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from actionplans.models import ProgressUpdate
from concordat.kernel.models import Change, Redaction
from concordat.kernel.passages import MARK
from signatories.models import Document, Message
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
NAME = "Zoë O’Brien"


@pytest.fixture
def told(place: Place) -> ProgressUpdate:
    """A report in public that names somebody."""
    return make.make_update(action=place.action, reported_on=TODAY, public_text=f"{NAME} was the first to be helped.")


def address(row: Any) -> str:
    return f"/workspace/remove/{row._meta.label_lower}/{row.pk}/"


def sent(then: str = "look", **fields: Any) -> dict[str, Any]:
    return {"words": NAME, "whole": "", "category": "person", "reason": "She wrote to us", "then": then} | fields


def test_the_way_from_the_history(as_: As, place: Place) -> None:
    history = f"/workspace/actions/{place.action.pk}/history/"
    assert address(place.action) in as_("administrator").get(history).content.decode()
    assert address(place.action) not in as_("coordinator").get(history).content.decode()


def test_the_way_from_the_administration(as_: As, place: Place) -> None:
    page = as_("administrator").get(f"/admin/signatories/partnership/{place.partnership.pk}/history/")
    assert address(place.partnership) in page.content.decode()


def test_the_way_from_the_contact_log(as_: As) -> None:
    """National staff see an entry; an administrator alone may take words out of it, which nothing else can change."""
    area = make.make_area()
    entry = make.make_contact(area=area, said=f"{NAME} is ill")
    log = f"/workspace/national/areas/{area.slug}/"
    assert address(entry) not in as_("reviewer").get(log).content.decode()
    client = as_("administrator")
    assert address(entry) in client.get(log).content.decode()
    client.post(address(entry), sent("remove"))
    assert f"{MARK} is ill" in plain(client.get(log))


def test_a_draft_shows_where_its_proposals_say_it(as_: As) -> None:
    proposes = {
        "outcome": f"{NAME} is helped",
        "timescale": {"text": f"when {NAME} says", "due_on": "", "precision": ""},
    }
    line = make.make_in_version(proposes=proposes)
    client = as_("administrator")
    page = client.post(address(line.version), sent())
    assert "Here: 3 places" in plain(page)  # an outcome stands in the words of the line as well
    assert f"<mark>{NAME}</mark> is helped" in page.content.decode()
    assert f"when <mark>{NAME}</mark> says" in page.content.decode()
    assert "what it changes of the action when it is published" in plain(page)
    client.post(address(line.version), sent("remove"))
    line.refresh_from_db()
    assert line.proposes["outcome"] == line.outcome == f"{MARK} is helped"


def test_what_it_asks(as_: As, place: Place, told: ProgressUpdate) -> None:
    page = plain(as_("administrator").get(address(place.action)))
    assert "It cannot be undone" in page
    assert f"Progress update {told.pk}: public text: “{NAME} was the first" in page


def test_looking_removes_nothing(as_: As, place: Place, told: ProgressUpdate) -> None:
    other = make.make_action(text=f"A bed for {NAME}")
    page = as_("administrator").post(address(place.action), sent())
    assert f"<mark>{NAME}</mark> was the first to be helped." in page.content.decode()
    assert "Here: 1 place" in plain(page)
    assert f'value="actionplans.action:{other.pk}:text"' in page.content.decode()
    told.refresh_from_db()
    assert NAME in told.public_text
    assert not Redaction.objects.exists()


def test_done(as_: As, place: Place, told: ProgressUpdate) -> None:
    other = make.make_action(text=f"A bed for {NAME}")
    client = as_("administrator")
    also = [f"actionplans.action:{other.pk}:text"]
    page = client.post(address(place.action), sent("remove", also=also), follow=True)
    assert "Removed in 2 places." in plain(page)
    assert "Redacted: report of" in plain(page)
    told.refresh_from_db()
    other.refresh_from_db()
    assert (told.public_text, other.text) == (f"{MARK} was the first to be helped.", f"A bed for {MARK}")
    row = Redaction.objects.get(subject_id=told.pk, subject_type="actionplans.progressupdate")
    assert (row.field, row.category, row.reason, row.by) == (
        "public_text", "person", "She wrote to us", place.people["administrator"],
    )  # fmt: skip
    assert "She wrote to us" in plain(client.get(f"/admin/kernel/redaction/{row.pk}/change/"))
    assert client.get("/admin/kernel/redaction/add/").status_code == 403


def test_twice(as_: As, place: Place, told: ProgressUpdate) -> None:
    client = as_("administrator")
    client.post(address(place.action), sent("remove"))
    page = client.post(address(place.action), sent("remove"))
    assert page.status_code == 400
    assert "The words stand nowhere any more." in plain(page)
    assert Redaction.objects.count() == 1


@pytest.mark.django_db(transaction=True)  # PostgreSQL renews the revision as a transaction ends
def test_the_public_page_says_so(as_: As, client: Client, place: Place, told: ProgressUpdate) -> None:
    page = f"/actions/{place.action.pk}/"
    before = client.get(page)
    assert "Personal data was removed" not in plain(before)
    as_("administrator").post(address(place.action), sent("remove"))
    for asked in (page, f"{page}?on=2026-11-02"):
        after = plain(client.get(asked))
        assert "[removed] was the first to be helped." in after
        assert "Personal data was removed here on 2 November 2026. “[removed]” stands in its place." in after
        assert "Brien" not in after
    assert client.get(page, headers={"If-None-Match": before.headers["ETag"]}).status_code == 200


def test_other_pages_with_the_mark_explain_it(as_: As, client: Client, place: Place) -> None:
    area = make.make_area(name="Northshire")
    make.cover(place.partnership, area, is_primary=True)
    make.make_commitment(partnership=place.partnership, you_said=f"{NAME} should be heard")
    as_("administrator").post(address(place.partnership), sent("remove"))
    assert "Personal data was removed here on 2 November 2026" in plain(
        client.get(place.partnership.get_absolute_url())
    )
    assert "“[removed]” stands where personal data was removed." in plain(client.get(area.get_absolute_url()))


BAD: list[tuple[dict[str, Any], str]] = [
    ({"words": ""}, "Give the words to remove, or choose a whole text; not both."),
    ({"words": "", "whole": "actionplans.action:1:nonsense"}, "Select a valid choice"),
    ({"words": "é"}, "Give at least two letters."),
    ({"words": "Removed"}, "This is what the mark"),
    ({"words": "x" * 501}, "Make it 500 or fewer"),
    ({"words": "Nobody Nowhere"}, "These words stand nowhere."),
    ({"category": ""}, "Choose why it is removed."),
    ({"reason": ""}, "Say for the record who asked for it"),
    ({"reason": "zoe o'brien asked"}, "The reason has the words that are to be removed."),
]


@pytest.mark.parametrize(("fields", "sentence"), BAD)
def test_bad_input(as_: As, place: Place, told: ProgressUpdate, fields: dict[str, Any], sentence: str) -> None:
    for then in ("look", "remove"):
        page = as_("administrator").post(address(place.action), sent(then, **fields))
        expected = "The words stand nowhere" if then == "remove" and "nowhere" in sentence else sentence
        assert page.status_code == 400
        assert expected in plain(page)
    told.refresh_from_db()
    assert NAME in told.public_text


def test_a_whole_text(as_: As, place: Place, told: ProgressUpdate) -> None:
    whole = f"actionplans.progressupdate:{told.pk}:public_text"
    client = as_("administrator")
    assert "Here: 1 place" in plain(client.post(address(place.action), sent(words="", whole=whole)))
    client.post(address(place.action), sent("remove", words="", whole=whole))
    told.refresh_from_db()
    assert told.public_text == MARK


@pytest.mark.parametrize("label", ["kernel.change", "auth.group", "nothing", "areas.area"])
def test_nothing_else_is_looked_through(as_: As, label: str) -> None:
    assert as_("administrator").get(f"/workspace/remove/{label}/1/").status_code == 404


def test_no_row_of_that_number(as_: As) -> None:
    assert as_("administrator").get("/workspace/remove/actionplans.action/999999/").status_code == 404


@pytest.mark.parametrize("role", ["owner", "lead", "coordinator", "board member", "reviewer"])
def test_nobody_else(as_: As, place: Place, told: ProgressUpdate, role: str) -> None:
    assert as_(role).get(address(place.action)).status_code == 403
    assert as_(role).post(address(place.action), sent("remove")).status_code == 403
    told.refresh_from_db()
    assert NAME in told.public_text


@pytest.fixture
def document(place: Place) -> Document:
    """A public file that is in the storage."""
    stored_as = default_storage.save("documents/removal", ContentFile(b"%PDF-"))
    return make.make_document(
        subject=place.action, kind="file", visibility="public", title=f"Letter of {NAME}", stored_as=stored_as
    )


class TestFile:
    def test_is_gone(self, as_: As, client: Client, place: Place, document: Document) -> None:
        there = document.get_absolute_url()
        assert b"".join(client.get(there).streaming_content) == b"%PDF-"  # type: ignore[attr-defined]
        administrator = as_("administrator")
        page = administrator.post(address(document), sent(words="", whole="file"))
        assert "is deleted from the storage for good" in plain(page)
        assert default_storage.exists(document.stored_as)
        administrator.post(address(document), sent("remove", words="", whole="file"))
        assert not default_storage.exists(document.stored_as)
        assert Redaction.objects.get().field == "file"
        client.logout()
        gone = client.get(there)
        assert gone.status_code == 410
        assert "We removed it on 2 November 2026, because it held personal data." in plain(gone)
        public = plain(client.get(f"/actions/{place.action.pk}/"))
        assert "The file was removed on 2 November 2026: it held personal data." in public
        assert there not in public

    def test_its_address_answers_when_its_title_goes_too(self, as_: As, client: Client, document: Document) -> None:
        there = document.get_absolute_url()
        for fields in ({"words": "", "whole": "file"}, {}):
            as_("administrator").post(address(document), sent("remove", **fields))
        document.refresh_from_db()
        assert document.title == f"Letter of {MARK}"
        client.logout()
        assert client.get(there).status_code == 410

    def test_its_own_side(self, as_: As, place: Place, document: Document) -> None:
        as_("administrator").post(address(document), sent("remove", words="", whole="file"))
        for page in (f"/workspace/documents/{document.pk}/", f"/workspace/actions/{place.action.pk}/"):
            said = as_("coordinator").get(page)
            assert "The file was removed on 2 November 2026: it held personal data." in plain(said)
            assert document.get_absolute_url() not in said.content.decode()

    def test_one_that_is_not_public_says_nothing_to_others(self, as_: As, client: Client, place: Place) -> None:
        document = make.make_document(subject=place.action, kind="file")
        as_("administrator").post(address(document), sent("remove", words="", whole="file"))
        assert as_("coordinator").get(document.get_absolute_url()).status_code == 410
        assert as_("nobody").get(document.get_absolute_url()).status_code == 403
        client.logout()
        assert client.get(document.get_absolute_url()).status_code == 302

    def test_twice(self, as_: As, document: Document) -> None:
        client = as_("administrator")
        client.post(address(document), sent("remove", words="", whole="file"))
        page = client.post(address(document), sent("remove", words="", whole="file"))
        assert page.status_code == 400
        assert Redaction.objects.count() == Change.objects.filter(verb="redacted").count() == 1

    def test_a_link_has_none(self, as_: As, place: Place) -> None:
        link = make.make_document(subject=place.action)
        page = as_("administrator").post(address(link), sent("remove", words="", whole="file"))
        assert page.status_code == 400
        link.refresh_from_db()
        assert link.removed_at is None


@pytest.mark.parametrize("size", [10, 500])
def test_queries(as_: As, place: Place, size: int, django_assert_num_queries: Any) -> None:
    """Looking takes as many, however much there is to find."""
    for number in range(size):
        make.make_update(action=place.action, reported_on=TODAY, public_text=f"{number} {NAME}")
    client = as_("administrator")
    with django_assert_num_queries(64):
        client.post(address(place.action), sent())


def test_mails_that_were_sent_are_ticked_at_once(as_: As, place: Place) -> None:
    for _ in range(2):
        make.make_message(text=f"* A nurse for {NAME}", mail_state="mailed")
    place.action.text = f"A nurse for {NAME}"
    place.action.save()
    client = as_("administrator")
    assert "All 2 places in mails that we keep" in plain(client.post(address(place.action), sent()))
    client.post(address(place.action), sent("remove", also=["mails"]))
    assert {row.text for row in Message.objects.all()} == {f"* A nurse for {MARK}"}
