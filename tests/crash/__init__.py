"""Chasing with its real parts while workers are killed, the broker forgets and the database restarts."""
