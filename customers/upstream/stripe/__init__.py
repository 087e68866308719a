"""Stripe's shapes, of every era, read into plain values. Pure: no I/O, no Django."""
