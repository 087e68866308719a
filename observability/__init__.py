"""Request ids, logs and request metrics. Imports neither the project nor the app."""
