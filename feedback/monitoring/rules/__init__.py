"""Periods, rates, order and bars on plain values."""
