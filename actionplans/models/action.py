from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from actionplans.models.plan import ActionPlan, PlanVersion
from actionplans.models.subject import Section, Theme
from actionplans.models.timed import Timed
from concordat.kernel.periods import Dated, DatedQuerySet, holds_on
from concordat.kernel.sources import Sourced
from signatories.access import Access
from signatories.models import ChasingPause, Organisation, PartnershipMember
from signatories.models.membership import OF_AN_ORGANISATION

# The roles of a lead that answer for an action.
LEADING = ("lead", "joint")


class ActionQuerySet(models.QuerySet[Any]):
    def published_by(self, day: date) -> "ActionQuerySet":
        """Those that stand in a version published by that day, whatever became of it."""
        lines = ActionInVersion.objects.filter(version__published_on__lte=day, action=models.OuterRef("pk"))
        return self.filter(models.Exists(lines))

    def owned_by(self, person: Any, on: date) -> "ActionQuerySet":
        """Those for which that person answers on that day, and may report on them (`ActionOwner.may_report`)."""
        return self.filter(_is_owned_by(person, on))

    def led_by(self, organisations: Iterable[Any], on: date) -> "ActionQuerySet":
        """Those that one of these organisations (ids, or a query of them) leads on that day, alone or jointly."""
        return self.filter(_is_led_by(organisations, on))

    def own_work(self, access: Access, on: date) -> "ActionQuerySet":
        """Those that the person answers for, alone or for somebody who is away, or whose organisation the person leads;
        none that mirror others.
        """
        return self.filter(_own_work(access, on))

    def editable_by(self, access: Access, on: date) -> "ActionQuerySet":
        """Those on which the person may report: own work, and all of a partnership that the person coordinates."""
        kept_here = self.filter(mirrors__isnull=True)
        if access.is_administrator:
            return kept_here
        coordinated = Q(plan__partnership__in=access.coordinates)
        return kept_here.filter(coordinated | _own_work(access, on))

    def visible_to(self, access: Access, on: date) -> "ActionQuerySet":
        """Those whose own side (drafts, internal notes, owners) the person sees."""
        if access.is_national:
            return self.all()
        read = Q(plan__partnership__in=access.reads)
        return self.filter(read | _own_work(access, on))

    def needing_owner(self, on: date) -> "ActionQuerySet":
        """Those for which nobody answers on that day who may report on them; closed ones count too."""
        owners = ActionOwner.objects.may_report(on).filter(action=models.OuterRef("pk"))
        return self.filter(~models.Exists(owners), mirrors__isnull=True)


# Asked of each row alone, and not as a list of ids: of one action among hundreds SQLite then looks at that one.
def _is_owned_by(person: Any, on: date) -> models.Exists:
    return models.Exists(ActionOwner.objects.may_report(on).filter(person=person, action=models.OuterRef("pk")))


def _is_led_by(organisations: Iterable[Any], on: date) -> models.Exists:
    leads = ActionLead.objects.on(on).filter(organisation__in=organisations, role__in=LEADING)
    return models.Exists(leads.filter(action=models.OuterRef("pk")))


def _is_stood_in_for(person: Any, on: date) -> Q:
    """Whoever stands in for an owner who is away answers for it meanwhile, if they may by a role of their own."""
    away = ChasingPause.objects.on(on).filter(deputy=person, subject_type="", person=models.OuterRef("person"))
    owners = ActionOwner.objects.may_report(on).filter(models.Exists(away), action=models.OuterRef("pk"))
    of_it = {"action": models.OuterRef("pk"), "partnership": models.OuterRef("plan__partnership")}
    return Q(models.Exists(owners)) & may_answer(on, **of_it, person=person)


def _own_work(access: Access, on: date) -> Q:
    own = Q(_is_owned_by(access.person, on)) if access.person else Q(pk__in=[])
    led = Q(_is_led_by(access.leads, on)) if access.leads else Q(pk__in=[])
    stood_in_for = _is_stood_in_for(access.person, on) if access.stands_in else Q(pk__in=[])
    return (own | led | stood_in_for) & Q(mirrors__isnull=True)


class Action(Timed, Sourced):
    """One line of a plan, with its current wording and its first timescale. It keeps its id across versions.

    Its state is not here: it is the last accepted `ProgressUpdate`; its due day after a move is the last `DateChange`.
    """

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="actions")
    reference = models.CharField(max_length=40, blank=True, help_text="As the plan numbers it: 1.1, A1.1, 1:a.")
    text = models.TextField()
    outcome = models.TextField(blank=True)
    outcome_measure = models.TextField(blank=True)
    must_do = models.BooleanField("national must-do", default=False)
    footprint = models.CharField(max_length=120, blank=True, help_text="Where, if not the plan's whole coverage.")
    mirrors = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mirrored_by",
        help_text="The same action in another plan, which is updated there.",
    )
    themes: Any = models.ManyToManyField(Theme, blank=True, related_name="actions")

    objects: ClassVar = ActionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["plan_id", "id"]
        constraints: ClassVar = [
            *Timed.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="action_has_text"),
            models.CheckConstraint(
                condition=Q(mirrors__isnull=True) | ~Q(mirrors=F("id")), name="action_does_not_mirror_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.text}".strip()[:80]

    def get_absolute_url(self) -> str:
        return f"/actions/{self.pk}/"

    @property
    def has_page(self) -> bool:
        """Whether it stands in a version ever published: only then does anybody find it at its address. One query."""
        return self.in_versions.filter(version__published_on__isnull=False).exists()


class StandingLines(models.Manager["ActionInVersion"]):
    """The lines that stand in their versions."""

    def get_queryset(self) -> "models.QuerySet[ActionInVersion]":
        return super().get_queryset().filter(is_left_out=False)


class EveryLine(models.Manager["ActionInVersion"]):
    """All lines, those that were left out of their versions too."""

    def dropped(self) -> "models.QuerySet[ActionInVersion]":
        """Those left out although they stand in a version published before; for a draft, in any published one."""
        earlier = ActionInVersion.objects.filter(
            action=models.OuterRef("action"),
            version__published_on__lte=Coalesce(models.OuterRef("version__published_on"), date.max),
        )
        return self.filter(models.Exists(earlier.exclude(version=models.OuterRef("version"))), is_left_out=True)


class ActionInVersion(models.Model):
    """An action as one version of the plan words it: frozen when that version is published.

    `objects`, and every way here from an action or a version, gives those that stand in their version. One that was
    left out while the version was drafted is only among `every`: nothing is deleted, and it can be taken in again. One
    that the public knows from an earlier version is left out with a reason, which the public reads.
    What a draft would change of the action is in `proposes`, until the version is published
    (docs/adr/0011-what-a-draft-proposes.md); its outcome, measure and footprint stand here as well, as they will be.
    """

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="actions")
    action = models.ForeignKey(Action, models.PROTECT, related_name="in_versions")
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="actions")
    section_text = models.CharField("section as written", max_length=200, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    outcome = models.TextField(blank=True)
    outcome_measure = models.TextField(blank=True)
    footprint = models.CharField(max_length=120, blank=True, help_text="Where, if not the plan's whole coverage.")
    timescale_text = models.CharField("timescale as written", max_length=400, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_left_out = models.BooleanField("left out of this version", default=False)
    left_out_reason = models.TextField(
        "why it is left out", blank=True, help_text="Anybody reads it once the version is published."
    )
    proposes = models.JSONField(
        "what it changes of the action when it is published", default=dict, blank=True, help_text="By field."
    )

    objects = StandingLines()
    every = EveryLine()

    class Meta:
        verbose_name_plural = "actions in versions"
        ordering: ClassVar = ["version_id", "position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "action"], name="actioninversion_once"),
            # Within a version: an action that left the plan keeps its number, and the next version may use it again.
            models.UniqueConstraint(
                fields=["version", "reference"],
                condition=~Q(reference="") & Q(is_left_out=False),
                name="actioninversion_reference_once",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="actioninversion_has_text"),
            models.CheckConstraint(
                condition=Q(is_left_out=True) | Q(left_out_reason=""), name="actioninversion_reason_if_left_out"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.text}".strip()[:80]

    @property
    def heading(self) -> str:
        """The section under which it stands: of the plan template, or else as the plan writes it."""
        return str(self.section) if self.section else self.section_text or "Other actions"


class EarlierMustDo(Dated):
    """Whether an action was a national must-do on the days before a publication made it otherwise.

    `Action.must_do` tells of the days since the last of these ended. A must-do that is long overdue makes its plan off
    track (docs/rules.md), so that a day of the past keeps the answer of its time.
    """

    action = models.ForeignKey(Action, models.PROTECT, related_name="earlier_must_dos")
    must_do = models.BooleanField("national must-do")

    class Meta:
        verbose_name = "earlier must-do"
        ordering: ClassVar = ["action_id", "until_on"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(until_on__isnull=False), name="earliermustdo_has_ended"),
            models.UniqueConstraint(fields=["action", "until_on"], name="earliermustdo_once_until_a_day"),
            models.UniqueConstraint(
                fields=["action"], condition=Q(from_on__isnull=True), name="earliermustdo_one_first_per_action"
            ),
        ]

    def __str__(self) -> str:
        return f"{'A' if self.must_do else 'No'} national must-do until {self.until_on}"


class ActionLead(Dated):
    """Who leads an action or works on it. `text` is the plan's own word; the organisation may not be known."""

    class Role(models.TextChoices):
        LEAD = "lead", "Led by"
        JOINT = "joint", "Jointly led by"
        WORKING_WITH = "working_with", "Working with"
        ALL = "all", "All partners"

    action = models.ForeignKey(Action, models.PROTECT, related_name="leads")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="leads")
    role = models.CharField(max_length=12, choices=Role)
    text = models.CharField("as written", max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            # One that another publication of the same day ended held on no day.
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(from_on__lte=F("until_on")),
                name="actionlead_from_before_until",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["lead", "joint", "working_with", "all"]), name="actionlead_role"
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(text=""), name="actionlead_is_somebody"
            ),
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(role="lead", until_on__isnull=True),
                name="actionlead_one_accountable_lead",
            ),
            models.UniqueConstraint(
                fields=["action", "organisation", "role"],
                condition=Q(until_on__isnull=True, organisation__isnull=False),
                name="actionlead_once_per_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.organisation or self.text}"


def may_answer(on: date, *, action: Any, partnership: Any, person: Any, within: Any = None) -> Q:
    """Whether a person may answer for an action on that day: with a role in an organisation that leads it.

    Where it is led by nobody whom we know as an organisation (“All partners”, a name as written), in any that is a
    member of its partnership (docs/roles.md). Each is an id, or an OuterRef to it; `within`: organisations alone.
    """
    role = "organisation__memberships"
    held = Q(**{f"{role}__person": person, f"{role}__role__in": OF_AN_ORGANISATION}) & holds_on(on, f"{role}__")
    if within is not None:
        held &= Q(organisation__in=within)
    leads = ActionLead.objects.on(on).filter(action=action, role__in=LEADING)
    members = PartnershipMember.objects.on(on).filter(partnership=partnership)
    is_led = models.Exists(leads.filter(organisation__isnull=False))
    return Q(models.Exists(leads.filter(held))) | (~Q(is_led) & Q(models.Exists(members.filter(held))))


class ActionOwnerQuerySet(DatedQuerySet):
    def answering(self, on: date) -> "ActionOwnerQuerySet":
        """Those that hold on that day of people who may then answer for the action."""
        of_it = {"action": "action", "partnership": "action__plan__partnership", "person": "person"}
        answers = may_answer(on, **{name: models.OuterRef(path) for name, path in of_it.items()})
        return self.filter(holds_on(on), answers)

    def may_report(self, on: date) -> "ActionOwnerQuerySet":
        """The same, of people who may sign in today."""
        return self.answering(on).filter(person__is_active=True)


class ActionOwner(Dated):
    """The officer who answers for an action, from a day on. Private: never on a public page.

    An open action without one who may report on it needs an owner.
    """

    objects: ClassVar = ActionOwnerQuerySet.as_manager()

    action = models.ForeignKey(Action, models.PROTECT, related_name="owners")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="owned_actions")

    class Meta:
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["action", "person"], condition=Q(until_on__isnull=True), name="actionowner_one_open"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


def moved_on(day: date, prefix: str = "") -> Q:
    """The moved date that holds on that day; `prefix` leads to it (`date_changes__`)."""
    ended = Q(**{f"{prefix}until_on__isnull": True}) | Q(**{f"{prefix}until_on__gt": day})
    return Q(**{f"{prefix}decided_on__lte": day}) & ended


class DateChange(Timed):
    """A moved date: the old day, the new timescale, the day it was decided, and why.

    It holds from `decided_on` until `until_on`, the day of the next move; null while it is the last one.
    """

    action = models.ForeignKey(Action, models.PROTECT, related_name="date_changes")
    old_due_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, editable=False)
    reason = models.TextField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["action_id", "decided_on", "id"]
        constraints: ClassVar = [
            *Timed.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="datechange_has_reason"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("decided_on")), name="datechange_in_order"
            ),
            models.UniqueConstraint(
                fields=["action"], condition=Q(until_on__isnull=True), name="datechange_one_last_per_action"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_due_on} → {self.due_on}"
