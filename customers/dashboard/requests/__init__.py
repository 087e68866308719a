"""Middleware: where a request comes from, session timeouts, upload limits."""
