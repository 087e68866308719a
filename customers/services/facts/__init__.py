"""Facts about a customer: the one table that history, lists, pages and commands read."""
