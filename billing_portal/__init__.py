"""The project: settings, URLs and entry points."""
