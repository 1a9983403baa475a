"""The steps of a timescale with several dates. On SQLite the tables are made anew, so their guards come down before."""

from importlib import import_module
from typing import ClassVar

from django.db import migrations, models

from concordat.kernel.guards import put_up, take_down

GUARDS = import_module("actionplans.migrations.0010_guarded_rows").GUARDS


class Migration(migrations.Migration):
    dependencies: ClassVar = [("actionplans", "0010_guarded_rows")]
    operations: ClassVar = [
        take_down(GUARDS),
        *(
            migrations.AddField(
                model_name=name,
                name="milestones",
                field=models.JSONField(blank=True, default=list, help_text="Each step of a text with several dates."),
            )
            for name in ("action", "datechange", "promise")
        ),
        put_up(GUARDS),
    ]
