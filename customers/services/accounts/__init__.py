"""Accounts: invitations, passwords, pauses, second factors, sessions, language, security events."""
