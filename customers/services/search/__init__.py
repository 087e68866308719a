"""From the text of a ticket to the organizations it is about."""
