"""Sign-in to the portal: passwords, pauses, second factors, sessions, and their audit trail."""
