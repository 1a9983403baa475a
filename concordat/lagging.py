"""Why an area is on the list of those that lag, and for how many days. Pure: facts in, findings out.

docs/rules.md, “Areas that lag”. Days are calendar days in Europe/London; a finding counts from the first day on which
it holds, that day included.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from concordat.kernel.dates import add_months
from concordat.national import SignUpStatus
from concordat.sentences import in_words

ONE_DAY = timedelta(days=1)
DORMANT_AFTER_MONTHS = 12


class Rule(StrEnum):
    """Why an area is listed."""

    NO_DECLARATION = "no_declaration"
    NO_PLAN = "no_plan"
    OUT_OF_DATE = "out_of_date"
    OFF_TRACK = "off_track"
    NO_RECENT_UPDATE = "no_recent_update"
    NOBODY_COORDINATES = "nobody_coordinates"
    DORMANT = "dormant"

    @property
    def words(self) -> str:
        """What a list or a filter calls it."""
        return WORDS[self]


WORDS = {
    Rule.NO_DECLARATION: "No declaration",
    Rule.NO_PLAN: "Declaration, but no full plan",
    Rule.OUT_OF_DATE: "Plan out of date",
    Rule.OFF_TRACK: "Off track",
    Rule.NO_RECENT_UPDATE: "No recent update",
    Rule.NOBODY_COORDINATES: "Nobody coordinates",
    Rule.DORMANT: "Dormant",
}


@dataclass(frozen=True, slots=True)
class Milestones:
    """By when the programme asked every area for a declaration and for a plan; None where it asked for none."""

    declaration: date | None = None
    plan: date | None = None


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """What is known of one area on the day.

    `since`: from when it has its sign-up status. `plan_ended_on`: the last day of the period of the plan on which green
    rests, once that is over. `off_track_since`, `stale_since`: from when one of its plans is off track, or has no
    recent update. `judged_on`: the last day for which its records are kept; after it nothing recorded does not mean
    nothing.
    """

    judged_on: date
    sign_up: SignUpStatus
    since: date | None = None
    began_on: date | None = None
    plan_ended_on: date | None = None
    off_track_since: date | None = None
    stale_since: date | None = None
    last_update: date | None = None


@dataclass(frozen=True, slots=True)
class Contacts:
    """Who answers for the area on the day.

    `none_since`: the first day without a coordinator, if there is none. `last_seen`: the last day on which one of
    them signed in, or else became coordinator; None where that is not known. `are_kept`: whether roles were kept here
    by that day at all.
    """

    has_partnership: bool = True
    is_coordinated: bool = True
    none_since: date | None = None
    last_seen: date | None = None
    are_kept: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason, since when it holds, and for how many days; None where nobody knows since when."""

    rule: Rule
    sentence: str
    since: date | None
    days: int | None

    @property
    def length(self) -> str:
        """For how long, in words; empty where nobody knows."""
        return f"for {self.days:,} day{'' if self.days == 1 else 's'}" if self.days else ""


def findings(facts: AreaFacts, contacts: Contacts, milestones: Milestones, on: date) -> list[Finding]:
    """Every rule by which the area is listed on that day, the longest first; those of unknown length last.

    What the records say, or do not say, is judged on `facts.judged_on`; who coordinates, on `on`.
    """
    found = [*_of_records(facts, milestones), *_of_contacts(contacts, on)]
    order = list(Rule)
    return sorted(found, key=lambda each: (each.days is None, -(each.days or 0), order.index(each.rule)))


def _of_records(facts: AreaFacts, milestones: Milestones) -> Iterator[Finding]:
    for rule, since, sentence in (
        (Rule.NO_DECLARATION, *_no_declaration(facts, milestones.declaration)),
        (Rule.NO_PLAN, *_no_plan(facts, milestones.plan)),
        (Rule.OUT_OF_DATE, *_out_of_date(facts)),
        (Rule.OFF_TRACK, facts.off_track_since, "At least one of its plans is off track."),
        (Rule.NO_RECENT_UPDATE, facts.stale_since, _not_heard_of(facts.last_update)),
    ):
        if since is not None and since <= facts.judged_on:
            yield _finding(rule, sentence, since, facts.judged_on)


def _no_declaration(facts: AreaFacts, due_on: date | None) -> tuple[date | None, str]:
    if facts.sign_up is not SignUpStatus.RED or due_on is None:
        return None, ""
    return _latest(due_on + ONE_DAY, facts), f"A declaration was due by {in_words(due_on)}. None is recorded."


def _no_plan(facts: AreaFacts, due_on: date | None) -> tuple[date | None, str]:
    if facts.sign_up is not SignUpStatus.AMBER or due_on is None:
        return None, ""
    sentence = f"A plan for all of the area was due by {in_words(due_on)}. None is recorded."
    return _latest(due_on + ONE_DAY, facts), sentence


def _latest(day: date, facts: AreaFacts) -> date:
    """The later of that day and of those on which the area began and came to its status."""
    return max(filter(None, (day, facts.since, facts.began_on)))


def _out_of_date(facts: AreaFacts) -> tuple[date | None, str]:
    ended_on = facts.plan_ended_on
    if ended_on is None or ended_on == date.max:
        return None, ""
    return ended_on + ONE_DAY, f"The time of its plan was over on {in_words(ended_on)}. No newer plan is recorded."


def _not_heard_of(last_update: date | None) -> str:
    if last_update is None:
        return "No update was ever accepted for its plan."
    return f"One of its plans has no recent update. The last of all was on {in_words(last_update)}."


def _of_contacts(contacts: Contacts, on: date) -> Iterator[Finding]:
    if not contacts.are_kept:
        return
    if not contacts.is_coordinated:
        sentence = (
            "Its partnership has no coordinator."
            if contacts.has_partnership
            else "No partnership works for it, so nobody coordinates."
        )
        yield _finding(Rule.NOBODY_COORDINATES, sentence, contacts.none_since, on)
        return
    dormant_from = add_months(contacts.last_seen, DORMANT_AFTER_MONTHS) if contacts.last_seen else None
    if dormant_from is not None and dormant_from <= on:
        sentence = f"No coordinator has signed in since {in_words(contacts.last_seen or on)}."
        yield _finding(Rule.DORMANT, sentence, dormant_from, on)


def _finding(rule: Rule, sentence: str, since: date | None, on: date) -> Finding:
    return Finding(rule, sentence, since, (on - since).days + 1 if since else None)
