"""Decisions of the importer on plain values: what was read as a tree, edits of it, what matches what."""
