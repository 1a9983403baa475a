"""Years of chasing, simulated: what the product sends against a slow, obvious model of the policy's words."""
