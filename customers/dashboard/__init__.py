"""The room of what staff see: the admin site, the staff pages, the back office."""
