"""What may be done to a support, when it counts, and what many of them bring about; plain Python."""
