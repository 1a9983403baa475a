"""A must-do of the past keeps its days, and a lead that was replaced on its first day held on none."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("actionplans", "0008_plan_imports")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="EarlierMustDo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_on",
                    models.DateField(
                        blank=True,
                        help_text="The first day; empty if not recorded.",
                        null=True,
                        verbose_name="from",
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
                ("must_do", models.BooleanField(verbose_name="national must-do")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earlier_must_dos",
                        to="actionplans.action",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier must-do",
                "ordering": ["action_id", "until_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(from_on__lt=F("until_on")),
                        name="earliermustdo_from_before_until",
                    ),
                    models.CheckConstraint(condition=Q(until_on__isnull=False), name="earliermustdo_has_ended"),
                    models.UniqueConstraint(fields=["action", "until_on"], name="earliermustdo_once_until_a_day"),
                    models.UniqueConstraint(
                        condition=Q(from_on__isnull=True),
                        fields=["action"],
                        name="earliermustdo_one_first_per_action",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="actionlead", name="actionlead_from_before_until"),
        migrations.AddConstraint(
            model_name="actionlead",
            constraint=models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(from_on__lte=F("until_on")),
                name="actionlead_from_before_until",
            ),
        ),
    ]
