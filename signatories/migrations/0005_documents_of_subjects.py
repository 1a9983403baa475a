"""Documents about actions, plan versions and declarations."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("signatories", "0004_people_and_roles"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("kind", models.CharField(choices=[("file", "File"), ("link", "Link")], max_length=4)),
                (
                    "stored_as",
                    models.CharField(
                        blank=True, help_text="Its name in the storage, which nobody guesses.", max_length=100
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pdf", "PDF"),
                            ("docx", "Word document"),
                            ("odt", "OpenDocument text"),
                            ("xlsx", "Excel workbook"),
                            ("ods", "OpenDocument spreadsheet"),
                            ("csv", "CSV table"),
                            ("png", "PNG picture"),
                            ("jpg", "JPEG picture"),
                        ],
                        max_length=4,
                    ),
                ),
                ("size", models.PositiveIntegerField(blank=True, help_text="In bytes.", null=True)),
                (
                    "sha256",
                    models.CharField(
                        blank=True, help_text="Of what the file holds, in hex.", max_length=64, verbose_name="SHA-256"
                    ),
                ),
                ("original_name", models.CharField(blank=True, max_length=255, verbose_name="name as sent")),
                ("url", models.CharField(blank=True, max_length=500, verbose_name="address")),
                (
                    "html_alternative",
                    models.TextField(
                        blank=True,
                        help_text="An address, or the text itself, for who cannot read the file.",
                        verbose_name="the same as a web page",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[("partnership", "The partnership"), ("public", "Everybody")],
                        default="partnership",
                        max_length=11,
                    ),
                ),
                (
                    "published_on",
                    models.DateField(blank=True, help_text="The day in London on which it was made public.", null=True),
                ),
                ("uploaded_at", models.DateTimeField(help_text="UTC.")),
                ("withdrawn_at", models.DateTimeField(blank=True, help_text="UTC.", null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["subject_type", "subject_id", "id"],
                "indexes": [models.Index(fields=["subject_type", "subject_id", "id"], name="document_subject_rows")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "subject_type__in",
                                ("actionplans.action", "actionplans.planversion", "signatories.declaration"),
                            )
                        ),
                        name="document_subject",
                    ),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="document_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("format__in", ["pdf", "docx", "odt", "xlsx", "ods", "csv", "png", "jpg"]),
                                ("kind", "file"),
                                ("size__isnull", False),
                                ("url", ""),
                                models.Q(("stored_as", ""), _negated=True),
                                models.Q(("sha256", ""), _negated=True),
                                models.Q(("original_name", ""), _negated=True),
                            ),
                            models.Q(
                                ("format", ""),
                                ("kind", "link"),
                                ("original_name", ""),
                                ("sha256", ""),
                                ("size__isnull", True),
                                ("stored_as", ""),
                                models.Q(("url", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="document_is_a_file_or_a_link",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("size__isnull", True), models.Q(("size__gte", 1), ("size__lte", 20971520)), _connector="OR"
                        ),
                        name="document_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256", ""), ("sha256__regex", "^[0-9a-f]{64}\\Z"), _connector="OR"),
                        name="document_sha256",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("url", ""),
                            ("url__startswith", "https://"),
                            ("url__startswith", "http://"),
                            _connector="OR",
                        ),
                        name="document_url",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_on__isnull", False), ("visibility", "public")),
                            models.Q(("published_on__isnull", True), ("visibility", "partnership")),
                            _connector="OR",
                        ),
                        name="document_public_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="document_withdrawn_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stored_as", ""), _negated=True),
                        fields=("stored_as",),
                        name="document_stored_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "file"), ("withdrawn_at__isnull", True)),
                        fields=("subject_type", "subject_id", "sha256"),
                        name="document_file_once_per_subject",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "link"), ("withdrawn_at__isnull", True)),
                        fields=("subject_type", "subject_id", "url"),
                        name="document_link_once_per_subject",
                    ),
                ],
            },
        ),
    ]
