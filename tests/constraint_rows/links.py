"""Every foreign key of the four apps, and a row that uses it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ForeignKey, Model

from areas.models import Area
from concordat.kernel.models import Change
from tests import factories as make
from tests.constraint_rows.actionplans import plan_coverage
from tests.constraint_rows.declared import models
from tests.constraint_rows.signatories import declaration_coverage, expected_area, partnership_coverage

NOBODY = -1  # an id that no row has


def _bare_area() -> Area:
    """An area that no code refers to."""
    return Area.objects.create(slug=f"area-{Area.objects.count()}", name="An area", region="London")


def action_with_theme() -> Model:
    action = make.make_action()
    action.themes.add(make.make_theme())
    return action.themes.through.objects.get(action=action)


def promise_with_action() -> Model:
    promise = make.make_promise()
    promise.actions.add(make.make_action())
    return promise.actions.through.objects.get(promise=promise)


def schedule_with_reader() -> Model:
    schedule = make.make_report_schedule(recipients=[make.make_person()])
    return schedule.recipients.through.objects.get(reportschedule=schedule)


def enquiry_with_reader() -> Model:
    enquiry = make.make_enquiry()
    enquiry.mailed_to.add(make.make_person())
    return enquiry.mailed_to.through.objects.get(enquiry=enquiry)


# One row of each table, by the model's label. No other row refers to it.
BUILDERS: dict[str, Callable[..., Model]] = {
    "kernel.change": make.make_change,
    "kernel.redaction": make.make_redaction,
    "areas.area": _bare_area,
    "areas.areacode": make.make_code,
    "areas.areasuccession": make.make_succession,
    "areas.boundaryepoch": make.make_epoch,
    "areas.boundary": make.make_boundary,
    "signatories.organisation": make.make_organisation,
    "signatories.organisationname": make.make_organisation_name,
    "signatories.organisationidentifier": make.make_identifier,
    "signatories.person": make.make_person,
    "signatories.programme": make.make_programme,
    "signatories.steward": make.make_steward,
    "signatories.milestone": make.make_milestone,
    "signatories.partnership": make.make_partnership,
    "signatories.partnershipcoverage": partnership_coverage,
    "signatories.partnershipmember": make.make_member,
    "signatories.board": make.make_board,
    "signatories.boardoversight": make.make_oversight,
    "signatories.boardchair": make.make_chair,
    "signatories.boardmeeting": make.make_meeting,
    "signatories.declaration": make.make_declaration,
    "signatories.declarationcoverage": declaration_coverage,
    "signatories.planexpectation": make.make_expectation,
    "signatories.expectedarea": expected_area,
    "signatories.signature": make.make_signature,
    "signatories.statement": make.make_statement,
    "signatories.enquiry": lambda: make.make_enquiry(answered_at=make.noon(make.DAY)),
    "signatories.document": make.make_document,
    "signatories.jobday": make.make_job_day,
    "signatories.contactentry": make.make_contact,
    "signatories.reviewround": make.make_round,
    "signatories.reviewroundarea": lambda: make.make_round_area(confirmed_on=make.DAY),
    "actionplans.planimport": make.make_import,
    "actionplans.importedrow": make.make_imported_row,
    "actionplans.importmemory": make.make_import_memory,
    "signatories.updatewindow": make.make_window,
    "signatories.chasingpause": make.make_pause,
    "signatories.calendaraddress": make.make_calendar_address,
    "signatories.chasinghold": make.make_hold,
    "signatories.chasingoptout": make.make_opt_out,
    "signatories.message": make.make_message,
    "signatories.notice": make.make_notice,
    "signatories.signedlink": make.make_link,
    "signatories.reply": make.make_reply,
    "signatories.mailreport": lambda: make.make_mail_report(person=make.make_person()),
    "signatories.mailreportcount": make.make_mail_report_count,
    "signatories.wording": make.make_wording,
    "signatories.membership": partial(make.make_membership, "owner"),
    "signatories.invitation": lambda: make.make_invitation(accepted_at=make.noon(make.DAY)),
    "signatories.signin": make.make_sign_in,
    "signatories.enquiry_mailed_to": enquiry_with_reader,
    "actionplans.actionplan": make.make_plan,
    "actionplans.plancoverage": plan_coverage,
    "actionplans.planversion": make.make_version,
    "actionplans.section": make.make_section,
    "actionplans.theme": make.make_theme,
    "actionplans.action": make.make_action,
    "actionplans.action_themes": action_with_theme,
    "actionplans.actioninversion": make.make_in_version,
    "actionplans.actionlead": make.make_lead,
    "actionplans.actionowner": make.make_owner,
    "actionplans.earliermustdo": make.make_earlier_must_do,
    "actionplans.datechange": make.make_date_change,
    "actionplans.progressupdate": partial(make.make_update, status="merged"),
    "actionplans.meetingdecision": partial(make.make_decision, kind="agreed"),
    "actionplans.commitment": make.make_commitment,
    "actionplans.promise": make.make_promise,
    "actionplans.promise_actions": promise_with_action,
    "reports.frozenreport": lambda: make.make_frozen(frozen_by=make.make_person(), told=()),
    "reports.frozenline": lambda: make.make_frozen().lines.get(),
    "reports.reportorder": lambda: make.make_report_order(schedule=make.make_report_schedule(), period=make.DAY),
    "reports.reportdelivery": make.make_report_delivery,
    "reports.reportschedule": make.make_report_schedule,
    "reports.reportschedule_recipients": schedule_with_reader,
}

# A row that can have this link, where the usual one of its table cannot.
FOR_LINK: dict[str, Callable[..., Model]] = {
    "signatories.Membership.partnership": partial(make.make_membership, "chair"),
    "signatories.ContactEntry.area": lambda: make.make_contact(area=make.make_area()),
    "signatories.ChasingHold.notice": lambda: make.make_hold(notice=make.make_notice()),
    "signatories.Invitation.partnership": partial(make.make_invitation, role="chair"),
}


def own_links() -> list[ForeignKey]:
    """The foreign keys that the models declare, those of many-to-many tables apart."""
    return [field for model in models() for field in model._meta.local_fields if isinstance(field, ForeignKey)]


def all_links() -> list[ForeignKey]:
    """The foreign keys of every table of the four apps; the tables of permissions are Django's own."""
    tables = [
        field.remote_field.through
        for model in models()
        for field in model._meta.local_many_to_many
        if field.remote_field.through._meta.auto_created and field.name not in {"groups", "user_permissions"}
    ]
    return own_links() + [field for table in tables for field in table._meta.local_fields if field.is_relation]


@contextmanager
def broken_link() -> Iterator[pytest.ExceptionInfo[IntegrityError]]:
    """What is done in the block must break a foreign key, at the latest when they are checked at its end."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():  # noqa: PT012 - whichever of the two fails
        yield refusal
        connection.check_constraints()


def point(link: ForeignKey, parent_id: Any) -> None:
    """A row whose link has this value. A change takes no UPDATE, so it is written with it."""
    build = FOR_LINK.get(str(link), BUILDERS[link.model._meta.label_lower])
    if link.model is Change:
        build(by_id=parent_id, by_command="")
        return
    row = build()
    link.model._base_manager.filter(pk=row.pk).update(**{link.attname: parent_id})


def delete_by_hand(row: Model) -> None:
    """Delete one row in SQL, so that no `on_delete` of Django's is asked. The table's name is the model's own."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])  # noqa: S608


def refused_link(error: IntegrityError) -> tuple[str, str]:
    """The table and the column of the foreign key that the database says is broken."""
    if connection.vendor == "sqlite":
        # "The row in table 'x' with primary key '1' has an invalid foreign key: x.column contains a value …"
        return tuple(str(error).split("invalid foreign key: ")[1].split(" ")[0].split("."))
    broken = error.__cause__.diag
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, broken.table_name)
    return broken.table_name, constraints[broken.constraint_name]["columns"][0]
