"""Rows that the database refuses, and rows near them that it takes: words of mails, reports of mails, what is kept."""

from django.db.models import Model

from signatories.models import MailReportCount, Wording
from tests.constraint_rows.case import Case, check, not_empty, one_of, unique
from tests.factories import (
    DAY,
    make_mail_report,
    make_mail_report_count,
    make_message,
    make_person,
    make_programme,
    make_reply,
    make_wording,
)

TEXTS = ("subject", "opening", "item", "why", "hand_over")


def _wording() -> Model:
    """A decision that differs from all others in rule and number."""
    number = Wording.objects.count()
    return make_wording(rule=f"rule {number}", number=number + 1)


def _count() -> Model:
    """A count that differs from the one before it in everything."""
    number = MailReportCount.objects.count()
    way, outcome = (("hook", "taken"), ("mailbox", "again"))[number % 2]
    return make_mail_report_count(day=DAY.fromordinal(DAY.toordinal() + number), way=way, outcome=outcome)


CASES: list[Case] = [
    *check(
        "person_mail_stopped_with_reason",
        make_person,
        refused={
            "stopped for no reason": {"mail_stopped_on": DAY},
            "a reason, and not stopped": {"mail_stopped_why": "bounced"},
            "another reason": {"mail_stopped_on": DAY, "mail_stopped_why": "x"},
        },
        accepted={why: {"mail_stopped_on": DAY, "mail_stopped_why": why} for why in ("bounced", "complained")},
    ),
    *check(
        "programme_mails_are_kept",
        make_programme,
        refused={"for no time": {"mail_kept_months": 0}},
        accepted={"for a month": {"mail_kept_months": 1}},
    ),
    *check(
        "message_emptied_says_nothing",
        make_message,
        refused={"emptied, with a text": {"emptied_on": DAY, "text": "x"}},
        accepted={"emptied": {"emptied_on": DAY}, "with a text": {"text": "x"}},
    ),
    *check(
        "reply_has_text_until_emptied",
        make_reply,
        refused={"no text": {"text": ""}, "emptied, with a text": {"emptied_on": DAY}},
        accepted={"emptied": {"emptied_on": DAY, "text": ""}, "another text": {"text": "x"}},
    ),
    *unique("wording_one_after_the_other", _wording, same=("rule", "number")),
    *check(
        "wording_of_a_rule",
        make_wording,
        refused={"of no rule": {"rule": ""}, "number none": {"number": 0}},
        accepted={"of another": {"rule": "x", "number": 9}},
    ),
    *check(
        "wording_says_all_or_nothing",
        make_wording,
        refused={f"no {name}": {name: ""} for name in TEXTS} | {"shipped, with words": {"is_shipped": True}},
        accepted={
            "the shipped words": {"is_shipped": True} | dict.fromkeys(TEXTS, ""),
            "other words": dict.fromkeys(TEXTS, "x"),
        },
    ),
    *one_of("mailreport_kind", make_mail_report, "kind", ["hard", "soft", "complaint"]),
    *not_empty("mailreport_of_a_mail", make_mail_report, "subject_type", "digest"),
    *unique(
        "signatories.mailreport.digest",
        make_mail_report,
        same=("digest",),
        accepted={"another report": {"digest": "another"}},
    ),
    *unique("mailreportcount_once", _count, same=("day", "way", "outcome")),
    *one_of("mailreportcount_way", make_mail_report_count, "way", ["mailbox", "hook"]),
    *one_of(
        "mailreportcount_outcome",
        make_mail_report_count,
        "outcome",
        ["taken", "again", "ignored", "unknown", "forged", "unreadable"],
    ),
]
