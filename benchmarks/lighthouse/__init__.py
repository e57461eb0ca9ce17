"""Lighthouse on an emulated phone against the site as it is served; nobody's test, like all of the bench."""
