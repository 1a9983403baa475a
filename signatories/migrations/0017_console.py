"""A hold may end on its first day, and is one at a time; what became of the jobs of the beat is kept."""

from typing import ClassVar

import django.db.models.expressions
from django.db import migrations, models

from concordat.kernel.guards import kept, put_up, take_down

HOLDS = (kept("signatories_chasinghold", "a hold"),)  # of 0013: the table is made anew on SQLite
GUARDS = (kept("signatories_jobday", "the record of a job"),)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatories", "0016_words_and_bounces")]

    operations: ClassVar = [
        take_down(HOLDS),
        migrations.CreateModel(
            name="JobDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("job", models.CharField(max_length=60)),
                ("day", models.DateField()),
                ("begun", models.PositiveIntegerField(default=0, verbose_name="runs begun")),
                ("ended", models.PositiveIntegerField(default=0, verbose_name="runs ended")),
                ("failed", models.PositiveIntegerField(default=0, verbose_name="runs failed")),
                (
                    "done",
                    models.PositiveIntegerField(
                        default=0, help_text="By all runs of the day together.", verbose_name="things done"
                    ),
                ),
                ("begun_at", models.DateTimeField(blank=True, null=True, verbose_name="last begun")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="last ended")),
                ("failed_at", models.DateTimeField(blank=True, null=True, verbose_name="last failed")),
                ("failure", models.CharField(blank=True, max_length=200, verbose_name="why the last one failed")),
            ],
            options={
                "verbose_name": "day of a job",
                "verbose_name_plural": "days of jobs",
                "ordering": ["-day", "job"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="chasinghold",
            name="chasinghold_from_before_until",
        ),
        migrations.AddConstraint(
            model_name="chasinghold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_on__isnull", True),
                    ("until_on__isnull", True),
                    ("from_on__lte", models.F("until_on")),
                    _connector="OR",
                ),
                name="chasinghold_from_before_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="chasinghold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("partnership__isnull", False), ("until_on__isnull", True)),
                fields=("partnership",),
                name="chasinghold_one_open_of_partnership",
            ),
        ),
        migrations.AddConstraint(
            model_name="chasinghold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("notice__isnull", False), ("until_on__isnull", True)),
                fields=("notice",),
                name="chasinghold_one_open_of_notice",
            ),
        ),
        migrations.AddConstraint(
            model_name="chasinghold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("subject_id__isnull", False), ("until_on__isnull", True)),
                fields=("subject_id", "subject_type"),
                name="chasinghold_one_open_of_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="jobday",
            constraint=models.UniqueConstraint(fields=("job", "day"), name="jobday_once"),
        ),
        migrations.AddConstraint(
            model_name="jobday",
            constraint=models.CheckConstraint(condition=models.Q(("job", ""), _negated=True), name="jobday_has_job"),
        ),
        migrations.AddConstraint(
            model_name="jobday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "begun__gte",
                        django.db.models.expressions.CombinedExpression(models.F("ended"), "+", models.F("failed")),
                    )
                ),
                name="jobday_ends_what_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="jobday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("failed_at__isnull", True), ("failure", "")),
                    models.Q(("failed_at__isnull", False), models.Q(("failure", ""), _negated=True)),
                    _connector="OR",
                ),
                name="jobday_failed_for_a_reason",
            ),
        ),
        put_up((*HOLDS, *GUARDS)),
    ]
