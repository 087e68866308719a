"""The pages of changes, and of what a user watches."""
