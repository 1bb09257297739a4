"""Whom to contact, when, by which channel and why."""
