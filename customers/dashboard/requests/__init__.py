"""What is settled of a request before a page sees it: its origin, its session's end, its size."""
