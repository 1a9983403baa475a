"""A mail of its own for each invitation, one open invitation of a kind, and roles that end on their first day."""

from typing import ClassVar

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("signatories", "0005_documents_of_subjects"),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="membership",
            name="membership_from_before_until",
        ),
        migrations.RemoveField(
            model_name="invitation",
            name="sent_at",
        ),
        migrations.AddField(
            model_name="invitation",
            name="mail_failure",
            field=models.CharField(blank=True, max_length=200, verbose_name="why it was not mailed"),
        ),
        migrations.AddField(
            model_name="invitation",
            name="mail_moved_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="mail last tried"),
        ),
        migrations.AddField(
            model_name="invitation",
            name="mail_next_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="mail tried again from"),
        ),
        migrations.AddField(
            model_name="invitation",
            name="mail_state",
            field=models.CharField(
                choices=[
                    ("received", "Not mailed yet"),
                    ("mailing", "Being mailed"),
                    ("mailed", "Mailed"),
                    ("failed", "Could not be mailed, will be tried again"),
                    ("uncertain", "Perhaps mailed: it stopped half-way"),
                ],
                default="received",
                max_length=10,
                verbose_name="mail",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="mail_tries",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="mails tried"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("mail_state__in", ["received", "mailing", "mailed", "failed", "uncertain"])),
                name="invitation_mail_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("mail_next_at__isnull", False),
                        ("mail_state", "failed"),
                        models.Q(("mail_failure", ""), _negated=True),
                    ),
                    models.Q(models.Q(("mail_state", "failed"), _negated=True), ("mail_next_at__isnull", True)),
                    _connector="OR",
                ),
                name="invitation_failed_is_tried_again",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                models.F("role"),
                models.F("organisation"),
                condition=models.Q(
                    ("accepted_at__isnull", True), ("revoked_at__isnull", True), ("organisation__isnull", False)
                ),
                name="invitation_one_open_in_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                models.F("role"),
                models.F("partnership"),
                condition=models.Q(
                    ("accepted_at__isnull", True), ("revoked_at__isnull", True), ("partnership__isnull", False)
                ),
                name="invitation_one_open_in_partnership",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                models.F("role"),
                condition=models.Q(
                    ("accepted_at__isnull", True),
                    ("revoked_at__isnull", True),
                    ("organisation__isnull", True),
                    ("partnership__isnull", True),
                ),
                name="invitation_one_open_nationally",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_on__isnull", True),
                    ("until_on__isnull", True),
                    ("from_on__lte", models.F("until_on")),
                    _connector="OR",
                ),
                name="membership_from_before_until",
            ),
        ),
    ]
