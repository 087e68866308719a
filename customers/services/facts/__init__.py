"""Facts about a customer: the table that history, lists, pages and commands read."""
