"""Reads what nobody ought to send, and counts what comes of it."""
