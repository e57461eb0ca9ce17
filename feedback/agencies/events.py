"""What may happen to the registry, as the record names it."""

from __future__ import annotations

from feedback.audit.tags import Tag, declare

declare(
    Tag("agency:registry_loaded", announced=False, title="Registry of bodies loaded"),
    Tag("agency:contact_changed", announced=False, title="Address and hours of a body changed"),
    Tag("agency:wording_decided", announced=False, title="A person said what a wording means"),
    Tag("agency:wording_reopened", announced=False, title="What a wording means is open again"),
    Tag("agency:act_drafted", announced=False, title="Reorganisation entered"),
    Tag("agency:act_changed", announced=False, title="Reorganisation corrected before its day"),
    Tag("agency:act_decided", announced=False, title="Unclear successions decided"),
    Tag("agency:act_scheduled", announced=False, title="Reorganisation scheduled"),
    Tag("agency:act_withdrawn", announced=False, title="Reorganisation taken back before its day"),
    Tag("agency:reorganised", announced=True, title="Reorganisation carried out"),
)
