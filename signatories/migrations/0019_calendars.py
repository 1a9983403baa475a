"""Private addresses of calendars; pauses and holds that are changed and ended at once; for how long one puts off."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from concordat.kernel.guards import kept, put_up, take_down

ALTERED = {"chasinghold": "a hold", "chasingpause": "a pause"}
AROUND = tuple(kept(f"signatories_{table}", what) for table, what in ALTERED.items())
GUARDS = (*AROUND, kept("signatories_calendaraddress", "an address of calendars"))


def _may_end_on_its_first_day(model: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(from_on__lte=F("until_on")),
        name=f"{model}_from_before_until",
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatories", "0018_mail_being_prepared")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CalendarAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_address",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "calendar addresses",
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("made_at")),
                        name="calendaraddress_in_order",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="programme",
            name="put_off_days",
            field=models.PositiveSmallIntegerField(
                default=14,
                help_text="For so long at most an owner puts the reminders of an action off; 0: not at all.",
            ),
        ),
        take_down(AROUND),
        *(
            operation
            for model in ALTERED
            for operation in (
                migrations.RemoveConstraint(model_name=model, name=f"{model}_from_before_until"),
                migrations.AddField(
                    model_name=model,
                    name="version",
                    field=models.PositiveIntegerField(default=1, editable=False),
                ),
                migrations.AddConstraint(model_name=model, constraint=_may_end_on_its_first_day(model)),
            )
        ),
        put_up(GUARDS),
    ]
