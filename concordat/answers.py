"""The national picture in the shape that programs rely on: the command, the API and the map give this same answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from actionplans.progress import Tally
from concordat.picture import AreaOnDay, Picture
from concordat.timelines import AreaTimeline, SignUpStep
from signatories.models import Programme


def status_answer(picture: Picture) -> dict[str, Any]:
    """Every area that exists on the day, ordered by code. Dates in ISO 8601; what is unknown is null."""
    return {
        "on": picture.on.isoformat(),
        "complete_to": _iso(picture.complete_to),
        "counts": {"signup": picture.sign_up_counts, "delivery": picture.delivery_counts},
        "actions": _numbers(picture.actions),
        "areas": [_area(area) for area in picture.areas],
    }


def _area(area: AreaOnDay) -> dict[str, Any]:
    return {
        "code": area.code,
        "slug": area.slug,
        "name": area.name,
        "region": area.region,
        "kind": area.kind,
        "signup": area.sign_up.status.value,
        "signup_since": _iso(area.since),
        "signup_since_precision": area.since_precision,
        "signup_reason": area.sign_up.reason,
        "out_of_date": area.sign_up.out_of_date,
        "delivery": area.delivery.value if area.delivery else None,
        "partnerships": list(area.partnerships),
        "inherited_from": list(area.inherited_from),
        "inherited_until": _iso(area.sign_up.inherited_until),
        "actions": _numbers(area.actions),
        "last_update": _iso(area.actions.last_update),
    }


def history_answer(timelines: Sequence[AreaTimeline], programme: Programme, today: date) -> dict[str, Any]:
    """Every change of both statuses of every area until today, ordered by slug. Each step holds until the next.

    An area exists while one of its codes holds: `from` its first day, until before the day `until`. `reason` is the
    place of the sentence in `reasons`.
    """
    told = {step.sign_up.reason for timeline in timelines for step in timeline.sign_up}
    reasons = {reason: place for place, reason in enumerate(sorted(told))}
    return {
        "complete_to": _iso(programme.complete_to),
        "begins_on": _iso(programme.launched_on),
        "today": today.isoformat(),
        "reasons": list(reasons),
        "areas": [_history_of(timeline, reasons) for timeline in sorted(timelines, key=lambda each: each.area.slug)],
    }


def _history_of(timeline: AreaTimeline, reasons: dict[str, int]) -> dict[str, Any]:
    area = timeline.area
    return {
        "slug": area.slug,
        "name": area.name,
        "region": area.region,
        "from": _iso(area.from_on),
        "until": _iso(area.until_on),
        "codes": [{"code": code.code, "from": _iso(code.from_on), "until": _iso(code.until_on)} for code in area.codes],
        "signup": [_sign_up_step(step, reasons) for step in timeline.sign_up],
        "delivery": [
            {"on": step.on.isoformat(), "status": step.status.value if step.status else None}
            for step in timeline.delivery
        ],
    }


def _sign_up_step(step: SignUpStep, reasons: dict[str, int]) -> dict[str, Any]:
    return {
        "on": step.on.isoformat(),
        "status": step.sign_up.status.value,
        "reason": reasons[step.sign_up.reason],
        "since": _iso(step.since),
        "precision": step.precision,
        "out_of_date": step.sign_up.out_of_date,
    }


def _numbers(tally: Tally) -> dict[str, int]:
    return {
        "total": tally.total,
        "completed": tally.completed,
        "business_as_usual": tally.business_as_usual,
        "in_progress": tally.in_progress,
        "not_started": tally.not_started,
        "paused": tally.paused,
        "not_going_ahead": tally.not_going_ahead,
        "overdue": tally.overdue,
        "at_risk": tally.at_risk,
        "off_track": tally.off_track,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
