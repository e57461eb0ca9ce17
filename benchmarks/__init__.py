"""Ratios measured in one run on one machine; never a test that a slow day can fail."""
