"""The user's own account: sign-in, credentials, second factor, recent sign-ins."""
