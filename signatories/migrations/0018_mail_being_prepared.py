"""A mail that is being prepared is told apart from one that a mail server may have (docs/adr/0024)."""

from importlib import import_module
from typing import ClassVar

from django.db import migrations, models

from concordat.kernel.guards import kept, put_up, take_down

WITH_A_MAIL = ("enquiry", "invitation", "message", "reply")
STATES = {
    "received": "Not mailed yet",
    "claimed": "Being prepared",
    "mailing": "Being mailed",
    "mailed": "Mailed",
    "failed": "Could not be mailed, will be tried again",
    "uncertain": "Perhaps mailed: it stopped half-way",
    "given_up": "Could not be mailed, and is not tried again",
    "dropped": "Not mailed: nothing was left to say",
}
# SQLite makes a table anew to alter it, without its triggers.
KEPT = import_module("signatories.migrations.0013_guarded_rows").KEPT
GUARDS = tuple(kept(f"signatories_{name}", KEPT[name]) for name in WITH_A_MAIL if name in KEPT)


def _field() -> models.CharField:
    return models.CharField("mail", max_length=10, choices=list(STATES.items()), default="received")


def _constraint(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(mail_state__in=list(STATES)), name=f"{name}_mail_state")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatories", "0017_console")]
    operations: ClassVar = [
        take_down(GUARDS),
        *(migrations.RemoveConstraint(name, f"{name}_mail_state") for name in WITH_A_MAIL),
        *(migrations.AlterField(name, "mail_state", _field()) for name in WITH_A_MAIL),
        *(migrations.AddConstraint(name, _constraint(name)) for name in WITH_A_MAIL),
        put_up(GUARDS),
    ]
