"""What leaves for other systems: the disclosure log and the security events, line by line."""
