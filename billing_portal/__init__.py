"""The project: settings, URLs, and the start of the portal."""
