"""What is recorded of plans and actions is never deleted; decisions and what was published are never altered.

A line is of an action of its version's plan, and an action is merged into one of its own plan.
"""

from typing import ClassVar

from django.db import migrations

from concordat.kernel.guards import frozen, kept, put_up, refused

KEPT = {
    "action": "an action",
    "actioninversion": "a line of a plan",
    "actionlead": "who leads an action",
    "actionowner": "who answers for an action",
    "actionplan": "a plan",
    "commitment": "a commitment",
    "datechange": "a moved date",
    "earliermustdo": "a must-do of former days",
    "importedrow": "a row of a plan file",
    "importmemory": "what a partnership has told of its files",
    "meetingdecision": "a decision",
    "planimport": "a plan file",
    "plancoverage": "what a plan is for",
    "planversion": "a version of a plan",
    "progressupdate": "a report",
    "promise": "a promise",
}
LINE, VERSION, ACTION = "actionplans_actioninversion", "actionplans_planversion", "actionplans_action"
REPORT = "actionplans_progressupdate"
PLAN_OF = "(SELECT plan_id FROM {} WHERE id = {})"
LINES_OF_IT = f"SELECT 1 FROM {LINE} WHERE action_id = NEW.id"  # noqa: S608 - all of it is ours
MERGED = "merged_into_id = NEW.id OR action_id = NEW.id AND merged_into_id IS NOT NULL"
MERGERS_OF_IT = f"SELECT 1 FROM {REPORT} WHERE {MERGED}"  # noqa: S608 - as above
LINE_ELSEWHERE = "a line of a plan is of an action of that plan"
MERGED_ELSEWHERE = "an action is merged into one of its own plan"
GUARDS = (
    *(kept(f"actionplans_{table}", what) for table, what in KEPT.items()),
    frozen(
        "actionplans_meetingdecision",
        "a decision",
        columns=(
            *("id", "meeting_id", "action_id", "position", "kind"),
            *("update_id", "date_change_id", "recorded_by_id", "recorded_at"),
        ),
        texts=("note",),
    ),
    frozen(
        LINE,
        "a published line of a plan",
        columns=("id", "version_id", "action_id", "section_id", "reference", "position", "is_left_out"),
        texts=("section_text", "text", "timescale_text", "left_out_reason"),
        free=("proposes",),  # nobody reads it once it is published
        once=f"EXISTS (SELECT 1 FROM {VERSION} WHERE id = OLD.version_id AND published_on IS NOT NULL)",  # noqa: S608 - ours
    ),
    refused(
        LINE,
        "actionplans_line_of_its_plan",
        LINE_ELSEWHERE,
        when=f"{PLAN_OF.format(VERSION, 'NEW.version_id')} <> {PLAN_OF.format(ACTION, 'NEW.action_id')}",
        columns=("version_id", "action_id"),
    ),
    refused(
        REPORT,
        "actionplans_merged_within_its_plan",
        MERGED_ELSEWHERE,
        when=f"{PLAN_OF.format(ACTION, 'NEW.merged_into_id')} <> {PLAN_OF.format(ACTION, 'NEW.action_id')}",
        columns=("action_id", "merged_into_id"),
    ),
    refused(
        VERSION,
        "actionplans_version_keeps_its_plan",
        LINE_ELSEWHERE,
        when=f"NEW.plan_id <> OLD.plan_id AND EXISTS (SELECT 1 FROM {LINE} WHERE version_id = NEW.id)",  # noqa: S608 - ours
        columns=("plan_id",),
        inserting=False,
    ),
    refused(
        ACTION,
        "actionplans_action_keeps_its_plan",
        LINE_ELSEWHERE,
        when=f"NEW.plan_id <> OLD.plan_id AND (EXISTS ({LINES_OF_IT}) OR EXISTS ({MERGERS_OF_IT}))",
        columns=("plan_id",),
        inserting=False,
    ),
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("actionplans", "0009_days_of_must_do"),
        ("kernel", "0006_guarded_rows"),
        ("signatories", "0013_guarded_rows"),
    ]
    operations: ClassVar = [put_up(GUARDS)]
