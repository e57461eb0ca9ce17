"""What may happen to the registry, as the record names it."""

from __future__ import annotations

from feedback.audit.tags import Tag, declare

declare(
    Tag("agency:registry_loaded", announced=False, title="Registry of bodies loaded"),
    Tag("agency:contact_changed", announced=False, title="Address and hours of a body changed"),
    Tag("agency:wording_decided", announced=False, title="A person said what a wording means"),
)
