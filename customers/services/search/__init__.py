"""From the text of a ticket to the organizations in it."""
