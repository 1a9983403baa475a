"""What the migrations make of rows that older versions allowed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("actionplans", "0002_initial"), ("signatories", "0004_people_and_roles")]
AFTER = [("actionplans", "0003_owners_and_open_reports")]
REVIEWED = [("actionplans", "0004_review_of_plan_versions"), ("signatories", "0007_review_of_declarations")]
DRAFTING = [("actionplans", "0005_drafting_plans")]
UNWORDED = [("actionplans", "0011_milestones_of_timescales")]
WORDED = [("actionplans", "0012_words_of_versions")]
DAY = date(2026, 5, 1)
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def migrated(targets: list[tuple[str, str]]) -> Any:
    """The models as they are after these migrations."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture
def going_back(transactional_db: None) -> Iterator[None]:
    """All that the test undid of the migrations is done again, of every app: others build on these."""
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield
    migrated(latest)


@pytest.mark.slow
@pytest.mark.usefixtures("going_back")
def test_what_older_versions_allowed_is_put_in_order() -> None:
    """One way back and forth for all versions: it takes nearly all of the time."""
    old = migrated(BEFORE)
    of_several_reports_in_hand_the_newest_stays_and_a_coordinator_decides_on_the_others(old)
    reviewed = migrated(REVIEWED)
    of_several_versions_in_hand_the_newest_stays_and_the_others_are_given_up(reviewed)
    every_line_has_the_outcome_of_its_action_or_what_its_draft_proposes(migrated(UNWORDED))


def of_several_reports_in_hand_the_newest_stays_and_a_coordinator_decides_on_the_others(old: Any) -> None:
    get = old.get_model
    programme = get("signatories", "Programme").objects.create(slug="p", name="P")
    partnership = get("signatories", "Partnership").objects.create(slug="n", name="N", programme_id=programme.pk)
    plan = get("actionplans", "ActionPlan").objects.create(partnership_id=partnership.pk, title="Plan")
    first, second = (get("actionplans", "Action").objects.create(plan=plan, text=text) for text in "AB")

    def report(**fields: Any) -> int:
        filled = {"action": first, "state": "draft", "reported_on": DAY, "status": "in_progress"} | fields
        return int(get("actionplans", "ProgressUpdate").objects.create(**filled).pk)

    half = report(status="completed", completed_on=DAY, public_text="Nearly")
    whole = report(status="completed", completed_on=DAY, outcome_note="People get help", state="returned")
    merged = report(status="merged", merged_into=second)
    stray = report(merged_into=second, completed_on=DAY)
    dropped, targetless = report(status="not_going_ahead"), report(status="merged")
    newest, alone = report(public_text="Newest"), report(action=second, status="merged")
    rows = migrated(AFTER).get_model("actionplans", "ProgressUpdate").objects.order_by("pk")
    found = {row.pk: (row.state, row.status, row.completed_on, row.merged_into_id) for row in rows}
    assert found == {
        half: ("submitted", "in_progress", None, None),
        whole: ("submitted", "completed", DAY, None),
        merged: ("submitted", "merged", None, second.pk),
        stray: ("submitted", "in_progress", None, None),
        dropped: ("submitted", "in_progress", None, None),
        targetless: ("submitted", "in_progress", None, None),
        newest: ("draft", "in_progress", None, None),
        alone: ("draft", "merged", None, None),
    }
    assert rows.get(pk=half).public_text == "Nearly"


def of_several_versions_in_hand_the_newest_stays_and_the_others_are_given_up(old: Any) -> None:
    get = old.get_model
    programme = get("signatories", "Programme").objects.create(slug="q", name="Q")
    partnership = get("signatories", "Partnership").objects.create(slug="m", name="M", programme_id=programme.pk)
    plans = [get("actionplans", "ActionPlan").objects.create(partnership=partnership, title=title) for title in "AB"]
    versions = get("actionplans", "PlanVersion").objects
    held = {"state": "submitted", "submitted_at": NOON, "held_since": DAY, "held_reason": "x", "publish_on": DAY}
    older = versions.create(plan=plans[0], label="1", **held)
    versions.create(plan=plans[0], label="2")
    versions.create(plan=plans[1], label="1", state="returned", review_comment="x")
    new = migrated(DRAFTING).get_model
    found = new("actionplans", "PlanVersion").objects.order_by("pk").values_list("plan__title", "label", "state")
    assert list(found) == [("A", "1", "abandoned"), ("A", "2", "draft"), ("B", "1", "returned")]
    given_up = new("actionplans", "PlanVersion").objects.get(pk=older.pk)
    assert "one at a time" in given_up.abandoned_reason
    change = new("kernel", "Change").objects.get(subject_type="actionplans.planversion", subject_id=older.pk)
    assert (change.verb, change.fields) == ("abandoned", {"state": ["submitted", "abandoned"]})


def every_line_has_the_outcome_of_its_action_or_what_its_draft_proposes(old: Any) -> None:
    get = old.get_model
    programme = get("signatories", "Programme").objects.create(slug="r", name="R")
    partnership = get("signatories", "Partnership").objects.create(slug="l", name="L", programme_id=programme.pk)
    plan = get("actionplans", "ActionPlan").objects.create(partnership_id=partnership.pk, title="Plan")
    says = {"outcome": "Calm", "outcome_measure": "9 in 10", "footprint": "Hull"}
    action = get("actionplans", "Action").objects.create(plan=plan, text="A", **says)
    lines, public = {}, {"state": "published", "published_precision": "day"}
    for label, fields, proposes in (
        ("before", {**public, "published_on": DAY, "superseded_on": DAY.replace(year=2027)}, {}),
        ("in force", {**public, "published_on": DAY.replace(year=2027)}, {"outcome": "Long in effect"}),
        ("given up", {"state": "abandoned", "abandoned_reason": "x"}, {"footprint": "", "must_do": True}),
        ("draft", {}, {"outcome": "Calmer", "outcome_measure": "10 in 10"}),
    ):
        version = get("actionplans", "PlanVersion").objects.create(plan=plan, label=label, **fields)
        line = get("actionplans", "ActionInVersion")(version=version, action=action, text="A", proposes=proposes)
        line.is_left_out = label == "given up"
        line.save()
        lines[label] = (line.pk, proposes)
    rows = migrated(WORDED).get_model("actionplans", "ActionInVersion").objects
    found = {label: rows.values(*says, "proposes").get(pk=pk) for label, (pk, _) in lines.items()}
    as_now = {**says, "proposes": {}}
    assert found == {
        "before": as_now,
        "in force": as_now | {"proposes": lines["in force"][1]},
        "given up": as_now | {"footprint": "", "proposes": lines["given up"][1]},
        "draft": as_now | {"outcome": "Calmer", "outcome_measure": "10 in 10", "proposes": lines["draft"][1]},
    }
    with pytest.raises(IntegrityError, match="is never altered"), transaction.atomic():
        rows.filter(pk=lines["before"][0]).update(outcome="Another")
