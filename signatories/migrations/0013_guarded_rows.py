"""What is recorded of partnerships and declarations is never deleted; the contact log is never altered."""

from typing import ClassVar

from django.db import migrations

from concordat.kernel.guards import frozen, kept, put_up

# Not here: sign-ins (forgotten after months), messages of visitors, and the programme itself, which is set up.
KEPT = {
    "board": "a board",
    "boardchair": "who chaired a board",
    "boardmeeting": "a meeting",
    "boardoversight": "what a board oversaw",
    "chasinghold": "a hold",
    "chasingoptout": "a wish for fewer reminders",
    "chasingpause": "a pause",
    "contactentry": "an entry of the contact log",
    "declaration": "a declaration",
    "declarationcoverage": "what a declaration is for",
    "document": "a document",
    "expectedarea": "what a declaration expects",
    "invitation": "an invitation",
    "membership": "a role",
    "message": "a message",
    "milestone": "a milestone",
    "notice": "a notice",
    "organisation": "an organisation",
    "organisationidentifier": "the code of an organisation",
    "organisationname": "the name of an organisation",
    "partnership": "a partnership",
    "partnershipcoverage": "what a partnership works for",
    "partnershipmember": "a member of a partnership",
    "person": "a person",
    "planexpectation": "what a declaration expects",
    "reply": "a reply",
    "reviewround": "a review round",
    "reviewroundarea": "an area of a review round",
    "signature": "a signature",
    "statement": "a statement",
    "steward": "a steward",
    "updatewindow": "an update window",
}
GUARDS = (
    *(kept(f"signatories_{table}", what) for table, what in KEPT.items()),
    frozen(
        "signatories_contactentry",
        "an entry of the contact log",
        columns=(
            *("id", "partnership_id", "area_id", "spoken_on", "how", "next_due_on"),
            *("corrects_id", "closes_id", "recorded_by_id", "recorded_at", "ticket"),
        ),
        texts=("whom", "said", "next_step"),
    ),
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatories", "0012_outbox"), ("kernel", "0006_guarded_rows")]
    operations: ClassVar = [put_up(GUARDS)]
