"""The words of the made-up country. Every name in it says that it is made up."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from signatories.models.organisation import OrganisationType

DATA = Path(__file__).parent / "data"
LABEL = "Synthetic: made up for the demonstration."
PROGRAMME = "Demonstration programme (synthetic)"
# How the same line of a plan comes again with other words, when a plan is longer than the list.
VARIANTS = (
    "{}",
    "{}: second phase, for the whole area",
    "{}: check one year on what has changed",
    "{}: the same for people under 18",
    "{}: agree who pays for it in the long run",
)
FIRST_NAMES = (
    "Aisha", "Ben", "Chidi", "Dilys", "Ewan", "Farah", "Grace", "Hamza", "Imogen", "Jonah", "Kavita", "Leo", "Maya",
    "Nia", "Owen", "Priya", "Rhys", "Sofia", "Tom", "Uma", "Victor", "Wendy", "Yusuf", "Zoe",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One line of `action_items.csv`: who leads it and works with it in the words of a plan."""

    number: int
    reference: str
    section: str
    text: str
    lead: str
    working_with: str
    outcome_measure: str

    def in_round(self, number: int) -> tuple[str, str]:
        """Its reference and text where a plan goes round the list for that time, counted from 0."""
        text = VARIANTS[number % len(VARIANTS)].format(self.text)
        if number < len(VARIANTS):
            return (f"{self.reference}.{number + 1}" if number else self.reference), text
        return f"{self.reference}.{number + 1}", f"{text} (part {number // len(VARIANTS) + 1})"


@cache
def items() -> tuple[Item, ...]:
    """The lines that plans are made of, in the order of the file."""
    with (DATA / "action_items.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Item(
                number,
                row["ref"],
                row["section"][0],
                row["action"],
                row["lead"],
                row["working_with"],
                row["outcome_measure"],
            )
            for number, row in enumerate(csv.DictReader(file))
        )


# Who is meant by a plan's word for a lead; the second one leads jointly. Nobody: all partners together.
LEADS: dict[str, tuple[OrganisationType, ...]] = {
    "CCG": (OrganisationType.CLINICAL_COMMISSIONER,),
    "Council public health": (OrganisationType.PUBLIC_HEALTH,),
    "Joint commissioning team (CCG + council)": (
        OrganisationType.CLINICAL_COMMISSIONER,
        OrganisationType.ADULT_SOCIAL_CARE,
    ),
    "Police force": (OrganisationType.POLICE,),
    "MH trust": (OrganisationType.MENTAL_HEALTH_TRUST,),
    "Council communications": (OrganisationType.ADULT_SOCIAL_CARE,),
    "Voluntary sector provider": (OrganisationType.VOLUNTARY,),
    "Voluntary sector (Samaritans)": (OrganisationType.VOLUNTARY,),
    "CCG + MH trust (joint)": (OrganisationType.CLINICAL_COMMISSIONER, OrganisationType.MENTAL_HEALTH_TRUST),
    "Ambulance trust": (OrganisationType.AMBULANCE_TRUST,),
    "Acute trust + MH trust": (OrganisationType.ACUTE_TRUST, OrganisationType.MENTAL_HEALTH_TRUST),
    "Council substance misuse commissioner": (OrganisationType.PUBLIC_HEALTH,),
    "All signatories (council information governance as co-ordinating lead)": (),
    "British Transport Police": (OrganisationType.BRITISH_TRANSPORT_POLICE,),
    "Council adult social care": (OrganisationType.ADULT_SOCIAL_CARE,),
    "Workforce sub-group (MH trust)": (OrganisationType.MENTAL_HEALTH_TRUST,),
    "Healthwatch": (OrganisationType.HEALTHWATCH,),
    "District/unitary housing service": (OrganisationType.HOUSING,),
}

# A theme by a word of the action's text; the first that fits.
THEMES = {
    "street triage": "street-triage",
    "police control room": "street-triage",
    "training": "training",
    "young people": "children-and-young-people",
    "under 18": "children-and-young-people",
    "housing": "housing",
    "nowhere to live": "housing",
    "single point of access": "single-point-of-access",
    "drink": "drugs-and-alcohol",
    "intoxicated": "drugs-and-alcohol",
    "lived": "lived-experience",
    "survey": "lived-experience",
    "cafe": "alternatives-to-admission",
    "information": "partnership-working",
    "multi-agency": "partnership-working",
}


def theme_of(text: str) -> str:
    """The slug of the theme that an action belongs to."""
    lowered = text.lower()
    return next((theme for word, theme in THEMES.items() if word in lowered), "crisis-care-pathways")


ORGANISATIONS = {
    OrganisationType.CLINICAL_COMMISSIONER: "Example {} Integrated Care Board",
    OrganisationType.MENTAL_HEALTH_TRUST: "Example {} Mental Health NHS Trust",
    OrganisationType.ACUTE_TRUST: "Example {} Hospitals NHS Trust",
    OrganisationType.POLICE: "Example {} Police",
    OrganisationType.ADULT_SOCIAL_CARE: "Example {} Council, adult social care",
    OrganisationType.CHILDRENS_SERVICES: "Example {} Council, children’s services",
    OrganisationType.POLICE_COMMISSIONER: "Example Police and Crime Commissioner for {}",
    OrganisationType.PUBLIC_HEALTH: "Example {} Council, public health",
    OrganisationType.HEALTHWATCH: "Example Healthwatch {}",
    OrganisationType.VOLUNTARY: "Example {} Listening Line",
    OrganisationType.HOUSING: "Example {} Homes",
}
REGIONAL = {OrganisationType.AMBULANCE_TRUST: "Example {} Ambulance Trust"}
NATIONAL = {OrganisationType.BRITISH_TRANSPORT_POLICE: "Example Railway Police"}
FORMERLY = "Example {} Clinical Commissioning Group"  # as the commissioner was called when it signed

OUTCOMES = {
    "1": "People in crisis find services that were planned for their needs.",
    "A": "People get help before it becomes an emergency.",
    "B": "People in an emergency are taken seriously and helped quickly.",
    "C": "People are treated safely and with respect.",
    "D": "People stay well and do not reach a crisis again.",
}
AIMS = "Fewer people reach a crisis, and those who do get help as quickly as for any other emergency. " + LABEL
SAID = (
    "“Nobody should have to tell their story five times on one night. We will answer for that together.”",
    "“This is not a paper exercise: ask us every quarter what has changed.”",
    "“A police cell is no place for somebody who is ill.”",
)
TOLD = {
    "not_started": ("Nothing has begun yet: the lead has been named.", "Waiting for the budget to be agreed."),
    "in_progress": (
        "The group met twice and agreed the next steps.",
        "The pilot runs in two towns; first numbers are expected next quarter.",
        "Staff have been recruited and start next month.",
        "No change since last time.",
    ),
    "paused": ("Paused until the new service contract is signed.",),
    "completed": ("Done, and checked with people who use the service.",),
    "business_as_usual": ("This is now everyday work and is watched by the board.",),
    "merged": ("Carried on as part of another action.",),
    "not_going_ahead": ("Will not go ahead.",),
}
# What a coordinator asks for on returning a report.
ASKED = (
    "Please say what changed for people, not only which meetings were held.",
    "The date has passed. Please propose a new one and say why.",
    "Who has agreed to this? Please name the organisations.",
)
NOTES = ("", "", "", "Not for the public: the post has been vacant since spring.")
DROPPED = "The board decided that the money does more for people elsewhere."
REOPENED = "Opened again: people told us that the service closes at weekends."
OUTCOME_NOTE = "People get help sooner: the measure has moved as hoped."
MOVED = (
    "The building was not ready in time.",
    "Partners asked for three more months to recruit.",
    "The new Code of Practice has to be taken in first.",
)
WITHDRAWN_DECLARATION = "The partners withdrew it to write a new one together with people who use services."
GIVEN_UP = "The partners chose to wait for the new funding round before they renew the plan."
WITHDRAWN_PLAN = "It was published before the board had approved it."
LEFT = "The organisation left the partnership when its contract ended."
YOU_SAID = (
    ("We never know whom to call at night.", "single-point-of-access"),
    ("Nobody asks what helped us last time.", "lived-experience"),
    ("We were driven to hospital in a police van.", "crisis-care-pathways"),
    ("Families are left without any information.", "carers"),
    ("After the crisis we had nowhere to go.", "housing"),
)
WE_WILL = (
    ("We will do this with you, and tell you every quarter how far we are.", False),
    ("We hope to offer the same in every town of the area.", True),
)


def listed(names: Sequence[str]) -> str:
    """One name, two with “and”, or the first with its neighbours."""
    return {1: names[0], 2: " and ".join(names)}.get(len(names), f"{names[0]} and neighbours")
