"""The chained record of every change."""
