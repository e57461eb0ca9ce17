"""Petitions: from submission to a published, rated answer."""
