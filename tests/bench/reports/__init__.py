"""The national return over a million actions."""
