"""Orders of reports with their deliveries, and schedules."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from concordat.kernel.guards import kept, put_up

GUARDS = (
    kept("reports_reportorder", "an order of a report"),
    kept("reports_reportdelivery", "a delivery of a report"),
    kept("reports_reportschedule", "a schedule of reports"),
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("reports", "0001_frozen_reports"),
        ("signatories", "0019_calendars"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ReportSchedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which this no longer holds; empty if it still does.",
                        null=True,
                        verbose_name="until",
                    ),
                ),
                (
                    "from_on",
                    models.DateField(help_text="The first day; one on which it was resumed.", verbose_name="from"),
                ),
                ("report", models.CharField(max_length=40)),
                ("question", models.JSONField(blank=True, default=dict)),
                ("format", models.CharField(max_length=8)),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("month", "On the first working day of each month"),
                            ("week", "Each Monday, or the next working day"),
                            ("quarter", "On the first working day of each quarter"),
                        ],
                        max_length=7,
                    ),
                ),
                ("last_period", models.DateField(blank=True, null=True)),
                ("paused_on", models.DateField(blank=True, null=True)),
                ("paused_why", models.CharField(blank=True, max_length=200)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("made_at", models.DateTimeField(help_text="UTC.")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_schedules",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recipients",
                    models.ManyToManyField(blank=True, related_name="reports_sent", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "schedule of a report",
                "verbose_name_plural": "schedules of reports",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ReportOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("report", models.CharField(max_length=40)),
                ("question", models.JSONField(blank=True, default=dict)),
                ("format", models.CharField(max_length=8)),
                ("table", models.CharField(blank=True, max_length=40)),
                ("digest", models.CharField(max_length=64)),
                ("ordered_at", models.DateTimeField()),
                ("wants_mail", models.BooleanField(default=False)),
                (
                    "period",
                    models.DateField(blank=True, help_text="The first day of the schedule's period.", null=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for its turn"),
                            ("working", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Could not be made"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "seen_at",
                    models.DateTimeField(blank=True, help_text="When its worker last said something.", null=True),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("size", models.BigIntegerField(blank=True, help_text="In bytes.", null=True)),
                ("stored_as", models.CharField(blank=True, max_length=100)),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                ("kept_until", models.DateTimeField(blank=True, null=True)),
                ("emptied_at", models.DateTimeField(blank=True, null=True)),
                ("failure", models.CharField(blank=True, max_length=400)),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_orders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="reports.reportschedule",
                    ),
                ),
            ],
            options={
                "verbose_name": "order of a report",
                "verbose_name_plural": "orders of reports",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ReportDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("withheld", models.CharField(blank=True, max_length=200, verbose_name="why no mail")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_deliveries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_deliveries",
                        to="signatories.reply",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="reports.reportorder"
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery of a report",
                "verbose_name_plural": "deliveries of reports",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("order", "person"), name="reportdelivery_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reply__isnull", False), ("withheld", "")),
                            models.Q(("reply__isnull", True), models.Q(("withheld", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="reportdelivery_mail_or_why_none",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("from_on__lte", models.F("until_on")), _connector="OR"),
                name="reportschedule_from_before_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("report", ""), _negated=True), models.Q(("format", ""), _negated=True)),
                name="reportschedule_of_a_report",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("rhythm__in", ["month", "week", "quarter"])), name="reportschedule_rhythm"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("paused_on__isnull", False), ("paused_why", ""), _connector="OR"),
                name="reportschedule_why_it_is_paused",
            ),
        ),
        migrations.AddIndex(
            model_name="reportorder",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "working"])),
                fields=["state", "seen_at"],
                name="reportorder_to_do",
            ),
        ),
        migrations.AddIndex(
            model_name="reportorder",
            index=models.Index(fields=["ordered_by", "-id"], name="reportorder_of_somebody"),
        ),
        migrations.AddIndex(
            model_name="reportorder",
            index=models.Index(
                condition=models.Q(("stored_as", ""), _negated=True),
                fields=["kept_until"],
                name="reportorder_with_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "working", "ready", "failed", "cancelled"])),
                name="reportorder_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportorder",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("report", ""), _negated=True), models.Q(("format", ""), _negated=True)),
                name="reportorder_of_a_report",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^[0-9a-f]{64}\\Z")), name="reportorder_digest"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportorder",
            constraint=models.CheckConstraint(condition=models.Q(("progress__lte", 100)), name="reportorder_progress"),
        ),
        migrations.AddConstraint(
            model_name="reportorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("claimed_at__isnull", False),
                        ("seen_at__isnull", False),
                        ("state", "working"),
                        models.Q(("stored_as", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "working"), _negated=True),
                        ("claimed_at__isnull", True),
                        ("seen_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="reportorder_claimed_while_working",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kept_until__isnull", False),
                        ("made_at__isnull", False),
                        ("size__isnull", False),
                        ("state", "ready"),
                    ),
                    models.Q(
                        models.Q(("state", "ready"), _negated=True),
                        ("kept_until__isnull", True),
                        ("made_at__isnull", True),
                        ("size__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="reportorder_ready_is_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("emptied_at__isnull", True),
                        models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(("stored_as", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    models.Q(("emptied_at__isnull", False), ("state", "ready"), ("stored_as", "")),
                    _connector="OR",
                ),
                name="reportorder_file_until_emptied",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "failed"), models.Q(("failure", ""), _negated=True)),
                    models.Q(models.Q(("state", "failed"), _negated=True), ("failure", "")),
                    _connector="OR",
                ),
                name="reportorder_failed_with_sentence",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("period__isnull", True), ("schedule__isnull", True)),
                    models.Q(("period__isnull", False), ("schedule__isnull", False)),
                    _connector="OR",
                ),
                name="reportorder_period_of_a_schedule",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stored_as", ""), _negated=True),
                fields=("stored_as",),
                name="reportorder_stored_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("schedule__isnull", False)),
                fields=("schedule", "period"),
                name="reportorder_once_a_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("schedule__isnull", True), ("state__in", ["waiting", "working"])),
                fields=("ordered_by", "digest"),
                name="reportorder_one_open_alike",
            ),
        ),
        put_up(GUARDS),
    ]
