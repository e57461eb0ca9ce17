"""The register of what was published: in which form, where, from when to when, by whom."""
