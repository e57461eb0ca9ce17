"""Decisions on plain values: passwords, codes, delays, addresses, where to go next."""
