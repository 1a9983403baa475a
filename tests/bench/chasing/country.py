"""A country to be chased, of any size, written by the database itself: every spread is arithmetic on a row's number.

For each partnership 500 open actions, 10 people who answer for them, 3 organisations, a plan in its second version, and
a board that meets every 28 weeks, so that a seventh of the partnerships has an open round of updates on `DAY`.
PostgreSQL alone. The database is empty but for its tables.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

from actionplans import models as what
from actionplans.chasing.policy import Limits, window
from signatories import models as who

DAY = date(2026, 6, 3)  # a Wednesday
ACTIONS, OWNERS, ORGANISATIONS = 500, 10, 3  # of each partnership
CYCLE = timedelta(weeks=28)  # from one board to the next: seven times as long as a round of updates is open
CLOSED, MIRRORED = 10, 100  # beside so many open actions one that is closed, or kept in another plan


def build(partnerships: int, *, checked: bool = False) -> None:
    """Fill the database. `checked`: with its foreign keys and guards, which takes far longer."""
    with transaction.atomic(), connection.cursor() as cursor:
        if not checked:
            cursor.execute("SET LOCAL session_replication_role = replica")
        _people(partnerships)
        _places(partnerships)
        _plans(partnerships)
        _actions(partnerships * ACTIONS)
        _reports(partnerships * ACTIONS)
        _silences(partnerships)
    _windows(partnerships)
    with connection.cursor() as cursor:
        written = (who.Person, who.Organisation, who.Partnership, who.Board, what.ActionPlan, what.Action)
        for statement in connection.ops.sequence_reset_sql(no_style(), written):
            cursor.execute(statement)


def fill(model: type[models.Model], rows: str, **columns: str) -> None:
    """Insert what a query gives: `rows` stands after FROM, each column is an SQL expression, the rest has defaults."""
    values: dict[str, str] = dict(columns)
    given: list[Any] = []
    for field in model._meta.concrete_fields:
        if field.column in columns or field.null or isinstance(field, models.AutoField):
            continue
        if getattr(field, "auto_now_add", False):
            values[field.column] = "now()"
            continue
        values[field.column] = "%s"
        given.append(field.get_db_prep_save(field.get_default(), connection))
    names = ", ".join(f'"{name}"' for name in values)
    into = f'INSERT INTO "{model._meta.db_table}" ({names})'
    with connection.cursor() as cursor:
        cursor.execute(f"{into} SELECT {', '.join(values.values())} FROM {rows}", given)  # noqa: S608 - all of it is ours


def numbers(count: int, first: int = 1) -> str:
    """The numbers from the first on, as rows with a column `n`."""
    return f"generate_series({first}::bigint, {first + count - 1}) AS n"


def day(offset: str) -> str:
    """So many days after the day."""
    return f"(DATE '{DAY}' + ({offset})::int)"


def _people(partnerships: int) -> None:
    """Owners first, then coordinators, chairs, leads of organisations, and two national administrators."""
    owners = partnerships * OWNERS
    everybody = owners + partnerships * (2 + ORGANISATIONS) + 2
    fill(
        who.Person,
        numbers(everybody),
        id="n",
        name="'Person ' || n",
        email=f"CASE WHEN n <= {owners} AND n %% 100 = 13 THEN NULL ELSE 'person' || n || '@example.org' END",
        is_active=f"n > {owners} OR n %% 100 <> 57",
        is_superuser=f"n > {everybody - 2}",
    )


def _places(partnerships: int) -> None:
    owners = partnerships * OWNERS
    who.Programme.objects.create(pk=1, slug="programme", name="Programme", update_every_months=6)
    every = numbers(partnerships)
    fill(who.Partnership, every, id="n", programme_id="1", slug="'p-' || n", name="'Partnership ' || n")
    organisations = numbers(partnerships * ORGANISATIONS)
    fill(who.Organisation, organisations, id="n", slug="'o-' || n", name="'Police ' || n", type="'police'")
    fill(who.Board, every, id="n", slug="'b-' || n", name="'Board ' || n", kind="'other'")
    fill(who.BoardOversight, every, board_id="n", partnership_id="n")
    fill(
        who.BoardMeeting,
        f"{every}, generate_series(-4, 2) AS turn",
        board_id="n",
        papers_due_on=day(f"n * 37 %% {CYCLE.days} + turn * {CYCLE.days}"),
        held_on=day(f"n * 37 %% {CYCLE.days} + turn * {CYCLE.days} + 14"),
    )
    fill(who.Membership, every, role="'coordinator'", partnership_id="n", person_id=f"{owners} + n")
    fill(who.Membership, every, role="'chair'", partnership_id="n", person_id=f"{owners + partnerships} + n")
    leads = owners + 2 * partnerships
    fill(who.Membership, organisations, role="'organisation_lead'", organisation_id="n", person_id=f"{leads} + n")


def _windows(partnerships: int) -> None:
    """The rounds that have passed or opened before the day, by the policy's own calendar of working days."""
    before: Mapping[int, who.UpdateWindow] = {}
    for turn in range(-4, 1):
        rows = []
        for partnership in range(1, partnerships + 1):
            due_on = DAY + timedelta(days=partnership * 37 % CYCLE.days) + turn * CYCLE
            days = window(due_on, Limits())
            if days.opens_on < DAY:
                rows.append(
                    who.UpdateWindow(partnership_id=partnership, before=before.get(partnership), **days._asdict())
                )
        before = {row.partnership_id: row for row in who.UpdateWindow.objects.bulk_create(rows)}


def _plans(partnerships: int) -> None:
    every = numbers(partnerships)
    fill(what.ActionPlan, every, id="n", partnership_id="n", title="'Plan ' || n", kind="'concordat'")
    shared = {"plan_id": "n", "state": "'published'", "published_precision": "'day'"}
    fill(
        what.PlanVersion,
        every,
        **shared,
        id="2 * n - 1",
        label="'First'",
        published_on=day("-900"),
        superseded_on=day("-300"),
    )
    fill(
        what.PlanVersion,
        every,
        **shared,
        id="2 * n",
        label="'Second'",
        published_on=day("-300"),
        next_review_on=day("n * 11 %% 900"),
    )


def _actions(count: int) -> None:
    """Of ten open actions two recur and one has no end date; a tenth was moved, a twelfth has nobody who answers.

    The closed ones come after the open ones, and then those that mirror open ones. Each stands in both versions.
    """
    plan, kept = f"((n - 1) %% {count} / {ACTIONS} + 1)", count + count // CLOSED
    everything = numbers(kept + count // MIRRORED)
    due = day("n * 7919 %% 1080 - 180")
    fill(
        what.Action,
        everything,
        id="n",
        plan_id=plan,
        text="'Agree who takes part and say so to everybody, number ' || n",
        timescale_kind="CASE WHEN n %% 10 < 2 THEN 'recurring' WHEN n %% 10 = 2 THEN 'none' ELSE 'date' END",
        due_on=f"CASE WHEN n %% 10 > 2 THEN {due} END",
        timescale_precision="CASE WHEN n %% 10 > 2 THEN 'day' ELSE '' END",
        review_every_months="CASE WHEN n %% 10 < 2 THEN (ARRAY[3, 6, 12])[n %% 3 + 1] END",
        must_do="n %% 20 = 7",
        mirrors_id=f"CASE WHEN n > {kept} THEN n - {kept} END",
    )
    for version in ("2 * {} - 1", "2 * {}"):
        fill(
            what.ActionInVersion,
            everything,
            version_id=version.format(plan),
            action_id="n",
            position=f"n %% {ACTIONS}",
            text="'Agree who takes part and say so to everybody, number ' || n",
        )
    lead = f"{ORGANISATIONS} * ({plan} - 1) + n %% {ORGANISATIONS} + 1"
    fill(what.ActionLead, everything, action_id="n", organisation_id=lead, role="'lead'")
    owner = f"{OWNERS} * ({plan} - 1) + n * 7 %% {OWNERS} + 1"
    answered = f"{everything} WHERE n %% 12 <> 0"
    fill(what.ActionOwner, answered, action_id="n", person_id=owner, from_on=day("-n %% 700"))
    earlier = f"{OWNERS} * ({plan} - 1) + (n * 7 + 1) %% {OWNERS} + 1"
    fill(what.ActionOwner, f"{answered} AND n %% 25 = 1", action_id="n", person_id=earlier, until_on=day("-n %% 700"))
    fill(
        what.DateChange,
        f"{what.Action._meta.db_table} WHERE id %% 10 = 4 AND due_on IS NOT NULL",
        action_id="id",
        old_due_on="due_on",
        due_on="due_on + 60",
        decided_on=day("-100"),
        reason="'The contract is late.'",
        timescale_kind="'date'",
        timescale_precision="'day'",
    )


def _reports(count: int) -> None:
    """Nine in ten have an accepted report, three in ten an earlier one too; a few wait, and as many are in hand."""
    last, earlier = day("-n * 31 %% 200"), day("-n * 31 %% 200 - 90")
    accepted = {"action_id": "n", "state": "'accepted'", "accepted_at": "now()", "public_text": "'It goes on.'"}
    going, every = {"status": "'in_progress'"}, numbers(count)
    fill(what.ProgressUpdate, f"{every} WHERE n %% 10 <> 9", **accepted, **going, reported_on=last)
    fill(
        what.ProgressUpdate,
        f"{every} WHERE n %% 10 IN (0, 3, 6)",
        **accepted,
        **going,
        reported_on=earlier,
        until_on=last,
    )
    for state, part in (("submitted", 33), ("draft", 50)):
        some = f"{every} WHERE n %% {part} = 5"
        fill(what.ProgressUpdate, some, action_id="n", state=f"'{state}'", **going, reported_on=day("-n %% 20"))
    fill(
        what.ProgressUpdate,
        numbers(count // CLOSED, count + 1),
        **accepted,
        status="'completed'",
        reported_on=last,
        completed_on=last,
        outcome_note="'Agreed.'",
    )


def _silences(partnerships: int) -> None:
    """Who is away (half of them with a deputy), wants fewer mails or put something off; what is held."""
    owners, actions = partnerships * OWNERS, partnerships * ACTIONS
    period = {"from_on": day("-10"), "until_on": day("10")}
    for part, deputy in ((3, "n + 1"), (53, "NULL::bigint")):
        some = f"{numbers(owners)} WHERE n %% 100 = {part}"
        fill(who.ChasingPause, some, **period, person_id="n", deputy_id=deputy)
    fill(who.ChasingOptOut, f"{numbers(owners)} WHERE n %% 40 = 5", person_id="n", from_on=day("-100"))
    action = {"subject_type": "'actionplans.action'", "subject_id": "action_id"}
    some = f"{what.ActionOwner._meta.db_table} WHERE action_id %% 1000 = 501 AND until_on IS NULL"
    fill(who.ChasingPause, some, **period, **action, person_id="person_id")
    held = {"reason": "'They told us why.'", "held_by_id": str(owners + 1), **period}
    fill(who.ChasingHold, f"{numbers(partnerships)} WHERE n %% 50 = 9", **held, partnership_id="n")
    some = f"{numbers(actions)} WHERE n %% 5000 = 77"
    fill(who.ChasingHold, some, **held, subject_type="'actionplans.action'", subject_id="n")
