"""The lines of a frozen report are numbered from 1: none comes before the first one either."""

from typing import ClassVar

from django.db import migrations, models

from concordat.kernel.guards import frozen, kept, put_up, refused, take_down

REPORT, LINE = "reports_frozenreport", "reports_frozenline"
LINES = (  # of 0001: the table is made anew on SQLite
    kept(LINE, "a line of a frozen report"),
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
    dependencies: ClassVar = [("reports", "0002_orders")]

    operations: ClassVar = [
        take_down(LINES),
        migrations.AddConstraint(
            model_name="frozenline",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="frozenline_number"),
        ),
        put_up(LINES),
    ]
