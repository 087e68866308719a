"""Cases: what the desk does about an organization, and which colleagues it mentions."""
