"""So many of everything that reports tell of: areas, partnerships, declarations, plans and actions."""

from datetime import date, timedelta

from actionplans.models import ActionLead
from actionplans.states import ActionState
from signatories.models.organisation import CORE_TYPES
from tests import factories as make


def make_world(size: int, on: date) -> None:
    """So many areas, each with a partnership of its own that has declared and published a plan of so many actions."""
    programme = make.make_programme(core_signatory_types=[each.value for each in CORE_TYPES])
    sections = [make.make_section(programme=programme, code=code) for code in "ABCD"]
    themes = [make.make_theme() for _ in range(3)]
    for name in ("Declaration", "Action plan"):
        make.make_milestone(programme=programme, name=name, due_on=on - timedelta(days=900))
    for number in range(size):
        area = make.make_area()
        partnership = make.make_partnership(areas=[area], programme=programme)
        make.make_membership("coordinator", partnership=partnership, from_on=on - timedelta(days=500))
        make.make_meeting(partnership=partnership, held_on=on - timedelta(days=40))
        make.make_contact(area=area, spoken_on=on - timedelta(days=20), next_step="Ring again")
        published_on = on - timedelta(days=400 - number)
        declaration = make.make_declaration(partnership=partnership, areas=[area], published_on=published_on)
        for kind in CORE_TYPES[:3]:
            body = make.make_organisation(type=kind)
            make.make_signature(declaration=declaration, organisation=body, signed_on=published_on)
            make.make_member(partnership=partnership, organisation=body)
        make.make_area()  # one without anything
        plan = make.make_plan(partnership=partnership, areas=[area])
        version = make.make_version(plan=plan, published_on=published_on)
        for place in range(size):
            action = make.make_action(plan=plan, due_on=on + timedelta(days=100 - 30 * place))
            action.themes.set(themes[: place % 3])
            make.make_in_version(version=version, action=action, section=sections[place % 4])
            make.make_lead(action=action, role=ActionLead.Role.JOINT if place % 2 else ActionLead.Role.LEAD)
            make.make_update(action=action, reported_on=on - timedelta(days=90), status=ActionState.IN_PROGRESS)
            make.make_date_change(action=action, decided_on=on - timedelta(days=30), due_on=on - timedelta(days=25))
        make.make_change(subject_type="signatories.partnership", subject_id=partnership.pk)
