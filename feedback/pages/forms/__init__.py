"""What administrators fill in on pages that several features share."""
