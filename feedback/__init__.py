"""Civic feedback platform: plans published, petitions answered under legal clocks, figures kept honest."""
