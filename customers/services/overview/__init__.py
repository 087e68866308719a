"""The overview: tiles, trends, and a sample of the cards."""
