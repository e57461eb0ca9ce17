"""Outbox, channels and the worker that delivers."""
