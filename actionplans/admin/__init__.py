"""The admin pages of what: one file per subject."""

from actionplans.admin import actions, commitments, plans, subjects, updates

__all__ = ["actions", "commitments", "plans", "subjects", "updates"]
