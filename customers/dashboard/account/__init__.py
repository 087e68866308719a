"""One's own account: signing in, credentials, second factor, recent sign-ins."""
