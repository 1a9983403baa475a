"""Who has the mail about an enquiry, one by one."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatories", "0002_enquiry")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="enquiry",
            name="mailed_to",
            field=models.ManyToManyField(
                blank=True,
                help_text="The administrators who have the mail.",
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
