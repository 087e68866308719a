"""The overview: what needs action first, tiles, trends, news."""
