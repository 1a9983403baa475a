"""The meetings of boards, with the days by which they want their papers."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("signatories", "0008_abandoned_drafts"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="BoardMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(help_text="The day of the meeting in London.", verbose_name="held on")),
                (
                    "papers_due_on",
                    models.DateField(
                        help_text="The day by which the board wants its papers.", verbose_name="papers due on"
                    ),
                ),
                (
                    "title",
                    models.CharField(blank=True, help_text="For example: Extraordinary meeting.", max_length=160),
                ),
                ("place", models.CharField(blank=True, help_text="Where it meets, or how to join.", max_length=200)),
                ("cancelled_on", models.DateField(blank=True, null=True)),
                ("cancelled_reason", models.TextField(blank=True, verbose_name="why it is cancelled")),
                ("has_decisions", models.BooleanField(default=False, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="signatories.board"
                    ),
                ),
            ],
            options={
                "ordering": ["held_on", "board__name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("papers_due_on__lte", models.F("held_on"))),
                        name="boardmeeting_papers_before",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_on__isnull", True), ("cancelled_reason", "")),
                            models.Q(
                                ("cancelled_on__isnull", False), models.Q(("cancelled_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="boardmeeting_cancelled_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("has_decisions", False), ("cancelled_on__isnull", True), _connector="OR"),
                        name="boardmeeting_decided_is_not_cancelled",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_on__isnull", True)),
                        fields=("board", "held_on"),
                        name="boardmeeting_one_open_per_day",
                    ),
                ],
            },
        ),
    ]
