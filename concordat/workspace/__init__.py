"""The pages of those who sign in: their own work, and what their role asks of them. Who may what: docs/roles.md."""
