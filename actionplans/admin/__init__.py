"""The admin pages of what: one file per subject."""

from actionplans.admin import actions, commitments, decisions, imports, plans, subjects, updates

__all__ = ["actions", "commitments", "decisions", "imports", "plans", "subjects", "updates"]
