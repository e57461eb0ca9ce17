"""Statistics of who answers and who does not."""
