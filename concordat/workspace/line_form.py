"""The form in which a coordinator words an action of a draft, and says what the draft proposes for it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from actionplans.models import ActionInVersion, ActionLead, PlanVersion, Section, Theme
from actionplans.proposals import PLAIN, Lead, in_order, in_words, mark_of, standing, with_proposals
from actionplans.timescale import TimePrecision
from actionplans.timescales import Context
from concordat.look.fields import PublishedText
from concordat.workspace import when
from concordat.workspace.drafts import DraftForm
from concordat.workspace.forms import Day
from signatories.models import Organisation, PartnershipMember

Role = ActionLead.Role
GROUPS = {
    "What": ("text", "reference", "section", "section_text", "outcome", "outcome_measure", "must_do"),
    "When": ("timescale_text", "due_on", "precision", "date_reason"),
    "Who": ("lead", "lead_text", "joint", "working_with", "others"),
    "Where, and on which themes": ("footprint", "themes"),
}
# What an action that mirrors another plan's has from there.
KEPT_THERE = (
    *("timescale_text", "due_on", "precision", "date_reason", "must_do"),
    *("lead", "lead_text", "joint", "working_with", "others"),
)


class LineForm(DraftForm):
    """One action of a draft version. Nothing of it is public before the version is published."""

    reference = PublishedText(
        label="Reference (optional)", help_text="As the plan numbers it: 1.1, A1.1, 1:a.", at_most=40, lines=False
    )
    section = forms.ChoiceField(label="Section", required=False)
    section_text = PublishedText(
        label="Section as the plan writes it (optional)", help_text="If it differs.", at_most=200, lines=False
    )
    text = PublishedText(
        label="What will be done?",
        help_text="In words that everybody understands.",
        at_most=4000,
        required=True,
        error_messages={"required": "Say what will be done."},
    )
    outcome = PublishedText(label="What will be better for people? (optional)", at_most=4000)
    outcome_measure = PublishedText(label="How will you know? The measure (optional)", at_most=2000)
    timescale_text = PublishedText(
        label="By when, as the plan writes it (optional)",
        help_text="For example: by the end of June 2027, Q1 2027/28, ongoing.",
        at_most=400,
        lines=False,
    )
    due_on = Day(
        label="The last day of that time",
        help_text="For example 27 3 2026. Empty: it is taken from the words above, if they say it.",
    )
    precision = forms.ChoiceField(
        label="Of what is it the last day?", choices=when.LAST_DAY_OF, required=False, widget=forms.RadioSelect
    )
    date_reason = PublishedText(
        label="Why does the date move?",
        help_text="Only if people have read another date in a published version. Anybody can read this.",
        at_most=2000,
    )
    lead = forms.ChoiceField(
        label="Which organisation leads it?", required=False, help_text="One answers for it. Others can lead jointly."
    )
    lead_text = PublishedText(
        label="The lead as the plan writes it (optional)",
        help_text="Only if it is none of these organisations.",
        at_most=200,
        lines=False,
    )
    joint = forms.MultipleChoiceField(label="Leading jointly", required=False, widget=forms.CheckboxSelectMultiple)
    working_with = forms.MultipleChoiceField(label="Working with", required=False, widget=forms.CheckboxSelectMultiple)
    others = PublishedText(label="Working with others (optional)", help_text="One on each line.", at_most=2000)
    footprint = PublishedText(
        label="Where, if not everywhere that the plan is for (optional)", at_most=120, lines=False
    )
    themes = forms.MultipleChoiceField(label="Themes", required=False, widget=forms.CheckboxSelectMultiple)
    must_do = forms.BooleanField(label="It is a national must-do", required=False)
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self, *args: Any, version: PlanVersion, line: ActionInVersion | None, on: date, **options: Any
    ) -> None:
        now = standing(line.action, on) if line else {}
        self.before = with_proposals(line.proposes, now) if line else {}
        self.context = Context(version.period_starts_on, version.period_ends_on, version.published_on)
        initial = {
            "version": version.version,
            "opened": mark_of(line, now) if line else "",
            "precision": TimePrecision.DAY,
            **at_first(line, self.before),
        }
        super().__init__(*args, initial=initial, **options)
        if line and line.action.mirrors_id:
            for name in KEPT_THERE:
                del self.fields[name]
        elif line is None or not line.action.has_page:
            del self.fields["date_reason"]  # nobody has read a day yet
        self._say_how_it_is_understood()
        for name, choices in _choices(version, self.before, on).items():
            if name in self.fields:
                self.fields[name].choices = choices  # type: ignore[attr-defined] # a ChoiceField

    def _say_how_it_is_understood(self) -> None:
        timescale = self.before.get("timescale", {})
        due_on = date.fromisoformat(timescale["due_on"]) if timescale.get("due_on") else None
        if told := when.understood(timescale.get("text", ""), due_on, self.context):
            self.fields["timescale_text"].help_text = told

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Its fields under their headings."""
        found = [(heading, [self[name] for name in names if name in self.fields]) for heading, names in GROUPS.items()]
        return [(heading, fields) for heading, fields in found if fields]

    def clean_others(self) -> str:
        """Raises ValidationError for a line that is too long for the name of somebody."""
        text: str = self.cleaned_data["others"]
        if any(len(name) > 200 for name in text.splitlines()):
            raise forms.ValidationError("Write each of the others on a line of its own, in 200 characters or fewer.")
        return text

    def clean(self) -> dict[str, Any]:
        """Somebody leads it once: as one of the organisations, or in the plan's words. The words may give the day."""
        cleaned = super().clean() or {}
        before = self.before.get("timescale", {}).get("text", "")
        self._let_the_words_follow(cleaned)
        self.understood = when.settle(self, cleaned, before=before, context=self.context)
        if cleaned.get("lead") and cleaned.get("lead_text"):
            self.add_error("lead_text", "Choose an organisation, or write who leads it. Not both.")
        twice = set(cleaned.get("joint", ())) & {*cleaned.get("working_with", ()), cleaned.get("lead")}
        if twice:
            self.add_error("joint", "An organisation leads the action, leads it jointly, or works with those who do.")
        elif cleaned.get("lead") in cleaned.get("working_with", ()):
            self.add_error("working_with", "The organisation that leads the action does not also work with itself.")
        return cleaned

    def _let_the_words_follow(self, cleaned: dict[str, Any]) -> None:
        """Words that are no more than the day before are those of the day that is typed now."""
        before, due_on = self.before.get("timescale", {}), cleaned.get("due_on")
        if due_on and before.get("due_on") and cleaned.get("timescale_text") == before["text"]:
            was = date.fromisoformat(before["due_on"])
            if before["text"] == in_words(was):
                cleaned["timescale_text"] = in_words(due_on)

    def values(self) -> dict[str, Any]:
        """What was filled in, as `services.lines` takes it. Only for a form without errors."""
        filled = self.cleaned_data
        section = filled["section"]
        values = {name: filled[name] for name in ("reference", "section_text", "text")}
        values["section"] = Section.objects.get(pk=section) if section else None
        values |= {name: filled[name] for name in PLAIN if name in filled}
        values["themes"] = sorted(int(theme) for theme in filled["themes"])
        if "due_on" not in filled:
            return values
        due_on = filled["due_on"].isoformat() if filled["due_on"] else ""
        values["timescale"] = {"text": filled["timescale_text"], "due_on": due_on, "precision": filled["precision"]}
        return values | {"date_reason": filled.get("date_reason", ""), "leads": self._leads()}

    def _leads(self) -> list[Lead]:
        """Who leads it and works on it. The plan's own word beside an organisation stays; so do words that no field
        of the form shows.
        """
        filled, before = self.cleaned_data, self.before.get("leads", [])
        words = {(role, organisation): text for role, organisation, text in before if organisation}
        wanted = [(Role.LEAD, filled["lead"])] if filled["lead"] else []
        wanted += [(Role.JOINT, each) for each in filled["joint"]]
        wanted += [(Role.WORKING_WITH, each) for each in filled["working_with"]]
        leads: list[Lead] = [[str(role), int(each), words.get((role, int(each)), "")] for role, each in wanted]
        leads += [[str(Role.LEAD), None, filled["lead_text"]]] if filled["lead_text"] else []
        names = dict.fromkeys(name.strip() for name in filled["others"].splitlines())
        leads += [[str(Role.WORKING_WITH), None, name] for name in names if name]
        leads += [lead for lead in before if lead[1] is None and lead[0] in (Role.JOINT, Role.ALL)]
        leads += [lead for lead in before if lead[1] is not None and lead[0] == Role.ALL]
        return in_order(leads)


def at_first(line: ActionInVersion | None, before: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows at first."""
    if line is None:
        return {}
    leads, timescale = before["leads"], before["timescale"]
    return {
        **{name: before[name] for name in PLAIN},
        "reference": line.reference,
        "section": str(line.section_id or ""),
        "section_text": line.section_text,
        "text": line.text,
        "timescale_text": timescale["text"],
        "due_on": date.fromisoformat(timescale["due_on"]) if timescale["due_on"] else None,
        "precision": timescale["precision"] or str(TimePrecision.DAY),
        "date_reason": before["date_reason"],
        "themes": [str(each) for each in before["themes"]],
        "lead": next((str(who) for role, who, _ in leads if role == Role.LEAD and who), ""),
        "lead_text": next((text for role, who, text in leads if role == Role.LEAD and not who), ""),
        "joint": [str(who) for role, who, _ in leads if role == Role.JOINT and who],
        "working_with": [str(who) for role, who, _ in leads if role == Role.WORKING_WITH and who],
        "others": "\n".join(text for role, who, text in leads if role == Role.WORKING_WITH and not who),
    }


def _choices(version: PlanVersion, before: Mapping[str, Any], on: date) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen: members of the partnership and who leads it already, sections, themes. Three queries."""
    partnership = version.plan.partnership
    sections = Section.objects.filter(programme=partnership.programme_id)
    organisations = _organisations(partnership.pk, [lead[1] for lead in before.get("leads", []) if lead[1]], on)
    return {
        "section": [("", "None of these"), *((str(each.pk), str(each)) for each in sections)],
        "themes": [(str(each.pk), each.name) for each in Theme.objects.all()],
        "lead": [("", "Not decided, or none of these"), *organisations],
        "joint": organisations,
        "working_with": organisations,
    }


def _organisations(partnership: int, leading: Iterable[int], on: date) -> list[tuple[str, str]]:
    members = PartnershipMember.objects.on(on).filter(partnership=partnership).values("organisation")
    found = Organisation.objects.filter(Q(pk__in=members) | Q(pk__in=list(leading))).order_by("name", "pk")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]
