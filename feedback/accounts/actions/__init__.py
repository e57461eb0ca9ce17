"""Verbs: invite, join, sign in and out, prove an address. They never commit and see no request."""
