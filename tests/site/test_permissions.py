"""Who may see and do what: every address and every write, for every role, also of the same role elsewhere.

The table is held against the project's own list of addresses: a new one without a row fails.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from actionplans.models import Action
from concordat.accounts.adapters import NO_ADDRESS
from concordat.kernel.dates import today
from concordat.reports.kept import lines_of
from concordat.reports.shapes import Answer, Table
from signatories.models import Person
from tests import factories as make
from tests.actionplans.reporting import report
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
ROLES = ("owner", "organisation_lead", "coordinator", "chair", "board_member", "national_reviewer", "administrator")
LOCAL = ROLES[:5]
# How the columns of the table are told: those signed out, without a role, and of the same role elsewhere come first.
EVERYBODY = ("signed out", "no role", "elsewhere", *ROLES)
PUBLIC = (200,) * len(EVERYBODY)
SIGN_IN, NO, NOT_FOUND, OK, DONE, BAD = 302, 403, 404, 200, 302, 400


def row(out: int, nobody: int, elsewhere: Any, *local: int) -> tuple[Any, ...]:
    """A row of the table: the seven roles of the place come last."""
    assert len(local) == len(ROLES)
    return (out, nobody, elsewhere, *local)


# Who is elsewhere: a coordinator or lead finds nothing (or has pages of their own), others may not look at all.
APART, OWN = frozenset({NO, NOT_FOUND}), frozenset({NO, OK})

ANSWERED = frozenset({DONE, BAD})

# What a GET answers. Pages that are for nobody in particular are the same for everybody.
READ: dict[str, tuple[Any, ...]] = {
    # out, nobody, elsewhere; owner, lead, coordinator, chair, board member, reviewer, administrator
    "workspace": row(SIGN_IN, NO, OK, OK, OK, OK, OK, OK, OK, OK),
    "workspace-action": row(SIGN_IN, NO, NOT_FOUND, OK, OK, OK, OK, OK, OK, OK),
    "workspace-owners": row(SIGN_IN, NO, NOT_FOUND, OK, OK, OK, NO, NO, NO, OK),
    "workspace-no-change": row(SIGN_IN, NO, NOT_FOUND, OK, OK, OK, NO, NO, NO, OK),
    "workspace-action-history": row(SIGN_IN, NO, NOT_FOUND, OK, OK, OK, OK, OK, OK, OK),
    "workspace-history": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK, OK),
    "workspace-remove": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, NO, OK),
    "workspace-partnerships": row(SIGN_IN, NO, OK, OK, OK, OK, OK, OK, OK, OK),
    "workspace-partnership": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK),
    "workspace-partnership-links": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-meetings": row(SIGN_IN, NO, OWN, NO, NO, OK, OK, OK, OK, OK),
    "workspace-meeting": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK),
    "workspace-meeting-new": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-meeting-change": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-meeting-cancel": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-decision": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "report-frozen": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK),
    "report-frozen-file": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK),
    "workspace-review": row(SIGN_IN, NO, OK, NO, NO, OK, NO, NO, NO, OK),
    "workspace-report": row(SIGN_IN, NO, NOT_FOUND, NO, NO, OK, NO, NO, NO, OK),
    "workspace-account": row(SIGN_IN, OK, OK, OK, OK, OK, OK, OK, OK, OK),
    "second-factor": row(SIGN_IN, OK, OK, OK, OK, OK, OK, OK, OK, OK),
    "workspace-people": row(SIGN_IN, NO, OWN, NO, OK, OK, NO, NO, NO, OK),
    "workspace-invite": row(SIGN_IN, NO, OWN, NO, OK, OK, NO, NO, NO, OK),
    "workspace-role-end": row(SIGN_IN, NO, APART, NO, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-person": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, NO, OK),
    "workspace-account-close": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, NO, OK),
    "workspace-address": row(SIGN_IN, NO, APART, NO, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-words": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, NO, OK),
    "workspace-words-rule": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, NO, OK),
    # Only who answers for it puts it off, and only who coordinates holds it.
    "workspace-put-off": row(SIGN_IN, NO, NOT_FOUND, OK, NO, NO, NO, NO, NO, NO),
    "workspace-action-hold": row(SIGN_IN, NO, NOT_FOUND, NO, NO, OK, NO, NO, NO, OK),
    "workspace-partnership-hold": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-reminders": row(SIGN_IN, NO, OK, OK, OK, OK, OK, OK, OK, OK),
    "workspace-pause": row(SIGN_IN, NO, *[NOT_FOUND] * 8),  # nobody sees that of somebody else
    "workspace-calendars": row(SIGN_IN, NO, OK, OK, OK, OK, OK, OK, OK, OK),
    "workspace-evidence": row(SIGN_IN, NO, NOT_FOUND, OK, OK, OK, OK, OK, OK, OK),
    "workspace-document": row(SIGN_IN, NO, NOT_FOUND, OK, OK, OK, OK, OK, OK, OK),
    "workspace-declaration-documents": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK, OK),
    "workspace-version-documents": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK),
    "workspace-declarations": row(SIGN_IN, NO, OK, OK, OK, OK, OK, OK, OK, OK),
    "workspace-declaration": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK, OK),
    "workspace-sign": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, OK, OK, NO, NO, NO, OK),
    "workspace-signature-withdraw": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, NO, OK),
    "workspace-version": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK),
    "workspace-national": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, OK, OK),
    "workspace-national-declaration": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NO, NO, NO, NO, OK, OK),
    "workspace-national-version": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, NO, NO, NO, OK, OK),
    "workspace-lagging": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, OK, OK),
    "workspace-national-area": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, OK, OK),
    "workspace-contact-correct": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, OK, OK),
    "workspace-rounds": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, OK, OK),
    "workspace-round-new": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, OK, OK),
    "workspace-round": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, OK, OK),
    "workspace-round-answer": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK),
    "workspace-plan-new": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-version-abandon": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-version-areas": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-version-action-new": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-version-action": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-version-action-out": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-commitment-new": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-commitment": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-commitment-end": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-promise-new": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-promise": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-version-actions": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK),
    "workspace-version-left-out": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK),
    "workspace-commitments": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK),
    "workspace-declaration-abandon": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NO, OK, NO, NO, NO, OK),
    "workspace-version-compare": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK),
    "workspace-tracker-xlsx": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK),
    "workspace-tracker-csv": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, OK, OK, OK, OK),
    "workspace-blank-plan": row(SIGN_IN, NO, OK, OK, OK, OK, OK, OK, OK, OK),
    "workspace-import-new": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-import": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-import-progress": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-import-questions": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-import-columns": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-import-file": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    # Who coordinates one partnership alone goes on to it.
    "workspace-chasing": row(SIGN_IN, NO, frozenset({NO, DONE}), NO, NO, DONE, NO, NO, NO, OK),
    "workspace-chasing-jobs": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, NO, OK),
    "workspace-chasing-messages": row(SIGN_IN, NO, OWN, NO, NO, OK, NO, NO, NO, OK),
    "workspace-chasing-message": row(SIGN_IN, NO, APART, NO, NO, OK, NO, NO, NO, OK),
    "workspace-chasing-again": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, NO, OK),
    "workspace-chasing-hold": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, NO, NO, NO, OK),
    "workspace-chasing-partnership": row(SIGN_IN, NO, APART, NO, NO, OK, NO, NO, NO, OK),
    "workspace-chasing-preview": row(SIGN_IN, NO, APART, NO, NO, OK, NO, NO, NO, OK),
    "workspace-chasing-letter": row(SIGN_IN, NO, APART, NO, NO, OK, NO, NO, NO, OK),
    "workspace-chasing-send": row(SIGN_IN, NO, APART, NO, NO, OK, NO, NO, NO, OK),
    "workspace-orders": row(SIGN_IN, NO, *[OK] * 8),
    "workspace-order-new": row(SIGN_IN, NO, *[OK] * 8),  # of a report for everybody with a role
    # Nobody sees an order of somebody else, and a schedule of others only an administrator.
    "workspace-order": row(SIGN_IN, NO, *[NOT_FOUND] * 8),
    "workspace-order-progress": row(SIGN_IN, NO, *[NOT_FOUND] * 8),
    "workspace-order-file": row(SIGN_IN, NO, *[NOT_FOUND] * 8),
    "workspace-schedules": row(SIGN_IN, NO, *[OK] * 8),
    "workspace-schedule-new": row(SIGN_IN, NO, *[OK] * 8),
    "workspace-schedule": row(SIGN_IN, NO, *[NOT_FOUND] * 7, OK),
    "workspace-schedule-change": row(SIGN_IN, NO, *[NOT_FOUND] * 7, OK),
}
# What a POST that means something answers; the data follow below.
WRITE: dict[str, tuple[Any, ...]] = {
    "workspace-action": row(SIGN_IN, NO, NOT_FOUND, DONE, DONE, DONE, NO, NO, NO, DONE),
    # A report is in hand already, so those who may are refused with a sentence.
    "workspace-no-change": row(SIGN_IN, NO, NOT_FOUND, BAD, BAD, BAD, NO, NO, NO, BAD),
    "workspace-no-change-many": row(SIGN_IN, NO, DONE, DONE, DONE, DONE, DONE, DONE, DONE, DONE),
    "workspace-take-back": row(SIGN_IN, NO, NOT_FOUND, DONE, DONE, DONE, NO, NO, NO, DONE),
    "workspace-owners": row(SIGN_IN, NO, NOT_FOUND, BAD, BAD, BAD, NO, NO, NO, BAD),
    "workspace-report": row(SIGN_IN, NO, NOT_FOUND, NO, NO, DONE, NO, NO, NO, DONE),
    "workspace-accept-many": row(SIGN_IN, NO, frozenset({NO, DONE}), NO, NO, DONE, NO, NO, NO, DONE),
    "workspace-meeting-new": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-meeting-change": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-meeting-cancel": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-decision": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-meeting-freeze": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-remove": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, NO, BAD),
    "workspace-invite": row(SIGN_IN, NO, frozenset({NO, BAD}), NO, BAD, BAD, NO, NO, NO, BAD),
    "workspace-invitation-send": row(SIGN_IN, NO, APART, NO, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-invitation-revoke": row(SIGN_IN, NO, APART, NO, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-role-end": row(SIGN_IN, NO, APART, NO, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-account-close": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, NO, DONE),
    "workspace-account-open": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, NO, DONE),
    "workspace-second-factors-forget": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, NO, DONE),
    "workspace-partnership-links": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-links-off": row(SIGN_IN, *[DONE] * 9),  # everybody their own
    "workspace-address": row(SIGN_IN, NO, APART, NO, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-words-rule": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, NO, BAD),
    # Nobody ends the pause or the session of somebody else.
    "workspace-pause": row(SIGN_IN, NO, *[NOT_FOUND] * 8),
    "workspace-pause-end": row(SIGN_IN, NO, *[NOT_FOUND] * 8),
    "workspace-reminders": row(SIGN_IN, NO, *[BAD] * 8),
    "workspace-reminders-fewer": row(SIGN_IN, NO, *[DONE] * 8),
    "workspace-calendar-address": row(SIGN_IN, NO, *[DONE] * 8),
    "workspace-put-off": row(SIGN_IN, NO, NOT_FOUND, DONE, NO, NO, NO, NO, NO, NO),
    "workspace-put-off-end": row(SIGN_IN, NO, NOT_FOUND, DONE, DONE, DONE, DONE, DONE, DONE, DONE),
    "workspace-action-hold": row(SIGN_IN, NO, NOT_FOUND, NO, NO, DONE, NO, NO, NO, DONE),
    "workspace-partnership-hold": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-hold-release": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-end-session": row(SIGN_IN, *[NOT_FOUND] * 9),
    # Without what they ask for these are refused (400) to those who may do it at all.
    "workspace-evidence": row(SIGN_IN, NO, NOT_FOUND, BAD, BAD, BAD, NO, NO, NO, BAD),
    "workspace-document": row(SIGN_IN, NO, NOT_FOUND, BAD, BAD, BAD, NO, NO, NO, BAD),
    "workspace-declaration-documents": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NO, BAD, NO, NO, NO, BAD),
    "workspace-version-documents": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-declaration-new": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-declaration": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NO, BAD, NO, NO, NO, BAD),
    "workspace-declaration-areas": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NO, DONE, NO, NO, NO, DONE),
    "workspace-sign": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, BAD, BAD, NO, NO, NO, BAD),
    "workspace-signature-withdraw": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, NO, BAD),
    "workspace-version": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-national-declaration": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NO, NO, NO, NO, BAD, BAD),
    "workspace-national-version": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, NO, NO, NO, BAD, BAD),
    "workspace-national-area": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, BAD, BAD),
    "workspace-contact-correct": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, BAD, BAD),
    "workspace-round-new": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, BAD, BAD),
    "workspace-round": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, DONE, DONE),
    "workspace-round-answer": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-plan-new": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-version-abandon": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-version-areas": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-version-action-new": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-version-action": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-version-action-out": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-commitment-new": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-commitment": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-commitment-end": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-promise-new": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-promise": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-declaration-abandon": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NO, BAD, NO, NO, NO, BAD),
    "workspace-version-new": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, NO, NO, NO, DONE),
    # A step with nothing is a step with a row that is not there.
    "workspace-version-actions": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND, NO, NO, NO, NOT_FOUND),
    "workspace-version-left-out": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND, NO, NO, NO, NOT_FOUND),
    "workspace-commitments": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND, NO, NO, NO, NOT_FOUND),
    "workspace-import-new": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, BAD, NO, NO, NO, BAD),
    "workspace-import-questions": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-import-columns": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-import-apply": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-import-abandon": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, NO, NO, NO, DONE),
    "workspace-chasing-message": row(SIGN_IN, NO, APART, NO, NO, DONE, NO, NO, NO, DONE),
    "workspace-chasing-again": row(SIGN_IN, NO, NO, NO, NO, NO, NO, NO, NO, DONE),
    "workspace-chasing-hold": row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, NO, NO, NO, DONE),
    # Whether it goes depends on the hour.
    "workspace-chasing-send": row(SIGN_IN, NO, APART, NO, NO, ANSWERED, NO, NO, NO, ANSWERED),
    "workspace-order-new": row(SIGN_IN, NO, *[DONE] * 8),
    "workspace-order-cancel": row(SIGN_IN, NO, *[NOT_FOUND] * 8),
    "workspace-schedule-new": row(SIGN_IN, NO, *[BAD] * 8),
    "workspace-schedule-change": row(SIGN_IN, NO, *[NOT_FOUND] * 7, BAD),
    "workspace-schedule-step": row(SIGN_IN, NO, *[NOT_FOUND] * 7, DONE),
}
DATA: dict[str, dict[str, Any]] = {
    "workspace-action": {"status": "in_progress", "then": "draft", "version": "1"},
    "workspace-take-back": {"version": "1"},
    "workspace-owners": {"then": "hand_over"},
    "workspace-report": {"version": "1", "then": "accept"},
    "workspace-meeting-new": {"held_on_0": "4", "held_on_1": "3", "held_on_2": "2026"},
    "workspace-meeting-change": {"held_on_0": "5", "held_on_1": "3", "held_on_2": "2026", "version": "1"},
    "workspace-meeting-cancel": {"reason": "Too few people", "version": "1"},
    "workspace-decision": {"kind": "kept", "seen": "0"},
    "workspace-meeting-freeze": {"seen": "0"},
    "workspace-partnership-links": {"then": "setting", "sign_in_to_close": "on"},
    "workspace-role-end": {"why": "Moved on"},
    "workspace-account-close": {"why": "Left"},
    "workspace-round": {"version": "1", "then": "close"},
    "workspace-chasing-message": {"why": "I phoned", "then": "again"},
    "workspace-chasing-again": {"why": "The mail server is back."},
    "workspace-chasing-hold": {"reason": "I phoned", "version": "0"},
    "workspace-calendar-address": {"then": "make"},
    "workspace-put-off": {"until_on": str(today() + timedelta(days=7))},
    "workspace-action-hold": {"reason": "They told me why.", "version": "0"},
    "workspace-partnership-hold": {"reason": "They told me why.", "version": "0"},
    "workspace-order-new": {"format": "csv"},
    "workspace-schedule-step": {"version": "1", "then": "pause"},
}
# Addresses that answer everybody alike and are looked at in tests of their own.
ELSEWHERE = ("admin:", "account_", "mfa_", "usersessions_")
PUBLIC_NAMES = {
    *("front-page", "map-svg", "boundaries", "area-list", "area-find", "area", "partnership", "declaration", "plan"),
    "plan-compare",
    *("plan-version", "action", "organisation", "board", "api-status", "api-history", "accessibility", "privacy"),
    *("cookies", "licence", "contact", "contact-sent", "invitation", "fewer-mails"),
    # By whose link it is: tests/concordat/link.
    *("link", "link-no-change", "link-switch-off", "link-action", "link-answer"),
    "hook-bounces",  # by its signature: tests/concordat/test_hooks.py
    # By who has the address: tests/concordat/workspace/test_feeds.py.
    *("area-deadlines", "own-deadlines", "partnership-deadlines"),
    # By report and format: tests/site/test_report_permissions.py.
    *("report-list", "report-page", "report-file"),
    "document",  # by what it is about: tests/concordat/workspace/test_documents.py
}


def names(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[str]:
    """The names of all addresses outside the administration."""
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def test_every_address_has_its_row() -> None:
    known = READ.keys() | WRITE.keys() | PUBLIC_NAMES
    assert [name for name in names() if name not in known and not name.startswith(ELSEWHERE)] == []


@pytest.fixture
def action() -> Action:
    """An action with a report that waits, in a plan in force."""
    partnership, police = make.make_partnership(), make.make_organisation()
    plan = make.make_plan(partnership=partnership)
    action = make.make_action(plan=plan)
    make.make_in_version(version=make.make_version(plan=plan, published_on=date(2026, 1, 5)), action=action)
    make.make_lead(action=action, organisation=police)
    make.make_member(partnership=partnership, organisation=police)
    make.make_update(action=action, reported_on=date(2026, 2, 1))
    report(action, today())
    return action


def person(role: str, action: Action) -> Person | None:
    """Somebody in that column of the table."""
    if role == "signed out":
        return None
    if role == "administrator":
        return make.make_person(is_staff=True, is_superuser=True)
    person = make.make_person()
    if role == "no role":
        return person
    partnership, lead = action.plan.partnership, action.leads.get().organisation
    places = {"coordinator": partnership, "chair": partnership, "board_member": partnership}
    if role in places:
        make.make_membership(role, person=person, partnership=partnership)
    elif role != "national_reviewer":
        make.make_membership(role, person=person, organisation=lead)
    else:
        make.make_membership(role, person=person)
    if role == "owner":
        make.make_owner(action=action, person=person)
    return person


def strangers() -> Iterator[Person]:
    """The local roles, each somewhere else."""
    for role in LOCAL:
        yield make.make_membership(role).person


def session_of_somebody() -> int:
    """A session that is nobody's in the table."""
    key = f"session-{UserSession.objects.count()}"
    return UserSession.objects.create(user=make.make_person(), ip=NO_ADDRESS, session_key=key, user_agent="x").pk


def chasing_address(name: str, action: Action) -> str:
    """An address of the console, about somebody who is told of an action of the partnership that is overdue."""
    partnership, version = action.plan.partnership, action.plan.versions.get()
    overdue = make.make_action(plan=action.plan, due_on=today() - timedelta(days=10))
    make.make_in_version(version=version, action=overdue)
    reader = make.make_owner(action=overdue).person
    told = {"recipient": reader, "partnership": partnership, "subject_id": overdue.pk, "due_on": overdue.due_on}
    notice = make.make_notice(**told, planned_on=today())
    message = make.make_message(mail_state="uncertain", mail_moved_at=timezone.now())
    make.make_notice(message=message, partnership=partnership)
    here = f"/workspace/chasing/partnerships/{partnership.slug}/"
    return {
        "workspace-chasing": "/workspace/chasing/",
        "workspace-chasing-jobs": "/workspace/chasing/jobs/",
        "workspace-chasing-messages": "/workspace/chasing/messages/",
        "workspace-chasing-again": "/workspace/chasing/messages/again/",
        "workspace-chasing-message": f"/workspace/chasing/messages/{message.pk}/",
        "workspace-chasing-hold": f"/workspace/chasing/notices/{notice.pk}/hold/",
        "workspace-chasing-partnership": here,
        "workspace-chasing-preview": f"{here}people/{reader.pk}/",
        "workspace-chasing-letter": f"{here}people/{reader.pk}/letter/",
        "workspace-chasing-send": f"{here}people/{reader.pk}/send/",
    }[name]


def report_address(name: str) -> str:
    """An address of the reports that somebody ordered, or has made by themselves."""
    order, schedule = make.make_report_order(state="ready").pk, make.make_report_schedule().pk
    return {
        "workspace-orders": "/workspace/orders/",
        "workspace-order-new": "/workspace/orders/new/national/",
        "workspace-order": f"/workspace/orders/{order}/",
        "workspace-order-progress": f"/workspace/orders/{order}/progress/",
        "workspace-order-file": f"/workspace/orders/{order}/file/",
        "workspace-order-cancel": f"/workspace/orders/{order}/cancel/",
        "workspace-schedules": "/workspace/schedules/",
        "workspace-schedule-new": "/workspace/schedules/new/national/",
        "workspace-schedule": f"/workspace/schedules/{schedule}/",
        "workspace-schedule-change": f"/workspace/schedules/{schedule}/change/",
        "workspace-schedule-step": f"/workspace/schedules/{schedule}/step/",
    }[name]


def address(name: str, action: Action) -> str:
    if name.startswith("workspace-chasing"):
        return chasing_address(name, action)
    if name.startswith(("workspace-order", "workspace-schedule")):
        return report_address(name)
    waiting = action.updates.get(state="submitted").pk
    partnership = action.plan.partnership
    declaration = make.make_declaration(partnership=partnership, areas=[make.make_area()], state=state_for(name))
    signature = make.make_signature(declaration=declaration, organisation=action.leads.get().organisation)
    plan = make.make_plan(partnership=partnership)
    version = make.make_version(plan=plan, state=state_for(name))
    line = make.make_in_version(version=version)
    # One that is understood; for the page that begins one there is none.
    brought_in = make.make_import(draft=version, state="abandoned" if name == "workspace-import-new" else "ready").pk
    promise = make.make_promise(commitment=make.make_commitment(partnership=partnership))
    commitment = promise.commitment_id
    document = make.make_document(subject=action)
    chair = make.make_membership("chair", partnership=action.plan.partnership)
    meeting = make.make_meeting(partnership=partnership, held_on=date(2026, 2, 2))
    paper = Answer("board", "Board paper", date(2026, 1, 26), (Table("plan", "The full plan", (), [()]),))
    frozen = make.make_frozen(meeting=meeting, partnership=partnership, told=lines_of(paper))
    invited = make.make_invitation(role="chair", partnership=action.plan.partnership).pk
    area = make.make_area()
    make.cover(partnership, area)
    contact = make.make_contact(area=area)
    round_ = make.make_round(areas=[area])
    pause = make.make_pause(from_on=today(), until_on=today() + timedelta(days=7))
    hold = make.make_hold(subject_type="actionplans.action", subject_id=line.action_id)
    return {
        "workspace": "/workspace/",
        "workspace-action": f"/workspace/actions/{action.pk}/",
        "workspace-no-change": f"/workspace/actions/{action.pk}/no-change/",
        "workspace-take-back": f"/workspace/actions/{action.pk}/take-back/",
        "workspace-owners": f"/workspace/actions/{action.pk}/owners/",
        "workspace-put-off": f"/workspace/actions/{action.pk}/later/",
        "workspace-put-off-end": f"/workspace/actions/{action.pk}/later/end/",
        "workspace-action-hold": f"/workspace/actions/{action.pk}/hold/",
        "workspace-partnership-hold": f"/workspace/partnerships/{partnership.slug}/hold/",
        "workspace-hold-release": f"/workspace/holds/{hold.pk}/release/",
        "workspace-calendars": "/workspace/calendars/",
        "workspace-calendar-address": "/workspace/calendars/address/",
        "workspace-reminders": "/workspace/reminders/",
        "workspace-reminders-fewer": "/workspace/reminders/fewer/",
        "workspace-pause": f"/workspace/reminders/pauses/{pause.pk}/",
        "workspace-pause-end": f"/workspace/reminders/pauses/{pause.pk}/end/",
        "workspace-action-history": f"/workspace/actions/{action.pk}/history/",
        "workspace-history": f"/workspace/history/declarations/{declaration.pk}/",
        "workspace-remove": f"/workspace/remove/actionplans.action/{action.pk}/",
        "workspace-no-change-many": "/workspace/no-change/",
        "workspace-partnerships": "/workspace/partnerships/",
        "workspace-partnership": f"/workspace/partnerships/{action.plan.partnership.slug}/",
        "workspace-partnership-links": f"/workspace/partnerships/{partnership.slug}/links/",
        "workspace-links-off": "/workspace/account/links/switch-off/",
        "workspace-meetings": "/workspace/meetings/",
        "workspace-meeting": f"/workspace/meetings/{meeting.pk}/",
        "workspace-meeting-new": f"/workspace/boards/{meeting.board.slug}/meetings/new/",
        "workspace-meeting-change": f"/workspace/meetings/{meeting.pk}/change/",
        "workspace-meeting-cancel": f"/workspace/meetings/{meeting.pk}/cancel/",
        "workspace-decision": f"/workspace/meetings/{meeting.pk}/actions/{action.pk}/",
        "workspace-meeting-freeze": f"/workspace/meetings/{meeting.pk}/freeze/",
        "report-frozen": f"/reports/frozen/{frozen.pk}.html",
        "report-frozen-file": f"/reports/frozen/{frozen.pk}.json",
        "workspace-review": "/workspace/review/",
        "workspace-accept-many": "/workspace/review/accept/",
        "workspace-report": f"/workspace/reports/{waiting}/",
        "second-factor": "/accounts/second-factor/",
        "workspace-account": "/workspace/account/",
        "workspace-end-session": f"/workspace/account/sessions/{session_of_somebody()}/end/",
        "workspace-people": "/workspace/people/",
        "workspace-invite": "/workspace/people/invite/",
        "workspace-invitation-send": f"/workspace/people/invitations/{invited}/send/",
        "workspace-invitation-revoke": f"/workspace/people/invitations/{invited}/revoke/",
        "workspace-role-end": f"/workspace/people/roles/{chair.pk}/end/",
        "workspace-person": f"/workspace/people/{chair.person_id}/",
        "workspace-account-close": f"/workspace/people/{chair.person_id}/close/",
        "workspace-account-open": f"/workspace/people/{chair.person_id}/open/",
        "workspace-second-factors-forget": f"/workspace/people/{chair.person_id}/second-factors/",
        "workspace-address": f"/workspace/people/{chair.person_id}/address/",
        "workspace-words": "/workspace/national/words/",
        "workspace-words-rule": "/workspace/national/words/nudge/",
        "workspace-evidence": f"/workspace/actions/{action.pk}/evidence/",
        "workspace-declaration-documents": f"/workspace/declarations/{declaration.pk}/documents/",
        "workspace-version-documents": f"/workspace/versions/{version.pk}/documents/",
        "workspace-document": f"/workspace/documents/{document.pk}/",
        "workspace-declaration-new": f"/workspace/partnerships/{partnership.slug}/declarations/new/",
        "workspace-declarations": "/workspace/declarations/",
        "workspace-declaration": f"/workspace/declarations/{declaration.pk}/",
        "workspace-declaration-areas": f"/workspace/declarations/{declaration.pk}/areas/",
        "workspace-sign": f"/workspace/declarations/{declaration.pk}/sign/",
        "workspace-signature-withdraw": f"/workspace/signatures/{signature.pk}/withdraw/",
        "workspace-version": f"/workspace/versions/{version.pk}/",
        "workspace-plan-new": f"/workspace/partnerships/{partnership.slug}/plans/new/",
        "workspace-version-new": f"/workspace/plans/{plan.pk}/versions/new/",
        "workspace-version-abandon": f"/workspace/versions/{version.pk}/abandon/",
        "workspace-version-areas": f"/workspace/versions/{version.pk}/areas/",
        "workspace-version-actions": f"/workspace/versions/{version.pk}/actions/",
        "workspace-version-left-out": f"/workspace/versions/{version.pk}/actions/left-out/",
        "workspace-version-action-new": f"/workspace/versions/{version.pk}/actions/new/",
        "workspace-version-action": f"/workspace/versions/{version.pk}/actions/{line.pk}/",
        "workspace-version-action-out": f"/workspace/versions/{version.pk}/actions/{line.pk}/leave-out/",
        "workspace-declaration-abandon": f"/workspace/declarations/{declaration.pk}/abandon/",
        "workspace-commitments": f"/workspace/partnerships/{partnership.slug}/commitments/",
        "workspace-commitment-new": f"/workspace/partnerships/{partnership.slug}/commitments/new/",
        "workspace-commitment": f"/workspace/commitments/{commitment}/",
        "workspace-commitment-end": f"/workspace/commitments/{commitment}/end/",
        "workspace-promise-new": f"/workspace/commitments/{commitment}/promises/new/",
        "workspace-promise": f"/workspace/promises/{promise.pk}/",
        "workspace-version-compare": f"/workspace/versions/{version.pk}/compare/",
        "workspace-tracker-xlsx": f"/workspace/versions/{version.pk}/tracker.xlsx",
        "workspace-tracker-csv": f"/workspace/versions/{version.pk}/tracker.csv",
        "workspace-blank-plan": "/workspace/blank-plan.xlsx",
        "workspace-import-new": f"/workspace/versions/{version.pk}/import/",
        "workspace-import": f"/workspace/imports/{brought_in}/",
        "workspace-import-progress": f"/workspace/imports/{brought_in}/progress/",
        "workspace-import-questions": f"/workspace/imports/{brought_in}/questions/",
        "workspace-import-columns": f"/workspace/imports/{brought_in}/columns/",
        "workspace-import-apply": f"/workspace/imports/{brought_in}/apply/",
        "workspace-import-abandon": f"/workspace/imports/{brought_in}/abandon/",
        "workspace-import-file": f"/workspace/imports/{brought_in}/file/",
        "workspace-national": "/workspace/national/",
        "workspace-national-declaration": f"/workspace/national/declarations/{declaration.pk}/",
        "workspace-national-version": f"/workspace/national/versions/{version.pk}/",
        "workspace-lagging": "/workspace/national/lagging/",
        "workspace-national-area": f"/workspace/national/areas/{area.slug}/",
        "workspace-contact-correct": f"/workspace/national/areas/{area.slug}/contacts/{contact.pk}/correct/",
        "workspace-rounds": "/workspace/national/rounds/",
        "workspace-round-new": "/workspace/national/rounds/new/",
        "workspace-round": f"/workspace/national/rounds/{round_.pk}/",
        "workspace-round-answer": f"/workspace/partnerships/{partnership.slug}/rounds/{round_.pk}/",
    }[name]


def state_for(name: str) -> str:
    """Partnerships work on drafts; what the national side sees is submitted."""
    return "submitted" if name.startswith("workspace-national") else "draft"


def sign_in(client: Client, somebody: Person | None) -> None:
    client.logout()
    if somebody:
        enter(client, somebody)


def fits(status: int, expected: Any) -> bool:
    """Whether it is the answer of the table, or one of them."""
    return status in expected if isinstance(expected, frozenset) else status == expected


@pytest.mark.parametrize("name", READ)
def test_reading(client: Client, action: Action, name: str) -> None:
    found = {}
    for role, expected in zip(EVERYBODY, READ[name], strict=True):
        people = list(strangers()) if role == "elsewhere" else [person(role, action)]
        for somebody in people:
            sign_in(client, somebody)
            status = client.get(address(name, action)).status_code
            # A queue of one's own is for coordinators, wherever they are.
            is_alike = role == "elsewhere" and status == NO and name == "workspace-review"
            if not fits(status, expected) and not is_alike:
                found[role] = status
    assert found == {}


@pytest.mark.parametrize("name", WRITE)
@pytest.mark.parametrize("role", EVERYBODY)
def test_writing(client: Client, action: Action, name: str, role: str) -> None:
    expected = WRITE[name][EVERYBODY.index(role)]
    before = list(action.updates.order_by("pk").values())
    for somebody in strangers() if role == "elsewhere" else [person(role, action)]:
        sign_in(client, somebody)
        answer = client.post(address(name, action), DATA.get(name, {}))
        assert fits(answer.status_code, expected)
        if expected in (NO, NOT_FOUND, APART) or role == "signed out":
            assert list(action.updates.order_by("pk").values()) == before
        if role == "signed out":
            assert "/login" in answer.headers["Location"]
