"""What of a mail is done with: also what was put back to wait for the next one, or left. In words alone."""

from typing import ClassVar

from django.db import migrations, models

STATES = {
    "received": "Not mailed yet",
    "claimed": "Being prepared",
    "mailing": "Being mailed",
    "mailed": "Mailed",
    "failed": "Could not be mailed, will be tried again",
    "uncertain": "Perhaps mailed: it stopped half-way",
    "given_up": "Could not be mailed, and is not tried again",
    "dropped": "Done with: nothing was left to say, or it was put back or left",
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatories", "0019_calendars")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name=name,
            name="mail_state",
            field=models.CharField(
                choices=list(STATES.items()), default="received", max_length=10, verbose_name="mail"
            ),
        )
        for name in ("enquiry", "invitation", "message", "reply")
    ]
