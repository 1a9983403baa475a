"""Why an action is left out of a version, and no review before a plan has begun."""

from typing import Any, ClassVar

from django.db import migrations, models

WHY = "The review was said to be before the first day of the plan."


def without_reviews_before_the_first_day(apps: Any, schema_editor: Any) -> None:
    """Such a day is taken out, and told in the history."""
    versions = apps.get_model("actionplans", "PlanVersion").objects
    changes = apps.get_model("kernel", "Change").objects
    for version in versions.filter(next_review_on__lt=models.F("period_starts_on")):
        changes.create(
            subject_type="actionplans.planversion",
            subject_id=version.pk,
            verb="changed",
            fields={"next_review_on": [version.next_review_on.isoformat(), None]},
            why=WHY,
            by_command="migrate",
        )
        versions.filter(pk=version.pk).update(next_review_on=None)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("actionplans", "0006_meeting_decisions"),
        ("kernel", "0004_revision"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="actioninversion",
            name="left_out_reason",
            field=models.TextField(
                blank=True,
                default="",
                help_text="Anybody reads it once the version is published.",
                verbose_name="why it is left out",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="actioninversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_left_out", True), ("left_out_reason", ""), _connector="OR"),
                name="actioninversion_reason_if_left_out",
            ),
        ),
        migrations.RunPython(without_reviews_before_the_first_day, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("next_review_on__isnull", True),
                    ("period_starts_on__isnull", True),
                    ("next_review_on__gte", models.F("period_starts_on")),
                    _connector="OR",
                ),
                name="planversion_reviewed_once_begun",
            ),
        ),
    ]
