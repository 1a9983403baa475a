"""What boards decided about actions at their meetings."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("actionplans", "0005_drafting_plans"),
        ("signatories", "0009_board_meetings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="MeetingDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="The first on this action at the meeting is 1."
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agreed", "New date agreed as proposed"),
                            ("moved", "Another date agreed"),
                            ("not_going_ahead", "Not going ahead"),
                            ("merged", "Merged into another action"),
                            ("kept", "Kept as it is"),
                            ("asked", "Lead organisation asked to attend or answer"),
                            ("other", "Something else"),
                        ],
                        max_length=15,
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="For the partnership; never public.")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="actionplans.action"
                    ),
                ),
                (
                    "date_change",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="actionplans.datechange",
                        verbose_name="moved date it led to",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="signatories.boardmeeting",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "update",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="actionplans.progressupdate",
                        verbose_name="report it led to",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting_id", "action_id", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "action", "position"), name="meetingdecision_once"),
                    models.CheckConstraint(condition=models.Q(("position__gte", 1)), name="meetingdecision_position"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date_change__isnull", False), ("kind", "agreed"), ("update__isnull", False)),
                            models.Q(("date_change__isnull", False), ("kind", "moved"), ("update__isnull", True)),
                            models.Q(
                                ("date_change__isnull", True),
                                ("kind__in", ["not_going_ahead", "merged"]),
                                ("update__isnull", False),
                            ),
                            models.Q(
                                ("date_change__isnull", True),
                                ("kind__in", ["kept", "asked", "other"]),
                                ("update__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="meetingdecision_kind_and_effect",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["asked", "other"]), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="meetingdecision_says_what",
                    ),
                ],
            },
        ),
    ]
