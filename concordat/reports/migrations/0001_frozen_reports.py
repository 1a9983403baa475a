"""Reports as boards were given them: never deleted, never altered, and no line is added later."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from concordat.kernel.guards import frozen, kept, put_up, refused

REPORT, LINE = "reports_frozenreport", "reports_frozenline"
WHOLE = ("meeting_id", "partnership_id", "report", "number", "as_at", "shape", "length", "digest")
GUARDS = (
    kept(REPORT, "a frozen report"),
    kept(LINE, "a line of a frozen report"),
    frozen(
        REPORT,
        "a frozen report",
        columns=("id", *WHOLE, "frozen_by_id", "frozen_at"),
        unique=WHOLE[:4],
    ),
    frozen(
        LINE,
        "a line of a frozen report",
        columns=("id", "frozen_id", "number"),
        json=("told",),
        unique=("frozen_id", "number"),
    ),
    refused(
        LINE,
        "reports_frozen_line_within",
        "a frozen report takes no further line",
        when=f"NEW.number > (SELECT length FROM {REPORT} WHERE id = NEW.frozen_id)",  # noqa: S608 - ours
        columns=("frozen_id", "number"),
    ),
)


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = [
        ("kernel", "0006_guarded_rows"),
        ("signatories", "0019_calendars"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="FrozenReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("report", models.CharField(max_length=40)),
                (
                    "number",
                    models.PositiveSmallIntegerField(help_text="The first of this meeting and partnership is 1."),
                ),
                ("as_at", models.DateField(help_text="The day that it tells of, in London.", verbose_name="as at")),
                ("shape", models.PositiveSmallIntegerField(help_text="In which form its lines are written.")),
                ("length", models.PositiveIntegerField(verbose_name="number of lines")),
                ("digest", models.CharField(max_length=64)),
                ("frozen_at", models.DateTimeField(help_text="UTC.")),
                (
                    "frozen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="frozen_reports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="frozen_reports",
                        to="signatories.boardmeeting",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="frozen_reports",
                        to="signatories.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting_id", "partnership_id", "report", "number"],
            },
        ),
        migrations.CreateModel(
            name="FrozenLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("told", models.JSONField(verbose_name="what it says")),
                (
                    "frozen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="reports.frozenreport"
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a frozen report",
                "verbose_name_plural": "lines of frozen reports",
                "ordering": ["frozen_id", "number"],
            },
        ),
        migrations.AddConstraint(
            model_name="frozenreport",
            constraint=models.UniqueConstraint(
                fields=("meeting", "partnership", "report", "number"), name="frozenreport_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="frozenreport",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="frozenreport_number"),
        ),
        migrations.AddConstraint(
            model_name="frozenreport",
            constraint=models.CheckConstraint(condition=models.Q(("length__gte", 1)), name="frozenreport_has_lines"),
        ),
        migrations.AddConstraint(
            model_name="frozenreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("report", ""), _negated=True), name="frozenreport_is_of_a_report"
            ),
        ),
        migrations.AddConstraint(
            model_name="frozenline",
            constraint=models.UniqueConstraint(fields=("frozen", "number"), name="frozenline_once"),
        ),
        put_up(GUARDS),
    ]
