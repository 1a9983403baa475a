"""Chasing: who is to be reminded of what, and when (docs/rules.md, Chasing; docs/adr/0017-chasing.md)."""
