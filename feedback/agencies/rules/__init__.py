"""Decisions on plain values about bodies through time."""
