"""Signing in, and who may come in."""
