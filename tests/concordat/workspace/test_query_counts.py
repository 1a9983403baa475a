"""How many queries each page of the workspace takes: the same with 10 rows of everything as with 500.

The table is held against the addresses of the workspace: a page without an entry fails. To add one: its name, who
opens it, how many queries it takes, and what its address is about: names of what `make_world` gives, for `pk` or
(`slug=partnership`) for another part of the address. A page of many kinds has an entry for each (`name#kind`).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplans.models import ActionOwner
from actionplans.services import imports
from actionplans.services.import_work import step
from areas.models import Area
from concordat.accounts.gate import has_a_page
from concordat.workspace.kinds import KINDS
from tests import addresses, services
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place, make_place
from tests.sign_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PAGES: dict[str, tuple[str, int, str]] = {
    "workspace": ("owner", 11, ""),
    "workspace-action": ("owner", 22, "action"),
    "workspace-no-change": ("owner", 22, "action"),
    "workspace-owners": ("coordinator", 10, "action"),
    "workspace-put-off": ("owner", 7, "action"),
    "workspace-action-hold": ("coordinator", 6, "action"),
    "workspace-partnership-hold": ("coordinator", 6, "slug=partnership"),
    "workspace-reminders": ("owner", 8, ""),
    "workspace-pause": ("owner", 6, "pause"),
    "workspace-calendars": ("coordinator", 5, ""),
    "workspace-action-history": ("owner", 7, "action"),
    "workspace-history#declarations": ("coordinator", 7, "kind=declarations submitted"),
    "workspace-history#signatures": ("coordinator", 6, "kind=signatures signature"),
    "workspace-history#versions": ("coordinator", 7, "kind=versions draft"),
    "workspace-history#plans": ("coordinator", 8, "kind=plans plan"),
    "workspace-history#partnerships": ("coordinator", 7, "kind=partnerships partnership_pk"),
    "workspace-history#commitments": ("coordinator", 6, "kind=commitments commitment"),
    "workspace-history#meetings": ("coordinator", 7, "kind=meetings meeting"),
    "workspace-history#documents": ("coordinator", 6, "kind=documents document"),
    "workspace-history#actions": ("coordinator", 7, "kind=actions action"),
    "workspace-remove": ("administrator", 11, "label=action_label action"),
    "workspace-evidence": ("owner", 6, "action"),
    "workspace-document": ("coordinator", 6, "document"),
    "workspace-declaration-documents": ("coordinator", 6, "submitted"),
    "workspace-version-documents": ("coordinator", 6, "version"),
    "workspace-partnerships": ("reviewer", 4, ""),
    "workspace-partnership": ("coordinator", 20, "slug=partnership"),
    "workspace-partnership-links": ("coordinator", 5, "slug=partnership"),
    "workspace-meetings": ("coordinator", 8, ""),
    "workspace-meeting-new": ("coordinator", 6, "slug=board"),
    "workspace-meeting": ("coordinator", 15, "meeting"),
    "workspace-meeting-change": ("coordinator", 6, "meeting"),
    "workspace-meeting-cancel": ("coordinator", 5, "meeting"),
    "workspace-decision": ("coordinator", 17, "meeting action=action"),
    "workspace-plan-new": ("coordinator", 5, "slug=partnership"),
    "workspace-commitments": ("coordinator", 7, "slug=partnership"),
    "workspace-commitment-new": ("coordinator", 5, "slug=partnership"),
    "workspace-commitment": ("coordinator", 5, "commitment"),
    "workspace-commitment-end": ("coordinator", 4, "commitment"),
    "workspace-promise-new": ("coordinator", 5, "commitment"),
    "workspace-promise": ("coordinator", 7, "promise"),
    "workspace-declarations": ("coordinator", 5, ""),
    "workspace-declaration": ("coordinator", 12, "submitted"),
    "workspace-declaration-abandon": ("coordinator", 5, "submitted"),
    "workspace-sign": ("coordinator", 8, "submitted"),
    "workspace-signature-withdraw": ("administrator", 5, "signature"),
    "workspace-version": ("coordinator", 13, "version"),
    "workspace-version-abandon": ("coordinator", 5, "draft"),
    "workspace-version-areas": ("coordinator", 8, "draft"),
    "workspace-version-actions": ("coordinator", 8, "draft"),
    "workspace-version-left-out": ("coordinator", 9, "draft"),
    "workspace-version-action-new": ("coordinator", 8, "draft"),
    "workspace-version-action": ("coordinator", 13, "draft line_pk=line"),
    "workspace-version-action-out": ("coordinator", 7, "draft line_pk=line"),
    "workspace-version-compare": ("coordinator", 5, "version"),
    "workspace-tracker-xlsx": ("coordinator", 20, "draft"),
    "workspace-tracker-csv": ("coordinator", 20, "draft"),
    "workspace-blank-plan": ("coordinator", 3, ""),
    "workspace-import-new": ("coordinator", 8, "draft"),
    "workspace-import": ("coordinator", 7, "import"),
    "workspace-import-columns": ("coordinator", 5, "import"),
    "workspace-import-questions": ("coordinator", 8, "import"),
    "workspace-import-progress": ("coordinator", 5, "import"),
    "workspace-import-file": ("coordinator", 6, "import"),
    "workspace-national": ("reviewer", 6, ""),
    "workspace-national-declaration": ("reviewer", 18, "submitted"),
    "workspace-national-version": ("reviewer", 20, "version"),
    "workspace-lagging": ("reviewer", 20, ""),
    "workspace-national-area": ("reviewer", 30, "slug=area"),
    "workspace-contact-correct": ("reviewer", 27, "slug=area contact"),
    "workspace-rounds": ("reviewer", 5, ""),
    "workspace-round-new": ("reviewer", 5, ""),
    "workspace-round": ("reviewer", 8, "round"),
    "workspace-round-answer": ("coordinator", 10, "slug=partnership round"),
    "workspace-chasing": ("administrator", 11, ""),
    "workspace-chasing-jobs": ("administrator", 7, ""),
    "workspace-chasing-messages": ("coordinator", 6, ""),
    "workspace-chasing-message": ("coordinator", 7, "digest"),
    "workspace-chasing-again": ("administrator", 4, ""),
    "workspace-chasing-hold": ("coordinator", 6, "notice"),
    "workspace-chasing-partnership": ("coordinator", 43, "slug=chased"),
    "workspace-chasing-preview": ("coordinator", 76, "slug=chased reader"),
    "workspace-chasing-letter": ("coordinator", 76, "slug=chased reader"),
    "workspace-chasing-send": ("coordinator", 47, "slug=chased reader"),
    "workspace-orders": ("reviewer", 5, ""),
    "workspace-order-new": ("reviewer", 3, "name=report_name"),
    "workspace-order": ("reviewer", 6, "order"),
    "workspace-order-progress": ("reviewer", 4, "order"),
    "workspace-order-file": ("reviewer", 5, "order"),
    "workspace-schedules": ("reviewer", 5, ""),
    "workspace-schedule-new": ("reviewer", 3, "name=report_name"),
    "workspace-schedule": ("reviewer", 9, "schedule"),
    "workspace-schedule-change": ("reviewer", 5, "schedule"),
    "workspace-review": ("coordinator", 5, ""),
    "workspace-report": ("coordinator", 7, "report"),
    "workspace-account": ("coordinator", 8, ""),
    "workspace-people": ("coordinator", 11, ""),
    "workspace-invite": ("coordinator", 8, ""),
    "workspace-role-end": ("administrator", 4, "role"),
    "workspace-person": ("administrator", 6, "person"),
    "workspace-account-close": ("administrator", 4, "person"),
    "workspace-address": ("coordinator", 13, "person"),
    "workspace-words": ("administrator", 6, ""),
    "workspace-words-rule": ("administrator", 4, "rule=rule"),
}
World = dict[str, Any]
WORDS: World = {"summary": "We stand together.", "sections_covered": ["A", "B", "C", "D"]}


def names() -> Iterator[str]:
    """The names of the workspace's pages."""
    return (name for name, address in addresses.workspace() if has_a_page(address))


def test_every_page_has_its_entry() -> None:
    assert sorted(names()) == sorted({each.partition("#")[0] for each in PAGES})


def test_every_kind_of_history_has_its_entry() -> None:
    assert sorted(KINDS) == sorted(name for each in PAGES if (name := each.partition("workspace-history#")[2]))


def make_world(place: Place, size: int) -> World:
    """So many of everything, and what the addresses are about."""
    partnership = place.partnership
    world: World = {"action": place.action.pk, "action_label": "actionplans.action", "person": place.people["owner"].pk}
    world |= {"partnership": partnership.slug, "partnership_pk": partnership.pk}
    world |= {kind: kind for kind in KINDS}
    areas = [make.make_area() for _ in range(size)]
    for area in areas:
        make.cover(place.partnership, area)
    for part in (
        _work,
        _people,
        _silence,
        _papers,
        _draft,
        _imports,
        _meetings,
        _commitments,
        _national,
        _chasing,
        _reports,
    ):
        world |= part(place, size, areas)
    for label, name in SUBJECTS.items():
        for _ in range(size):
            make.make_change(subject_type=label, subject_id=world[name], by=place.people["owner"])
    services.know_the_tables()
    return world


# What has changes told in a history, and in which part of the world it is.
SUBJECTS = {
    "actionplans.action": "action",
    "actionplans.actionplan": "plan",
    "actionplans.planversion": "draft",
    "actionplans.commitment": "commitment",
    "signatories.boardmeeting": "meeting",
    "signatories.declaration": "submitted",
    "signatories.document": "document",
    "signatories.partnership": "partnership_pk",
    "signatories.signature": "signature",
}


def _work(place: Place, size: int, areas: list[Area]) -> World:
    """Actions of the owner with reports, and what hangs on one of them."""
    plan, owner = place.action.plan, place.people["owner"]
    version = plan.versions.get()
    for number in range(size):
        text = f"Action {number}"
        action = make.make_action(plan=plan, text=text, due_on=TODAY - timedelta(days=number % 60))
        make.make_in_version(version=version, action=action, text=text)
        make.make_lead(action=action, organisation=place.police)
        make.make_owner(action=action, person=owner)
        make.make_update(action=action, reported_on=date(2026, 6, 1), author=owner)
        report = make.make_update(action=action, reported_on=date(2026, 10, 1), author=owner, state="submitted")
        make.make_update(action=place.action, reported_on=date(2026, 1, 1) + timedelta(days=number // 2), author=owner)
        document = make.make_document(subject=place.action, uploaded_by=owner)
    return {"report": report.pk, "document": document.pk}


def _people(place: Place, size: int, areas: list[Area]) -> World:
    """Owners, invitations, members, links in reminders."""
    coordinator = place.people["coordinator"]
    for number in range(size):
        role = make.make_membership("owner", organisation=place.police)
        make.make_owner(action=place.action, person=role.person)
        make.make_invitation(organisation=place.police, invited_by=coordinator)
        make.make_sign_in(person=coordinator)
        for recipient, day in ((coordinator, TODAY - timedelta(days=number + 1)), (role.person, TODAY)):
            message = make.make_message(recipient=recipient, day=day)
            make.make_link(message=message, expires_at=make.noon(TODAY) + timedelta(days=1))
            make.make_notice(recipient=recipient, partnership=place.partnership, message=message)
        make.make_member(partnership=place.partnership, organisation=make.make_organisation())
        make.make_membership("chair", partnership=place.partnership)
        make.make_partnership()
    return {"role": role.pk}


def _silence(place: Place, size: int, areas: list[Area]) -> World:
    """People who are away or stand in, and reminders that are put off or held."""
    owner, deputy = place.people["owner"], place.people["lead"]
    days = {"from_on": TODAY, "until_on": TODAY + timedelta(days=7)}
    make.make_hold(partnership=place.partnership)
    for row in ActionOwner.objects.filter(action=place.action).exclude(person=owner):
        make.make_pause(person=row.person, deputy=owner, **days)
    for action in place.action.plan.actions.all():
        about = {"subject_type": "actionplans.action", "subject_id": action.pk}
        make.make_pause(person=owner, **about, **days)
        make.make_hold(**about)
    for person in place.people.values():
        make.make_calendar_address(person=person)
    return {"pause": make.make_pause(person=owner, deputy=deputy, **days).pk}


def _papers(place: Place, size: int, areas: list[Area]) -> World:
    """Declarations and plan versions that wait, with documents and signatures."""
    for _ in range(size):
        declaration = make.make_declaration(partnership=place.partnership, state="submitted", areas=areas[:1], **WORDS)
        plan = make.make_plan(partnership=place.partnership, areas=areas[:1])
        version = make.make_version(plan=plan, state="submitted")
        make.make_expectation(declaration=make.make_declaration(partnership=place.partnership, published_on=TODAY))
    for _ in range(size):
        make.make_document(subject=declaration)
        make.make_document(subject=version)
        make.make_in_version(version=version)
        signature = make.make_signature(declaration=declaration)
    return {"submitted": declaration.pk, "version": version.pk, "signature": signature.pk}


def _draft(place: Place, size: int, areas: list[Area]) -> World:
    """A draft of many actions, half of them left out, each with a proposal."""
    plan = make.make_plan(partnership=place.partnership)
    draft = make.make_version(plan=plan)
    for number in range(size):
        make.cover(plan, areas[number], until_on=TODAY if number % 2 else None)
        theme, section = make.make_theme(), make.make_section()
        proposes = {"themes": [theme.pk], "leads": [["lead", place.police.pk, ""]]}
        common = {"version": draft, "section": section, "proposes": proposes, "position": number}
        left_out = make.make_in_version(**common, is_left_out=True)
        line = make.make_in_version(**common)
        make.make_date_change(action=line.action)
        make.make_lead(action=line.action)
        make.make_document(subject=left_out.action)
    return {"draft": draft.pk, "line": line.pk, "plan": plan.pk}


def _imports(place: Place, size: int, areas: list[Area]) -> World:
    """A plan file that was read, with a question of each row."""
    rows = [f"A{number},Action number {number},Somebody of a team,Q{number % 4 + 1} 2027" for number in range(size)]
    content = "\n".join(["Ref,Action,Led by,By when", *rows]).encode()
    draft = make.make_version(plan=make.make_plan(partnership=place.partnership))
    told = imports.Told(as_at=TODAY)
    taken = imports.take_file(draft, ContentFile(content, name="plan.csv"), told, by="tests", now=make.noon(TODAY))
    step(taken.pk, by="tests", on=TODAY, now=make.noon(TODAY))
    return {"import": taken.pk}


def _meetings(place: Place, size: int, areas: list[Area]) -> World:
    """Boards with meetings, and one with many decisions about many partnerships."""
    board = make.make_board()
    make.make_oversight(board=board, partnership=place.partnership)
    meeting = make.make_meeting(board=board, held_on=TODAY)
    later = make.make_meeting(board=board, held_on=TODAY + timedelta(days=5))
    for number in range(size):
        partnership = make.make_partnership(name=f"Zone {number}")  # below the one with the actions
        make.make_membership("coordinator", person=place.people["coordinator"], partnership=partnership)
        make.make_oversight(board=board, partnership=partnership)
        make.make_meeting(partnership=place.partnership, held_on=TODAY + timedelta(days=number))
        make.make_meeting(board=board, held_on=TODAY + timedelta(days=10 + number))
        make.make_decision(meeting=meeting, action=place.action, position=number + 1)
        make.make_decision(meeting=meeting, action=make.make_action(plan=place.action.plan), kind="other")
    return {"board": board.slug, "meeting": meeting.pk, "ahead": later.pk}


def _commitments(place: Place, size: int, areas: list[Area]) -> World:
    """Commitments with promises, and one with many; each promise is kept by actions."""
    first = make.make_commitment(partnership=place.partnership)
    for _ in range(size):
        commitment = make.make_commitment(partnership=place.partnership, theme=make.make_theme())
        for each in (commitment, first):
            promise = make.make_promise(commitment=each)
            promise.actions.add(place.action, make.make_action(plan=place.action.plan))
    return {"commitment": first.pk, "promise": promise.pk}


def _national(place: Place, size: int, areas: list[Area]) -> World:
    """Rounds, one for all areas; contacts with the partnership, corrected and with steps taken."""
    reviewer = place.people["reviewer"]
    of_all = make.make_round(areas=areas, opens_on=TODAY, due_on=TODAY + timedelta(days=9))
    for number in range(size):
        make.make_round(areas=areas[:1])
        entry = make.make_contact(partnership=place.partnership, next_step="Ring again", recorded_by=reviewer)
        make.make_contact(area=areas[0], closes=entry, recorded_by=reviewer)
        make.make_wording(rule="nudge", number=number + 1, from_on=TODAY - timedelta(days=number))
        make.make_contact(area=areas[number], corrects=make.make_contact(area=areas[number]))
        contact = make.make_contact(area=areas[0], next_step="Ring again", next_due_on=TODAY)
    return {"area": areas[0].slug, "round": of_all.pk, "contact": contact.pk, "rule": "nudge"}


def _chasing(place: Place, size: int, areas: list[Area]) -> World:
    """A partnership with remarks that wait, that are held, and that went; one person is told of every action."""
    partnership, reader = make.make_partnership(), make.make_person()
    make.make_membership("coordinator", person=place.people["coordinator"], partnership=partnership)
    plan = make.make_plan(partnership=partnership)
    version = make.make_version(plan=plan, published_on=date(2026, 1, 5))
    digest = make.make_message(recipient=reader, mail_state="uncertain", mail_moved_at=make.noon(TODAY), day=TODAY)
    for number in range(size):
        action = make.make_action(plan=plan, due_on=TODAY - timedelta(days=3))
        make.make_in_version(version=version, action=action)
        make.make_owner(action=action, person=reader)
        make.make_owner(action=action, person=make.make_person())
        told = {"partnership": partnership, "subject_id": action.pk, "due_on": action.due_on, "planned_on": TODAY}
        notice = make.make_notice(recipient=reader, **told)
        make.make_hold(notice=make.make_notice(**told))
        make.make_hold(subject_type="actionplans.action", subject_id=make.make_action(plan=plan).pk)
        make.make_notice(recipient=reader, partnership=partnership, message=digest)
        message = make.make_message(mail_state="mailed", mail_moved_at=make.noon(TODAY), day=TODAY)
        make.make_notice(message=message, partnership=partnership)
        make.make_change(subject_type="signatories.message", subject_id=digest.pk, by=place.people["owner"])
        make.make_job_day(job="plan_chasing", day=TODAY - timedelta(days=number), begun_at=make.noon(TODAY))
    return {"chased": partnership.slug, "notice": notice.pk, "reader": reader.pk, "digest": digest.pk}


def _reports(place: Place, size: int, areas: list[Area]) -> World:
    """Orders of reports, one of them told to many, and schedules with many readers."""
    reviewer = place.people["reviewer"]
    readers = [make.make_person() for _ in range(size)]
    for number in range(size):
        schedule = make.make_report_schedule(owner=reviewer, recipients=readers if number == size - 1 else ())
        order = make.make_report_order(ordered_by=reviewer)
    name = default_storage.save("documents/report", ContentFile(b"1"))
    made = make.make_report_order(ordered_by=reviewer, state="ready", stored_as=name)
    for number, reader in enumerate(readers):
        period = TODAY + timedelta(days=number)
        run = make.make_report_order(ordered_by=reviewer, state="ready", schedule=schedule, period=period)
        make.make_report_delivery(order=run, person=reader)
        make.make_report_delivery(order=made, person=reader)
    return {"report_name": "national", "order": made.pk, "schedule": schedule.pk, "open_order": order.pk}


def about(world: World, named: str) -> dict[str, Any]:
    """The parts of an address."""
    parts = (part.partition("=") if "=" in part else ("pk", "=", part) for part in named.split())
    return {name: world[of] for name, _, of in parts}


def counted(world: World, place: Place) -> dict[str, int]:
    """The queries of each page, opened by somebody who has opened a page before."""
    browsers: dict[str, Client] = {}
    found = {}
    for name, (role, _, of) in PAGES.items():
        if role not in browsers:
            browsers[role] = Client()
            enter(browsers[role], place.people[role])
            browsers[role].get("/workspace/account/")
        address = reverse(name.partition("#")[0], kwargs=about(world, of))
        with CaptureQueriesContext(connection) as queries:
            answer = browsers[role].get(address)
        assert answer.status_code == 200, f"{name} answers {answer.status_code}"
        if answer.streaming:
            list(answer.streaming_content)
        found[name] = len(queries)
    return found


@pytest.mark.parametrize("size", [10, 500])
def test_each_page_takes_the_same_queries(size: int) -> None:
    place: Any = make_place()
    world = make_world(place, size)
    found = counted(world, place)
    expected = {name: queries for name, (_, queries, _) in PAGES.items()}
    # A page of a history on which nobody and no action is named needs one query fewer.
    fewer = {name: count for name, count in found.items() if "history" in name and count == expected[name] - 1}
    assert found == expected | fewer
