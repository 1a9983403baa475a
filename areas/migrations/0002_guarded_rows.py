"""Areas, their codes and what became of them are never deleted. Boundaries are: each epoch is loaded anew."""

from typing import ClassVar

from django.db import migrations

from concordat.kernel.guards import kept, put_up

GUARDS = (
    kept("areas_area", "an area"),
    kept("areas_areacode", "the code of an area"),
    kept("areas_areasuccession", "what became of an area"),
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("areas", "0001_initial"), ("kernel", "0006_guarded_rows")]
    operations: ClassVar = [put_up(GUARDS)]
