"""What is left of the past: which texts may tell of a person, which rows belong together, and removing words."""
