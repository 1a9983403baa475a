"""The national picture in the shape that programs rely on: the command, the API and the map give this same answer."""

from datetime import date
from typing import Any

from actionplans.progress import Tally
from concordat.picture import AreaOnDay, Picture


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
