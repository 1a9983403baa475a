"""The made-up country."""
