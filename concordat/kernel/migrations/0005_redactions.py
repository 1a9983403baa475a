"""Removed personal data: what was removed where, and how the record of changes may lose it.

A recorded change may be redacted again and again, but only ever loses words: each text stays, is emptied, or is the
one before with “[removed]” in the place of some of its words. The database checks that by reading the new text as a
pattern in which each mark stands for anything.
"""

from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A text is a pattern of GLOB once its special letters are put in brackets; the mark itself then reads “[[]removed]”.
GLOB = "replace(replace(replace(replace({0}, '[', '[[]'), '*', '[*]'), '?', '[?]'), '[[]removed]', '*')"
SQLITE = [
    "DROP TRIGGER kernel_change_no_update",
    f"""CREATE TRIGGER kernel_change_no_update BEFORE UPDATE ON kernel_change
       WHEN NEW.redacted_at IS NULL
         OR NEW.id <> OLD.id OR NEW.subject_type <> OLD.subject_type OR NEW.subject_id <> OLD.subject_id
         OR NEW.verb <> OLD.verb OR NEW.by_id IS NOT OLD.by_id OR NEW.by_command <> OLD.by_command
         OR NEW.recorded_at <> OLD.recorded_at
         OR NOT (NEW.why IN ('', '[removed]', OLD.why) OR OLD.why GLOB {GLOB.format("NEW.why")})
         OR json_type(NEW.fields) <> 'object'
         OR EXISTS (SELECT 1 FROM json_each(NEW.fields) AS said
                    WHERE said.type <> 'array' OR json_array_length(said.value) <> 2)
         OR EXISTS (SELECT 1 FROM json_each(NEW.fields) AS said, json_each(said.value) AS part
                    WHERE part.type <> 'null' AND NOT EXISTS (
                      SELECT 1 FROM json_each(OLD.fields) AS was, json_each(was.value) AS old
                      WHERE was.key = said.key AND old.key = part.key AND old.type <> 'null'
                      AND (part.value IN ('[removed]', old.value) OR old.value GLOB {GLOB.format("part.value")})))
       BEGIN SELECT RAISE(ABORT, 'a recorded change is never altered'); END""",  # noqa: S608 - all of it is ours
]
LIKE = r"replace(replace(replace(replace(new, '\', '\\'), '%', '\%'), '_', '\_'), '[removed]', '%')"
POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION kernel_only_removes(old text, new text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
       SELECT new IS NULL OR (old IS NOT NULL AND (new = '' OR new = old OR old LIKE {LIKE})) $$""",
    """CREATE OR REPLACE FUNCTION kernel_change_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF TG_OP IN ('DELETE', 'TRUNCATE') THEN RAISE EXCEPTION 'a recorded change is never deleted'
           USING ERRCODE = 'integrity_constraint_violation'; END IF;
         IF NEW.redacted_at IS NULL
            OR (NEW.id, NEW.subject_type, NEW.subject_id, NEW.verb, NEW.by_id, NEW.by_command, NEW.recorded_at)
               IS DISTINCT FROM
               (OLD.id, OLD.subject_type, OLD.subject_id, OLD.verb, OLD.by_id, OLD.by_command, OLD.recorded_at)
            OR NOT kernel_only_removes(OLD.why, NEW.why)
            OR jsonb_typeof(NEW.fields) <> 'object'
            OR EXISTS (SELECT 1 FROM jsonb_each(NEW.fields) AS said
                       WHERE CASE jsonb_typeof(said.value) WHEN 'array'
                         THEN jsonb_array_length(said.value) <> 2
                           OR NOT kernel_only_removes(OLD.fields -> said.key ->> 0, said.value ->> 0)
                           OR NOT kernel_only_removes(OLD.fields -> said.key ->> 1, said.value ->> 1)
                         ELSE true END)
         THEN RAISE EXCEPTION 'a recorded change is never altered'
           USING ERRCODE = 'integrity_constraint_violation'; END IF;
         RETURN NEW;
       END $$""",
]


def create(apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)  # a “%” stands for itself


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("kernel", "0004_revision"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Redaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("field", models.CharField(max_length=60)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("person", "It names a person"),
                            ("health", "It tells of somebody’s health"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.TextField(help_text="Without the words that were removed.", verbose_name="internal reason"),
                ),
                ("at", models.DateTimeField(help_text="UTC.", verbose_name="removed")),
                (
                    "places",
                    models.PositiveIntegerField(help_text="In how many places."),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redactions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["subject_type", "subject_id", "id"], name="redaction_subject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(category__in=["person", "health", "other"]), name="redaction_category"
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(field="") & ~models.Q(reason=""), name="redaction_says_where_and_why"
                    ),
                    models.CheckConstraint(condition=models.Q(places__gte=1), name="redaction_somewhere"),
                ],
            },
        ),
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
