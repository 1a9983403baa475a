"""Each version of a plan keeps its outcomes, measures and footprints, as it keeps its other words.

What was published before has those that its actions have now, as everybody read it until today; a draft has those that
it proposes. On SQLite the table is made anew, so its guards come down before.
"""

from importlib import import_module
from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from concordat.kernel.guards import frozen, put_up, take_down

BEFORE = import_module("actionplans.migrations.0010_guarded_rows")
FIELDS = {
    "outcome": models.TextField(blank=True),
    "outcome_measure": models.TextField(blank=True),
    "footprint": models.CharField(blank=True, help_text="Where, if not the plan's whole coverage.", max_length=120),
}
LINE_FROZEN = frozen(
    BEFORE.LINE,
    "a published line of a plan",
    columns=("id", "version_id", "action_id", "section_id", "reference", "position", "is_left_out"),
    texts=("section_text", "text", "timescale_text", "left_out_reason", *FIELDS),
    free=("proposes",),  # nobody reads it once it is published
    once=f"EXISTS (SELECT 1 FROM {BEFORE.VERSION} WHERE id = OLD.version_id AND published_on IS NOT NULL)",  # noqa: S608 - ours
)
GUARDS = tuple(LINE_FROZEN if guard.name == LINE_FROZEN.name else guard for guard in BEFORE.GUARDS)
BATCH = 400


def as_the_actions_say(apps: Any, schema_editor: Any) -> None:
    """Let every line have the words of its action, and one of a draft those that it proposes."""
    lines = apps.get_model("actionplans", "ActionInVersion").objects
    own = apps.get_model("actionplans", "Action").objects.filter(pk=OuterRef("action_id"))
    lines.update(**{name: Subquery(own.values(name)[:1]) for name in FIELDS})
    proposing = [line for line in lines.filter(version__published_on=None).iterator(BATCH) if line.proposes]
    for line in proposing:
        for name in FIELDS.keys() & line.proposes.keys():
            setattr(line, name, line.proposes[name])
    lines.bulk_update(proposing, list(FIELDS), batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("actionplans", "0011_milestones_of_timescales")]
    operations: ClassVar = [
        take_down(BEFORE.GUARDS),
        *(migrations.AddField(model_name="actioninversion", name=name, field=field) for name, field in FIELDS.items()),
        migrations.RunPython(as_the_actions_say, migrations.RunPython.noop),
        put_up(GUARDS),
    ]
