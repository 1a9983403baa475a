"""What: plans and their versions, actions, updates, commitments, delivery status."""
