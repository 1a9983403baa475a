from typing import ClassVar

from django.db import models
from django.db.models import Q

from concordat.kernel.periods import Dated
from concordat.kernel.sources import Sourced


class OrganisationType(models.TextChoices):
    """What kind of body it is; a signature says as which of these it signs (one council can fill several)."""

    CLINICAL_COMMISSIONER = "clinical_commissioner", "clinical commissioner (CCG, now ICB)"
    MENTAL_HEALTH_TRUST = "mental_health_trust", "mental health NHS trust"
    ACUTE_TRUST = "acute_trust", "acute NHS trust"
    AMBULANCE_TRUST = "ambulance_trust", "ambulance trust"
    POLICE = "police", "police force"
    ADULT_SOCIAL_CARE = "adult_social_care", "council adult social care"
    CHILDRENS_SERVICES = "childrens_services", "council children's services"
    POLICE_COMMISSIONER = "police_commissioner", "Police and Crime Commissioner (or mayor)"
    COUNCIL = "council", "council"
    PUBLIC_HEALTH = "public_health", "council public health"
    COMMUNITY_TRUST = "community_trust", "community health trust"
    BRITISH_TRANSPORT_POLICE = "british_transport_police", "British Transport Police"
    NHS_ENGLAND = "nhs_england", "NHS England local team"
    GENERAL_PRACTICE = "general_practice", "GPs / Local Medical Committee"
    OUT_OF_HOURS = "out_of_hours", "out-of-hours or 111 provider"
    FIRE = "fire", "fire and rescue service"
    PROBATION = "probation", "probation"
    YOUTH_OFFENDING = "youth_offending", "youth offending service"
    HOUSING = "housing", "housing association or service"
    DISTRICT_COUNCIL = "district_council", "district council"
    HEALTHWATCH = "healthwatch", "Healthwatch"
    LIVED_EXPERIENCE = "lived_experience", "service-user and carer group"
    VOLUNTARY = "voluntary", "voluntary organisation"
    SUBSTANCE_MISUSE = "substance_misuse", "substance misuse provider"
    SAFEGUARDING_BOARD = "safeguarding_board", "safeguarding board"
    OTHER = "other", "other"


# docs/rules.md: the product's own reading of the eight core types, editable on the programme.
CORE_TYPES = [
    OrganisationType.CLINICAL_COMMISSIONER,
    OrganisationType.MENTAL_HEALTH_TRUST,
    OrganisationType.ACUTE_TRUST,
    OrganisationType.AMBULANCE_TRUST,
    OrganisationType.POLICE,
    OrganisationType.ADULT_SOCIAL_CARE,
    OrganisationType.CHILDRENS_SERVICES,
    OrganisationType.POLICE_COMMISSIONER,
]


# A council signs for its parts too, and a part that is recorded as a body of its own for the council.
COUNCIL_TYPES = [
    OrganisationType.COUNCIL,
    OrganisationType.DISTRICT_COUNCIL,
    OrganisationType.ADULT_SOCIAL_CARE,
    OrganisationType.CHILDRENS_SERVICES,
    OrganisationType.PUBLIC_HEALTH,
]


def signs_as(type: str) -> frozenset[str]:
    """The kinds of body as which an organisation of that type may sign."""
    return frozenset(COUNCIL_TYPES) if type in COUNCIL_TYPES else frozenset([type])


class Organisation(Dated, Sourced):
    """A body that signs, leads or works with others. Its contacts here are the published ones."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=160)
    type = models.CharField(max_length=30, choices=OrganisationType, default=OrganisationType.OTHER)
    public_phone = models.CharField(max_length=40, blank=True)
    public_address = models.TextField(blank=True)
    public_email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    social_media = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(type__in=OrganisationType.values), name="organisation_type"),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/organisations/{self.slug}/"


class OrganisationName(Dated):
    """Another name by which an organisation is or was known: a former name or an abbreviation."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="names")
    name = models.CharField(max_length=160)

    class Meta:
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["organisation", "name"], name="organisationname_once"),
            models.CheckConstraint(condition=~Q(name=""), name="organisationname_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationIdentifier(models.Model):
    """An organisation's code in a public register."""

    class Scheme(models.TextChoices):
        ODS = "ods", "NHS Organisation Data Service"
        GSS = "gss", "ONS authority code"
        CHARITY = "charity", "Charity Commission"
        COMPANY = "company", "Companies House"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=10, choices=Scheme)
    value = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "value"], name="organisationidentifier_once"),
            models.CheckConstraint(condition=~Q(value=""), name="organisationidentifier_has_value"),
            models.CheckConstraint(
                condition=Q(scheme__in=["ods", "gss", "charity", "company"]), name="organisationidentifier_scheme"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"
