"""Decisions of the case work on plain values: states, terms, routing, admissibility."""
