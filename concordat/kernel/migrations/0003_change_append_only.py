"""A change, once written, stays: the database itself refuses to alter or delete it.

Redaction of personal data may empty texts of a row once (the reason, the values of fields), never write others,
and leaves its day as the mark.
"""

from typing import Any, ClassVar

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER kernel_change_no_delete BEFORE DELETE ON kernel_change
       BEGIN SELECT RAISE(ABORT, 'a recorded change is never deleted'); END""",
    """CREATE TRIGGER kernel_change_no_update BEFORE UPDATE ON kernel_change
       WHEN OLD.redacted_at IS NOT NULL OR NEW.redacted_at IS NULL
         OR NEW.id <> OLD.id OR NEW.subject_type <> OLD.subject_type OR NEW.subject_id <> OLD.subject_id
         OR NEW.verb <> OLD.verb OR NEW.by_id IS NOT OLD.by_id OR NEW.by_command <> OLD.by_command
         OR NEW.recorded_at <> OLD.recorded_at OR NEW.why NOT IN ('', OLD.why)
         OR json_type(NEW.fields) <> 'object'
         OR EXISTS (SELECT 1 FROM json_each(NEW.fields) AS said WHERE said.value IS NOT '[null,null]'
                    AND said.value IS NOT (SELECT value FROM json_each(OLD.fields) WHERE key = said.key))
       BEGIN SELECT RAISE(ABORT, 'a recorded change is never altered'); END""",
    # INSERT OR REPLACE deletes what it replaces without asking the trigger above.
    """CREATE TRIGGER kernel_change_no_replace BEFORE INSERT ON kernel_change
       WHEN EXISTS (SELECT 1 FROM kernel_change WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'a recorded change is never altered'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION kernel_change_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF TG_OP IN ('DELETE', 'TRUNCATE') THEN RAISE EXCEPTION 'a recorded change is never deleted'
           USING ERRCODE = 'integrity_constraint_violation'; END IF;
         IF OLD.redacted_at IS NOT NULL OR NEW.redacted_at IS NULL
            OR (NEW.id, NEW.subject_type, NEW.subject_id, NEW.verb, NEW.by_id, NEW.by_command, NEW.recorded_at)
               IS DISTINCT FROM
               (OLD.id, OLD.subject_type, OLD.subject_id, OLD.verb, OLD.by_id, OLD.by_command, OLD.recorded_at)
            OR NEW.why NOT IN ('', OLD.why)
            OR EXISTS (SELECT 1 FROM jsonb_each(NEW.fields) AS said WHERE said.value <> '[null, null]'
                       AND said.value IS DISTINCT FROM OLD.fields -> said.key)
         THEN RAISE EXCEPTION 'a recorded change is never altered'
           USING ERRCODE = 'integrity_constraint_violation'; END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER kernel_change_append_only BEFORE UPDATE OR DELETE ON kernel_change
       FOR EACH ROW EXECUTE FUNCTION kernel_change_append_only()""",
    """CREATE TRIGGER kernel_change_no_truncate BEFORE TRUNCATE ON kernel_change
       FOR EACH STATEMENT EXECUTE FUNCTION kernel_change_append_only()""",
]
UNDO_SQLITE = [
    "DROP TRIGGER kernel_change_no_delete",
    "DROP TRIGGER kernel_change_no_update",
    "DROP TRIGGER kernel_change_no_replace",
]
UNDO_POSTGRESQL = [
    "DROP TRIGGER kernel_change_no_truncate ON kernel_change",
    "DROP TRIGGER kernel_change_append_only ON kernel_change",
    "DROP FUNCTION kernel_change_append_only()",
]


def _run(schema_editor: Any, sqlite: list[str], postgresql: list[str]) -> None:
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement)


def create(apps: Any, schema_editor: Any) -> None:
    _run(schema_editor, SQLITE, POSTGRESQL)


def drop(apps: Any, schema_editor: Any) -> None:
    _run(schema_editor, UNDO_SQLITE, UNDO_POSTGRESQL)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("kernel", "0002_initial")]
    operations: ClassVar = [migrations.RunPython(create, drop)]
