"""What was removed is told as it was; claims and removals are never deleted."""

from typing import ClassVar

from django.db import migrations

from concordat.kernel.guards import frozen, kept, put_up

GUARDS = (
    kept("kernel_claim", "a claim"),
    kept("kernel_redaction", "a removal"),
    frozen(
        "kernel_redaction",
        "a removal",
        columns=("id", "subject_type", "subject_id", "field", "category", "reason", "by_id", "at", "places"),
    ),
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("kernel", "0005_redactions")]
    operations: ClassVar = [put_up(GUARDS)]
