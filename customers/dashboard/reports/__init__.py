"""The page of reports and their files."""
