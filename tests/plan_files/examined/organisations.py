"""The organisations of the invented county of Westmarch, as the partnership's list has them."""

ORGANISATIONS = {
    "ccg": (
        "NHS Westmarch Clinical Commissioning Group",
        "clinical_commissioner",
        ("NHS Westmarch CCG", "Westmarch CCG"),
    ),
    "council": ("Westmarch County Council", "council", ("WCC",)),
    "police": ("Westmarch Constabulary", "police", ("Westmarch Police",)),
    "trust": ("Westmarch Partnership NHS Foundation Trust", "mental_health_trust", ("WPFT",)),
    "acute": ("Westmarch Hospitals NHS Trust", "acute_trust", ("WHT",)),
    "ambulance": (
        "Three Rivers Ambulance Service NHS Trust",
        "ambulance_trust",
        ("TRAS", "Three Rivers Ambulance Service"),
    ),
    "pcc": ("Police and Crime Commissioner for Westmarch", "police_commissioner", ("Westmarch OPCC",)),
    "healthwatch": ("Healthwatch Westmarch", "healthwatch", ()),
    "mind": ("Westmarch Mind", "voluntary", ()),
    "btp": ("British Transport Police", "british_transport_police", ("BTP",)),
    "samaritans": ("Samaritans of Westmarch", "voluntary", ("Samaritans",)),
    "england": ("NHS England", "nhs_england", ()),
}
"""By a short key: name, type, other names on the partnership's list."""
