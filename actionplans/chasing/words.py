"""What a digest says of each rule: a heading, why it came, and what to do. Plain words, no names of people.

`{day}` is the day that it hangs on, `{partnership}` the partnership's name.
"""

from typing import NamedTuple

from actionplans.chasing.policy import Rule


class Words(NamedTuple):
    """The heading of a part of the digest, and why the person gets it."""

    heading: str
    why: str


ANSWERS = "You get this because you answer for them, or because you coordinate and nobody else answers for them."
MISSED = (
    "These were asked for by {day}, and nothing was sent. The board report shows them as “no update provided”. You get "
    "this because you coordinate {partnership}. What stays silent goes to the lead of the organisation the second time "
    "and to the chair the third time, two working days after you see it here. You can hold that."
)
MILESTONE = "The national programme asks every area for this by {day}. You get this because you work for {partnership}."
ROUND = (
    "A national review round asks for your answer by {day}. You get this because {partnership} has not answered yet."
)
REVIEW = "This plan is to be reviewed by {day}. You get this because you coordinate {partnership}."

WORDS: dict[Rule, Words] = {
    Rule.OPENS: Words(
        "Please update these by {day}",
        "{partnership} sends its papers to the board on {day}. If nothing has changed, one tick says so. " + ANSWERS,
    ),
    Rule.NUDGE: Words(
        "Still to update by {day}",
        "Nothing was sent on these since updates were asked for. " + ANSWERS,
    ),
    Rule.CLOSING: Words(
        "Updates still missing: papers are due on {day}",
        "Nobody has sent an update on these. You get this because you coordinate {partnership}. You can write to their "
        "owners, or phone them.",
    ),
    Rule.LAST_NOTICE: Words(
        "Last notice before {day}",
        "Unless they are updated by {day}, these are shown as “no update provided” and go to the coordinator of "
        "{partnership}. You get this because you answer for them or coordinate them.",
    ),
    Rule.DUE_SOON: Words("Due soon", f"The day of these actions is near. {ANSWERS}"),
    Rule.DUE_PASSED: Words(
        "Due date passed",
        f"These are open and their day has passed. Say that they are done, or ask for a new date. {ANSWERS}",
    ),
    Rule.NOT_REVIEWED: Words(
        "Time to look at these again",
        f"They have no end date and are reviewed from time to time. {ANSWERS}",
    ),
    Rule.PLAN_REVIEW_60: Words("A plan is to be reviewed in two months", REVIEW),
    Rule.PLAN_REVIEW_30: Words("A plan is to be reviewed in a month", REVIEW),
    Rule.PLAN_REVIEW_0: Words("The review of a plan is due", REVIEW),
    Rule.MISSED_1: Words("No update came by {day}", MISSED),
    Rule.MISSED_2: Words(
        "No update twice running",
        "Your organisation leads these actions, and no update came for the last two boards, the last by {day}. You get "
        "this because you are its lead: you can update them, or say who answers for them.",
    ),
    Rule.MISSED_3: Words(
        "No update three times running",
        "No update came on these actions for the last three boards, the last by {day}. You get this because you chair "
        "{partnership}.",
    ),
    Rule.MUST_DO_OVERDUE: Words(
        "National must-do overdue for over 90 days",
        "These have to be done in every area. You get this because you chair {partnership}.",
    ),
    Rule.SILENT: Words(
        "Nothing heard for six months",
        "No update of these plans was accepted for half a year. You get this as a national administrator.",
    ),
    Rule.MILESTONE_60: Words("A national date in two months", MILESTONE),
    Rule.MILESTONE_30: Words("A national date in a month", MILESTONE),
    Rule.MILESTONE_14: Words("A national date in two weeks", MILESTONE),
    Rule.MILESTONE_0: Words("A national date has come", MILESTONE),
    Rule.ROUND_60: Words("A review round ends in two months", ROUND),
    Rule.ROUND_30: Words("A review round ends in a month", ROUND),
    Rule.ROUND_14: Words("A review round ends in two weeks", ROUND),
    Rule.ROUND_0: Words("A review round has come to its day", ROUND),
}
