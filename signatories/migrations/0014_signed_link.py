"""The link in a digest by which somebody answers without signing in, and where that does not close an action."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from concordat.kernel.guards import kept, put_up, take_down

GUARDS = (kept("signatories_signedlink", "a signed link"),)
# SQLite makes the table anew for a further column, without its triggers.
OF_THE_PARTNERSHIP = (kept("signatories_partnership", "a partnership"),)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatories", "0013_guarded_rows")]

    operations: ClassVar = [
        take_down(OF_THE_PARTNERSHIP),
        migrations.AddField(
            model_name="partnership",
            name="sign_in_to_close",
            field=models.BooleanField(
                default=False,
                help_text="The link in a reminder does not report an action as done or not going ahead: its owner "
                "signs in.",
                verbose_name="closing an action needs a sign-in",
            ),
        ),
        put_up(OF_THE_PARTNERSHIP),
        migrations.AddField(
            model_name="programme",
            name="link_days",
            field=models.PositiveSmallIntegerField(
                default=30, help_text="So long the link in a reminder opens without a password."
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(("link_days__range", (1, 90))), name="programme_link_days"
            ),
        ),
        migrations.CreateModel(
            name="SignedLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action_ids",
                    models.JSONField(
                        default=list, help_text="Ids: it opens these and no others.", verbose_name="the actions"
                    ),
                ),
                ("nonce", models.CharField(max_length=32)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="link",
                        to="signatories.message",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))), name="signedlink_lasts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at__isnull", True), ("revoked_at__gte", models.F("made_at")), _connector="OR"
                        ),
                        name="signedlink_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nonce__regex", r"^[0-9a-f]{32}\Z")), name="signedlink_nonce"
                    ),
                ],
            },
        ),
        put_up(GUARDS),
    ]
