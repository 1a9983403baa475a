"""Own words of reminders, reports of mails that came back, whom none reach, and how long a mail's text is kept."""

from importlib import import_module
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from concordat.kernel.guards import frozen, kept, put_up, take_down

ALTERED = {"signatories_message", "signatories_person", "signatories_reply"}
STANDING = tuple(
    guard for guard in import_module("signatories.migrations.0013_guarded_rows").GUARDS if guard.table in ALTERED
)
GUARDS = (
    kept("signatories_mailreport", "a report of a mail"),
    kept("signatories_mailreportcount", "a count of reports"),
    kept("signatories_wording", "a decision on words"),
    frozen(
        "signatories_mailreport",
        "a report of a mail",
        columns=(
            *("id", "subject_type", "subject_id", "person_id", "kind", "status"),
            *("reported_on", "received_at", "digest"),
        ),
        texts=("diagnostic",),
    ),
    frozen(
        "signatories_wording",
        "a decision on words",
        columns=("id", "rule", "number", "from_on", "is_shipped", "decided_by_id", "decided_at"),
        texts=("subject", "opening", "item", "why", "hand_over"),
    ),
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatories", "0014_signed_link")]

    operations: ClassVar = [
        take_down(STANDING),
        migrations.CreateModel(
            name="MailReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hard", "It takes no mail"),
                            ("soft", "It took none for now"),
                            ("complaint", "Marked as unwanted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("status", models.CharField(blank=True, max_length=20)),
                ("diagnostic", models.CharField(blank=True, max_length=300)),
                ("reported_on", models.DateField()),
                ("received_at", models.DateTimeField()),
                (
                    "digest",
                    models.CharField(help_text="By which the same report is known again.", max_length=64, unique=True),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="MailReportCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("way", models.CharField(max_length=10)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("taken", "Taken"),
                            ("again", "Known already"),
                            ("ignored", "Nothing to do: it arrived, or it was no complaint"),
                            ("unknown", "About no mail of ours"),
                            ("forged", "Not signed as it has to be"),
                            ("unreadable", "No report that can be read"),
                        ],
                        max_length=10,
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["-day", "way", "outcome"],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=20)),
                ("number", models.PositiveIntegerField()),
                ("from_on", models.DateField(verbose_name="from")),
                ("is_shipped", models.BooleanField(default=False, verbose_name="back to the shipped words")),
                ("subject", models.CharField(blank=True, max_length=120)),
                ("opening", models.TextField(blank=True)),
                ("item", models.TextField(blank=True, verbose_name="below each item")),
                ("why", models.TextField(blank=True, verbose_name="why it came")),
                ("hand_over", models.TextField(blank=True, verbose_name="how to hand over")),
                ("decided_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["rule", "-number"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="reply",
            name="reply_says_something",
        ),
        migrations.AddField(
            model_name="message",
            name="emptied_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="mail_stopped_on",
            field=models.DateField(blank=True, null=True, verbose_name="mails come back since"),
        ),
        migrations.AddField(
            model_name="person",
            name="mail_stopped_why",
            field=models.CharField(
                blank=True,
                choices=[("bounced", "Mails come back"), ("complained", "Marked as unwanted")],
                max_length=10,
                verbose_name="why none are sent",
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="mail_kept_months",
            field=models.PositiveSmallIntegerField(
                default=12, help_text="So long we keep what a mail said. Then its text is emptied."
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="emptied_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="reply",
            name="text",
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("emptied_on__isnull", True), ("text", ""), _connector="OR"),
                name="message_emptied_says_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mail_stopped_on__isnull", True), ("mail_stopped_why", "")),
                    models.Q(("mail_stopped_on__isnull", False), ("mail_stopped_why__in", ["bounced", "complained"])),
                    _connector="OR",
                ),
                name="person_mail_stopped_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(("mail_kept_months__gte", 1)), name="programme_mails_are_kept"
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject", ""), _negated=True), models.Q(("subject_type", ""), _negated=True)
                ),
                name="reply_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("emptied_on__isnull", True), models.Q(("text", ""), _negated=True)),
                    models.Q(("emptied_on__isnull", False), ("text", "")),
                    _connector="OR",
                ),
                name="reply_has_text_until_emptied",
            ),
        ),
        migrations.AddField(
            model_name="mailreport",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mail_reports",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="mailreportcount",
            constraint=models.UniqueConstraint(fields=("day", "way", "outcome"), name="mailreportcount_once"),
        ),
        migrations.AddConstraint(
            model_name="mailreportcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["mailbox", "hook"])), name="mailreportcount_way"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailreportcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["taken", "again", "ignored", "unknown", "forged", "unreadable"])),
                name="mailreportcount_outcome",
            ),
        ),
        migrations.AddField(
            model_name="wording",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="wordings", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="mailreport",
            index=models.Index(fields=["subject_type", "subject_id"], name="mailreport_subject"),
        ),
        migrations.AddConstraint(
            model_name="mailreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["hard", "soft", "complaint"])), name="mailreport_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject_type", ""), _negated=True), models.Q(("digest", ""), _negated=True)
                ),
                name="mailreport_of_a_mail",
            ),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(fields=("rule", "number"), name="wording_one_after_the_other"),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), models.Q(("rule", ""), _negated=True)), name="wording_of_a_rule"
            ),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("is_shipped", True),
                        ("hand_over", ""),
                        ("item", ""),
                        ("opening", ""),
                        ("subject", ""),
                        ("why", ""),
                    ),
                    models.Q(
                        ("is_shipped", False),
                        models.Q(("subject", ""), _negated=True),
                        models.Q(("opening", ""), _negated=True),
                        models.Q(("item", ""), _negated=True),
                        models.Q(("why", ""), _negated=True),
                        models.Q(("hand_over", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="wording_says_all_or_nothing",
            ),
        ),
        put_up((*STANDING, *GUARDS)),
    ]
