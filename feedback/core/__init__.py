"""Shared ground without a word of the domain: database, clock, text, identifiers, permissions, errors."""
