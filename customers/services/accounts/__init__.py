"""Accounts: invitations, passwords, pauses, second factors, sessions, language, audit trail."""
