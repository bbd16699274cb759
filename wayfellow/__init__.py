"""Wayfellow: the daily tool of a mental health case manager."""

__version__ = "0.1.0"
