"""The signed link in a reminder: somebody answers for their due actions without signing in (docs/adr/0020)."""
