"""A stamp that is new after every transaction that recorded a change (docs/adr/0008-pages-by-revision.md)."""

from typing import Any, ClassVar

from django.db import migrations, models

# Messages of visitors are on no page; else anybody who writes one would make every page anew.
SQLITE = [
    """CREATE TRIGGER kernel_change_renews_insert AFTER INSERT ON kernel_change
       WHEN NEW.subject_type <> 'signatories.enquiry'
       BEGIN INSERT OR REPLACE INTO kernel_revision (id, stamp) VALUES (1, lower(hex(randomblob(16)))); END""",
    """CREATE TRIGGER kernel_change_renews_update AFTER UPDATE ON kernel_change
       WHEN NEW.subject_type <> 'signatories.enquiry'
       BEGIN INSERT OR REPLACE INTO kernel_revision (id, stamp) VALUES (1, lower(hex(randomblob(16)))); END""",
]
# Deferred: the one row is locked only while a transaction ends, so that writers never wait for each other's work,
# and no reader can see the facts of a transaction without its stamp.
POSTGRESQL = [
    """CREATE FUNCTION kernel_change_renews() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF current_setting('concordat.renewed', true) = 'yes' THEN RETURN NULL; END IF;
         PERFORM set_config('concordat.renewed', 'yes', true);
         INSERT INTO kernel_revision (id, stamp) VALUES (1, replace(gen_random_uuid()::text, '-', ''))
           ON CONFLICT (id) DO UPDATE SET stamp = EXCLUDED.stamp;
         RETURN NULL;
       END $$""",
    """CREATE CONSTRAINT TRIGGER kernel_change_renews AFTER INSERT OR UPDATE ON kernel_change
       DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.subject_type <> 'signatories.enquiry')
       EXECUTE FUNCTION kernel_change_renews()""",
]
UNDO_SQLITE = ["DROP TRIGGER kernel_change_renews_insert", "DROP TRIGGER kernel_change_renews_update"]
UNDO_POSTGRESQL = [
    "DROP TRIGGER kernel_change_renews ON kernel_change",
    "DROP FUNCTION kernel_change_renews()",
]


def _run(schema_editor: Any, sqlite: list[str], postgresql: list[str]) -> None:
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement)


def create(apps: Any, schema_editor: Any) -> None:
    _run(schema_editor, SQLITE, POSTGRESQL)


def drop(apps: Any, schema_editor: Any) -> None:
    _run(schema_editor, UNDO_SQLITE, UNDO_POSTGRESQL)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("kernel", "0003_change_append_only")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("stamp", models.CharField(max_length=32)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(id=1), name="revision_is_one_row"),
                    models.CheckConstraint(condition=models.Q(stamp__regex=r"^[0-9a-f]{32}\Z"), name="revision_stamp"),
                ],
            },
        ),
        migrations.RunPython(create, drop),
    ]
