"""What is chased on a day, gathered once: a temporary table of the open actions with who answers for each.

Whoever plans a day asks a dozen questions of every open action. Each asked alone would find out anew which actions
are open, in force and unanswered; at a million that takes minutes (docs/adr/0025-gathered-once.md). Raw SQL stands
here alone, since Django neither makes temporary tables nor joins queries to one another. What is joined are the
queries of `facts.py`, the same that are asked of a few people directly.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db.models import F

from actionplans import models as what
from actionplans.chasing import facts
from actionplans.chasing.facts import Asked, Root
from actionplans.chasing.open_action import OpenAction
from concordat.kernel.statements import execute, insert_found, refresh, refresh_unknown
from signatories import models as who

# What planning reads much of.
READ = (
    *(who.Partnership, who.Person, who.Membership, who.UpdateWindow),
    *(who.ChasingPause, who.ChasingHold, who.ChasingOptOut),
    *(what.ActionPlan, what.PlanVersion, what.Action, what.ActionInVersion, what.ActionLead, what.ActionOwner),
    *(what.DateChange, what.ProgressUpdate),
)
# Every open action once for each who answers for it; without a person where nobody does.
GATHER = """
CREATE TEMPORARY TABLE chasing_open_action AS
WITH open AS ({open}), owners AS ({owners}), leads AS ({leads}), handed_in AS ({handed_in})
SELECT open.id AS action_id, whose AS partnership_id, hangs_on AS due_on, every AS review_every_months, is_must_do,
       person_id, organisation_id, last_on
FROM open
LEFT JOIN owners ON owners.action_id = open.id
LEFT JOIN leads ON leads.action_id = open.id
LEFT JOIN handed_in ON handed_in.action_id = open.id
"""


@contextmanager
def gathered(asked: Asked) -> Iterator[Asked]:
    """The same question, to be asked of the gathered actions for as long as the block lasts. Six statements.

    Each connection has a table of its own; what a broken block left behind is dropped by the next.
    """
    refresh_unknown(*READ)
    of_gathered = replace(asked, gathered=True)
    every = facts.moved(Root(what.Action.objects.order_by(), "", "", "pk", "plan__partnership__"), asked)
    execute("DROP TABLE IF EXISTS chasing_open_action")
    execute(
        GATHER,
        open=facts.dated(facts.in_force(every, asked), every).values("id", "whose", "hangs_on", "every", "is_must_do"),
        owners=facts.owners(asked).values("action_id", "person_id"),
        leads=facts.leads(asked).values("action_id", "organisation_id"),
        handed_in=facts.handed_in(),
    )
    # Where nobody answers, once more for each who stands in.
    coordinators = facts.chased(facts.by_role(of_gathered, who.Role.COORDINATOR), of_gathered)
    same = {field.name: F(field.name) for field in OpenAction._meta.concrete_fields if not field.primary_key}
    insert_found(OpenAction, coordinators.filter(person__isnull=True), **same | {"person": F("who")})
    refresh(OpenAction)
    yield of_gathered
    execute("DROP TABLE chasing_open_action")
