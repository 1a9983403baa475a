"""What ever happened to the actions of every plan, in four queries however many there are."""

from collections import defaultdict
from datetime import date

from django.db.models import BooleanField, DateField, Value

from actionplans.course import Duty, Life, Move, Report, VersionLife
from actionplans.models import ActionInVersion, ActionPlan, DateChange, EarlierMustDo, PlanVersion, ProgressUpdate
from actionplans.states import ActionState, Confidence

STATES = {state.value: state for state in ActionState}
CONFIDENCES = {confidence.value: confidence for confidence in Confidence}


def version_lives() -> dict[int, list[VersionLife]]:
    """Every version of a Concordat plan that was ever published, by plan, in the order of publication.

    An action that mirrors one of another plan lives that one's life. Four queries.
    """
    actions = _actions_of_versions()
    plans: dict[int, list[VersionLife]] = defaultdict(list)
    rows = PlanVersion.objects.published().filter(plan__kind=ActionPlan.Kind.CONCORDAT).order_by("published_on", "id")
    for id_, plan, published_on, superseded_on, withdrawn_on, period_ends_on in rows.values_list(
        "id", "plan_id", "published_on", "superseded_on", "withdrawn_on", "period_ends_on"
    ):
        until_on = min(filter(None, (superseded_on, withdrawn_on)), default=None)
        plans[plan].append(VersionLife(published_on, until_on, period_ends_on, tuple(actions[id_])))
    return plans


def _actions_of_versions() -> dict[int, list[Life]]:
    reports, (moves, duties) = _reports(), _moves_and_duties()
    lives: dict[int, Life] = {}
    found: dict[int, list[Life]] = defaultdict(list)
    lines = ActionInVersion.objects.filter(version__published_on__isnull=False).order_by()
    for version, action, due_on, must_do, mirrored, its_due_on, its_must_do in lines.values_list(
        "version_id",
        "action_id",
        "action__due_on",
        "action__must_do",
        "action__mirrors_id",
        "action__mirrors__due_on",
        "action__mirrors__must_do",
    ):
        id_, due, must = (action, due_on, must_do) if mirrored is None else (mirrored, its_due_on, its_must_do)
        if id_ not in lives:
            spans = (tuple(reports.get(id_, ())), tuple(moves.get(id_, ())), tuple(duties.get(id_, ())))
            lives[id_] = Life(due, must, *spans)
        found[version].append(lives[id_])
    return found


def _reports() -> dict[int, list[Report]]:
    found: dict[int, list[Report]] = defaultdict(list)
    rows = ProgressUpdate.objects.filter(state=ProgressUpdate.State.ACCEPTED).order_by()
    for action, from_on, until_on, status, confidence in rows.values_list(
        "action_id", "reported_on", "until_on", "status", "confidence"
    ):
        found[action].append(Report(from_on, until_on, STATES[status], CONFIDENCES.get(confidence)))
    return found


def _moves_and_duties() -> tuple[dict[int, list[Move]], dict[int, list[Duty]]]:
    """How due days moved, and which actions were a must-do before a publication made them none, or one. One query."""
    moves: dict[int, list[Move]] = defaultdict(list)
    duties: dict[int, list[Duty]] = defaultdict(list)
    no_duty, no_day = Value(None, BooleanField()), Value(None, DateField())
    rows = DateChange.objects.order_by().values_list("action_id", "decided_on", "until_on", "due_on", no_duty)
    earlier = EarlierMustDo.objects.order_by().values_list("action_id", "from_on", "until_on", no_day, "must_do")
    for action, from_on, until_on, due_on, must_do in rows.union(earlier, all=True):
        if must_do is None:
            moves[action].append(Move(from_on, until_on, due_on))
        else:
            duties[action].append(Duty(from_on or date.min, until_on, must_do))
    return moves, duties
