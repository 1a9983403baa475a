"""What visitors ask or report on the contact page."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("signatories", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(help_text="The number that the visitor was given.", max_length=12, unique=True),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("question", "A question"), ("mistake", "Something is wrong on a page")], max_length=10
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        blank=True,
                        help_text="The address on this site, from “/” on.",
                        max_length=300,
                        verbose_name="page",
                    ),
                ),
                ("message", models.TextField(blank=True)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("received_at", models.DateTimeField(verbose_name="received")),
                (
                    "mail_state",
                    models.CharField(
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
                ("mail_moved_at", models.DateTimeField(blank=True, null=True, verbose_name="mail last tried")),
                ("mail_tries", models.PositiveSmallIntegerField(default=0, verbose_name="mails tried")),
                ("mail_next_at", models.DateTimeField(blank=True, null=True, verbose_name="mail tried again from")),
                ("mail_failure", models.CharField(blank=True, max_length=200, verbose_name="why it was not mailed")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("redacted_at", models.DateTimeField(blank=True, null=True, verbose_name="texts deleted")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered_enquiries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "enquiries",
                "ordering": [
                    models.OrderBy(models.F("answered_at"), descending=True, nulls_first=True),
                    "received_at",
                    "id",
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True), name="enquiry_has_reference"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["question", "mistake"])), name="enquiry_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("about", ""),
                            models.Q(("about__startswith", "/"), models.Q(("about__startswith", "//"), _negated=True)),
                            _connector="OR",
                        ),
                        name="enquiry_about_a_page_of_ours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("redacted_at__isnull", True), models.Q(("message", ""), _negated=True)),
                            models.Q(
                                ("about", ""),
                                ("email", ""),
                                ("message", ""),
                                ("name", ""),
                                ("redacted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="enquiry_texts_until_redacted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mail_state__in", ["received", "mailing", "mailed", "failed", "uncertain"])
                        ),
                        name="enquiry_mail_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("mail_next_at__isnull", False),
                                ("mail_state", "failed"),
                                models.Q(("mail_failure", ""), _negated=True),
                            ),
                            models.Q(models.Q(("mail_state", "failed"), _negated=True), ("mail_next_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="enquiry_failed_is_tried_again",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="enquiry_answered_by_somebody",
                    ),
                ],
            },
        ),
    ]
