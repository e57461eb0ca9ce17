"""Plan documents in: read, preview, correct, publish."""
