"""Who signs in to the portal: passwords, pauses, second factors, sessions, and the record of it."""
