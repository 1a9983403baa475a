from typing import ClassVar

from django.apps.registry import Apps
from django.db import models

from actionplans.models import Action
from signatories.models import Organisation, Partnership, Person


class OpenAction(models.Model):
    """An action that is chased on a day, once for each who answers for it: a temporary table (`gathering.py`).

    Once for each, too, of several organisations that lead it; and without a person where nobody answers, for those who
    are told of all of a partnership. `due_on` and `review_every_months` are those that hold on the day; `last_on` is
    the day of the last report handed in. Like Django's own table of migrations it is in no app and never migrated. The
    rows have no id.
    """

    action = models.ForeignKey(Action, models.DO_NOTHING, related_name="+")
    person = models.ForeignKey(Person, models.DO_NOTHING, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.DO_NOTHING, null=True, related_name="+")
    partnership = models.ForeignKey(Partnership, models.DO_NOTHING, related_name="+")
    due_on = models.DateField(null=True)
    review_every_months = models.PositiveSmallIntegerField(null=True)
    is_must_do = models.BooleanField()
    last_on = models.DateField(null=True)

    objects: ClassVar = models.Manager()

    class Meta:
        apps = Apps()
        app_label = "chasing"
        db_table = "chasing_open_action"

    def __str__(self) -> str:
        return f"{self.action}: {self.person}"
