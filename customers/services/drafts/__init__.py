"""Drafts: what was typed into a form whose session had ended, kept for its writer."""
