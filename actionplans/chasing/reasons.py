"""The rules in plain words, for those who look after chasing: what a remark is called, and why it goes. Pure.

What its reader is told stands in `actionplans.chasing.words`.
"""

from datetime import date

from django.utils.formats import date_format

from actionplans.chasing.policy import Limits, Rule
from actionplans.chasing.words import NAMES

REVIEW = "The plan is to be reviewed by {day}. Coordinators are told 60 and 30 days before, and on the day."
NATIONAL = "The programme wants it by {day}. Coordinators are told 60, 30 and 14 days before, and on the day."
ON_THE_DAY = "The programme wanted it by {day}. On the day the chairs are told too."
ROUND = "The round wants answers by {day}. Who has not answered is told 60, 30 and 14 days before, and on the day."
ROUND_OVER = "The round wanted answers by {day}. On the day the chairs are told too."
REASONS: dict[Rule, str] = {
    Rule.OPENS: "Papers are due on {day}. Updates are asked for {opens} working days before.",
    Rule.NUDGE: "Papers are due on {day}. Who has not answered is reminded {nudge} working days before.",
    Rule.CLOSING: "Papers are due on {day}. Coordinators get what is missing {closing} working days before.",
    Rule.LAST_NOTICE: (
        "Papers are due on {day}. What is missing {last_notice} working days before shows as “no update provided”."
    ),
    Rule.DUE_SOON: "Due on {day}, in the next {due_soon} days. Told once.",
    Rule.DUE_PASSED: "It was due on {day} and is open. Told once.",
    Rule.NOT_REVIEWED: "It has no end date, and was to be looked at again by {day}.",
    Rule.PLAN_REVIEW_60: REVIEW,
    Rule.PLAN_REVIEW_30: REVIEW,
    Rule.PLAN_REVIEW_0: REVIEW,
    Rule.MISSED_1: "Papers were due on {day} and nothing was handed in. The first time coordinators are told.",
    Rule.MISSED_2: "Papers were due on {day}, and nothing came for the last two. The organisation’s lead is told.",
    Rule.MISSED_3: "Papers were due on {day}, and nothing came for the last three. The chair is told.",
    Rule.MUST_DO_OVERDUE: "It was due on {day}, over {must_do_overdue} days ago, and is a national must-do.",
    Rule.SILENT: "By {day} nothing was heard of it for {silent_months} months. National administrators are told.",
    Rule.MILESTONE_60: NATIONAL,
    Rule.MILESTONE_30: NATIONAL,
    Rule.MILESTONE_14: NATIONAL,
    Rule.MILESTONE_0: ON_THE_DAY,
    Rule.ROUND_60: ROUND,
    Rule.ROUND_30: ROUND,
    Rule.ROUND_14: ROUND,
    Rule.ROUND_0: ROUND_OVER,
}


def name_of(rule: Rule) -> str:
    """What a remark is called."""
    return NAMES[rule][0]


def reason(rule: Rule, due_on: date, limits: Limits) -> str:
    """Why a remark that hangs on that day goes, with the numbers that the programme sets."""
    numbers = {name: getattr(limits, name) for name in limits.__slots__}
    return REASONS[rule].format(day=date_format(due_on, "j F Y"), **numbers)
