"""What may happen to a plan, as the record names it."""

from __future__ import annotations

from feedback.audit.tags import Tag, declare

declare(
    Tag("plan:imported", announced=False, title="Plan document read in"),
    Tag("plan:corrected", announced=False, title="Assignment corrected before publication"),
    Tag("plan:discarded", announced=False, title="Draft discarded"),
    Tag("plan:published", announced=False, title="Plan published"),
    Tag("plan:described", announced=False, title="Everyday words written for an item"),
    Tag("plan:lead_decided", announced=False, title="Responsible body of today decided"),
)
