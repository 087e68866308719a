"""The organizations, customers and people of the sandbox."""
