"""The user's own account: first steps, sign-in, credentials, second factor, preferences."""
