"""What: one file per thing."""

from actionplans.models.action import Action, ActionInVersion, ActionLead, ActionOwner, DateChange, EarlierMustDo
from actionplans.models.commitment import Commitment, Promise
from actionplans.models.decision import MeetingDecision
from actionplans.models.importing import ImportedRow, ImportMemory, PlanImport
from actionplans.models.plan import ActionPlan, PlanCoverage, PlanVersion
from actionplans.models.subject import Section, Theme
from actionplans.models.update import ProgressUpdate

__all__ = [
    "Action",
    "ActionInVersion",
    "ActionLead",
    "ActionOwner",
    "ActionPlan",
    "Commitment",
    "DateChange",
    "EarlierMustDo",
    "ImportMemory",
    "ImportedRow",
    "MeetingDecision",
    "PlanCoverage",
    "PlanImport",
    "PlanVersion",
    "ProgressUpdate",
    "Promise",
    "Section",
    "Theme",
]
