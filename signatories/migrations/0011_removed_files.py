"""A document whose file was removed because of what it told of somebody."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatories", "0010_contacts_and_rounds")]
    operations: ClassVar = [
        migrations.AddField(
            "document",
            "removed_at",
            models.DateTimeField(
                "file removed", null=True, blank=True, help_text="UTC. Its file is deleted: it held personal data."
            ),
        ),
        migrations.AddConstraint(
            "document",
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | models.Q(kind="file"), name="document_only_files_removed"
            ),
        ),
    ]
