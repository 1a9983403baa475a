"""Where: areas and their successions, boundaries, finding an area."""
