"""The outbox: notices are kept, digests planned and filled when they are claimed (docs/adr/0017-chasing.md)."""
