"""Mails that come back, and complaints: read, taken, and what follows (docs/adr/0022-words-and-bounces.md)."""
