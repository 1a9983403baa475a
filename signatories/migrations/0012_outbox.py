"""Chasing: rounds of updates, pauses and holds, and the outbox with its notices, digests and answers at once."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("signatories", "0011_removed_files"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ChasingHold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_on",
                    models.DateField(
                        blank=True, help_text="The first day; empty if not recorded.", null=True, verbose_name="from"
                    ),
                ),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which this no longer holds; empty if it still does.",
                        null=True,
                        verbose_name="until",
                    ),
                ),
                ("subject_type", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.BigIntegerField(blank=True, null=True)),
                ("reason", models.TextField()),
            ],
            options={
                "ordering": ["-from_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ChasingOptOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_on",
                    models.DateField(
                        blank=True, help_text="The first day; empty if not recorded.", null=True, verbose_name="from"
                    ),
                ),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which this no longer holds; empty if it still does.",
                        null=True,
                        verbose_name="until",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChasingPause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_on",
                    models.DateField(
                        blank=True, help_text="The first day; empty if not recorded.", null=True, verbose_name="from"
                    ),
                ),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which this no longer holds; empty if it still does.",
                        null=True,
                        verbose_name="until",
                    ),
                ),
                ("subject_type", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.BigIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ["person_id", "from_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mail_state",
                    models.CharField(
                        choices=[
                            ("received", "Not mailed yet"),
                            ("mailing", "Being mailed"),
                            ("mailed", "Mailed"),
                            ("failed", "Could not be mailed, will be tried again"),
                            ("uncertain", "Perhaps mailed: it stopped half-way"),
                            ("given_up", "Could not be mailed, and is not tried again"),
                            ("dropped", "Not mailed: nothing was left to say"),
                        ],
                        default="received",
                        max_length=10,
                        verbose_name="mail",
                    ),
                ),
                ("mail_moved_at", models.DateTimeField(blank=True, null=True, verbose_name="mail last tried")),
                ("mail_tries", models.PositiveSmallIntegerField(default=0, verbose_name="mails tried")),
                ("mail_next_at", models.DateTimeField(blank=True, null=True, verbose_name="mail tried again from")),
                ("mail_failure", models.CharField(blank=True, max_length=200, verbose_name="why it was not mailed")),
                ("day", models.DateField()),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-day", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=20)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("due_on", models.DateField()),
                ("planned_on", models.DateField()),
                ("send_on", models.DateField()),
                ("dropped_on", models.DateField(blank=True, null=True)),
                ("dropped_why", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mail_state",
                    models.CharField(
                        choices=[
                            ("received", "Not mailed yet"),
                            ("mailing", "Being mailed"),
                            ("mailed", "Mailed"),
                            ("failed", "Could not be mailed, will be tried again"),
                            ("uncertain", "Perhaps mailed: it stopped half-way"),
                            ("given_up", "Could not be mailed, and is not tried again"),
                            ("dropped", "Not mailed: nothing was left to say"),
                        ],
                        default="received",
                        max_length=10,
                        verbose_name="mail",
                    ),
                ),
                ("mail_moved_at", models.DateTimeField(blank=True, null=True, verbose_name="mail last tried")),
                ("mail_tries", models.PositiveSmallIntegerField(default=0, verbose_name="mails tried")),
                ("mail_next_at", models.DateTimeField(blank=True, null=True, verbose_name="mail tried again from")),
                ("mail_failure", models.CharField(blank=True, max_length=200, verbose_name="why it was not mailed")),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name_plural": "replies",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="UpdateWindow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opens_on", models.DateField()),
                ("nudge_on", models.DateField()),
                ("closing_on", models.DateField()),
                ("last_notice_on", models.DateField()),
                ("due_on", models.DateField(help_text="The day by which the papers are due.")),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["partnership_id", "due_on", "id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="enquiry",
            name="enquiry_mail_state",
        ),
        migrations.RemoveConstraint(
            model_name="invitation",
            name="invitation_mail_state",
        ),
        migrations.AddField(
            model_name="programme",
            name="closing_days",
            field=models.PositiveSmallIntegerField(default=5, help_text="The coordinator gets the list."),
        ),
        migrations.AddField(
            model_name="programme",
            name="due_soon_days",
            field=models.PositiveSmallIntegerField(default=30, help_text="So long before its day an owner is told."),
        ),
        migrations.AddField(
            model_name="programme",
            name="last_notice_days",
            field=models.PositiveSmallIntegerField(default=3, help_text="The last notice."),
        ),
        migrations.AddField(
            model_name="programme",
            name="nudge_days",
            field=models.PositiveSmallIntegerField(default=10, help_text="Who has not answered is reminded."),
        ),
        migrations.AddField(
            model_name="programme",
            name="silent_after_months",
            field=models.PositiveSmallIntegerField(
                default=6, help_text="Without an update of a plan, national staff are told."
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="window_opens_days",
            field=models.PositiveSmallIntegerField(
                default=20, help_text="Working days before papers are due: updates are asked for."
            ),
        ),
        migrations.AlterField(
            model_name="enquiry",
            name="mail_state",
            field=models.CharField(
                choices=[
                    ("received", "Not mailed yet"),
                    ("mailing", "Being mailed"),
                    ("mailed", "Mailed"),
                    ("failed", "Could not be mailed, will be tried again"),
                    ("uncertain", "Perhaps mailed: it stopped half-way"),
                    ("given_up", "Could not be mailed, and is not tried again"),
                    ("dropped", "Not mailed: nothing was left to say"),
                ],
                default="received",
                max_length=10,
                verbose_name="mail",
            ),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="mail_state",
            field=models.CharField(
                choices=[
                    ("received", "Not mailed yet"),
                    ("mailing", "Being mailed"),
                    ("mailed", "Mailed"),
                    ("failed", "Could not be mailed, will be tried again"),
                    ("uncertain", "Perhaps mailed: it stopped half-way"),
                    ("given_up", "Could not be mailed, and is not tried again"),
                    ("dropped", "Not mailed: nothing was left to say"),
                ],
                default="received",
                max_length=10,
                verbose_name="mail",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mail_state__in", ["received", "mailing", "mailed", "failed", "uncertain", "given_up", "dropped"])
                ),
                name="enquiry_mail_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mail_state__in", ["received", "mailing", "mailed", "failed", "uncertain", "given_up", "dropped"])
                ),
                name="invitation_mail_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closing_days__gt", models.F("last_notice_days")),
                    ("nudge_days__gt", models.F("closing_days")),
                    ("silent_after_months__gte", 1),
                    ("window_opens_days__gt", models.F("nudge_days")),
                ),
                name="programme_window_in_order",
            ),
        ),
        migrations.AddField(
            model_name="chasinghold",
            name="held_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="chasing_holds", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="chasinghold",
            name="partnership",
            field=models.ForeignKey(
                blank=True,
                help_text="All of it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="chasing_holds",
                to="signatories.partnership",
            ),
        ),
        migrations.AddField(
            model_name="chasingoptout",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="chasing_opt_outs",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="chasingpause",
            name="deputy",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="chasing_deputised",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="chasingpause",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="chasing_pauses", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="messages", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="message",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="signatories.message",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="partnership",
            field=models.ForeignKey(
                blank=True,
                help_text="Its coordinator sees it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="signatories.partnership",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="own_notices", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="notices", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="chasinghold",
            name="notice",
            field=models.ForeignKey(
                blank=True,
                help_text="This one alone.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holds",
                to="signatories.notice",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="replies", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="updatewindow",
            name="before",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="after",
                to="signatories.updatewindow",
            ),
        ),
        migrations.AddField(
            model_name="updatewindow",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="windows", to="signatories.partnership"
            ),
        ),
        migrations.AddConstraint(
            model_name="chasingoptout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_on__isnull", True),
                    ("until_on__isnull", True),
                    ("from_on__lt", models.F("until_on")),
                    _connector="OR",
                ),
                name="chasingoptout_from_before_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="chasingoptout",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)), fields=("person",), name="chasingoptout_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="chasingpause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_on__isnull", True),
                    ("until_on__isnull", True),
                    ("from_on__lt", models.F("until_on")),
                    _connector="OR",
                ),
                name="chasingpause_from_before_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="chasingpause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject_id__isnull", True), ("subject_type", "")),
                    models.Q(models.Q(("subject_type", ""), _negated=True), ("subject_id__isnull", False)),
                    _connector="OR",
                ),
                name="chasingpause_subject_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="chasingpause",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_on__isnull", False), ("until_on__isnull", False)),
                name="chasingpause_has_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="chasingpause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("deputy__isnull", True), models.Q(("deputy", models.F("person")), _negated=True), _connector="OR"
                ),
                name="chasingpause_deputy_is_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="chasingpause",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject_type", ""), ("deputy__isnull", True), _connector="OR"),
                name="chasingpause_snooze_has_no_deputy",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["mail_state", "mail_next_at"], name="message_to_mail"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["recipient", "mail_moved_at"], name="message_last_of_somebody"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mail_state__in", ["received", "mailing", "mailed", "failed", "uncertain", "given_up", "dropped"])
                ),
                name="message_mail_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("mail_next_at__isnull", False),
                        ("mail_state", "failed"),
                        models.Q(("mail_failure", ""), _negated=True),
                    ),
                    models.Q(models.Q(("mail_state", "failed"), _negated=True), ("mail_next_at__isnull", True)),
                    _connector="OR",
                ),
                name="message_failed_is_tried_again",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(fields=("recipient", "day"), name="message_once_a_day"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("dropped_on__isnull", True), ("message__isnull", True)),
                fields=["recipient", "send_on"],
                name="notice_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("dropped_on__isnull", True)),
                fields=["rule", "subject_type", "subject_id", "person"],
                name="notice_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("recipient", "subject_type", "subject_id", "rule", "due_on"), name="notice_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rule", ""), _negated=True), models.Q(("subject_type", ""), _negated=True)
                ),
                name="notice_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("send_on__gte", models.F("planned_on"))), name="notice_goes_once_planned"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dropped_on__isnull", True), ("dropped_why", "")),
                    models.Q(
                        ("dropped_on__isnull", False),
                        ("message__isnull", True),
                        models.Q(("dropped_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="notice_dropped_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="chasinghold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_on__isnull", True),
                    ("until_on__isnull", True),
                    ("from_on__lt", models.F("until_on")),
                    _connector="OR",
                ),
                name="chasinghold_from_before_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="chasinghold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject_id__isnull", True), ("subject_type", "")),
                    models.Q(models.Q(("subject_type", ""), _negated=True), ("subject_id__isnull", False)),
                    _connector="OR",
                ),
                name="chasinghold_subject_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="chasinghold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("notice__isnull", True), ("partnership__isnull", False), ("subject_type", "")),
                    models.Q(("notice__isnull", False), ("partnership__isnull", True), ("subject_type", "")),
                    models.Q(
                        ("notice__isnull", True),
                        ("partnership__isnull", True),
                        models.Q(("subject_type", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="chasinghold_is_about_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="chasinghold",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="chasinghold_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mail_state__in", ["received", "mailing", "mailed", "failed", "uncertain", "given_up", "dropped"])
                ),
                name="reply_mail_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("mail_next_at__isnull", False),
                        ("mail_state", "failed"),
                        models.Q(("mail_failure", ""), _negated=True),
                    ),
                    models.Q(models.Q(("mail_state", "failed"), _negated=True), ("mail_next_at__isnull", True)),
                    _connector="OR",
                ),
                name="reply_failed_is_tried_again",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject", ""), _negated=True),
                    models.Q(("text", ""), _negated=True),
                    models.Q(("subject_type", ""), _negated=True),
                ),
                name="reply_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="updatewindow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)),
                fields=("partnership", "due_on"),
                name="updatewindow_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="updatewindow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opens_on__lte", models.F("nudge_on")),
                    ("nudge_on__lte", models.F("closing_on")),
                    ("closing_on__lte", models.F("last_notice_on")),
                    ("last_notice_on__lte", models.F("due_on")),
                ),
                name="updatewindow_in_order",
            ),
        ),
    ]
