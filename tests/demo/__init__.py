"""The sample province."""
