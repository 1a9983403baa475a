"""What the reminders of each rule say, as the program ships it: plain words, no names of people.

An administrator may put others in their place (`wording.py`); the placeholders are those of `allowed`.
"""

from collections.abc import Mapping
from typing import NamedTuple

from actionplans.chasing import placeholders
from actionplans.chasing.policy import LADDER, MILESTONE, PLAN_REVIEW, ROUND, Rule


class Words(NamedTuple):
    """The texts of one rule. `subject` is that of the mail, and the heading of its part where it has several."""

    subject: str
    opening: str
    item: str
    why: str
    hand_over: str


OWN = "Not yours? Open the action and hand it over, or tell your coordinator."
COORDINATED = "No longer yours to coordinate? Tell another coordinator of {partnership}, or a national administrator."
LED = "Not yours? Open the action and say who answers for it, or tell the coordinator of {partnership}."
CHAIRED = "No longer in the chair? Tell the coordinator of {partnership}."
NATIONAL = "Not yours to follow? Tell another national administrator."
ANSWERS = "You get this because you answer for them, or because you coordinate and nobody else answers for them."
COORDINATES = "You get this because you coordinate {partnership}."
CHAIRS = "You get this because you chair {partnership}."
ACTION = "{partnership}; {due}; {last_update}"
BY_DAY = "by {due_on}"


def _review(heading: str) -> Words:
    opening = "This plan of {partnership} is to be reviewed by {day}."
    return Words(heading, opening, "review by {due_on}", COORDINATES, COORDINATED)


def _milestone(heading: str) -> Words:
    opening = "The national programme asks every area for this by {day}."
    return Words(heading, opening, BY_DAY, "You get this because you work for {partnership}.", COORDINATED)


def _round(heading: str) -> Words:
    opening = "A national review round asks for your answer by {day}."
    why = "You get this because {partnership} has not answered yet."
    return Words(heading, opening, "answer by {due_on}", why, COORDINATED)


SHIPPED: Mapping[Rule, Words] = {
    Rule.OPENS: Words(
        "Please update these by {day}",
        "{partnership} sends its papers to the board on {day}. If nothing has changed, one tick says so.",
        ACTION,
        ANSWERS,
        OWN,
    ),
    Rule.NUDGE: Words(
        "Still to update by {day}",
        "Nothing was sent on these since updates were asked for.",
        ACTION,
        ANSWERS,
        OWN,
    ),
    Rule.CLOSING: Words(
        "Updates still missing: papers are due on {day}",
        "Nobody has sent an update on these. You can write to those who answer for them, or phone them.",
        ACTION,
        COORDINATES,
        COORDINATED,
    ),
    Rule.LAST_NOTICE: Words(
        "Last notice before {day}",
        "Unless they are updated by {day}, these are shown as “no update provided” and go to the coordinator of "
        "{partnership}.",
        ACTION,
        "You get this because you answer for them or coordinate them.",
        OWN,
    ),
    Rule.DUE_SOON: Words("Actions due soon", "The due date of these actions is near.", ACTION, ANSWERS, OWN),
    Rule.DUE_PASSED: Words(
        "Actions past their due date",
        "These are still open and their due date has passed. Say that they are done, or ask for a new date.",
        ACTION,
        ANSWERS,
        OWN,
    ),
    Rule.NOT_REVIEWED: Words(
        "Actions to look at again",
        "They have no end date and are reviewed from time to time.",
        ACTION,
        ANSWERS,
        OWN,
    ),
    Rule.PLAN_REVIEW_60: _review("A plan is to be reviewed in two months, by {day}"),
    Rule.PLAN_REVIEW_30: _review("A plan is to be reviewed in a month, by {day}"),
    Rule.PLAN_REVIEW_0: _review("The review of a plan is due: {day}"),
    Rule.MISSED_1: Words(
        "No update came by {day}",
        "These were asked for by {day}, and nothing was sent. The board report shows them as “no update provided”. "
        "What stays silent goes to the lead of the organisation the second time and to the chair the third time, two "
        "working days after you see it here. You can hold that.",
        ACTION,
        COORDINATES,
        COORDINATED,
    ),
    Rule.MISSED_2: Words(
        "No update twice running",
        "Your organisation leads these actions, and no update came for the last two boards, the last by {day}. You can "
        "update them, or say who answers for them.",
        ACTION,
        "You get this because you are the lead of your organisation.",
        LED,
    ),
    Rule.MISSED_3: Words(
        "No update three times running",
        "No update came on these actions for the last three boards, the last by {day}.",
        ACTION,
        CHAIRS,
        CHAIRED,
    ),
    Rule.MUST_DO_OVERDUE: Words(
        "National must-do long overdue",
        "These have to be done in every area, and their due date passed months ago.",
        ACTION,
        CHAIRS,
        CHAIRED,
    ),
    Rule.SILENT: Words(
        "No update of a plan for months",
        "No update of these plans was accepted for a long time.",
        "{partnership}; an update was due by {due_on} at the latest",
        "You get this as a national administrator.",
        NATIONAL,
    ),
    Rule.MILESTONE_60: _milestone("A national date in two months: {day}"),
    Rule.MILESTONE_30: _milestone("A national date in a month: {day}"),
    Rule.MILESTONE_14: _milestone("A national date in two weeks: {day}"),
    Rule.MILESTONE_0: _milestone("A national date has come: {day}"),
    Rule.ROUND_60: _round("A review round ends in two months, on {day}"),
    Rule.ROUND_30: _round("A review round ends in a month, on {day}"),
    Rule.ROUND_14: _round("A review round ends in two weeks, on {day}"),
    Rule.ROUND_0: _round("A review round asked for your answer by {day}"),
}
# What a rule is called, and whom its reminders go to.
OWNERS, COORDINATORS, WHO_CHAIR = "who answers for an action", "coordinators", "chairs"
ADMINISTRATORS = "national administrators"
NAMES: Mapping[Rule, tuple[str, str]] = {
    Rule.OPENS: ("Updates are asked for", OWNERS),
    Rule.NUDGE: ("Reminder: an update is still missing", OWNERS),
    Rule.CLOSING: ("What is missing before the papers are due", COORDINATORS),
    Rule.LAST_NOTICE: ("Last notice before the papers are due", f"{OWNERS}, and {COORDINATORS}"),
    Rule.DUE_SOON: ("An action is due soon", OWNERS),
    Rule.DUE_PASSED: ("The day of an action has passed", OWNERS),
    Rule.NOT_REVIEWED: ("An action without an end date is to be looked at", OWNERS),
    Rule.PLAN_REVIEW_60: ("A plan is to be reviewed in 60 days", COORDINATORS),
    Rule.PLAN_REVIEW_30: ("A plan is to be reviewed in 30 days", COORDINATORS),
    Rule.PLAN_REVIEW_0: ("A plan is to be reviewed now", COORDINATORS),
    Rule.MISSED_1: ("No update came", COORDINATORS),
    Rule.MISSED_2: ("No update came twice running", "leads of the organisation"),
    Rule.MISSED_3: ("No update came three times running", WHO_CHAIR),
    Rule.MUST_DO_OVERDUE: ("A national must-do is long overdue", WHO_CHAIR),
    Rule.SILENT: ("Nothing is heard of a plan", ADMINISTRATORS),
    Rule.MILESTONE_60: ("A national date is in 60 days", COORDINATORS),
    Rule.MILESTONE_30: ("A national date is in 30 days", COORDINATORS),
    Rule.MILESTONE_14: ("A national date is in 14 days", COORDINATORS),
    Rule.MILESTONE_0: ("A national date has come", f"{COORDINATORS} and {WHO_CHAIR}"),
    Rule.ROUND_60: ("A review round ends in 60 days", COORDINATORS),
    Rule.ROUND_30: ("A review round ends in 30 days", COORDINATORS),
    Rule.ROUND_14: ("A review round ends in 14 days", COORDINATORS),
    Rule.ROUND_0: ("A review round has come to its day", f"{COORDINATORS} and {WHO_CHAIR}"),
}
# The rules that are told to those who follow every partnership: one part of a mail tells of all of them.
OF_ALL_PARTNERSHIPS = frozenset(rule for rule, (_, to) in NAMES.items() if to == ADMINISTRATORS)
# The rules whose part of a mail is about one day, and those that tell of something else than actions.
OF_A_DAY = frozenset(
    {Rule.OPENS, Rule.NUDGE, Rule.CLOSING, Rule.LAST_NOTICE, *LADDER.values()}
    | {*PLAN_REVIEW.values(), *MILESTONE.values(), *ROUND.values()}
)
OF_OTHER_THINGS = frozenset({Rule.SILENT, *PLAN_REVIEW.values(), *MILESTONE.values(), *ROUND.values()})
# Headings that say nothing without their day.
NAMES_ITS_DAY = frozenset({Rule.OPENS, Rule.NUDGE, Rule.CLOSING, Rule.LAST_NOTICE, Rule.MISSED_1})
MEANINGS = {
    "partnership": "the name of the partnership",
    "day": "the day that it is about: 30 June 2026",
    "action": "the reference and the text of the action",
    "due": "“due 30 June 2026”, “was due 30 June 2026” or “no end date”",
    "due_on": "the day alone: 30 June 2026",
    "last_update": "“last update 3 May 2026” or “no update yet”",
}
TEXTS: Mapping[str, tuple[str, int]] = {
    "subject": ("Subject, and heading of its part", 120),
    "opening": ("Opening: what is asked, or what has happened", 600),
    "item": ("Below each item", 300),
    "why": ("Why it came", 300),
    "hand_over": ("How to hand over", 300),
}


def allowed(rule: Rule, text: str) -> tuple[str, ...]:
    """The placeholders that a text of a rule may have, in the order in which they are offered."""
    if text == "item":
        return ("partnership", "due_on") if rule in OF_OTHER_THINGS else ("partnership", "action", *_OF_ACTIONS)
    if text == "hand_over" or rule not in OF_A_DAY:
        return ("partnership",)
    return ("day", "partnership")


_OF_ACTIONS = ("due", "due_on", "last_update")


def required(rule: Rule, text: str) -> tuple[str, ...]:
    """Those that it must have."""
    if text == "item":
        return ("due_on",) if rule in OF_OTHER_THINGS else ("due",)
    return ("day",) if text == "subject" and rule in NAMES_ITS_DAY else ()


def faults(rule: Rule, words: Words) -> dict[str, str]:
    """What is wrong with words that somebody wrote for a rule: a plain sentence by the name of the text."""
    found = {}
    for name, text in words._asdict().items():
        label, longest = TEXTS[name]
        if not text.strip():
            found[name] = f"Fill in “{label}”."
        elif len(text) > longest:
            found[name] = f"This has {len(text):,} characters. Make it {longest:,} or fewer."
        elif sentence := placeholders.fault(text, allowed(rule, name), required(rule, name)):
            found[name] = sentence
    return found
