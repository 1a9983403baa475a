"""What befalls people in the simulated years: other coordinators, fewer mails, lost addresses, returned reports."""

from datetime import date
from random import Random

from actionplans import models as what
from signatories import models as who
from tests.chasing_year.model import World


class OfPeople:
    """Events that befall both sides of a simulation."""

    chances: Random
    world: World
    people: list[int]
    spare: list[int]  # people without a role yet

    def _change_coordinator(self, on: date) -> None:
        if not self.spare:
            return
        here = self.world.partnerships[self.chances.choice(sorted(self.world.partnerships))]
        roles = who.Membership.objects.filter(partnership=here.id, role="coordinator", until_on=None)
        if roles.filter(from_on=on).exists():
            return
        roles.update(until_on=on)
        person = self.spare.pop()
        who.Membership.objects.create(person_id=person, role="coordinator", partnership_id=here.id, from_on=on)
        here.coordinators = [person]

    def _want_fewer(self, on: date) -> None:
        """From that day on, or no longer."""
        person = self.chances.choice(self.people[2:])
        spans = self.world.fewer.setdefault(person, [])
        if not spans or spans[-1][1] is not None:
            who.ChasingOptOut.objects.create(person_id=person, from_on=on)
            spans.append((on, None))
        elif spans[-1][0] < on:
            who.ChasingOptOut.objects.filter(person=person, until_on=None).update(until_on=on)
            spans[-1] = (spans[-1][0], on)

    def _lose_address(self, on: date) -> None:
        person = self.chances.choice(self.people[2:])
        who.Person.objects.filter(pk=person).update(mail_stopped_on=on, mail_stopped_why="bounced")
        self.world.unreachable.add(person)

    def _mend_address(self, on: date) -> None:
        if self.world.unreachable:
            person = self.chances.choice(sorted(self.world.unreachable))
            who.Person.objects.filter(pk=person).update(mail_stopped_on=None, mail_stopped_why="")
            self.world.unreachable.discard(person)

    def _return_report(self, on: date) -> None:
        """A report that waits is given back, and is as good as none."""
        action = self.chances.choice(self.world.actions)
        waiting = what.ProgressUpdate.objects.filter(action=action.id, state="submitted").order_by("-pk").first()
        in_hand = what.ProgressUpdate.objects.filter(action=action.id, state="returned")
        if waiting and not in_hand.exists():
            what.ProgressUpdate.objects.filter(pk=waiting.pk).update(state="returned", review_comment="Say more.")
            action.reports.remove(waiting.reported_on)
