"""The daily mail to staff."""
