"""Every text that the product keeps, and whether it may tell of a person: then it can be removed (docs/rules.md).

A new text field of a model must be entered in one of the two tables; a test says so (tests/concordat/traces).
A field with choices is no text: nobody types into it. JSON is one of these texts too: words of people stand in it under
the names in WITHIN, and nowhere else; what stands beside them (roles, days) is never touched.
"""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from django.apps import apps
from django.db import models

from concordat.kernel.passages import MARK

SOURCE = ("source", "source_note")
REVIEW = ("review_comment", "held_reason", "withdrawn_reason", "abandoned_reason")
# By model label: what people type, or what was taken over from a source, and may tell of somebody.
TEXTS: dict[str, tuple[str, ...]] = {
    "kernel.claim": ("text", "source"),
    "signatories.board": ("name", *SOURCE),
    "signatories.boardchair": ("role", *SOURCE),
    "signatories.boardmeeting": ("title", "place", "cancelled_reason"),
    "signatories.boardoversight": SOURCE,
    "signatories.contactentry": ("whom", "said", "next_step"),
    "signatories.declaration": ("title", "summary", *REVIEW, *SOURCE),
    "signatories.document": ("title", "html_alternative", "original_name", "url", "withdrawn_reason"),
    "signatories.enquiry": ("message", "name", "email", "about", "mail_failure"),
    "signatories.invitation": ("name", "mail_failure"),
    "signatories.chasinghold": ("reason",),
    "signatories.message": ("subject", "text", "mail_failure"),
    "signatories.mailreport": ("diagnostic",),
    "signatories.notice": ("dropped_why",),
    "signatories.reply": ("subject", "text", "mail_failure"),
    "signatories.organisation": (
        *("name", "public_phone", "public_address", "public_email", "website", "social_media"),
        *SOURCE,
    ),
    "signatories.organisationname": ("name",),
    "signatories.partnership": ("name", "also_known_as", "public_note", *SOURCE),
    "signatories.partnershipmember": ("name_as_written", *SOURCE),
    "signatories.person": ("name",),
    "signatories.planexpectation": ("label", *SOURCE),
    "signatories.reviewround": ("title", "asks", "cancelled_reason"),
    "signatories.reviewroundarea": ("note",),
    "signatories.signature": ("name_as_signed", "signer_role", "statement", "withdrawn_reason", *SOURCE),
    "signatories.statement": ("text", "role", *SOURCE),
    "signatories.wording": ("subject", "opening", "item", "why", "hand_over"),
    "actionplans.action": (
        "text",
        "outcome",
        "outcome_measure",
        "footprint",
        "timescale_text",
        "alternatives",
        "milestones",
        *SOURCE,
    ),
    "actionplans.actioninversion": (
        *("text", "section_text", "timescale_text", "left_out_reason", "proposes"),
        *("outcome", "outcome_measure", "footprint"),
    ),
    "actionplans.actionlead": ("text",),
    "actionplans.actionplan": ("title", *SOURCE),
    "actionplans.commitment": ("you_said", "ended_reason", *SOURCE),
    "actionplans.datechange": ("reason", "timescale_text", "alternatives", "milestones"),
    "actionplans.importedrow": ("cells", "understood"),
    "actionplans.importmemory": ("answers",),
    "actionplans.meetingdecision": ("note",),
    "actionplans.planimport": (
        *("original_name", "pasted", "sheets", "remarks", "answers", "found", "notice", "refusal"),
    ),
    "actionplans.planversion": ("label", "aims", "period_text", "rag_key", *REVIEW, *SOURCE),
    "actionplans.progressupdate": (
        *("public_text", "internal_note", "outcome_note", "reason", "measure_value"),
        *("new_timescale_text", "new_date_reason", "review_comment"),
    ),
    "actionplans.promise": ("we_will", "timescale_text", "alternatives", "milestones"),
    "reports.frozenline": ("told",),
}
# JSON that holds a file as it was read: every text in it is words of people.
AS_READ = frozenset({"cells", "understood", "sheets", "remarks", "answers", "found"})
KEYED = frozenset({"answers"})  # by keys that are made of the texts that the questions are about
# Under which names within other JSON people's words stand, and how long they may be where they are bound for a column:
# what a draft proposes, and the other readings of a timescale.
WITHIN: dict[str, int | None] = {
    **dict.fromkeys(("outcome", "outcome_measure", "date_reason", "label", "question")),
    **{"footprint": 120, "text": 400},
}
# A line of a frozen report: under which names its words stand. What its columns are, no person is told of in.
FROZEN = frozenset({"told"})
OF_A_LINE = frozenset({"title", "about", "summary", "notes", "told", "row"})
DRAWN = re.compile(r"(?<=>)[^<>]+(?=<)")  # the texts of a picture: of one that tells of somebody nothing is left
LEADS, LONGEST_LEAD = "leads", 200  # each a role, an organisation, and the plan's own word
# What holds no words about anybody: names of places and of the programme, codes, addresses needed to work, and marks
# that the program makes itself. Whole models, or the fields of one that has texts too.
NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "areas.area": ("slug", "name"),
    "areas.areacode": ("code", "official_name"),
    "areas.areasuccession": ("label", *SOURCE),
    "areas.boundary": ("geometry",),
    "areas.boundaryepoch": ("attribution", "topojson", "digest", *SOURCE),
    "kernel.change": (
        "subject_type",
        "verb",
        "why",
        "fields",
        "by_command",
    ),  # `why` and `fields` are looked through apart
    "kernel.claim": ("subject_type",),
    "kernel.redaction": ("subject_type", "field", "reason"),  # a reason with the removed words is refused
    "kernel.revision": ("stamp",),
    "signatories.board": ("slug",),
    "signatories.declaration": ("sections_covered",),  # codes of the plan template
    "signatories.declarationcoverage": ("label",),
    "signatories.document": ("subject_type", "stored_as", "sha256"),
    "signatories.enquiry": ("reference",),
    "signatories.invitation": ("email", "nonce"),  # where it was sent: closed with the account
    "signatories.chasinghold": ("subject_type",),
    "signatories.chasingpause": ("subject_type",),
    "signatories.mailreport": ("subject_type", "status", "digest"),
    "signatories.mailreportcount": ("way",),
    "signatories.notice": ("subject_type", "rule"),
    "signatories.reply": ("subject_type",),
    "signatories.signedlink": ("action_ids", "nonce"),
    "signatories.jobday": ("job", "failure"),  # names of the program, and kinds of errors
    "signatories.milestone": ("name", *SOURCE),
    "signatories.organisation": ("slug",),
    "signatories.organisationidentifier": ("value",),
    "signatories.partnership": ("slug",),
    "signatories.partnershipcoverage": ("label",),
    "signatories.person": ("password", "email"),  # how somebody signs in: closed with the account
    "signatories.programme": ("slug", "name", "nation", "core_signatory_types", *SOURCE),
    "signatories.signin": ("browser",),
    "signatories.steward": ("name", *SOURCE),
    "signatories.wording": ("rule",),
    "actionplans.action": ("reference",),
    "actionplans.actioninversion": ("reference",),
    "actionplans.importedrow": ("became",),
    "actionplans.importmemory": ("rag_key",),
    "actionplans.plancoverage": ("label",),
    "actionplans.planimport": ("sha256", "stored_as", "digest"),
    "actionplans.section": ("code", "also_numbered", "title", "plain_title"),
    "actionplans.theme": ("slug", "name", "description"),
    "reports.frozenreport": ("report", "digest"),
    # What was asked, by names of places and of the programme; sentences of the program; names in the storage. Of files
    # made before a removal nobody gets any (concordat/reports/services/orders.py).
    "reports.reportorder": ("report", "question", "format", "table", "digest", "stored_as", "failure"),
    "reports.reportdelivery": ("withheld",),
    "reports.reportschedule": ("report", "question", "format", "paused_why"),
}


def undecided(models_: list[type[models.Model]]) -> list[str]:
    """The texts of these models that stand in neither table, or in both; and entries that are no text of theirs."""
    wrong = []
    for model in models_:
        label = model._meta.label_lower
        own = {
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
        }
        texts, others = set(TEXTS.get(label, ())), set(NOT_PERSONAL.get(label, ()))
        wrong += [f"{label}.{name}" for name in sorted((own ^ (texts | others)) | (texts & others))]
    return wrong


def with_texts(field: str, value: Any, change: Callable[[str, int | None], str]) -> Any:
    """The value of a field with each text in it changed: itself, or what people's words there are within JSON.

    `change` is given a text, and how long it may be where JSON holds it for a column.
    """
    if isinstance(value, str):
        return change(value, None)
    if field in KEYED:
        return {key: change(told, None) for key, told in value.items() if not _tells(key, change)}
    if field in FROZEN:
        return _of_line(value, change)
    return _throughout(value, change) if field in AS_READ else _within(value, change)


def _throughout(value: Any, change: Callable[[str, int | None], str]) -> Any:
    """Every text within JSON; the names in it are the program's own. A key that tells of somebody is one no more."""
    if isinstance(value, str):
        return change(value, None)
    if isinstance(value, list):
        return [_throughout(each, change) for each in value]
    if not isinstance(value, dict):
        return value
    changed = {name: _throughout(each, change) for name, each in value.items()}
    if isinstance(key := value.get("key"), str) and _tells(key, change):
        changed["key"] = key.partition(":")[0]
    return changed


def _of_line(value: Any, change: Callable[[str, int | None], str]) -> Any:
    """The words of a line: days, the names of columns and the like stand apart and are never touched."""
    if not isinstance(value, dict):
        return value
    changed = {name: _throughout(each, change) if name in OF_A_LINE else each for name, each in value.items()}
    if "svg" in value:
        changed["svg"] = DRAWN.sub(lambda found: _drawn(found[0], change), value["svg"])
    return changed


def _drawn(text: str, change: Callable[[str, int | None], str]) -> str:
    said = unescape(text)
    return text if change(said, None) == said else MARK


def _tells(key: str, change: Callable[[str, int | None], str]) -> bool:
    """Whether the words stand in the key of a question, which has hyphens for its spaces."""
    said = key.replace("-", " ")
    return change(said, None) != said


def _within(value: Any, change: Callable[[str, int | None], str]) -> Any:
    if isinstance(value, list):
        return [_within(each, change) for each in value]
    if not isinstance(value, dict):
        return value
    changed = {name: _within(each, change) for name, each in value.items()}
    for name in WITHIN.keys() & value.keys():
        changed[name] = change(value[name], WITHIN[name])
    if LEADS in value:
        changed[LEADS] = [[role, who, change(text, LONGEST_LEAD)] for role, who, text in value[LEADS]]
    return changed


def model_named(label: str) -> type[models.Model] | None:
    """The model of that label, if it has texts that can be removed."""
    return apps.get_model(label) if label in TEXTS else None
