"""What the figures about the portal come from; each runs with one command."""
